import { expect, it } from 'vitest'
import { readEncoderAddress } from './encoder-address.ts'

const labelOf = (text: string) => {
  const address = readEncoderAddress(text)
  return address.ok ? address.value.label : address.failure
}

it('takes live addresses and names of files, and tells nothing of what may be secret in them', () => {
  expect(
    [
      'rtsp://klaus:geheim@kamera.local:554/stream?key=abc',
      'rtmp://10.0.0.4/live/stream-key',
      ' srt://[fe80::1]:9000?passphrase=geheim ',
      'rtsps://:p%40ss@kamera/#x',
      'file:Imagefilm 2026.mp4',
    ].map(labelOf),
  ).toEqual([
    'rtsp://kamera.local:554',
    'rtmp://10.0.0.4',
    'srt://[fe80::1]:9000',
    'rtsps://kamera',
    'Imagefilm 2026.mp4',
  ])
})

it('refuses what ffmpeg would read besides: other protocols, folders, lists, options', () => {
  for (const text of ['http://kamera/x', 'concat:a|b', 'tcp://x:1', '-i', '', 'pipe:0', 'subfile,,:x', 'RTSP://x'])
    expect(labelOf(text), text).toBe('scheme')
  for (const text of ['rtsp:///x', 'rtsp://a b/x', 'rtmp://', 'srt://x:99999', 'rtmp://host/live swfUrl=http://x'])
    expect(labelOf(text), text).toBe('host')
  for (const text of ['file:/etc/passwd', 'file:../x.mp4', 'file:..', 'file:a/b', 'file:', 'file:.hidden', 'file:a\nb'])
    expect(labelOf(text), text).toBe('file')
})
