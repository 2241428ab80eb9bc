import type { EncoderStatus } from '../../../../shared/hub-api/encoder.ts'
import { m } from '../../../../shared/i18n/index.ts'
import type { EncoderFault } from '../external-encoder.svelte.ts'

/** What the desk says of how an external encoder stands. */
export const encoderStates: Readonly<Record<EncoderStatus['state'], () => string>> = {
  off: m.broadcast_encoder_off,
  checking: m.broadcast_encoder_checking,
  waiting: m.broadcast_encoder_waiting,
  connecting: m.broadcast_encoder_connecting,
  live: m.broadcast_encoder_live,
  retrying: m.broadcast_encoder_retrying,
  failed: m.broadcast_encoder_failed,
  over: m.broadcast_encoder_over,
  replaced: m.broadcast_encoder_replaced,
}

/** Why nothing comes of it, and what to do. */
export const encoderFaults: Readonly<Record<EncoderFault, () => string>> = {
  scheme: m.broadcast_encoder_fault_scheme,
  host: m.broadcast_encoder_fault_host,
  file: m.broadcast_encoder_fault_file,
  'not-installed': m.broadcast_encoder_fault_not_installed,
  'no-encoder': m.broadcast_encoder_fault_no_encoder,
  unreachable: m.broadcast_encoder_fault_unreachable,
  denied: m.broadcast_encoder_fault_denied,
  'not-found': m.broadcast_encoder_fault_not_found,
  codec: m.broadcast_encoder_fault_codec,
  'no-picture': m.broadcast_encoder_fault_no_picture,
  'no-sound': m.broadcast_encoder_fault_no_sound,
  stalled: m.broadcast_encoder_fault_stalled,
  failed: m.broadcast_encoder_fault_failed,
  hub: m.broadcast_trouble_hub,
}
