import type { LegalSource, RuleSet } from './law/rule-set.ts'

const day = 24 * 3600 * 1000
const toNumber = (text: string): number => Date.parse(`${text}T00:00:00Z`) / day
const toText = (days: number): string => new Date(days * day).toISOString().slice(0, 10)

/** Whether an invitation leaves the members the time that the law gives them. Days are `yyyy-mm-dd`. */
export interface InvitationFinding {
  /**
   * `shortened`: for urgency, said why. `unreasoned`: shortened without a reason in the invitation. `late`: too short
   * even so; it heals for who comes or waives (GemO RLP § 34 Abs. 4).
   */
  readonly outcome: 'in-time' | 'shortened' | 'unreasoned' | 'late'
  /** Whole days between the invitation and the meeting, and how many there have to be. */
  readonly clearDays: number
  readonly needed: number
  /** The last day on which the invitation would have been in time. */
  readonly latest: string
  /** The body has to establish the urgency before the agenda begins. */
  readonly confirm: boolean
  readonly setBy: RuleSet['invitation']['setBy']
  readonly source: LegalSource
}

export interface Invitation {
  /** The day on which the members have it. */
  readonly sent: string
  readonly meeting: string
  readonly urgent: boolean
  /** Why it cannot wait, as the invitation says. */
  readonly urgency?: string
}

/** The last calendar day on which an invitation to a meeting on `meetingDay` is in time; both days do not count. */
export function latestInvitationDay(rules: RuleSet, meetingDay: string, { urgent }: { urgent: boolean }): string {
  const { clearDays, urgent: shortened } = rules.invitation
  return toText(toNumber(meetingDay) - (urgent ? shortened.clearDays : clearDays) - 1)
}

/** Judges an invitation by calendar days, Sundays and holidays among them. */
export function judgeInvitation(rules: RuleSet, { sent, meeting, urgent, urgency }: Invitation): InvitationFinding {
  const { clearDays: ordinary, urgent: shortened, setBy, source } = rules.invitation
  const clearDays = toNumber(meeting) - toNumber(sent) - 1
  const short = urgent && clearDays < ordinary
  const needed = short ? shortened.clearDays : ordinary
  const reasoned = urgency !== undefined && urgency.trim() !== ''
  const inTime = clearDays >= needed
  const outcome = !inTime ? 'late' : !short ? 'in-time' : reasoned ? 'shortened' : 'unreasoned'
  return {
    outcome,
    clearDays,
    needed,
    latest: latestInvitationDay(rules, meeting, { urgent: short }),
    confirm: short && inTime && shortened.confirmed,
    setBy,
    source: short ? shortened.source : source,
  }
}

/** The last day on which the members should have the minutes: the same day of a later month, or that month's last. */
export function latestMinutesDay(rules: RuleSet, meetingDay: string): string | undefined {
  const { months } = rules.minutes
  if (months === null) return undefined
  const [year, month, dayOfMonth] = meetingDay.split('-').map(Number) as [number, number, number]
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return toText(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, lastOfMonth)) / day)
}

/**
 * The last day on which the town's rules of procedure let members object to minutes, so many days after they had them;
 * undefined where the law says it itself, or nobody does.
 */
export function lastObjectionDay(
  rules: RuleSet | undefined,
  handedOut: string,
  days: number | undefined,
): string | undefined {
  return rules?.minutes.objections || days === undefined ? undefined : toText(toNumber(handedOut) + days)
}
