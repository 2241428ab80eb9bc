import { m } from '../../../shared/i18n/index.ts'
import type { ApiFailure } from '../../../shared/hub-api/contract.ts'
import type { SignedOutBecause, SignInFailure } from '../../data/contract.ts'

/** Says why nobody is signed in any more. */
export function describeSignedOut(because: SignedOutBecause): string {
  switch (because) {
    case 'revoked':
      return m.account_because_revoked()
    case 'expired':
      return m.account_because_expired()
    case 'not-kept':
      return m.account_because_not_kept()
  }
}

/** Says why a sign-in did not work and what to do. */
export function describeSignInFailure(failure: SignInFailure): string {
  switch (failure) {
    case 'wrong-credentials':
      return m.account_failure_credentials()
    case 'too-many-requests':
      return m.account_failure_too_many()
    case 'unreachable':
      return m.account_failure_unreachable()
    case 'revoked':
      return m.account_failure_revoked()
    case 'not-ready':
      return m.account_failure_not_ready()
    case 'failed':
      return m.account_failure_other()
  }
}

/** Says why the hub did not do what was asked. */
export function describeApiFailure(failure: ApiFailure | 'unreachable'): string {
  if (failure === 'unreachable') return m.account_failure_unreachable()
  switch (failure.error) {
    case 'wrong-credentials':
      return m.account_failure_code()
    case 'too-many-requests':
      return m.account_failure_too_many()
    case 'conflict':
      return m.account_failure_conflict()
    case 'not-found':
      return m.account_failure_gone()
    case 'forbidden':
    case 'not-signed-in':
    case 'revoked':
      return m.account_failure_forbidden()
    default:
      return m.account_failure_other()
  }
}

/** The shortest password that the hub takes. */
export const shortestPassword = 10

export interface CredentialFaults {
  readonly login?: string
  readonly password?: string
  readonly repeated?: string
}

/** What is wrong with a login and a new password before anybody is asked; empty when nothing is. */
export function checkCredentials(login: string, password: string, repeated: string): CredentialFaults {
  return {
    ...(/^[\p{L}\p{N}._@-]{2,64}$/u.test(login.trim()) ? {} : { login: m.account_fault_login() }),
    ...(password.length >= shortestPassword ? {} : { password: m.account_fault_password({ count: shortestPassword }) }),
    ...(password === repeated ? {} : { repeated: m.account_fault_repeated() }),
  }
}
