import { dayIn } from '../../../shared/calendar-day.ts'
import { canonical } from '../../../shared/canonical.ts'
import type { AnyRecord, Minutes, Resolution } from '../../../shared/council/records/index.ts'
import { minutes as minutesRecord, minutesId } from '../../../shared/council/records/minutes.ts'
import { resolution as resolutionRecord, resolutionId } from '../../../shared/council/records/resolution.ts'
import type { Block } from '../../../shared/council/minutes.ts'
import type { Vote } from '../../../shared/rules/meeting/state.ts'
import { minutesDue } from '../../../shared/rules/minutes/index.ts'
import { changed, type Matter } from './matter.ts'

/** What follows from the log of a meeting that is over: minutes to be written, and a resolution for each decided vote. */
export function conclusionsOf(matter: Matter, at: string): AnyRecord[] {
  const isOver = matter.log.state.phase === 'closed'
  const begun = isOver && !matter.minutes ? [beginMinutes(matter, at)] : []
  const votes = [...matter.log.state.votes.values()].filter((vote) => isOver || vote.subject === 'circular')
  return [...begun, ...votes.flatMap((vote) => resolutionOf(matter, vote, at))]
}

function beginMinutes({ meeting, source }: Matter, at: string): Minutes {
  const due = minutesDue(source)
  const { opened } = source.state
  return {
    ...{ _id: minutesId(meeting._id), type: 'minutes', schema: minutesRecord.version, created: at, modified: at },
    ...{ meeting: meeting._id, term: meeting.term, state: 'draft', signOffs: [], annotations: [] },
    ...(due === undefined ? {} : { due }),
    ...(opened === undefined ? {} : { day: dayIn(source.zone, opened) }),
  }
}

/** Whether a vote decides a matter; others only say how to go on. */
const decides = ({ log }: Matter, { subject, motion }: Vote): boolean =>
  subject === 'circular' ||
  (subject === 'resolution' && (motion === undefined || log.state.motions.get(motion)?.form === 'main'))

/** The resolution that a vote made, as far as it differs from the one that is known. */
function resolutionOf(matter: Matter, vote: Vote, at: string): Resolution[] {
  const known = matter.records.graph.get(resolutionId(vote.vote))
  const before = known?.type === 'resolution' ? known : undefined
  if (vote.status !== 'decided' || !vote.finding || vote.finding.outcome === 'not-quorate' || !decides(matter, vote))
    return before && !before.deleted ? [changed(before, at, { deleted: true })] : []
  const accepted = vote.finding.outcome === 'accepted'
  const { deleted: _, ...begun } = before ?? beginResolution(matter, vote, at)
  const after: Resolution = {
    ...begun,
    ...{ question: vote.question, decided: new Date(vote.opened).toISOString(), public: isPublic(matter, vote.vote) },
    ...{ wording: wordingOf(matter, vote), outcome: accepted ? 'accepted' : 'rejected' },
    ...(vote.item === null ? {} : { agendaItem: vote.item }),
    ...(vote.tally ? { tally: vote.tally } : {}),
  }
  return canonical(after) === canonical(before) ? [] : [{ ...after, modified: at }]
}

const beginResolution = ({ meeting }: Matter, { vote, finding }: Vote, at: string): Resolution => ({
  ...{ _id: resolutionId(vote), type: 'resolution', schema: resolutionRecord.version, created: at, modified: at },
  ...{ meeting: meeting._id, term: meeting.term, vote, wording: '', outcome: 'rejected', decided: at, public: false },
  state: finding?.outcome === 'accepted' ? 'open' : 'none',
})

const textOf = (block: Block | undefined): string =>
  block && 'runs' in block ? block.runs.map(({ text }) => text).join('') : ''

/** As it stands in the minutes: of the motion where there is one, else what was asked. */
function wordingOf({ draft, log }: Matter, { vote, motion, question }: Vote): string {
  const blocks = draft?.sections.flatMap((section) => section.blocks) ?? []
  const told = textOf(blocks.find(({ source }) => source === `${vote}/wording`))
  const moved = motion === undefined ? undefined : log.state.motions.get(motion)?.text
  return told || moved || question
}

/** Whether the log proves that everybody may know of a vote: it stands in a public section of the minutes. */
export const isPublic = ({ draft }: Matter, vote: string): boolean =>
  draft?.sections.some((section) => section.public && section.blocks.some(({ source }) => source === vote)) === true
