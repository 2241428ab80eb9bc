import { frameRate, type Rendition } from '../../council/broadcast.ts'

/** The multivariant playlist: every rendition is complete in itself, so each is a variant. The best one stands first. */
export function masterPlaylist(renditions: readonly Rendition[], uriOf: (rendition: string) => string): string {
  const variants = renditions
    .toSorted((a, b) => b.bandwidth - a.bandwidth)
    .flatMap((rendition) => [`#EXT-X-STREAM-INF:${attributes(rendition)}`, uriOf(rendition.rendition)])
  return `${['#EXTM3U', '#EXT-X-VERSION:9', '#EXT-X-INDEPENDENT-SEGMENTS', ...variants].join('\n')}\n`
}

function attributes({ bandwidth, codecs, picture }: Rendition): string {
  const shown = picture ? [`RESOLUTION=${picture.width}x${picture.height}`, `FRAME-RATE=${frameRate.toFixed(3)}`] : []
  return [`BANDWIDTH=${bandwidth}`, `CODECS="${codecs}"`, ...shown].join(',')
}
