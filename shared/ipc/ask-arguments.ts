import * as v from 'valibot'
import { exitHashSchema } from '../hub-api/room-device.ts'
import type { ShellAsks } from './contract.ts'

/** Keys of copies are named by account and audience, as in `key:01J…/org-organization:01J…`. */
const secretName = v.pipe(v.string(), v.regex(/^[a-z0-9:./_-]{1,200}$/i))

/** What the arguments of each ask have to look like; the shell reads them by these and refuses anything else. */
export const askArguments = {
  readSecret: v.strictTuple([secretName]),
  writeSecret: v.strictTuple([secretName, v.pipe(v.string(), v.maxLength(65_536))]),
  forgetSecret: v.strictTuple([secretName]),
  readHub: v.strictTuple([]),
  findHub: v.strictTuple([v.pipe(v.string(), v.maxLength(2_000))]),
  joinHub: v.strictTuple([v.pipe(v.string(), v.maxLength(2_000))]),
  openWindow: v.strictTuple([
    v.strictObject({
      kind: v.picklist(['council', 'reader']),
      path: v.pipe(v.string(), v.maxLength(500), v.regex(/^\/(?!\/)/)),
    }),
  ]),
  readKiosk: v.strictTuple([]),
  obeyKiosk: v.strictTuple([v.strictObject({ on: v.boolean(), exit: v.optional(exitHashSchema) })]),
  leaveKiosk: v.strictTuple([v.pipe(v.string(), v.maxLength(100))]),
  enterKiosk: v.strictTuple([]),
  readDisplays: v.strictTuple([]),
  showScreen: v.strictTuple([
    v.strictObject({
      display: v.pipe(v.number(), v.integer()),
      address: v.pipe(v.string(), v.maxLength(1_000), v.regex(/^screen\.html\?[\w%.&=+-]+(#[\w.-]+)?$/)),
    }),
  ]),
  hideScreen: v.strictTuple([]),
  appInfo: v.strictTuple([]),
} as const satisfies {
  readonly [Ask in keyof ShellAsks]: v.GenericSchema<unknown, Parameters<ShellAsks[Ask]>>
}
