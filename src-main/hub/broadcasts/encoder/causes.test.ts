import { expect, it } from 'vitest'
import type { EncoderTrouble } from '../../../../shared/hub-api/encoder.ts'
import { troubleIn } from './causes.ts'

it.each<[EncoderTrouble, string]>([
  ['unreachable', '[tcp @ 0x1] Connection to tcp://127.0.0.1:9?timeout=0 failed: Connection refused'],
  ['unreachable', 'srt://10.0.0.401:9?passphrase=authorized: Input/output error'],
  [
    'unreachable',
    '[tcp @ 0x1] Failed to resolve hostname kamera: Name or service not known\nrtsp://kamera/404: I/O error',
  ],
  [
    'denied',
    '[rtsp @ 0x1] method DESCRIBE failed: 401 Unauthorized\nrtsp://kamera/1: Server returned 401 Unauthorized',
  ],
  ['denied', 'SRT.cn: REJECT reported from HS processing: Incorrect passphrase - not processing further'],
  ['not-found', '[rtsp @ 0x1] method DESCRIBE failed: 404 Not Found'],
  ['not-found', 'file:/srv/films/none.mp4: No such file or directory'],
  ['codec', 'file:/srv/films/text.mp4: Invalid data found when processing input'],
  ['no-sound', "Stream specifier ':a:0' in filtergraph description [0:v:0]fps=25[a] matches no streams."],
  ['no-picture', "Stream specifier ':v:0' in filtergraph description [0:v:0]fps=25[a] matches no streams."],
  ['no-encoder', "Unknown encoder 'libx264'"],
  ['failed', ''],
])('is told from what ffmpeg says, not from the address that it quotes: %s', (trouble, words) => {
  expect(troubleIn(words)).toBe(trouble)
})
