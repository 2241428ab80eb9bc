import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { Meeting } from '../../../shared/oparl/index.ts'
import { organizationAudience } from '../../../shared/rules/audience.ts'
import { imagesOf } from '../../../shared/rules/publication.ts'
import { RecordGraph } from '../../../shared/rules/record-graph.ts'
import { towns } from '../../../shared/rules/town.arbitrary.ts'
import { previewMeeting } from './preview.ts'

const isMeeting = (record: AnyRecord): record is Meeting => record.type === 'meeting' && !record.deleted

test('a preview shows what the publisher would show after publishing, to every audience, and nothing else', () => {
  fc.assert(
    fc.property(towns(), (town) => {
      for (const meeting of town.filter(isMeeting)) {
        const published: Meeting = { ...meeting, publication: { state: 'published', step: 9 } }
        const graph = new RecordGraph(town.map((record) => (record._id === meeting._id ? published : record)))
        for (const audience of ['public', ...meeting.organization.map(organizationAudience)] as const) {
          const shown = town
            .filter((record) => record.type === 'agenda-item' && record.meeting === meeting._id)
            .flatMap((record) => {
              const images = imagesOf(record, graph)
              return images.get(audience) ?? images.get('public') ?? []
            })
          const preview = previewMeeting(town, meeting, audience)
          const images = imagesOf(published, graph)
          expect(preview.meeting).toEqual(images.get(audience) ?? images.get('public'))
          const byId = (a: AnyRecord, b: AnyRecord) => (a._id < b._id ? -1 : 1)
          expect(preview.items.map(({ item }): AnyRecord => item).sort(byId)).toEqual(shown.sort(byId))
          for (const paper of preview.items.flatMap(({ papers }) => papers)) {
            const seen = imagesOf(graph.get(paper._id)!, graph)
            expect(paper).toEqual(seen.get(audience) ?? seen.get('public'))
          }
        }
      }
    }),
    { numRuns: 60 },
  )
})
