import { m } from '../../../shared/i18n/index.ts'
import type { ItemState } from '../../../shared/rules/meeting/state.ts'
import { itemNumber, type Room } from '../room/index.ts'

export const statusWords: Readonly<Record<ItemState['status'], () => string>> = {
  waiting: m.cockpit_status_waiting,
  open: m.cockpit_status_open,
  done: m.cockpit_status_done,
  deferred: m.cockpit_status_deferred,
  withdrawn: m.cockpit_status_withdrawn,
}

/** Name of an item, or that this account may not read it. */
export const itemTitle = (room: Pick<Room, 'itemOf'>, item: Pick<ItemState, 'item'>): string =>
  room.itemOf(item.item)?.name ?? m.cockpit_item_veiled()

/** "Item 4", where the log knows it. */
export const itemLabel = (room: Pick<Room, 'state'>, item: string): string => {
  const number = itemNumber(room.state, item)
  return number === undefined ? m.cockpit_item_unknown() : m.cockpit_item_number({ number })
}
