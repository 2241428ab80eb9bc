import * as v from 'valibot'
import { line } from '../../oparl/record.ts'
import { eventBody, itemId, organizationId, personId, seconds, speechId } from './event-body.ts'

/**
 * `point-of-order` goes before every speech; `question` and `intervention` interrupt the one that is running, and
 * `reply` answers an intervention.
 */
export const speechForms = ['speech', 'point-of-order', 'question', 'intervention', 'reply'] as const
export type SpeechForm = (typeof speechForms)[number]

/** Who speaks: a person of the roster, or somebody from outside by name and office. */
export const speakerSchema = v.union([v.strictObject({ person: personId }), v.strictObject({ guest: line })])
export type Speaker = v.InferOutput<typeof speakerSchema>

/** Who wants to speak, who speaks, for how long. */
export const speechBodies = [
  eventBody('speech-requested', {
    speech: speechId,
    item: v.nullable(itemId),
    speaker: speakerSchema,
    form: v.picklist(speechForms),
    stance: v.optional(v.picklist(['pro', 'contra'])),
    about: v.optional(line),
  }),
  eventBody('speech-withdrawn', { speech: speechId }),
  eventBody('speech-started', { speech: speechId }),
  eventBody('speech-paused', { speech: speechId }),
  eventBody('speech-resumed', { speech: speechId }),
  eventBody('speech-stopped', { speech: speechId }),
  /** `item` null: the list outside of items. */
  eventBody('speakers-closed', { item: v.nullable(itemId) }),
  eventBody('speakers-reopened', { item: v.nullable(itemId) }),
  /** The chair's own order; requests that it does not name follow in the order of the rules. */
  eventBody('speakers-ordered', { item: v.nullable(itemId), order: v.array(speechId) }),
  /** Seconds of a budget for an item, or for the whole meeting where `item` is null; null lifts it. */
  eventBody('speaking-time-set', {
    item: v.nullable(itemId),
    budget: v.variant('per', [
      v.strictObject({ per: v.literal('speech') }),
      v.strictObject({ per: v.literal('person') }),
      v.strictObject({ per: v.literal('faction'), faction: organizationId }),
    ]),
    seconds: v.nullable(seconds),
  }),
] as const
