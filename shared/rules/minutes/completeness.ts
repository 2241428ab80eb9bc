import { dayIn } from '../../calendar-day.ts'
import type { Block, MinutesDocument } from '../../council/minutes.ts'
import { m } from '../../i18n/index.ts'
import { latestMinutesDay } from '../deadline.ts'
import { ruleSet, type LegalSource, type RuleSet } from '../law/index.ts'
import type { MinutesSource } from './source.ts'
import { keyOf } from './telling/telling.ts'

type MinutesContent = RuleSet['minutes']['contents'][number]

/** Whether minutes have what the law demands. */
export interface ContentFinding {
  readonly content: MinutesContent
  readonly met: boolean
  /** What is missing, in plain words. */
  readonly missing: readonly string[]
  readonly source: LegalSource
}

interface Question {
  readonly document: MinutesDocument
  readonly source: MinutesSource
  readonly blocks: ReadonlyMap<string, Block>
}
type Check = (question: Question) => string[]

/** Words of a block that a person can read; none where somebody emptied it. */
function hasText(block: Block | undefined): boolean {
  if (!block) return false
  if (block.block === 'table') return block.rows.length > 0
  if (block.block === 'list') return block.items.length > 0
  const text = block.block === 'heading' ? block.text : block.runs.map((run) => run.text).join('')
  return text.trim() !== ''
}

const fact =
  (key: 'day' | 'place', missing: typeof m.minutes_missing_day): Check =>
  ({ document, source }) =>
    document.facts.some((some) => some.key === key && some.value.trim() !== '') ? [] : [missing({}, source)]

const signature =
  (by: 'chair' | 'clerk', missing: typeof m.minutes_missing_day): Check =>
  ({ document, source }) =>
    document.signatures.some((some) => some.by === by && some.signed !== undefined) ? [] : [missing({}, source)]

const checks: { readonly [Content in MinutesContent]: Check } = {
  day: fact('day', m.minutes_missing_day),
  place: fact('place', m.minutes_missing_place),
  participants: ({ blocks, source }) =>
    hasText(blocks.get('attendance')) ? [] : [m.minutes_missing_participants({}, source)],
  absences: ({ blocks, source }) =>
    ['attendance/absent', 'attendance/excused'].some((key) => hasText(blocks.get(key)))
      ? []
      : [m.minutes_missing_absences({}, source)],
  agenda: missingItems,
  resolutions: missingWordings,
  results: missingResults,
  'signature-chair': signature('chair', m.minutes_missing_chair),
  'signature-clerk': signature('clerk', m.minutes_missing_clerk),
}

/** The agenda itself, and every item that was dealt with. */
function missingItems({ document, source, blocks }: Question): string[] {
  const lists = ['agenda', 'agenda-closed'].some((key) => hasText(blocks.get(key)))
  const told = new Set(document.sections.map(({ key }) => key.replace(/:closed$/, '')))
  const untold = source.state.agenda.filter(({ item, spans }) => spans.length > 0 && !told.has(`item:${keyOf(item)}`))
  return [
    ...(lists ? [] : [m.minutes_missing_agenda({}, source)]),
    ...untold.map(({ item }) =>
      m.minutes_missing_item({ name: source.items.get(item)?.name ?? m.minutes_item_unknown({}, source) }, source),
    ),
  ]
}

function missingWordings({ source, blocks }: Question): string[] {
  const decided = [...source.state.votes.values()].filter(({ status }) => status === 'decided')
  return decided
    .filter(({ vote }) => !hasText(blocks.get(`${vote}/wording`)))
    .map(({ question }) => m.minutes_missing_wording({ question }, source))
}

/** Results that the minutes lost, and votes and elections that have none yet. */
function missingResults({ source, blocks }: Question): string[] {
  const { votes, elections } = source.state
  const open = [...votes.values()].filter(
    ({ vote, status }) => status !== 'cancelled' && (status !== 'decided' || !hasText(blocks.get(`${vote}/result`))),
  )
  const unelected = [...elections.values()].filter(
    ({ election, status, rounds }) =>
      status !== 'cancelled' &&
      (status !== 'decided' || !rounds.every((_, index) => hasText(blocks.get(`${election}/round:${index + 1}`)))),
  )
  return [
    ...open.map(({ question }) => m.minutes_missing_result({ question }, source)),
    ...unelected.map(({ office }) => m.minutes_missing_election({ office }, source)),
  ]
}

/**
 * What the law demands of minutes, each with whether it is there: judged by the whole draft with both parts, after
 * people have worked on it, against what the log says. Empty where the law is not known.
 */
export function checkMinutes(document: MinutesDocument, source: MinutesSource): ContentFinding[] {
  const rules = ruleSet(source.state.constitution?.rules ?? '')
  const all = document.sections.flatMap((section) => section.blocks)
  const blocks = new Map(all.flatMap((block) => (block.source === undefined ? [] : [[block.source, block]])))
  return (rules?.minutes.contents ?? []).map((content) => {
    const missing = checks[content]({ document, source, blocks })
    return { content, met: missing.length === 0, missing, source: rules!.minutes.source }
  })
}

/** The last day (`yyyy-mm-dd`) on which the members should have the minutes; undefined where the law names none. */
export function minutesDue({ state, zone }: MinutesSource): string | undefined {
  const rules = ruleSet(state.constitution?.rules ?? '')
  if (!rules || state.opened === undefined) return undefined
  return latestMinutesDay(rules, dayIn(zone, state.opened))
}
