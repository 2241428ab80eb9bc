import { m } from '../../../shared/i18n/index.ts'
import type { Data } from '../../data/contract.ts'
import { checkCredentials, type CredentialFaults } from './failures.ts'

const order = ['code', 'town', 'administrator'] as const
type Step = (typeof order)[number]
type Faults = CredentialFaults & { code?: string; town?: string; name?: string }

/** The set-up assistant of an empty town: one question after the other, nothing sent before the last. */
export class SetUpSteps {
  step = $state<Step>('code')
  code = $state('')
  town = $state('')
  name = $state('')
  login = $state('')
  password = $state('')
  repeated = $state('')
  faults = $state.raw<Faults>({})
  readonly count = order.length

  constructor(code: string) {
    this.code = code
    if (code) this.step = 'town'
  }

  get number(): number {
    return order.indexOf(this.step) + 1
  }

  get request(): Parameters<Data['setUp']>[0] {
    return {
      code: this.code.trim(),
      town: { name: this.town.trim() },
      administrator: { name: this.name.trim(), login: this.login.trim(), password: this.password },
    }
  }

  back(): void {
    this.faults = {}
    this.step = order[this.number - 2] ?? 'code'
  }

  /** Checks the step and goes on; true when all steps are answered and the request can be sent. */
  forward(): boolean {
    this.faults = this.#check()
    if (Object.keys(this.faults).length > 0) return false
    const next = order[this.number]
    if (!next) return true
    this.step = next
    return false
  }

  #check(): Faults {
    switch (this.step) {
      case 'code':
        return this.code.trim() ? {} : { code: m.account_fault_code() }
      case 'town':
        return this.town.trim() ? {} : { town: m.account_fault_town() }
      case 'administrator':
        return {
          ...(this.name.trim() ? {} : { name: m.account_fault_name() }),
          ...checkCredentials(this.login, this.password, this.repeated),
        }
    }
  }
}
