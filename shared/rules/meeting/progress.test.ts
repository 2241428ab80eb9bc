import { describe, expect, it } from 'vitest'
import type { Deed, EventBody } from '../../council/meeting-event.ts'
import { readMeetingProgress } from '../../council/meeting-progress.ts'
import { reduceMeeting } from './log.ts'
import { progressOf } from './progress.ts'
import { storyOf } from './testing/story.suite.ts'

const meeting = 'meeting:1'
const start = Date.parse('2026-03-04T17:00:00Z')

const seat = (key: string, faction?: string) => ({
  ...{ person: `person:${key}`, name: `Name ${key}`, votes: true, elected: true },
  ...(faction ? { faction: `organization:${faction}` } : {}),
})
const prepared: EventBody = {
  kind: 'meeting-prepared',
  constitution: {
    ...{ organizations: ['organization:1'], rules: 'de-rp-2024', statutoryNumber: 3, call: 'first' },
    seats: [seat('a', 'blue'), seat('b', 'red'), seat('c')],
    factions: [
      { organization: 'organization:blue', name: 'Blau' },
      { organization: 'organization:red', name: 'Rot' },
    ],
    presidents: ['person:a'],
    agenda: [
      { item: 'agenda-item:open', public: true, matter: 'ordinary' },
      { item: 'agenda-item:hidden', public: true, matter: 'ordinary' },
      { item: 'agenda-item:closed', public: false, matter: 'ordinary' },
    ],
    ...{ constituent: false, hybrid: true, recording: 'statute' },
  },
}
const arrivals: EventBody[] = ['a', 'b', 'c'].map((key) => ({
  ...{ kind: 'person-arrived', person: `person:${key}`, mode: 'room', by: 'list' },
}))
const vote = (
  key: string,
  item: string,
  more: Partial<Extract<EventBody, { kind: 'vote-opened' }>> = {},
): EventBody => ({
  ...{ kind: 'vote-opened', vote: `vote:${key}`, item, question: `Frage ${key}`, subject: 'resolution' },
  ...{ majority: 'simple', mode: 'devices', secret: false },
  ...more,
})
const seal = (key: string): EventBody[] => [
  { kind: 'ballots-received', vote: `vote:${key}`, ballots: [{ person: 'person:a' }, { person: 'person:b' }] },
  { kind: 'vote-closed', vote: `vote:${key}` },
  {
    ...{ kind: 'vote-sealed', vote: `vote:${key}`, digest: 'd' },
    ballots: [
      { person: 'person:a', choice: 'yes' },
      { person: 'person:b', choice: 'abstain' },
    ],
  },
]
const speech = (key: string, item: string): EventBody[] => [
  {
    ...{ kind: 'speech-requested', speech: `speech:${key}`, item, form: 'speech' },
    speaker: { person: 'person:b' },
    about: `Geheimnis ${key}`,
  },
  { kind: 'speech-started', speech: `speech:${key}` },
]

/** Everybody may read every item but the one whose paper is hidden. */
const shown = (item: string): boolean => item !== 'agenda-item:hidden'
const after = (...bodies: EventBody[]) =>
  progressOf(reduceMeeting(meeting, storyOf(meeting, start, [prepared, ...arrivals, ...bodies])), shown)
const opened: EventBody[] = [{ kind: 'meeting-opened' }, { kind: 'item-opened', item: 'agenda-item:open' }]

describe('what everybody sees of the course of a meeting', () => {
  it('is nothing before the opening', () => {
    expect(after()).toBeUndefined()
  })

  const stamp = '2026-03-04T17:00:00.000Z'

  it('is what the screens of the room show, once, while the public is in and of items that it may read', () => {
    const project = (projector: number, show: Extract<EventBody, { kind: 'scene-projected' }>['show']): EventBody => ({
      ...{ kind: 'scene-projected', projector: `projector:${projector}`, show },
    })
    const text = { scene: 'text', text: 'Pause bis 19 Uhr' } as const
    const paper = { scene: 'paper', file: 'file:secret', page: 3 } as const
    const board = { scene: 'board', board: 'board:secret', page: 2 } as const
    const screens = [project(1, text), project(2, text), project(3, paper), project(4, board)]
    expect(after(...opened, ...screens)?.screens).toEqual([
      { show: 'text', text: 'Pause bis 19 Uhr', projectors: ['projector:1', 'projector:2'] },
      { show: 'paper', item: 'agenda-item:open', page: 3, projectors: ['projector:3'] },
      { show: 'board', item: 'agenda-item:open', projectors: ['projector:4'] },
    ])
    expect(after(...opened, project(2, { scene: 'slate' }))?.screens).toEqual([
      { show: 'slate', projectors: ['projector:2'] },
    ])
    expect(
      readMeetingProgress({ ...after(...opened, ...screens), created: stamp, modified: stamp })?.screens,
    ).toHaveLength(3)
    for (const word of ['file:secret', 'board:secret'])
      expect(JSON.stringify(after(...opened, ...screens))).not.toContain(word)
    const hidden: EventBody[] = [{ kind: 'meeting-opened' }, { kind: 'item-opened', item: 'agenda-item:hidden' }]
    for (const scene of [paper, board]) expect(after(...hidden, project(1, scene))?.screens).toBeUndefined()
    expect(after(...opened, ...screens, { kind: 'part-closed' })?.screens).toBeUndefined()
  })

  it('is the open item, who speaks, the quorum, and a valid document', () => {
    const progress = after(...opened, ...speech('1', 'agenda-item:open'))
    expect(progress).toEqual({
      ...{ _id: 'progress:1', type: 'progress', schema: 1, meeting, phase: 'open', public: true },
      opened: '2026-03-04T17:04:00.000Z',
      current: 'agenda-item:open',
      items: [{ item: 'agenda-item:open', status: 'open', spans: [{ from: '2026-03-04T17:05:00.000Z' }] }],
      speaker: { name: 'Name b', faction: 'Rot', form: 'speech', since: '2026-03-04T17:07:00.000Z' },
      speeches: [
        {
          ...{ item: 'agenda-item:open', name: 'Name b', faction: 'Rot' },
          spans: [{ from: '2026-03-04T17:07:00.000Z' }],
        },
      ],
      present: { room: 3, remote: 0 },
      quorum: expect.objectContaining({ met: true, counted: 3 }) as unknown,
      ...{ votes: [], elections: [] },
    })
    const stamps = { created: '2026-03-04T17:04:00Z', modified: '2026-03-04T17:04:00Z' }
    expect(readMeetingProgress({ ...progress, ...stamps })).toBeDefined()
  })

  it('is how many have voted while a vote is open, and the result by faction as soon as it is sealed', () => {
    const [received, ...rest] = seal('1')
    if (!received) throw new Error('A seal begins with receipts')
    const open = after(...opened, vote('1', 'agenda-item:open'), received)?.votes
    expect(open).toEqual([expect.objectContaining({ status: 'open', entitled: 3, received: 2 })])
    expect(open?.[0]).not.toHaveProperty('tally')
    expect(after(...opened, vote('1', 'agenda-item:open'), received, ...rest)?.votes).toEqual([
      expect.objectContaining({
        status: 'decided',
        tally: { yes: 1, no: 0, abstain: 1, invalid: 0 },
        factions: [
          { faction: 'organization:blue', name: 'Blau', tally: { yes: 1, no: 0, abstain: 0, invalid: 0 } },
          { faction: 'organization:red', name: 'Rot', tally: { yes: 0, no: 0, abstain: 1, invalid: 0 } },
        ],
        finding: expect.objectContaining({ outcome: 'accepted', tie: false }) as unknown,
      }),
    ])
  })

  it('names who voted how where names were called, and only there', () => {
    const called: EventBody[] = [
      vote('1', 'agenda-item:open', { mode: 'roll-call' }),
      { kind: 'roll-called', vote: 'vote:1', person: 'person:c', choice: 'no' },
      { kind: 'vote-closed', vote: 'vote:1' },
    ]
    expect(after(...opened, ...called)?.votes[0]?.named).toEqual([{ person: 'person:c', name: 'Name c', choice: 'no' }])
    expect(after(...opened, vote('1', 'agenda-item:open'), ...seal('1'))?.votes[0]).not.toHaveProperty('named')
  })

  it('is of the closed part only that it is on', () => {
    const closed: EventBody[] = [
      ...opened,
      vote('closing', 'agenda-item:closed', { subject: 'publicity', question: 'Ausschluss wegen Grundstück' }),
      ...seal('closing'),
      { kind: 'part-closed', reason: 'Geheimer Grund' },
      { kind: 'item-opened', item: 'agenda-item:closed' },
      ...speech('secret', 'agenda-item:closed'),
      vote('secret', 'agenda-item:closed'),
      ...seal('secret'),
      { kind: 'note-added', text: 'Geheime Notiz' },
    ]
    const progress = after(...closed)
    expect(progress).toMatchObject({ public: false, votes: [], elections: [] })
    for (const field of ['current', 'speaker', 'present', 'quorum']) expect(progress).not.toHaveProperty(field)
    const text = JSON.stringify(progress)
    for (const word of ['closed"', 'secret', 'Geheim', 'Grundstück', 'hidden']) expect(text).not.toContain(word)
    const again = after(...closed, { kind: 'item-closed', item: 'agenda-item:closed' }, { kind: 'part-opened' })
    expect(again).toMatchObject({ public: true, votes: [] })
    expect(JSON.stringify(again)).not.toMatch(/secret|Geheim|Grundstück|agenda-item:closed/)
  })

  it('is no question that stands in place of words about a closed item, or of why a part was closed', () => {
    const replacedBy = (first: EventBody) => {
      const said = storyOf(meeting, start, [prepared, ...arrivals, ...opened, first])
      const [change] = storyOf(meeting, start + said.length * 60_000, [
        { kind: 'corrected', replaces: said.at(-1)!._id, instead: vote('1', 'agenda-item:open') as Deed },
      ])
      return progressOf(reduceMeeting(meeting, [...said, change!]), shown)?.votes
    }
    expect(replacedBy({ kind: 'note-added', item: 'agenda-item:open', text: 'Ein Zuruf' })).toHaveLength(1)
    expect(replacedBy({ kind: 'note-added', item: 'agenda-item:hidden', text: 'Ein Zuruf' })).toEqual([])
    expect(replacedBy({ kind: 'note-added', item: 'agenda-item:closed', text: 'Ein Zuruf' })).toEqual([])
    expect(replacedBy({ kind: 'part-closed', reason: 'Geheimer Grund' })).toEqual([])
  })

  it('is no question about no item while one is on that not everybody may read', () => {
    const about = (item: string) =>
      after({ kind: 'meeting-opened' }, { kind: 'item-opened', item }, { ...vote('1', item), item: null } as EventBody)
        ?.votes
    expect(about('agenda-item:open')).toHaveLength(1)
    expect(about('agenda-item:hidden')).toEqual([])
  })

  it('is never who spoke behind closed doors, whatever is said later of times and doors', () => {
    const course: EventBody[] = [
      ...opened,
      { kind: 'part-closed' },
      ...speech('secret', 'agenda-item:open'),
      { kind: 'speech-stopped', speech: 'speech:secret' },
      { kind: 'part-opened' },
    ]
    expect(after(...course)?.speeches).toBeUndefined()
    const story = storyOf(meeting, start, [prepared, ...arrivals, ...course])
    const idOf = (kind: string): string => story.find(({ body }) => body.kind === kind)!._id
    const corrections: EventBody[] = [
      // The doors were open after all, or opened earlier; the speech was earlier, in the public part.
      { kind: 'corrected', replaces: idOf('part-closed'), reason: 'Versehen' },
      {
        ...{ kind: 'corrected', replaces: idOf('part-opened'), reason: 'Zeit' },
        ...{ instead: { kind: 'part-opened' }, at: start + 6.5 * 60_000 },
      },
      {
        ...{ kind: 'corrected', replaces: idOf('speech-started'), reason: 'Zeit' },
        ...{ instead: { kind: 'speech-started', speech: 'speech:secret' }, at: start + 5.5 * 60_000 },
      },
    ]
    for (const correction of corrections) expect(after(...course, correction)?.speeches).toBeUndefined()
    expect(after(...course, ...corrections)?.speeches).toBeUndefined()
  })

  it('is nobody who spoke about no item while one was on that not everybody may read', () => {
    const about = (item: string) =>
      after(
        ...([{ kind: 'meeting-opened' }, { kind: 'item-opened', item }] as EventBody[]),
        ...speech('1', item).map((body) => ('item' in body ? { ...body, item: null } : body) as EventBody),
      )?.speeches
    expect(about('agenda-item:open')).toHaveLength(1)
    expect(about('agenda-item:hidden')).toBeUndefined()
  })

  it('is not who spoke on while it was thought that the doors are closed', () => {
    const course: EventBody[] = [...opened, ...speech('1', 'agenda-item:open'), { kind: 'part-closed' }]
    const story = storyOf(meeting, start, [prepared, ...arrivals, ...course])
    const correction: EventBody = { kind: 'corrected', replaces: story.at(-1)!._id, reason: 'Versehen' }
    expect(after(...course)?.speeches).toBeUndefined()
    expect(after(...course, correction, { kind: 'speech-stopped', speech: 'speech:1' })?.speeches).toBeUndefined()
  })

  it('is nothing of a public item that was dealt with behind closed doors', () => {
    const progress = after(
      { kind: 'meeting-opened' },
      { kind: 'part-closed' },
      { kind: 'item-opened', item: 'agenda-item:open' },
      vote('1', 'agenda-item:open'),
      ...seal('1'),
    )
    expect(progress).toMatchObject({ public: false, votes: [] })
  })

  it('is nothing of an item that not everybody may read', () => {
    const progress = after(
      { kind: 'meeting-opened' },
      { kind: 'item-opened', item: 'agenda-item:hidden' },
      ...speech('1', 'agenda-item:hidden'),
      vote('1', 'agenda-item:hidden'),
      ...seal('1'),
    )
    expect(progress).toMatchObject({ public: true, votes: [] })
    expect(JSON.stringify(progress)).not.toMatch(/hidden|Frage|speaker/)
  })
})
