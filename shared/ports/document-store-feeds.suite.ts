import { beforeEach, describe, expect, it } from 'vitest'
import { revision, revOf, type FreshStore } from './document-store-place.suite.ts'
import type { AudienceStore, Seq } from './document-store.ts'

/** The feed of an audience. */
export function changesSuite(fresh: FreshStore): void {
  describe('changes', () => {
    const feed = async (query: Parameters<AudienceStore['changes']>[0] = {}) => {
      const { rows, pending } = await fresh.office.changes(query)
      return { ids: rows.map((row) => row.id), pending }
    }

    beforeEach(async () => {
      const first = revOf(await fresh.edit({ _id: 'a:1', n: 1 }))
      await fresh.edit({ _id: 'a:2' })
      await fresh.edit({ _id: 'a:3' })
      await fresh.edit({ _id: 'a:1', _rev: first, n: 2 })
    })

    it('has each document once, at its latest place', async () => {
      expect(await feed()).toEqual({ ids: ['a:2', 'a:3', 'a:1'], pending: 0 })
      expect(await feed({ descending: true })).toEqual({ ids: ['a:1', 'a:3', 'a:2'], pending: 0 })
    })

    it('goes on from any place, page by page', async () => {
      const seen: string[] = []
      let since: Seq = 0
      for (const left of [2, 1, 0]) {
        const { rows, lastSeq, pending } = await fresh.office.changes({ since, limit: 1 })
        expect(pending).toBe(left)
        expect(rows).toHaveLength(1)
        seen.push(...rows.map((row) => row.id))
        since = lastSeq
      }
      expect(seen).toEqual(['a:2', 'a:3', 'a:1'])
      expect((await fresh.office.changes({ since })).rows).toEqual([])
      await fresh.edit({ _id: 'a:4' })
      expect(await feed({ since })).toEqual({ ids: ['a:4'], pending: 0 })
    })

    it('keeps to the asked documents', async () => {
      expect(await feed({ ids: ['a:1', 'a:2', 'a:9'] })).toEqual({ ids: ['a:2', 'a:1'], pending: 0 })
      const cut = await feed({ ids: ['a:1', 'a:2'], limit: 1 })
      // CouchDB counts what is left without regard to the ids.
      expect({ ...cut, isMore: cut.pending > 0 }).toMatchObject({ ids: ['a:2'], isMore: true })
      expect(await feed({ ids: [] })).toEqual({ ids: [], pending: 0 })
    })

    it('shows the winner, or every leaf, and the document where asked', async () => {
      await fresh.replicate(revision('a:5', 2, 'c a', { n: 1 }), revision('a:5', 2, 'b a'))
      await fresh.replicate(revision('a:5', 3, 'd c a', { _deleted: true }), revision('a:5', 2, 'x a', { n: 'x' }))
      const { rows } = await fresh.office.changes({ ids: ['a:5'], includeDocs: true })
      expect(rows).toEqual([
        {
          seq: expect.anything() as Seq,
          id: 'a:5',
          changes: [{ rev: '2-x' }],
          doc: { _id: 'a:5', _rev: '2-x', n: 'x' },
        },
      ])
      const leaves = (await fresh.office.changes({ ids: ['a:5'], style: 'all_docs' })).rows[0]?.changes
      expect(leaves?.[0]).toEqual({ rev: '2-x' })
      expect(leaves?.map(({ rev }) => rev).sort()).toEqual(['2-b', '2-x', '3-d'])
    })

    it('calls back after each durable write until told to stop', async () => {
      const seqs: Seq[] = []
      const { promise: called, resolve } = Promise.withResolvers<void>()
      const stop = fresh.office.onChange((seq) => {
        seqs.push(seq)
        resolve()
      })
      await fresh.edit({ _id: 'b:1' })
      await called
      expect(seqs).toHaveLength(1)
      expect(await feed({ since: seqs[0] as Seq })).toEqual({ ids: [], pending: 0 })
      stop()
      await fresh.edit({ _id: 'b:2' })
      await fresh.office.putLocal('x', {})
      expect(seqs).toHaveLength(1)
    })
  })
}

/** Ranges and asked ids. */
export function listSuite(fresh: FreshStore): void {
  describe('list', () => {
    beforeEach(async () => {
      await fresh.edit({ _id: 'b:2', n: 2 }, { _id: 'a:1' }, { _id: 'b:1', n: 1 }, { _id: 'c:1' }, { _id: 'b:3', n: 3 })
      await fresh.replicate(revision('d:1', 1, 'x', { _deleted: true }))
    })

    const ids = async (query: Parameters<AudienceStore['list']>[0]) =>
      (await fresh.office.list(query)).rows.map((row) => row.id)

    it('gives ranges of ids in order, both ends counted in', async () => {
      expect(await ids({})).toEqual(['a:1', 'b:1', 'b:2', 'b:3', 'c:1'])
      expect(await ids({ startKey: 'b:', endKey: 'b:\uffff' })).toEqual(['b:1', 'b:2', 'b:3'])
      expect(await ids({ startKey: 'b:1', endKey: 'b:2' })).toEqual(['b:1', 'b:2'])
      expect(await ids({ startKey: 'b:3', endKey: 'b:1', descending: true })).toEqual(['b:3', 'b:2', 'b:1'])
      expect(await ids({ startKey: 'b:2' })).toEqual(['b:2', 'b:3', 'c:1'])
      expect(await ids({ endKey: 'a:1' })).toEqual(['a:1'])
      expect(await ids({ startKey: 'b:', skip: 1, limit: 2 })).toEqual(['b:2', 'b:3'])
      expect(await ids({ limit: 0 })).toEqual([])
      expect((await fresh.office.list({ startKey: 'b:', endKey: 'b:\uffff' })).total).toBe(5)
    })

    it('gives asked documents in the asked order, without the unknown', async () => {
      expect(await ids({ keys: ['c:1', 'x:1', 'a:1', 'd:1'] })).toEqual(['c:1', 'a:1', 'd:1'])
      expect(await ids({ keys: ['c:1', 'a:1'], limit: 1 })).toEqual(['c:1'])
      expect(await ids({ keys: [] })).toEqual([])
    })

    it('brings the winners and their conflicts where asked', async () => {
      await fresh.replicate(revision('e:1', 1, 'b', { n: 'b' }), revision('e:1', 1, 'a', { n: 'a' }))
      expect((await fresh.office.list({ startKey: 'e:', includeDocs: true, conflicts: true })).rows).toEqual([
        { id: 'e:1', rev: '1-b', doc: { _id: 'e:1', _rev: '1-b', n: 'b', _conflicts: ['1-a'] } },
      ])
      expect((await fresh.office.list({ keys: ['e:1'], includeDocs: true })).rows[0]?.doc).toEqual({
        _id: 'e:1',
        _rev: '1-b',
        n: 'b',
      })
    })
  })
}
