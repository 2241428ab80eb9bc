import { describe, expect, it } from 'vitest'
import { evening, sourceOf } from '../testing/evening.suite.ts'
import { person } from '../testing/council.suite.ts'
import { allowanceCsv, allowanceRows, demoAllowance, type AllowanceRow } from '../index.ts'

const source = sourceOf(evening)
const factionChairs = new Set([person(14)])
const rowOf = (rows: readonly AllowanceRow[], number: number): AllowanceRow | undefined =>
  rows.find((row) => row.person === person(number))

describe('allowances of an evening from 17:02 to 20:04', () => {
  const rows = allowanceRows(source, demoAllowance, factionChairs)

  it('are for elected members who were there, in the order of the roster', () => {
    expect(rows.map((row) => row.person)).toEqual(Array.from({ length: 46 }, (_, number) => person(number)))
  })

  it('are a flat amount, with more for who presided and for the chair of a faction', () => {
    expect([0, 1, 14].map((number) => rowOf(rows, number)?.amount)).toEqual([8000, 4000, 6000])
  })

  it('go by started hours where a town has it so, up to its limit', () => {
    const hourly = { ...demoAllowance, per: 'started-hour', amount: 1500, mostHours: 3 } as const
    const paid = allowanceRows(source, hourly, factionChairs)
    // The whole evening is 182 minutes; two left at 19:50, one came at 17:24.
    expect([1, 30, 45].map((number) => rowOf(paid, number))).toMatchObject([
      { minutes: 182, amount: 4500 },
      { minutes: 168, amount: 4500 },
      { minutes: 160, amount: 4500 },
    ])
    const unlimited = allowanceRows(source, { ...hourly, mostHours: null }, factionChairs)
    expect(rowOf(unlimited, 1)?.amount).toBe(6000)
    expect(rowOf(unlimited, 30)?.amount).toBe(4500)
  })

  it('are not computed before the close', () => {
    const open = sourceOf(evening.filter(({ body }) => body.kind !== 'meeting-closed'))
    expect(allowanceRows(open, demoAllowance, factionChairs)).toEqual([])
  })
})

describe('as a spreadsheet', () => {
  const row = { person: 'person:1', name: 'Frau "Ida"; Lindwurm', minutes: 62, amount: 123_456 }

  it('has what separates and what quotes in quotes, in each language', () => {
    expect(allowanceCsv([row], 'de')).toBe(
      'Name;Fraktion;Minuten;Betrag in Euro\r\n"Frau ""Ida""; Lindwurm";;62;1234,56\r\n',
    )
    expect(allowanceCsv([{ ...row, name: 'Ida', faction: 'A, B' }], 'en')).toBe(
      'Name,Faction,Minutes present,Amount in euros\r\nIda,"A, B",62,1234.56\r\n',
    )
  })

  it('has no name that a spreadsheet would compute', () => {
    expect(allowanceCsv([{ ...row, name: '=1+1' }], 'de')).toContain("\r\n'=1+1;")
  })
})
