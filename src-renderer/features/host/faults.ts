import { m } from '../../../shared/i18n/index.ts'
import type { JoinFault } from '../../../shared/ipc/contract.ts'

/** Says why a hub cannot be joined and what to do. */
export function describeJoinFault(fault: JoinFault): string {
  switch (fault) {
    case 'unreadable':
      return m.shell_join_unreadable()
    case 'unreachable':
      return m.shell_join_unreachable()
    case 'other-certificate':
      return m.shell_join_other_certificate()
    case 'in-kiosk':
      return m.shell_join_in_kiosk()
  }
}
