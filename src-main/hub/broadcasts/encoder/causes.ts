import type { EncoderTrouble } from '../../../../shared/hub-api/encoder.ts'

/** Words of ffmpeg, the plainest first. What it says is never passed on: it quotes addresses. */
const signs: readonly (readonly [EncoderTrouble, RegExp])[] = [
  ['no-sound', /Stream specifier '[^']*a:0'.*matches no streams/],
  ['no-picture', /Stream specifier '[^']*v:0'.*matches no streams/],
  ['no-encoder', /Unknown encoder|Encoder not found|Protocol not found|No such filter|Unrecognized option/],
  ['denied', /\b40[13]\b|authoriz|authentication|AuthMod|Permission denied|BADSECRET|incorrect passphrase/i],
  ['not-found', /\b404\b|No such file|StreamNotFound|454 Session/i],
  ['codec', /Invalid data|Could not find codec|Unsupported codec|Decoder .*not found|whitelist|moov atom not found/i],
  ['unreachable', /refused|timed out|No route|unreachable|resolve hostname|reset|open connection|Broken pipe/i],
  ['unreachable', /Input\/output error|I\/O error|Connection to .* failed/i],
]

/** Addresses as it quotes them: what they happen to be made of says nothing. */
const quoted = /\b[a-z]+:\/\S*/g

/** What ffmpeg ended of, by what it said. */
export function troubleIn(words: string): EncoderTrouble {
  const said = words.replaceAll(quoted, '')
  return signs.find(([, sign]) => sign.test(said))?.[0] ?? 'failed'
}
