import { m } from '../../../shared/i18n/index.ts'
import type { Refusal, RefusalReason } from '../../../shared/rules/access.ts'
import type { FileFailure } from '../../data/contract.ts'

const sentences: Record<RefusalReason | FileFailure, () => string> = {
  'not-signed-in': m.desk_refused_signed_out,
  'no-such-audience': m.desk_refused_role,
  'read-only': m.desk_refused_role,
  role: m.desk_refused_role,
  'not-the-author': m.desk_refused_role,
  'append-only': m.desk_refused_role,
  invalid: m.desk_refused_invalid,
  'deletion-is-a-state': m.desk_refused_role,
  'publication-goes-back': m.desk_refused_publication,
  'no-code': m.desk_refused_role,
  chain: m.sync_reason_chain,
  signature: m.sync_reason_signature,
  clock: m.sync_reason_clock,
  'at-rest': m.boards_at_rest,
  offline: m.desk_file_offline,
  'not-found': m.desk_file_failed,
  'no-space': m.desk_file_no_space,
  'too-large': m.desk_file_too_large,
  'unsupported-type': m.desk_file_type,
  failed: m.desk_file_failed,
}

/** Why something could not be saved, and what to do, as one sentence. */
export const sentenceFor = (failure: Refusal | FileFailure): string =>
  typeof failure === 'string' ? sentences[failure]() : sentences[failure.reason]()
