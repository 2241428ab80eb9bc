import { m } from '../../../shared/i18n/index.ts'
import type { Board } from '../../../shared/council/records/index.ts'
import type { OparlFile } from '../../../shared/oparl/index.ts'
import { mayDraw } from '../../../shared/rules/access.ts'
import { organizationAudience } from '../../../shared/rules/audience.ts'
import { principalOf, useData } from '../../data/context.ts'
import { recordsOf } from '../../data/related.svelte.ts'
import { useNotices } from '../../ui/notice/notices.svelte.ts'
import { useRouter } from '../../ui/router/router.svelte.ts'
import { refusalInWords } from './words.ts'

/** Where boards are: at a meeting, or at an item of it; there on white ground, or over a PDF. */
export interface BoardPlace {
  readonly meeting: string
  readonly agendaItem?: string | undefined
  /** Of a new board. */
  readonly name: string
  readonly file?: Pick<OparlFile, '_id' | 'sha512'> | undefined
}

/** The boards at a place, and opening one there. Make it while a component begins. */
export class BoardsHere {
  readonly boards: readonly Board[]
  readonly mayOpen: boolean
  isOpening = $state(false)
  readonly #data = useData()
  readonly #router = useRouter()
  readonly #notices = useNotices()
  readonly #place: () => BoardPlace

  constructor(place: () => BoardPlace) {
    const data = this.#data
    this.#place = place
    const found = $derived(data.select({ type: 'board', where: { meeting: place().meeting } }))
    const meeting = $derived(data.select({ type: 'meeting', ids: [place().meeting] }))
    this.boards = $derived.by(() => {
      const { agendaItem, file } = place()
      return recordsOf(found).filter(
        (board) => board.agendaItem === agendaItem && board.file === file?._id && board.sha512 === file?.sha512,
      )
    })
    this.mayOpen = $derived(
      (recordsOf(meeting)[0]?.organization ?? []).some((id) => mayDraw(principalOf(data), organizationAudience(id))),
    )
  }

  /** Opens a board and goes there. */
  async open(addressOf: (id: string) => string = (id) => `#/boards/${id}`): Promise<void> {
    const { meeting, agendaItem, name, file } = this.#place()
    this.isOpening = true
    const outcome = await this.#data.openBoard({
      ...{ meeting, name },
      ...(agendaItem === undefined ? {} : { agendaItem }),
      ...(file === undefined ? {} : { file: file._id, sha512: file.sha512 }),
    })
    this.isOpening = false
    if (outcome.ok) return this.#router.go(addressOf(outcome.value._id))
    const refused = file === undefined ? m.boards_open_refused : m.boards_draw_refused
    this.#notices.show(refusalInWords(outcome.failure, { offline: m.boards_open_offline, refused }), {
      tone: 'critical',
    })
  }
}
