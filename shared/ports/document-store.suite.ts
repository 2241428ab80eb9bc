import { describe, expect, it } from 'vitest'
import { changesSuite, listSuite } from './document-store-feeds.suite.ts'
import { revision, revOf, useFreshStore, type StorePlace } from './document-store-place.suite.ts'
import type { AudienceStore, IncomingDocument, Seq } from './document-store.ts'

export type { StorePlace } from './document-store-place.suite.ts'

const base64 = (text: string): string => btoa(text)
const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)

/** What every document store must do, whatever is behind it. */
export function documentStoreSuite(name: string, prepare: () => Promise<StorePlace>): void {
  describe(`document store: ${name}`, () => {
    const fresh = useFreshStore(prepare)
    const leafRevs = async (id: string): Promise<string[]> =>
      (await fresh.office.openRevisions(id, 'all')).found.map((leaf) => leaf._rev).sort()

    describe('audiences', () => {
      it('makes, names and removes them with all their documents', async () => {
        await (await fresh.store.open('public')).write([{ _id: 'a:1', secret: 1 }])
        expect((await fresh.store.audiences()).sort()).toEqual(['office', 'public'])
        expect(await fresh.store.exists('public')).toBe(true)
        expect(await fresh.store.exists('org-none')).toBe(false)
        await fresh.store.remove('public')
        expect(await fresh.store.audiences()).toEqual(['office'])
        expect(await fresh.store.exists('public')).toBe(false)
        expect(await (await fresh.store.open('public')).get('a:1')).toBeUndefined()
      })

      it('keeps one apart from another', async () => {
        await fresh.edit({ _id: 'a:1' })
        const organization = await fresh.store.open('org-1')
        expect(await organization.get('a:1')).toBeUndefined()
        expect(await organization.info()).toMatchObject({ docCount: 0 })
      })

      it('tells names apart that differ in case alone', async () => {
        await (await fresh.store.open('user-a')).write([{ _id: 'a:1' }])
        const other = await fresh.store.open('user-A').catch(() => undefined)
        expect(await other?.get('a:1')).toBeUndefined()
      })
    })

    describe('edits', () => {
      it('gives back what was written, umlauts and nesting included', async () => {
        const fields = { name: 'Straßenausbau Äußere Höhe 🏛', list: [1, { deep: null }], flag: false }
        const rev = revOf(await fresh.edit({ _id: 'paper:1', ...fields }))
        expect(rev).toMatch(/^1-[0-9a-f]{32}$/)
        expect(await fresh.office.get('paper:1')).toEqual({ _id: 'paper:1', _rev: rev, ...fields })
        expect(await fresh.office.get('paper:2')).toBeUndefined()
        expect(await fresh.office.info()).toMatchObject({ docCount: 1 })
      })

      it('continues a revision and refuses a stale one', async () => {
        const first = revOf(await fresh.edit({ _id: 'a:1', step: 1 }))
        const second = revOf(await fresh.edit({ _id: 'a:1', _rev: first, step: 2 }))
        const refused = [
          { ok: false, id: 'a:1', error: 'conflict', reason: expect.any(String) as string },
          { ok: false, id: 'a:2', error: 'conflict', reason: expect.any(String) as string },
        ]
        expect(await fresh.edit({ _id: 'a:1', _rev: first, step: 3 })).toEqual(refused.slice(0, 1))
        expect(await fresh.edit({ _id: 'a:1', step: 3 }, { _id: 'a:2', _rev: '1-none' })).toEqual(refused)
        expect(await fresh.office.get('a:1', { revs: true })).toEqual({
          _id: 'a:1',
          _rev: second,
          step: 2,
          _revisions: { start: 2, ids: [second.slice(2), first.slice(2)] },
        })
      })

      it('names the same edit of the same revision alike', async () => {
        const [one, other] = [await fresh.store.open('faction-1'), await fresh.store.open('faction-2')]
        for (const audience of [one, other]) {
          const rev = revOf(await audience.write([{ _id: 'a:1', text: 'x' }]))
          await audience.write([{ _id: 'a:1', _rev: rev, text: 'y' }])
        }
        expect(await one.get('a:1', { revs: true })).toEqual(await other.get('a:1', { revs: true }))
      })

      it('keeps the readable ancestors of a revision where edits are merged', async () => {
        const first = revOf(await fresh.edit({ _id: 'a:1', step: 1 }))
        await fresh.edit({ _id: 'a:1', _rev: first, step: 2 })
        expect(await fresh.office.get('a:1', { rev: first })).toEqual({ _id: 'a:1', _rev: first, step: 1 })
        expect(await fresh.office.get('a:1', { rev: '2-none' })).toBeUndefined()
      })

      it('forgets what was superseded or taken back where others read', async () => {
        for (const audience of ['public', 'org-1', 'circle-1', 'box-1'] as const) {
          const published = await fresh.store.open(audience)
          const first = revOf(await published.write([{ _id: 'a:1', text: 'taken back' }]))
          const second = revOf(await published.write([{ _id: 'a:1', _rev: first, text: 'corrected' }]))
          const third = revOf(await published.write([{ _id: 'a:1', _rev: second, _deleted: true }]))
          expect(await published.openRevisions('a:1', [first, second])).toEqual({
            found: [],
            missing: [first, second],
          })
          expect(await published.get('a:1', { rev: first })).toBeUndefined()
          expect(await published.revsDiff({ 'a:1': [first, second, third] })).toEqual({})
        }
      })

      it('says which document of a batch is malformed, and writes the others', async () => {
        const outcomes = await fresh.edit(
          { _id: '_design/x' },
          { _id: 'a:1', _secret: 1 },
          { _id: 'a:2', _rev: 'nonsense' },
          { _id: '' },
          { _id: 'a:3', _attachments: { f: { stub: true } } },
          { _id: 'a:4' },
        )
        expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error))).toEqual([
          ...Array<string>(5).fill('bad_request'),
          'ok',
        ])
        expect((await fresh.office.list()).rows.map((row) => row.id)).toEqual(['a:4'])
      })

      it('writes all of a batch or nothing when it cannot be carried out', async () => {
        const seqs: Seq[] = []
        fresh.office.onChange((seq) => seqs.push(seq))
        const before = await fresh.office.info()
        const endless: Record<string, unknown> = {}
        endless['self'] = endless
        await expect(fresh.edit({ _id: 'a:1' }, { _id: 'a:2', endless })).rejects.toThrow()
        expect(await fresh.office.get('a:1')).toBeUndefined()
        expect(await fresh.office.info()).toEqual(before)
        expect(seqs).toEqual([])
        revOf(await fresh.edit({ _id: 'a:1' }))
      })

      it('lets the first of two edits in one batch win', async () => {
        const outcomes = await fresh.edit({ _id: 'a:1', n: 1 }, { _id: 'a:1', n: 2 })
        expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false])
        expect(await fresh.office.get('a:1')).toMatchObject({ n: 1 })
      })
    })

    describe('deletion', () => {
      it('leaves a tombstone that replicates, and lets the document live again', async () => {
        const first = revOf(await fresh.edit({ _id: 'a:1', n: 1 }))
        const second = revOf(await fresh.edit({ _id: 'a:1', _rev: first, _deleted: true, why: 'moved' }))
        expect(await fresh.office.get('a:1')).toBeUndefined()
        expect(await fresh.office.get('a:1', { rev: second })).toEqual({
          _id: 'a:1',
          _rev: second,
          _deleted: true,
          why: 'moved',
        })
        expect((await fresh.office.changes()).rows).toMatchObject([
          { id: 'a:1', deleted: true, changes: [{ rev: second }] },
        ])
        expect(await fresh.office.list()).toEqual({ rows: [], total: 0 })
        expect((await fresh.office.list({ keys: ['a:1'] })).rows).toEqual([{ id: 'a:1', rev: second, deleted: true }])
        const third = revOf(await fresh.edit({ _id: 'a:1', n: 3 }))
        expect(third).toMatch(/^3-/)
        expect(await fresh.office.get('a:1', { revs: true })).toMatchObject({ n: 3, _revisions: { start: 3 } })
        expect(await fresh.office.info()).toMatchObject({ docCount: 1 })
      })

      it('shows a living branch before a longer deleted one', async () => {
        await fresh.replicate(revision('a:1', 3, 'c b a', { _deleted: true }), revision('a:1', 2, 'x a', { n: 2 }))
        expect(await fresh.office.get('a:1', { conflicts: true })).toEqual({ _id: 'a:1', _rev: '2-x', n: 2 })
      })
    })

    describe('revision trees', () => {
      const branches = [
        revision('a:1', 1, 'a', { n: 'root' }),
        revision('a:1', 3, 'c b a', { n: 'c' }),
        revision('a:1', 3, 'd b a', { n: 'd' }),
        revision('a:1', 4, 'e c b a', { n: 'e', _deleted: true }),
        revision('a:1', 2, 'z a', { n: 'z' }),
      ]
      const orders = [
        [0, 1, 2, 3, 4],
        [4, 3, 2, 1, 0],
        [2, 4, 0, 3, 1],
        [3, 0, 4, 1, 2],
      ]

      it.each(orders)('makes the same tree of branches in the order %i %i %i %i %i', async (...order) => {
        for (const index of order) expect(await fresh.replicate(branches[index] as IncomingDocument)).toEqual([])
        expect(await fresh.office.get('a:1', { conflicts: true, revs: true })).toEqual({
          _id: 'a:1',
          _rev: '3-d',
          n: 'd',
          _revisions: { start: 3, ids: ['d', 'b', 'a'] },
          _conflicts: ['2-z'],
        })
        expect(await leafRevs('a:1')).toEqual(['2-z', '3-d', '4-e'])
      })

      it('joins branches when their common ancestry arrives', async () => {
        await fresh.replicate(revision('a:1', 5, 'e d'), revision('a:1', 3, 'c b'), revision('a:1', 6, 'f e d c b a'))
        expect(await leafRevs('a:1')).toEqual(['6-f'])
        const { found } = await fresh.office.openRevisions('a:1', 'all')
        expect(found[0]?._revisions).toEqual({ start: 6, ids: ['f', 'e', 'd', 'c', 'b', 'a'] })
      })

      it('takes the greater id where branches are equally long', async () => {
        await fresh.replicate(revision('a:1', 1, 'b'), revision('a:1', 1, 'c'), revision('a:1', 1, 'a'))
        expect(await fresh.office.get('a:1', { conflicts: true })).toEqual({
          _id: 'a:1',
          _rev: '1-c',
          _conflicts: ['1-b', '1-a'],
        })
      })

      it('ignores what it has, and says what is malformed', async () => {
        await fresh.replicate(revision('a:1', 2, 'b a', { n: 1 }))
        const { updateSeq } = await fresh.office.info()
        expect(await fresh.replicate(revision('a:1', 2, 'b a', { n: 2 }))).toEqual([])
        expect(await fresh.office.get('a:1')).toMatchObject({ n: 1 })
        expect((await fresh.office.changes({ since: updateSeq })).rows).toEqual([])
        expect(await fresh.replicate({ _id: 'a:2' }, revision('a:3', 1, 'b a'))).toMatchObject([
          { ok: false, id: 'a:2', error: 'bad_request' },
          { ok: false, id: 'a:3', error: 'bad_request' },
        ])
      })

      it('settles a conflict by ending the losing branch', async () => {
        await fresh.replicate(revision('a:1', 2, 'b a'), revision('a:1', 2, 'c a'))
        revOf(await fresh.edit({ _id: 'a:1', _rev: '2-b', _deleted: true }))
        expect(await fresh.office.get('a:1', { conflicts: true })).toEqual({ _id: 'a:1', _rev: '2-c' })
      })

      it('answers asked revisions with their ancestry, and names the missing', async () => {
        await fresh.replicate(
          revision('a:1', 2, 'b a', { n: 'b' }),
          revision('a:1', 2, 'c a', { n: 'c', _deleted: true }),
        )
        expect(await fresh.office.openRevisions('a:1', ['2-c', '2-b', '7-x'])).toEqual({
          found: [
            { _id: 'a:1', _rev: '2-c', n: 'c', _deleted: true, _revisions: { start: 2, ids: ['c', 'a'] } },
            { _id: 'a:1', _rev: '2-b', n: 'b', _revisions: { start: 2, ids: ['b', 'a'] } },
          ],
          missing: ['7-x'],
        })
        expect(await fresh.office.openRevisions('a:2', ['1-a'])).toEqual({ found: [], missing: ['1-a'] })
        expect(await fresh.office.openRevisions('a:2', 'all')).toEqual({ found: [], missing: [] })
      })

      it('says which revisions it lacks', async () => {
        await fresh.replicate(revision('a:1', 2, 'b a'))
        expect(await fresh.office.revsDiff({ 'a:1': ['1-a', '2-b', '3-c'], 'a:2': ['1-x'], 'a:3': [] })).toEqual({
          'a:1': { missing: ['3-c'], possible_ancestors: ['2-b'] },
          'a:2': { missing: ['1-x'] },
        })
        expect(await fresh.office.revsDiff({ 'a:1': ['1-a', '2-b'] })).toEqual({})
      })
    })

    changesSuite(fresh)
    listSuite(fresh)

    describe('attachments', () => {
      const note = { content_type: 'text/plain', data: base64('Hallo') }
      const stub = {
        content_type: 'text/plain',
        digest: 'md5-0b+TKZ3hto5tOCyJO/EhXw==',
        length: 5,
        revpos: 1,
        stub: true,
      }

      it('keeps bytes, tells their digest, and carries stubs over to the next revision', async () => {
        const first = revOf(await fresh.edit({ _id: 'a:1', _attachments: { 'note.txt': note } }))
        expect((await fresh.office.get('a:1'))?._attachments).toEqual({ 'note.txt': stub })
        const second = revOf(
          await fresh.edit({ _id: 'a:1', _rev: first, n: 2, _attachments: { 'note.txt': { ...stub } } }),
        )
        const { data } = note
        const { content_type, digest, revpos } = stub
        expect(await fresh.office.get('a:1', { attachments: true })).toMatchObject({
          _rev: second,
          n: 2,
          _attachments: { 'note.txt': { content_type, digest, revpos, data } },
        })
        const attachment = await fresh.office.attachment('a:1', 'note.txt')
        expect({ ...attachment, bytes: textOf(attachment?.bytes) }).toEqual({
          contentType: 'text/plain',
          digest: stub.digest,
          bytes: 'Hallo',
        })
        expect(await fresh.office.attachment('a:1', 'other.txt')).toBeUndefined()
        expect(await fresh.office.attachment('a:2', 'note.txt')).toBeUndefined()
      })

      it('loses one that the next revision does not name', async () => {
        const published = await fresh.store.open('public')
        const first = revOf(await published.write([{ _id: 'a:1', _attachments: { 'note.txt': note } }]))
        await published.write([{ _id: 'a:1', _rev: first }])
        expect(await published.attachment('a:1', 'note.txt')).toBeUndefined()
        expect(await published.attachment('a:1', 'note.txt', first)).toBeUndefined()
      })

      it('takes replicated ones with their generation', async () => {
        await fresh.replicate(revision('a:1', 3, 'c b a', { _attachments: { 'note.txt': { ...note, revpos: 2 } } }))
        await fresh.replicate(revision('a:1', 4, 'd c b a', { _attachments: { 'note.txt': { ...stub, revpos: 2 } } }))
        const { found } = await fresh.office.openRevisions('a:1', 'all', { attachments: true })
        expect(found).toMatchObject([{ _rev: '4-d', _attachments: { 'note.txt': { data: note.data, revpos: 2 } } }])
      })
    })

    describe('local documents', () => {
      it('keeps checkpoints out of the feed and the list', async () => {
        expect(await fresh.office.getLocal('peer')).toBeUndefined()
        const { rev } = await fresh.office.putLocal('peer', { lastSeq: 7 })
        expect(await fresh.office.getLocal('peer')).toEqual({ _id: '_local/peer', _rev: rev, lastSeq: 7 })
        const next = await fresh.office.putLocal('peer', { _rev: rev, lastSeq: 8 })
        expect(next.rev).not.toBe(rev)
        expect(await fresh.office.getLocal('peer')).toMatchObject({ lastSeq: 8 })
        expect(await fresh.office.changes()).toMatchObject({ rows: [] })
        expect(await fresh.office.list()).toEqual({ rows: [], total: 0 })
        expect(await fresh.office.deleteLocal('peer')).toBe(true)
        expect(await fresh.office.deleteLocal('peer')).toBe(false)
        expect(await fresh.office.getLocal('peer')).toBeUndefined()
      })
    })

    it('keeps everything when it is closed and opened again', async () => {
      await fresh.replicate(
        revision('a:1', 2, 'b a'),
        revision('a:1', 2, 'c a'),
        revision('a:2', 1, 'x', { _deleted: true }),
      )
      await fresh.edit({ _id: 'a:3', _attachments: { f: { content_type: 'text/plain', data: base64('Hallo') } } })
      await fresh.office.putLocal('peer', { lastSeq: 7 })
      const everything = async (audience: AudienceStore) => ({
        info: await audience.info(),
        feed: await audience.changes({ style: 'all_docs', includeDocs: true }),
        list: await audience.list({ includeDocs: true, conflicts: true }),
        file: textOf((await audience.attachment('a:3', 'f'))?.bytes),
        checkpoint: await audience.getLocal('peer'),
      })
      const [uuid, before] = [fresh.store.uuid(), await everything(fresh.office)]
      await fresh.store.close()
      fresh.store = await fresh.place.open()
      expect(fresh.store.uuid()).toBe(uuid)
      expect(await fresh.store.audiences()).toEqual(['office'])
      fresh.office = await fresh.store.open('office')
      expect(await everything(fresh.office)).toEqual(before)
      revOf(await fresh.edit({ _id: 'a:4' }))
      expect((await fresh.office.changes({ since: before.info.updateSeq })).rows.map((row) => row.id)).toEqual(['a:4'])
    })
  })
}
