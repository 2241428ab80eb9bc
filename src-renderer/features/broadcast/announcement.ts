import type { Announcement } from '../../../shared/hub-api/broadcast.ts'
import type { Measurement, RenditionInit } from './capture-contract.ts'

/** Bits per second for the sound and its boxes. */
const soundBandwidth = 80_000
/** By how much encoders may go over what they were asked for. */
const headroom = 1.3

/** What of a measurement is announced and encoded, once some renditions were left out. */
export function chosenOf(measurement: Measurement, without: ReadonlySet<string>): Measurement {
  const { plan, inits } = measurement
  const isChosen = ({ rendition }: { readonly rendition: string }): boolean => !without.has(rendition)
  return {
    ...measurement,
    inits: inits.filter(isChosen),
    plan: { ...plan, renditions: plan.renditions.filter(isChosen) },
  }
}

/** What the hub is told of it. */
export const renditionsOf = ({ plan, inits }: Measurement): Announcement['renditions'] =>
  inits.map(({ rendition, codecs, init }) => {
    const { picture } = plan.renditions.find((one) => one.rendition === rendition) ?? {}
    const sound = plan.sound === null ? 0 : soundBandwidth
    return {
      ...{ rendition, codecs, bandwidth: Math.round((picture?.bitrate ?? 0) * headroom) + sound },
      init: btoa(String.fromCharCode(...init)),
      ...(picture ? { picture: { width: picture.width, height: picture.height } } : {}),
    }
  })

/** Whether encoders write what was announced, which is what players read everything with. */
export const isAsAnnounced = (announced: readonly RenditionInit[], inits: readonly RenditionInit[]): boolean =>
  inits.every(({ rendition, init }) => {
    const before = announced.find((one) => one.rendition === rendition)?.init
    return before?.length === init.length && init.every((byte, index) => byte === before[index])
  })
