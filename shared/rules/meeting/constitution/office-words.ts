import type { Matter } from '../../../council/events/constitution.ts'

/**
 * What a person is in a body stands in `Membership.role`, which OParl leaves to free text, and what an item is about in
 * its name alone. These are the words by which German registers, and those of this app in English, write what the law
 * asks for. Whoever prepares a meeting sees what was recognised and mends it.
 */
const faction = /fraktion|faction|gruppensprech/i
const deputy = /stellv|stv\.|vertret|vize|beigeordnet|deputy|vice/i
const chair = /vorsitz|vorsteher|bürgermeister|landrat|landrätin|präsident|chair|mayor|president/i
/** Belongs to the body by another office: mayors and heads of local districts, and their deputies in the town's government. */
const otherOffice = /bürgermeister|landrat|landrätin|beigeordnet|vorsteher|dezernent|mayor|alderman/i

const statute = /satzung|haushaltsplan|gebührenordnung|hauptsatzung|by-?law|statute/i
/** Not the words that merely contain it: terms, districts and dates of elections are ordinary matters. */
const election = /\bwahl(?:en)?\b|neuwahl|nachwahl|wiederwahl|ersatzwahl|\belections? of\b/i
const information =
  /bericht|mitteilung|bekanntgabe|anfrage|einwohnerfrage|sachstand|kenntnis|verschiedenes|\breport|\bquestions?\b|announcement/i

const matches = (words: RegExp, text: string | undefined): boolean => text !== undefined && words.test(text)

/** Whether a role is that of who presides over the body. */
export const isChair = (role: string | undefined): boolean =>
  matches(chair, role) && !matches(deputy, role) && !matches(faction, role)

/** Whether a role is that of who presides in the chair's place. */
export const isDeputy = (role: string | undefined): boolean => matches(deputy, role) && !matches(faction, role)

/** Whether somebody belongs to a body by another office, not by election into it. */
export const isByOffice = (role: string | undefined): boolean => matches(otherOffice, role)

/** What an item seems to be about, by its name. */
export function matterOfName(name: string): Matter {
  if (statute.test(name)) return 'statute'
  if (election.test(name)) return 'election'
  return information.test(name) ? 'information' : 'ordinary'
}
