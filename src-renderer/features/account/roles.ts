import { m } from '../../../shared/i18n/index.ts'
import type { Role } from '../../../shared/rules/access.ts'

const names: Readonly<Record<Role, () => string>> = {
  administrator: m.account_role_administrator,
  clerk: m.account_role_clerk,
  chair: m.account_role_chair,
  member: m.account_role_member,
  staff: m.account_role_staff,
  guest: m.account_role_guest,
}

/** Roles in words, in the order given. */
export const describeRoles = (roles: readonly Role[]): string => roles.map((role) => names[role]()).join(', ')
