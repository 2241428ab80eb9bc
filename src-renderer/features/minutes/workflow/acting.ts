import { m } from '../../../../shared/i18n/index.ts'
import type { MinutesAct } from '../../../../shared/hub-api/minutes.ts'
import type { ApiFailure } from '../../../../shared/hub-api/contract.ts'
import type { Data } from '../../../data/contract.ts'
import type { Notices } from '../../../ui/notice/notices.svelte.ts'

/** Does something with the minutes of a meeting, and says what came of it. Answers whether it was done. */
export async function act(
  { data, notices }: { data: Pick<Data, 'actOnMinutes'>; notices: Notices },
  meeting: string,
  wanted: MinutesAct,
): Promise<boolean> {
  const answer = await data.actOnMinutes(meeting, wanted)
  if (answer.ok) notices.say(m.minutes_act_done())
  else notices.show(failureWords(answer.failure), { tone: 'critical' })
  return answer.ok
}

function failureWords(failure: ApiFailure | 'unreachable'): string {
  if (failure === 'unreachable') return m.minutes_act_offline()
  if (failure.error === 'forbidden') return m.minutes_act_forbidden()
  if (failure.error === 'too-late') return m.minutes_act_too_late()
  if (failure.error === 'conflict') return m.minutes_act_conflict()
  return m.minutes_act_failed({
    why: failure.faults?.map(({ field, message }) => `${field} ${message}`).join(', ') ?? '',
  })
}
