import { m } from '../../../i18n/index.ts'
import { sourceWords } from '../../../i18n/law-words.ts'
import type { QuorumFinding } from '../../quorum.ts'
import type { Words } from '../telling/words.ts'

/** Whether the body can decide, as the minutes say it. */
export function quorumWords(finding: QuorumFinding, { options }: Words): string {
  const { counted, room, remote, of, needed, met, source } = finding
  const isCounted = counted === room + remote
  const remotely = isCounted ? m.minutes_quorum_remote : m.minutes_quorum_uncounted
  const present =
    remote > 0 ? remotely({ counted, of, remote }, options) : m.minutes_quorum_present({ counted, of }, options)
  const words = { present, needed, source: sourceWords(source, options) }
  return met ? m.minutes_quorum_met(words, options) : m.minutes_quorum_missed(words, options)
}
