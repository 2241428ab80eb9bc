import type { MeetingBody } from './bodies.ts'
import { yearOf } from './calendar.ts'
import type { Dice } from './random.ts'
import {
  closedMatters,
  fill,
  placeKinds,
  topics,
  town,
  type ClosedMatter,
  type PaperKind,
  type Place,
  type Topic,
} from './words.ts'

/** What a paper is about, before it has a number or a meeting. */
export interface Matter {
  readonly kind: PaperKind
  readonly title: string
  readonly topic: string
  readonly office: string
  readonly resolution?: string
  readonly facts: readonly string[]
  /** Keys of the organizations that hear it, in order; the last decides. */
  readonly route: readonly string[]
  /** Set when the matter is closed. */
  readonly closed?: { readonly reason: string; readonly neutral?: string }
}

/** Draws a matter that ends in the given body; `day` fixes the years that titles name. */
export function drawMatter(dice: Dice, body: MeetingBody, day: string): Matter {
  const { words } = body
  if (words.closed) return drawClosedMatter(dice, words.key, day, true)
  const closedShare = words.type === 'council' ? 0.14 : words.type === 'committee' ? 0.1 : 0
  if (dice.chance(closedShare)) return drawClosedMatter(dice, words.key, day, false)
  const kind = drawKind(dice, words.type)
  if (kind === 'decision') return drawDecision(dice, words.key, day)
  const topic = drawTopic(dice, words.key)
  const slots = drawSlots(dice, day, words.district)
  const about = { kind, topic: topic.name, office: topic.office, facts: dice.shuffle(topic.facts), route: [words.key] }
  if (kind === 'motion') {
    const motion = dice.pick(topic.motions)
    return { ...about, title: fill(motion.title, slots), resolution: fill(motion.resolution, slots) }
  }
  return { ...about, title: fill(dice.pick(kind === 'inquiry' ? topic.inquiries : topic.notices), slots) }
}

function drawKind(dice: Dice, type: MeetingBody['words']['type']): 'decision' | 'motion' | 'inquiry' | 'notice' {
  const chances = { council: [0.7, 0.86, 0.95], committee: [0.5, 0.62, 0.76] }
  const [decision, motion, inquiry] = type === 'council' || type === 'committee' ? chances[type] : [0, 0.5, 0.75]
  const roll = dice.fraction()
  if (roll < decision!) return 'decision'
  return roll < motion! ? 'motion' : roll < inquiry! ? 'inquiry' : 'notice'
}

/** Committees and boards keep to their fields; the council and local boards speak of everything. */
function drawTopic(dice: Dice, key: string): Topic {
  const own = topics.filter((topic) => topic.committee === key || topic.boards.includes(key))
  return dice.pick(own.length > 0 ? own : topics)
}

function drawDecision(dice: Dice, key: string, day: string): Matter {
  const fitting = topics.flatMap((topic) =>
    topic.decisions
      .filter((decision) => decidingBody(topic, decision) === key)
      .map((decision) => ({ topic, decision })),
  )
  const { topic, decision } = dice.pick(fitting)
  const slots = drawSlots(dice, day)
  const district = districtOf(decision.title, slots)
  const local = decision.local ? town.organizations.find((words) => words.district === district)?.key : undefined
  const route = [local, topic.committee, decision.finance ? 'finance' : undefined, key]
  return {
    kind: 'decision',
    title: fill(decision.title, slots),
    topic: topic.name,
    office: topic.office,
    resolution: fill(decision.resolution, slots),
    facts: dice.shuffle(topic.facts),
    route: [...new Set(route.filter((stop) => stop !== undefined))],
  }
}

const decidingBody = (topic: Topic, decision: Topic['decisions'][number]): string =>
  decision.final === 'council' ? 'council' : decision.finance ? 'finance' : topic.committee

function drawClosedMatter(dice: Dice, key: string, day: string, audit: boolean): Matter {
  return closedMatter(dice, key, day, dice.pick(closedMatters.filter((matter) => matter.audit === audit)))
}

/** A closed matter of the council is heard by the finance committee before. */
export function closedMatter(dice: Dice, key: string, day: string, words: ClosedMatter): Matter {
  const slots = drawSlots(dice, day)
  return {
    kind: 'decision',
    title: fill(words.title, slots),
    topic: words.topic,
    office: town.administration.name,
    resolution: fill(words.resolution, slots),
    facts: [],
    route: key === 'council' ? ['finance', key] : [key],
    closed: { reason: words.reason, ...(words.neutral ? { neutral: words.neutral } : {}) },
  }
}

/** Everything that templates may name, drawn once for a matter; places lie in the district where it has such. */
export function drawSlots(dice: Dice, day: string, district?: string): Record<string, string | number> {
  const year = yearOf(day)
  const slots: Record<string, string | number> = {
    year,
    lastYear: year - 1,
    nextYear: year + 1,
    nextYearShort: String(year + 1).slice(2),
    small: dice.between(1, 9),
    number: dice.between(3, 48),
    parcel: `${dice.between(101, 2999)}/${dice.between(1, 19)}`,
    amount: euros(dice.between(24, 980) * 5_000),
    subsidy: euros(dice.between(6, 90) * 500),
    district: district ?? dice.pick(town.districts),
  }
  for (const kind of placeKinds) {
    const all = town.places[kind]
    const near = all.filter((place) => place.district === district)
    const place = dice.pick<Place>(near.length > 0 ? near : all)
    slots[kind] = place.name
    slots[`${kind}.of`] = place.of
    slots[`${kind}.at`] = place.at
    slots[`${kind}.district`] = place.district
  }
  return slots
}

/** The district of the first place that a template names. */
function districtOf(template: string, slots: Readonly<Record<string, string | number>>): string {
  const kind = /\{(\w+)/.exec(template.replaceAll(/\{(?:small|year|nextYear)\}/g, ''))?.[1]
  return String(slots[kind === 'district' ? kind : `${kind}.district`] ?? '')
}

const euros = (amount: number): string => `${amount.toLocaleString('de-DE')} Euro`
