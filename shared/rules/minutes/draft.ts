import type { MinutesDocument } from '../../council/minutes.ts'
import { m } from '../../i18n/index.ts'
import { ruleSet } from '../law/index.ts'
import { tellAgenda } from './frame/agenda.ts'
import { tellAttendance } from './frame/attendance.ts'
import { factsOf, signaturesOf } from './frame/facts.ts'
import { tellClose, tellOpening } from './frame/opening.ts'
import { happeningsOf } from './telling/happenings.ts'
import { meetingAtOpening } from './telling/presidency.ts'
import type { MinutesSource } from './source.ts'
import { CourseTeller } from './tellers/index.ts'
import { voteBlocks } from './tellers/votes.ts'
import { Telling } from './telling/telling.ts'

/**
 * The minutes as the log says them, in the order of the meeting: the same source gives the same minutes. Every block
 * names what it was made from. A section is public only where the log proves it. Undefined before the meeting was
 * opened, and where its law is not known.
 */
export function draftMinutes(source: MinutesSource): MinutesDocument | undefined {
  const { state, events } = source
  const rules = ruleSet(state.constitution?.rules ?? '')
  if (state.opened === undefined || !rules) return undefined
  const telling = new Telling(source, rules)
  const happenings = happeningsOf(state, events)
  const atOpening = meetingAtOpening(source, happenings)
  tellAttendance(telling, happenings)
  tellAgenda(telling)
  tellOpening(telling, atOpening)
  new CourseTeller(telling).tell(happenings)
  tellAnnounced(telling)
  tellClose(telling)
  return {
    language: source.locale,
    title: m.minutes_title({ meeting: source.meeting.name }, telling.words.options),
    body: source.body,
    facts: factsOf(telling, happenings, atOpening),
    sections: telling.sections.finish(),
    signatures: signaturesOf(telling),
  }
}

/** Resolutions of the closed part that everybody may read since they were announced. */
function tellAnnounced(telling: Telling): void {
  const { state, source, words, sections } = telling
  const announced = [...state.votes.values()].filter(({ vote }) => source.announced?.has(vote))
  if (announced.length === 0) return
  const blocks = announced.flatMap((vote) => voteBlocks(telling, vote, true))
  sections.add(
    'announced',
    true,
    m.minutes_announced({}, words.options),
    blocks.map((block) => ({ ...block, source: `announced/${block.source}` })),
  )
}
