import * as v from 'valibot'
import { publicKeySchema } from '../council/key-certificate.ts'
import { roles } from '../rules/access.ts'

const loginName = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(/^[\p{L}\p{N}._@-]{2,64}$/u))
/** NIST SP 800-63B: length counts, composition rules do not. */
const newPassword = v.pipe(v.string(), v.minLength(10), v.maxLength(256))

/** The device that signs in: a name that its owner recognises, and its id when the hub has given it one before. */
export const deviceSchema = v.strictObject({
  id: v.optional(v.pipe(v.string(), v.maxLength(64))),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
})

/** `token: true` asks for a bearer token instead of a cookie: the desktop app is another origin than its hub. */
export const signInSchema = v.strictObject({
  login: v.pipe(v.string(), v.maxLength(64)),
  password: v.pipe(v.string(), v.maxLength(256)),
  device: deviceSchema,
  token: v.optional(v.boolean()),
})
export type SignIn = v.InferOutput<typeof signInSchema>

/** First start of an empty hub: names the town and makes its first administrator. The hub prints the code. */
export const setUpSchema = v.strictObject({
  code: v.string(),
  town: v.strictObject({ name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)) }),
  administrator: v.strictObject({
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
    login: loginName,
    password: newPassword,
  }),
  device: deviceSchema,
  token: v.optional(v.boolean()),
})
export type SetUp = v.InferOutput<typeof setUpSchema>

export const invitationSchema = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  /** Record id of the person that the account will belong to. */
  person: v.optional(v.pipe(v.string(), v.regex(/^person:/))),
  roles: v.pipe(v.array(v.picklist(roles)), v.minLength(1)),
  /** Days until the link ends. */
  days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)), 14),
})
export type Invitation = v.InferOutput<typeof invitationSchema>

export const acceptInvitationSchema = v.strictObject({
  login: loginName,
  password: newPassword,
  device: deviceSchema,
  token: v.optional(v.boolean()),
})
export type AcceptInvitation = v.InferOutput<typeof acceptInvitationSchema>

export const accountChangeSchema = v.strictObject({
  roles: v.optional(v.pipe(v.array(v.picklist(roles)), v.minLength(1))),
  disabled: v.optional(v.boolean()),
})
export type AccountChange = v.InferOutput<typeof accountChangeSchema>

/** A person changes their own password; other devices are signed out. */
export const passwordChangeSchema = v.strictObject({
  current: v.pipe(v.string(), v.maxLength(256)),
  next: newPassword,
})
export type PasswordChange = v.InferOutput<typeof passwordChangeSchema>

/** A board asks for a code; one that belongs to a room names the meeting for which somebody shall sign in. */
export const pairingRequestSchema = v.strictObject({
  meeting: v.optional(v.pipe(v.string(), v.maxLength(128), v.regex(/^meeting:/))),
})
export type PairingRequest = v.InferOutput<typeof pairingRequestSchema>

/** The board asks whether its code was confirmed. */
export const pairingClaimSchema = v.strictObject({
  secret: v.pipe(v.string(), v.maxLength(64)),
  device: deviceSchema,
  token: v.optional(v.boolean()),
})

/** What somebody makes of the code that a board shows: a room's device, or a session of their own on it. */
export const pairingConfirmationSchema = v.variant('as', [
  v.strictObject({
    as: v.literal('room'),
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
    /** Record id of the location that it belongs to. */
    room: v.pipe(v.string(), v.maxLength(128), v.regex(/^location:/)),
  }),
  v.strictObject({ as: v.literal('me') }),
])
export type PairingConfirmation = v.InferOutput<typeof pairingConfirmationSchema>

/** A board goes back from a person's session to that of its room. */
export const handbackSchema = v.strictObject({ token: v.optional(v.boolean()) })

/** The public key with which a device is going to sign. */
export const deviceKeySchema = v.strictObject({ publicKey: publicKeySchema })
