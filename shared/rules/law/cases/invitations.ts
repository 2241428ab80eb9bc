import { casesOf, type LawCase } from './case.ts'

const { invitation, minutes } = casesOf('de-rp-2024', 'GemO')
const period = '§ 34 Abs. 3 Satz 1'
const urgent = '§ 34 Abs. 3 Satz 2'
const minutesPlace = '§ 41 Abs. 2'

/** Einladungsfrist and the deadline of the minutes. */
export const invitationCases: readonly LawCase[] = [
  invitation(
    ['rp-invitation-last-day', period, 'Letzter Tag', 'Wednesday for Monday: Thursday to Sunday lie between.'],
    { sent: '2026-05-06', meeting: '2026-05-11', urgent: false },
    { outcome: 'in-time', clearDays: 4, needed: 4, latest: '2026-05-06', confirm: false },
  ),
  invitation(
    ['rp-invitation-day-late', period, 'Einen Tag zu spät', 'Thursday for Monday: three days lie between.'],
    { sent: '2026-05-07', meeting: '2026-05-11', urgent: false },
    { outcome: 'late', clearDays: 3, needed: 4, latest: '2026-05-06', confirm: false },
  ),
  invitation(
    ['rp-invitation-week', period, 'Eine Woche', 'Monday for the Monday after: six days lie between.'],
    { sent: '2026-05-04', meeting: '2026-05-11', urgent: false },
    { outcome: 'in-time', clearDays: 6, needed: 4, latest: '2026-05-06', confirm: false },
  ),
  invitation(
    [
      'rp-invitation-holidays',
      period,
      'Feiertage zählen mit',
      'Over Easter: Good Friday to Easter Monday are four days.',
    ],
    { sent: '2026-04-02', meeting: '2026-04-07', urgent: false },
    { outcome: 'in-time', clearDays: 4, needed: 4, latest: '2026-04-02', confirm: false },
  ),
  invitation(
    ['rp-invitation-month', period, 'Über den Monatswechsel', '26 February for 3 March 2026: four days lie between.'],
    { sent: '2026-02-26', meeting: '2026-03-03', urgent: false },
    { outcome: 'in-time', clearDays: 4, needed: 4, latest: '2026-02-26', confirm: false },
  ),
  invitation(
    ['rp-invitation-leap-year', period, 'Schaltjahr', '27 February for 3 March 2028: 28, 29, 1 and 2 lie between.'],
    { sent: '2028-02-27', meeting: '2028-03-03', urgent: false },
    { outcome: 'in-time', clearDays: 4, needed: 4, latest: '2028-02-27', confirm: false },
  ),
  invitation(
    ['rp-invitation-summer-time', period, 'Zeitumstellung', 'Over the change to summer time on 29 March 2026.'],
    { sent: '2026-03-26', meeting: '2026-03-31', urgent: false },
    { outcome: 'in-time', clearDays: 4, needed: 4, latest: '2026-03-26', confirm: false },
  ),
  invitation(
    ['rp-invitation-new-year', period, 'Jahreswechsel', '30 December for 4 January: four days lie between.'],
    { sent: '2026-12-30', meeting: '2027-01-04', urgent: false },
    { outcome: 'in-time', clearDays: 4, needed: 4, latest: '2026-12-30', confirm: false },
  ),
  invitation(
    ['rp-invitation-same-day', period, 'Am Tag der Sitzung', 'Invited on the day of the meeting.'],
    { sent: '2026-05-11', meeting: '2026-05-11', urgent: false },
    { outcome: 'late', clearDays: -1, needed: 4, latest: '2026-05-06', confirm: false },
  ),
  invitation(
    ['rp-invitation-urgent', urgent, 'Dringlichkeit', 'Saturday for Monday because a dam may break.'],
    { sent: '2026-05-09', meeting: '2026-05-11', urgent: true, urgency: 'Der Damm ist gefährdet.' },
    { outcome: 'shortened', clearDays: 1, needed: 1, latest: '2026-05-09', confirm: true },
  ),
  invitation(
    [
      'rp-invitation-urgent-no-reason',
      urgent,
      'Dringlichkeit ohne Hinweis',
      'Shortened, and the invitation says not why.',
    ],
    { sent: '2026-05-09', meeting: '2026-05-11', urgent: true },
    { outcome: 'unreasoned', clearDays: 1, needed: 1, latest: '2026-05-09', confirm: true },
  ),
  invitation(
    ['rp-invitation-urgent-blank', urgent, 'Dringlichkeit mit leerem Hinweis', 'The reason is a blank.'],
    { sent: '2026-05-08', meeting: '2026-05-11', urgent: true, urgency: ' ' },
    { outcome: 'unreasoned', clearDays: 2, needed: 1, latest: '2026-05-09', confirm: true },
  ),
  invitation(
    ['rp-invitation-urgent-late', urgent, 'Auch für Dringlichkeit zu spät', 'Sunday for Monday: no day lies between.'],
    { sent: '2026-05-10', meeting: '2026-05-11', urgent: true, urgency: 'Der Damm ist gefährdet.' },
    { outcome: 'late', clearDays: 0, needed: 1, latest: '2026-05-09', confirm: false },
  ),
  invitation(
    ['rp-invitation-urgent-needless', period, 'Dringlich, doch fristgerecht', 'Called urgent, with five days between.'],
    { sent: '2026-05-05', meeting: '2026-05-11', urgent: true, urgency: 'Der Damm ist gefährdet.' },
    { outcome: 'in-time', clearDays: 5, needed: 4, latest: '2026-05-06', confirm: false },
  ),
  minutes(
    ['rp-minutes', minutesPlace, 'Niederschrift', 'A meeting on 11 May: by 11 June.'],
    '2026-05-11',
    '2026-06-11',
  ),
  minutes(
    ['rp-minutes-short-month', minutesPlace, 'Niederschrift im Februar', 'A meeting on 31 January: by 28 February.'],
    '2026-01-31',
    '2026-02-28',
  ),
  minutes(
    ['rp-minutes-leap-year', minutesPlace, 'Niederschrift im Schaltjahr', 'A meeting on 31 January 2028.'],
    '2028-01-31',
    '2028-02-29',
  ),
  minutes(
    ['rp-minutes-new-year', minutesPlace, 'Niederschrift zum Jahreswechsel', 'A meeting on 15 December.'],
    '2026-12-15',
    '2027-01-15',
  ),
]
