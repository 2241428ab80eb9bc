import { m } from '../../../../shared/i18n/index.ts'

/** What a single key does in the cockpit. */
export type KeyCommand =
  | 'step'
  | 'item'
  | 'speaker'
  | 'stop'
  | 'pause'
  | 'add-speaker'
  | 'part'
  | 'vote'
  | 'note'
  | 'find'
  | 'journal'
  | 'undo'
  | 'keys'

export const keyMap: readonly { readonly key: string; readonly command: KeyCommand; readonly text: () => string }[] = [
  { key: 'n', command: 'step', text: m.cockpit_key_step },
  { key: 't', command: 'item', text: m.cockpit_key_item },
  { key: 'w', command: 'speaker', text: m.cockpit_key_speaker },
  { key: 's', command: 'stop', text: m.cockpit_key_stop },
  { key: 'p', command: 'pause', text: m.cockpit_key_pause },
  { key: 'l', command: 'add-speaker', text: m.cockpit_key_add },
  { key: 'o', command: 'part', text: m.cockpit_key_part },
  { key: 'v', command: 'vote', text: m.cockpit_key_vote },
  { key: 'm', command: 'note', text: m.cockpit_key_note },
  { key: 'f', command: 'find', text: m.cockpit_key_find },
  { key: 'j', command: 'journal', text: m.cockpit_key_journal },
  { key: 'z', command: 'undo', text: m.cockpit_key_undo },
  { key: '?', command: 'keys', text: m.cockpit_key_keys },
]
