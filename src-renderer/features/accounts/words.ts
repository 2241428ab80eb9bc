import type { ApiFailure, ApiFailureCode } from '../../../shared/hub-api/contract.ts'
import { m } from '../../../shared/i18n/index.ts'
import type { Role } from '../../../shared/rules/access.ts'

/** The name of each role. */
export const roleWords: Readonly<Record<Role, () => string>> = {
  administrator: m.account_role_administrator,
  clerk: m.account_role_clerk,
  chair: m.account_role_chair,
  member: m.account_role_member,
  staff: m.account_role_staff,
  guest: m.account_role_guest,
}

/** Roles in words, in the order given. */
export const describeRoles = (roles: readonly Role[]): string => roles.map((role) => roleWords[role]()).join(', ')

/** Says why the hub did not do what was asked; `here` words what a code means in this case. */
export function describeFailure(
  failure: ApiFailure | 'unreachable',
  here: Readonly<Partial<Record<ApiFailureCode, () => string>>> = {},
): string {
  if (failure === 'unreachable') return m.account_failure_unreachable()
  const forbidden = { forbidden: m.account_failure_forbidden }
  return ({ ...forbidden, ...here }[failure.error] ?? m.account_failure_other)()
}
