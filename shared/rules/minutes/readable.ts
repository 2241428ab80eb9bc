import type { Block, MinutesDocument, Section } from '../../council/minutes.ts'
import type { Annotation, Minutes, SignOff } from '../../council/records/minutes.ts'
import { localeOf, m, type Locale } from '../../i18n/index.ts'
import { paragraph, runsOf } from './telling/words.ts'

interface Language {
  readonly locale: Locale
  /** IANA name of the town's time zone. */
  readonly zone: string
}

/**
 * Minutes as they are read: with who signed them when, and after each section what the body decided about objections to
 * it. The text that was signed stays as it was. Undefined while they are a draft.
 */
export function readableMinutes(
  { document, signOffs, annotations }: Pick<Minutes, 'document' | 'signOffs' | 'annotations'>,
  zone: string,
): MinutesDocument | undefined {
  if (!document) return undefined
  const language = { locale: localeOf(document.language), zone }
  return {
    ...document,
    sections: document.sections.map((section) => annotated(section, annotations, language)),
    signatures: signaturesOf(document, signOffs, language),
  }
}

const signatoryWords = { chair: m.minutes_sign_chair, clerk: m.minutes_sign_clerk } as const

/** Those whom the draft names, and whoever signed beside them. */
function signaturesOf(
  { signatures }: MinutesDocument,
  signOffs: readonly SignOff[],
  language: Language,
): MinutesDocument['signatures'] {
  const signed = signatures.map(({ signed: _, ...signature }) => {
    const signOff = signOffs.find(({ by }) => by === signature.by)
    return signOff ? { ...signature, name: signOff.name, signed: dayOf(signOff.at, language) } : signature
  })
  const others = signOffs.filter(({ by }) => !signatures.some((signature) => signature.by === by))
  return [
    ...signed,
    ...others.map(({ by, name, at }) => ({
      ...{ by, capacity: signatoryWords[by]({}, { locale: language.locale }), name, signed: dayOf(at, language) },
    })),
  ]
}

const dayOf = (instant: string, { locale, zone }: Language): string =>
  new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'de-DE', { dateStyle: 'long', timeZone: zone }).format(
    new Date(instant),
  )

function annotated(section: Section, annotations: readonly Annotation[], language: Language): Section {
  const own = annotations.filter((annotation) => annotation.section === section.key)
  if (own.length === 0) return section
  return {
    ...section,
    blocks: [...section.blocks, ...own.flatMap((annotation) => annotationBlocks(annotation, language))],
  }
}

function annotationBlocks(annotation: Annotation, language: Language): Block[] {
  const { objection: source, accepted, correction } = annotation
  const options = { locale: language.locale }
  const about = { meeting: annotation.decidedIn, day: dayOf(annotation.decided, language) }
  const heading: Block = { block: 'heading', source, text: m.minutes_annotation({}, options) }
  if (!accepted) return [heading, paragraph(source, m.minutes_annotation_rejected(about, options))]
  const said = paragraph(source, m.minutes_annotation_accepted(about, options))
  return [heading, said, ...(correction ? [{ block: 'resolution' as const, source, runs: runsOf(correction) }] : [])]
}
