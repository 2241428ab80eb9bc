import { expect, test } from 'vitest'
import { m } from '../../../../shared/i18n/index.ts'
import type { OparlFile } from '../../../../shared/oparl/index.ts'
import { failed, success } from '../../../../shared/result.ts'
import threePages from '../../reader/testing/three-pages.pdf?url'
import withPassword from '../../reader/testing/with-password.pdf?url'
import { openPaper, sheetOf } from './opened-paper.ts'

const file = { _id: 'file:f' } as OparlFile
const opened = async (bytes: Blob) => openPaper({ openFile: async () => success(bytes) }, file)
const bytesOf = async (url: string): Promise<Blob> => (await fetch(url)).blob()

test('a paper is opened page by page', async () => {
  const paper = await opened(await bytesOf(threePages))
  if ('fault' in paper) throw new Error(paper.fault)
  expect(paper.pages.count).toBe(3)
  const sheet = await sheetOf(paper.pages, 3)
  expect([sheet?.width, sheet?.height].map((side) => Math.round(side ?? 0))).toEqual([559, 794])
  expect(await sheetOf(paper.pages, 4)).toBeUndefined()
  await paper.pages.close()
})

test('what cannot be opened says why, in a sentence', async () => {
  const damaged = (await bytesOf(threePages)).slice(0, 300)
  expect(await opened(damaged)).toEqual({ fault: m.reader_fault_damaged() })
  expect(await opened(await bytesOf(withPassword))).toEqual({ fault: m.reader_fault_password() })
  const offline = await openPaper({ openFile: async () => failed('offline') }, file)
  expect(offline).toEqual({ fault: m.reader_failed_offline() })
})
