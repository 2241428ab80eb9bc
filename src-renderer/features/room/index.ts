/** What all screens of a running meeting look at, without a screen of its own. */
export { itemNumber } from './item-number.ts'
export { roomOf, type Room } from './room.ts'
export { rulesOf } from './rules.ts'
