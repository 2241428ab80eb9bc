import type { MinutesDocument } from '../../../../shared/council/minutes.ts'
import type { AnyRecord, Minutes } from '../../../../shared/council/records/index.ts'
import type { ApiFailure } from '../../../../shared/hub-api/contract.ts'
import { excerptOf, publicMinutes, readableMinutes } from '../../../../shared/rules/minutes/index.ts'
import { imagesOf } from '../../../../shared/rules/publication.ts'
import { resolutionId } from '../../../../shared/council/records/resolution.ts'
import { success, type Result } from '../../../../shared/result.ts'
import { changed, type Matter } from '../matter.ts'
import { minutesIn, refuse, type Actor } from './act.ts'

/** A file to be made of a document that everybody may read. */
export interface PrintJob {
  /** Key of the file's record, and the name under which it is kept. */
  readonly key: string
  readonly name: string
  readonly document: MinutesDocument
  readonly archived: boolean
}

/** What a publication changes, and the files that are made of it. */
export interface Publication {
  readonly records: readonly AnyRecord[]
  readonly jobs: readonly PrintJob[]
}

/** Everybody reads the public part of what was signed, as PDF too. */
export function publish(matter: Matter, actor: Actor): Result<Publication, ApiFailure> {
  const minutes = minutesIn(matter, ['signed'])
  if (!minutes.ok) return minutes
  const published = changed(minutes.value, actor.at, { state: 'published', published: actor.at })
  if (!published.day) return refuse('conflict', 'The meeting has no day.')
  return success(printed(matter, published, actor.at))
}

/**
 * Published minutes with the files that are to be made of them: of the image that everybody gets, and of nothing else.
 * Of a meeting that is not public there are none.
 */
export function printed(matter: Matter, minutes: Minutes, at: string): Publication {
  const document = publicDocument(matter, minutes)
  if (!document) return { records: [minutes], jobs: [] }
  const keyOf = (id: string): string => id.slice(id.indexOf(':') + 1)
  const key = keyOf(minutes._id)
  const excerpts = [...matter.log.state.votes.keys()].flatMap((vote) => {
    const resolution = matter.records.get('resolution', resolutionId(vote))
    const excerpt = excerptOf(document, vote)
    return resolution?.public && excerpt ? [{ resolution, excerpt, key: `${keyOf(vote)}-excerpt` }] : []
  })
  const open = publicMinutes(document)
  return {
    records: [
      { ...minutes, publicFile: `file:${key}-minutes`, archiveFile: `file:${key}-archive` },
      ...excerpts.map((one) => changed(one.resolution, at, { file: `file:${one.key}` })),
    ],
    jobs: [
      { key: `${key}-minutes`, name: open.title, document: open, archived: false },
      { key: `${key}-archive`, name: `${open.title} (PDF/A)`, document: open, archived: true },
      ...excerpts.map(({ excerpt, key: name }) => ({
        key: name,
        name: excerpt.title,
        document: excerpt,
        archived: false,
      })),
    ],
  }
}

function publicDocument({ records, source }: Matter, minutes: Minutes): MinutesDocument | undefined {
  records.graph.set(minutes)
  const image = imagesOf(minutes, records.graph).get('public')
  return image?.type === 'minutes' ? readableMinutes(image, source.zone) : undefined
}
