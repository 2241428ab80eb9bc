import type {
  MeetingProgress,
  PublicElection,
  PublicScreen,
  PublicVote,
} from '../../../../shared/council/meeting-progress.ts'
import { m } from '../../../../shared/i18n/index.ts'
import { voteSentence } from '../../../../shared/i18n/law-words.ts'
import type { Meeting } from '../../../../shared/oparl/index.ts'
import { numberAgenda } from '../../../../shared/rules/numbering.ts'
import { html, type Html } from '../html.ts'
import { joined, more } from '../parts.ts'
import { formatInstant, hrefOf, inLocale, linkTo, pathOf, written, type View } from '../view.ts'

const clock = { hour: '2-digit', minute: '2-digit' } as const
const timeOf = (view: View, instant: string): Html =>
  html`<time datetime="${instant}">${formatInstant(view, instant, clock)}</time>`

/** Where the course of a meeting is told to whoever keeps its page open. */
export const livePath = (meeting: Pick<Meeting, '_id'>): string => `${pathOf(meeting._id)}/live`
/** Where it is told as text alone. */
export const mirrorPath = (meeting: Pick<Meeting, '_id'>): string => `${pathOf(meeting._id)}/text`

/** How a meeting goes, or went: its state, what is on, the results; nothing before its opening. */
export function progressSection(view: View, meeting: Meeting): Html | false {
  const progress = view.catalogue.progress(meeting._id)
  if (!progress) return false
  const address = progress.phase === 'closed' ? false : html`data-live="${hrefOf(view, livePath(meeting))}"`
  return html`<section class="live" ${address} aria-labelledby="live-title">
    <h2 id="live-title">
      ${progress.phase === 'closed' ? m.site_live_went({}, inLocale(view)) : m.site_live_title({}, inLocale(view))}
    </h2>
    ${nowParts(view, progress)} ${resultsPart(view, progress)}
    ${progress.phase !== 'closed' && mirrorLink(view, meeting)} ${progress.phase !== 'closed' && staleNote(view)}
  </section>`
}

/** Says, once the script has found it out, that what stands here may be old. */
export const staleNote = (view: View): Html =>
  html`<p class="live-stale quiet">${m.site_live_stale({}, inLocale(view))}</p>`

const mirrorLink = (view: View, meeting: Meeting): Html =>
  more(view, mirrorPath(meeting), m.site_mirror_link({}, inLocale(view)))

/** Something that changes: it is put in anew when it does. Screen readers hear of it at once where it is `polite`. */
export const part = (name: string, content: Html | false, isPolite: boolean): Html =>
  html`<div data-part="${name}" ${isPolite && html`aria-live="polite"`}>${content}</div>`

/** How many have voted changes too often to be spoken: results are found, not heard. */
export const resultsPart = (view: View, progress: MeetingProgress): Html =>
  part('results', resultsOf(view, progress), false)

/** What is on at this moment. */
export function nowParts(view: View, progress: MeetingProgress): Html {
  const nameOf = itemNames(view, progress)
  return html`${part('state', stateLine(view, progress), true)} ${part('now', nowLine(view, progress, nameOf), true)}
  ${part('screens', screensLine(view, progress, nameOf), true)} ${part('quorum', quorumLine(view, progress), false)}`
}

type NameOf = (item: string | null) => Html | undefined

/** Items as they are called here: number, and name with a link to them. */
export function itemNames(view: View, { meeting }: Pick<MeetingProgress, 'meeting'>): NameOf {
  const items = view.catalogue.naming('agenda-item', meeting)
  const numbers = numberAgenda(items)
  return (id) => {
    const item = items.find(({ _id }) => _id === id)
    const number = item && numbers.get(item._id)
    return (
      item && html`${number !== undefined && `${m.site_item_title({ number }, inLocale(view))} `}${linkTo(view, item)}`
    )
  }
}

function stateLine(view: View, { phase, public: isPublic, opened, closed }: MeetingProgress): Html {
  const locale = inLocale(view)
  if (phase === 'closed')
    return html`<p class="live-state">
      ${m.site_live_ended({ from: formatInstant(view, opened, clock), to: formatInstant(view, closed ?? opened, clock) }, locale)}
    </p>`
  const since = html`<span class="quiet"
    >${m.site_live_since({ time: formatInstant(view, opened, clock) }, locale)}</span
  >`
  if (!isPublic)
    return html`<p class="live-state live-closed"><strong>${m.site_live_closed_part({}, locale)}</strong> ${since}</p>
      <p class="quiet">${m.site_live_closed_part_note({}, locale)}</p>`
  if (phase === 'paused')
    return html`<p class="live-state"><strong>${m.site_live_paused({}, locale)}</strong> ${since}</p>`
  return html`<p class="live-state live-on"><strong>${m.site_live_running({}, locale)}</strong> ${since}</p>`
}

function nowLine(view: View, { current, speaker, votes }: MeetingProgress, nameOf: NameOf): Html | false {
  const locale = inLocale(view)
  const item = nameOf(current ?? null)
  const name = speaker && joined([written(view, speaker.name), written(view, speaker.faction)], ', ')
  const vote = current === undefined ? undefined : votes.findLast((one) => one.item === current)
  if (!item && !name) return false
  return html`<dl class="facts">
    ${
      item &&
      html`<div>
        <dt>${m.site_live_item({}, locale)}</dt>
        <dd>${item}</dd>
      </div>`
    }
    ${
      speaker &&
      html`<div>
        <dt>${m.site_live_speaker({}, locale)}</dt>
        <dd>
          ${name} <span class="quiet">${m.site_live_since_short({}, locale)} ${timeOf(view, speaker.since)}</span>
        </dd>
      </div>`
    }
    ${
      vote &&
      html`<div>
        <dt>${m.site_live_vote({}, locale)}</dt>
        <dd>${written(view, vote.question)} <strong>${voteState(view, vote)}</strong></dd>
      </div>`
    }
  </dl>`
}

/** The result in one sentence, or that there is none yet. */
function voteState(view: View, { status, tally, finding, majority }: PublicVote): string {
  const locale = inLocale(view)
  if (tally && finding) return voteSentence({ ...finding, majority, tally }, locale)
  return status === 'open' ? m.site_live_vote_runs({}, locale) : m.site_live_counting({}, locale)
}

/** What the screens of the room show. */
function screensLine(view: View, { screens = [] }: MeetingProgress, nameOf: NameOf): Html | false {
  const locale = inLocale(view)
  const shown = (screen: Exclude<PublicScreen, { show: 'slate' }>): Html => {
    if (screen.show === 'text') return html`<blockquote class="screen">${written(view, screen.text)}</blockquote>`
    const what =
      screen.show === 'board'
        ? m.site_live_screen_board({}, locale)
        : m.site_live_screen_page({ page: screen.page }, locale)
    return html`<p>${what} ${nameOf(screen.item)}</p>`
  }
  const said = screens.filter((screen) => screen.show !== 'slate')
  if (said.length === 0) return false
  return html`<h3>${m.site_live_screens({}, locale)}</h3>
    ${said.map(shown)}`
}

function quorumLine(view: View, { present, quorum }: MeetingProgress): Html | false {
  if (!present) return false
  const locale = inLocale(view)
  const presence = m.site_live_present({ room: present.room, remote: present.remote }, locale)
  const judgement =
    quorum &&
    (quorum.met
      ? m.site_live_quorate({ needed: quorum.needed }, locale)
      : m.site_live_not_quorate({ needed: quorum.needed }, locale))
  return html`<p class="quiet">${joined([presence, judgement], ' ')}</p>`
}

/** Every result so far, and the votes that run, the newest first. */
function resultsOf(view: View, progress: MeetingProgress): Html {
  const { votes, elections } = progress
  const nameOf = itemNames(view, progress)
  if (votes.length === 0 && elections.length === 0)
    return html`<p class="quiet">${m.site_live_no_results({}, inLocale(view))}</p>`
  const newest = [...votes].sort((a, b) => (a.opened < b.opened ? 1 : -1))
  return html`<ul class="results">
    ${elections.map((election) => html`<li>${electionResult(view, election, nameOf)}</li>`)}
    ${newest.map((vote) => html`<li>${voteResult(view, vote, nameOf)}</li>`)}
  </ul>`
}

function voteResult(view: View, vote: PublicVote, nameOf: NameOf): Html {
  const locale = inLocale(view)
  const { tally, finding } = vote
  const item = nameOf(vote.item)
  const head = html`<h3>${written(view, vote.question)}</h3>
    ${item && html`<p class="quiet">${item}</p>`}`
  if (!tally || !finding)
    return html`${head}
      <p>
        ${
          vote.status === 'open'
            ? m.site_live_voting({ received: vote.received, entitled: vote.entitled }, locale)
            : m.site_live_counting({}, locale)
        }
      </p>`
  return html`${head}
    <p class="outcome outcome-${finding.outcome}">${voteState(view, vote)}</p>
    ${vote.factions && vote.factions.length > 0 && factionTable(view, vote.factions)}
    ${vote.named && namedList(view, vote.named)}`
}

const factionTable = (view: View, factions: NonNullable<PublicVote['factions']>): Html => {
  const locale = inLocale(view)
  return html`<table>
    <caption>
      ${m.site_live_by_faction({}, locale)}
    </caption>
    <thead>
      <tr>
        <th scope="col">${m.site_live_faction({}, locale)}</th>
        <th scope="col">${m.site_live_yes({}, locale)}</th>
        <th scope="col">${m.site_live_no({}, locale)}</th>
        <th scope="col">${m.site_live_abstain({}, locale)}</th>
      </tr>
    </thead>
    <tbody>
      ${factions.map(
        ({ name, tally }) =>
          html`<tr>
            <th scope="row">${written(view, name) ?? m.site_live_no_faction({}, locale)}</th>
            <td>${tally.yes}</td>
            <td>${tally.no}</td>
            <td>${tally.abstain}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function namedList(view: View, named: NonNullable<PublicVote['named']>): Html {
  const locale = inLocale(view)
  const words = { yes: m.site_live_yes, no: m.site_live_no, abstain: m.site_live_abstain } as const
  const names = (choice: keyof typeof words) => named.filter((entry) => entry.choice === choice).map(({ name }) => name)
  return html`<details>
    <summary>${m.site_live_by_name({}, locale)}</summary>
    <dl class="facts">
      ${(['yes', 'no', 'abstain'] as const).map(
        (choice) =>
          html`<div>
            <dt>${words[choice]({}, locale)} (${names(choice).length})</dt>
            <dd>${written(view, names(choice).join(', ') || '–')}</dd>
          </div>`,
      )}
    </dl>
  </details>`
}

function electionResult(view: View, election: PublicElection, nameOf: NameOf): Html {
  const locale = inLocale(view)
  const nameOfCandidate = (id: string): string =>
    election.candidates.find(({ candidate }) => candidate === id)?.name ?? m.site_live_withdrawn({}, locale)
  const elected = election.elected.map(nameOfCandidate).join(', ')
  return html`<h3>${m.site_live_election({}, locale)}: ${written(view, election.office)}</h3>
    ${nameOf(election.item) && html`<p class="quiet">${nameOf(election.item)}</p>`}
    ${
      elected
        ? html`<p class="outcome outcome-accepted">
            ${election.byLot ? m.site_live_elected_by_lot({ name: elected }, locale) : m.site_live_elected({ name: elected }, locale)}
          </p>`
        : html`<p>${m.site_live_electing({}, locale)}</p>`
    }
    ${election.rounds.map(
      ({ round, votes, against, abstain, invalid }) =>
        html`<p>
          ${m.site_live_round({ round }, locale)}:
          ${joined([
            ...votes.map((entry) => `${nameOfCandidate(entry.candidate)} ${entry.votes}`),
            ...(against > 0 ? [`${m.site_live_no({}, locale)} ${against}`] : []),
            `${m.site_live_abstain({}, locale)} ${abstain}`,
            `${m.site_live_invalid({}, locale)} ${invalid}`,
          ])}
        </p>`,
    )}`
}
