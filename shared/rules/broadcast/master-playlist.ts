import { frameRate, type Rendition } from '../../council/broadcast.ts'

/** Captions beside the renditions; everybody may choose them (RFC 8216bis, 4.4.6.1). */
export interface CaptionTrack {
  readonly uri: string
  /** As in BCP 47, and its own name. */
  readonly language: string
  readonly name: string
}

const group = 'captions'
const characteristics = 'public.accessibility.transcribes-spoken-dialog'

/** The multivariant playlist: every rendition is complete in itself, so each is a variant. The best one stands first. */
export function masterPlaylist(
  renditions: readonly Rendition[],
  uriOf: (rendition: string) => string,
  captions?: CaptionTrack,
): string {
  const variants = renditions
    .toSorted((a, b) => b.bandwidth - a.bandwidth)
    .flatMap((rendition) => [
      `#EXT-X-STREAM-INF:${attributes(rendition)}${captions ? `,SUBTITLES="${group}"` : ''}`,
      uriOf(rendition.rendition),
    ])
  const head = ['#EXTM3U', '#EXT-X-VERSION:9', '#EXT-X-INDEPENDENT-SEGMENTS']
  return `${[...head, ...(captions ? [captionsLine(captions)] : []), ...variants].join('\n')}\n`
}

const captionsLine = ({ uri, language, name }: CaptionTrack): string =>
  [
    ...[`#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="${group}",NAME="${name}",LANGUAGE="${language}"`],
    ...['DEFAULT=NO', 'AUTOSELECT=YES', 'FORCED=NO', `CHARACTERISTICS="${characteristics}"`, `URI="${uri}"`],
  ].join()

function attributes({ bandwidth, codecs, picture }: Rendition): string {
  const shown = picture ? [`RESOLUTION=${picture.width}x${picture.height}`, `FRAME-RATE=${frameRate.toFixed(3)}`] : []
  return [`BANDWIDTH=${bandwidth}`, `CODECS="${codecs}"`, ...shown].join(',')
}
