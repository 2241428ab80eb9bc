import type { AgendaItem } from '../../../shared/oparl/index.ts'
import { addDays, earlier, yearOf } from './calendar.ts'
import type { Dossier, Sitting } from './papers.ts'
import type { Register } from './register.ts'
import { fill, phrases, topics, town } from './words.ts'

/** A PDF that is to be made; its `file:` record follows from the bytes. */
export interface Print {
  readonly id: string
  readonly term: string
  readonly name: string
  readonly fileName: string
  readonly day: string
  readonly sheet: Sheet
}

/** What a PDF shows. */
export type Sheet =
  | {
      readonly kind: 'paper'
      readonly paperType: string
      readonly reference?: string
      readonly title: string
      readonly office: string
      readonly closed: boolean
      readonly route: readonly { readonly organization: string; readonly day: string; readonly role: string }[]
      readonly resolution?: string
      readonly facts: readonly string[]
    }
  | {
      readonly kind: 'invitation'
      readonly meeting: string
      readonly day: string
      readonly hour: number
      readonly room: string
      readonly open: readonly string[]
      /** Neutral titles of the closed part; an invitation is public. */
      readonly closed: readonly string[]
    }
  | { readonly kind: 'budget'; readonly year: number }

/** Ids of a paper's files. */
export interface PaperFiles {
  readonly main: string
  readonly auxiliary?: string[]
}

export interface PrintShop {
  readonly prints: readonly Print[]
  /** Files of a paper: its own where a coming meeting deals with it, otherwise one that its kind shares. */
  readonly paperFiles: (dossier: Dossier, reference: string) => PaperFiles
  readonly invitation: (sitting: Sitting, name: string, items: readonly AgendaItem[], id: string) => void
}

export function openPrintShop(register: Register, today: string): PrintShop {
  const prints: Print[] = []
  const shared = new Map<string, string>()
  const order = (print: Omit<Print, 'id'>, id = register.reserve('file', print.day)): string => {
    prints.push({ id, ...print })
    return id
  }
  const sharedFile = (dossier: Dossier): string => {
    const { term } = dossier.stops[0]!.sitting
    const key = [term, dossier.matter.topic, dossier.matter.kind, dossier.matter.closed !== undefined].join()
    const id = shared.get(key) ?? order(sharedPrint(dossier))
    shared.set(key, id)
    return id
  }
  return {
    prints,
    paperFiles: (dossier, reference) => {
      const { matter, stops } = dossier
      if (stops.at(-1)!.sitting.phase === 'past') return { main: sharedFile(dossier) }
      const main = order(paperPrint(dossier, reference))
      return matter.kind === 'budget' ? { main, auxiliary: [order(budgetPrint(dossier))] } : { main }
    },
    invitation: (sitting, name, items, id) => {
      order(invitationPrint(sitting, name, items, earlier(addDays(sitting.day, -9), addDays(today, -1))), id)
    },
  }
}

function paperPrint({ matter, stops, date, faction }: Dossier, reference: string): Omit<Print, 'id'> {
  return {
    term: stops[0]!.sitting.term,
    name: fill(phrases.files.paper, { reference }),
    fileName: `${fill(phrases.files.paper, { reference }).replace(/[^\p{L}\d]+/gu, '-')}.pdf`,
    day: date,
    sheet: {
      kind: 'paper',
      paperType: phrases.paperTypes[matter.kind],
      reference,
      title: matter.title,
      office: faction?.name ?? matter.office,
      closed: matter.closed !== undefined,
      route: stops.map(({ sitting, role }) => ({ organization: sitting.body.words.name, day: sitting.day, role })),
      ...(matter.resolution ? { resolution: matter.resolution } : {}),
      facts: matter.facts,
    },
  }
}

/** Says what all papers of a field and kind have in common, and nothing of a single one. */
function sharedPrint({ matter, stops }: Dossier): Omit<Print, 'id'> {
  const type = phrases.paperTypes[matter.kind]
  const { files } = phrases
  const name = fill(matter.closed ? files.closed : files.shared, { topic: matter.topic, type })
  const sitting = stops[0]!.sitting
  return {
    term: sitting.term,
    name,
    fileName: `${name.replace(/[^\p{L}\d]+/gu, '-').replace(/-$/, '')}.pdf`,
    day: addDays(sitting.day, -21),
    sheet: {
      kind: 'paper',
      paperType: type,
      title: matter.topic,
      office: matter.closed ? town.administration.name : matter.office,
      closed: matter.closed !== undefined,
      route: [],
      facts: topics.find((topic) => topic.name === matter.topic)?.facts ?? [],
    },
  }
}

function budgetPrint({ stops, date }: Dossier): Omit<Print, 'id'> {
  const year = yearOf(stops.at(-1)!.sitting.day) + 1
  const name = fill(phrases.budget.file, { nextYear: year })
  return {
    term: stops[0]!.sitting.term,
    name,
    fileName: fill(phrases.files.fileNames.budget, { year }),
    day: date,
    sheet: { kind: 'budget', year },
  }
}

function invitationPrint(
  sitting: Sitting,
  meeting: string,
  items: readonly AgendaItem[],
  day: string,
): Omit<Print, 'id'> {
  const { words } = sitting.body
  return {
    term: sitting.term,
    name: phrases.files.invitation,
    fileName: fill(phrases.files.fileNames.invitation, { day: sitting.day }),
    day,
    sheet: {
      kind: 'invitation',
      meeting,
      day: sitting.day,
      hour: words.hour,
      room: [town.rooms[words.room]?.description, town.rooms[words.room]?.room].filter(Boolean).join(', '),
      open: items.filter((item) => item.public).map((item) => item.name),
      closed: items.flatMap((item) => (item.public ? [] : [item.publicTitle ?? phrases.files.unnamed])),
    },
  }
}
