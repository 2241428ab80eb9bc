import { createHash } from 'node:crypto'

/**
 * Those who walk through the hub: of every role one; the insider belongs to the body whose matters are planted, and so
 * does who is kept out of one of its items by a conflict of interest.
 */
export const askers = [
  'nobody',
  'room',
  'guest',
  'outsider',
  'keptout',
  'insider',
  'staff',
  'clerk',
  'administrator',
] as const
export type Asker = (typeof askers)[number]

const office = ['staff', 'clerk', 'administrator'] as const
const circle = ['insider', ...office] as const
const inside = ['keptout', ...circle] as const

/**
 * Every planted word, and who may come across it. A word stands in one place alone, so that it names the place from
 * which it got out.
 */
export const readersOf: Readonly<Record<string, readonly Asker[]>> = {
  openpaper: askers,
  neutraltitle: askers,
  releasedphone: askers,
  closeditemid: inside,
  closeditem: inside,
  titleditem: inside,
  closedreason: inside,
  closedresult: inside,
  latecloseditem: inside,
  closedresolution: inside,
  closedresolutionfile: inside,
  closedresolutionbytes: inside,
  closedmeetingid: inside,
  closedmeeting: inside,
  closedplace: inside,
  closedpaperid: inside,
  closedpaper: inside,
  closedfile: inside,
  closedfilename: inside,
  closedbytes: inside,
  closedconsultation: inside,
  closedsketch: inside,
  closedsketcher: inside,
  closedsketchbytes: inside,
  event: inside,
  circleditem: circle,
  circledpaper: circle,
  circledfile: circle,
  circledbytes: circle,
  circledconsultation: circle,
  circledevent: ['insider', 'clerk', 'administrator'],
  circledsketch: circle,
  circledsketcher: circle,
  circledsketchbytes: circle,
  circledboard: circle,
  circleddrawing: ['insider', 'clerk', 'administrator'],
  meetingboard: inside,
  meetingdrawing: inside,
  closedlayer: inside,
  closedlayerdrawing: inside,
  circledlayer: office,
  circledlayerdrawing: office,
  oldlayer: office,
  mail: office,
  phone: office,
  life: office,
  unknownperson: office,
  draftmeeting: office,
  consentguest: office,
  draftitem: office,
  draftpaper: office,
  draftfile: office,
  draftbytes: office,
  withdrawnpaper: office,
  withdrawnbytes: office,
  deletedpaper: office,
  disputedpaper: office,
  supersededname: office,
  officenote: office,
  sharedtext: office,
  factionnote: ['insider'],
  factionattachment: ['insider'],
  usernote: ['insider'],
  foreignnote: ['outsider'],
  foreignfaction: ['outsider'],
  openminutes: askers,
  openresolution: askers,
  announcement: askers,
  closedminutes: inside,
  objection: inside,
  announcedoriginal: inside,
  circledminutes: circle,
  circledwording: circle,
  circledobjection: circle,
  closedagenda: office,
  signaccount: office,
  responsibleunit: office,
  passageid: office,
  passagename: office,
  passagetext: office,
  passagesource: office,
  bodypassage: office,
  presentedminutes: office,
  circle: [],
  box: [],
  partialupload: [],
  orphanbytes: [],
  login: ['insider', 'clerk', 'administrator'],
  accountname: ['insider', 'clerk', 'administrator'],
  devicename: ['insider', 'administrator'],
  invited: ['clerk', 'administrator'],
  boardname: ['room', 'clerk', 'administrator'],
}

/** The planted form of a word: letters alone, which no encoding of an answer changes. */
export const plant = (word: string): string => {
  if (!(word in readersOf)) throw new Error(`${word} stands in no table`)
  return `qz${word}qz`
}
/** The planted words of a text, without their marks. */
export const wordsIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/qz([a-z]+?)qz/g)].map(([, word]) => word!))

export const sha512Of = (bytes: string): string => createHash('sha512').update(bytes).digest('hex')
/** Bytes of the planted files, by their word. */
export const plantedBytes = Object.fromEntries(
  [
    'closedresolutionbytes',
    'closedbytes',
    'circledbytes',
    'closedsketchbytes',
    'circledsketchbytes',
    'draftbytes',
    'withdrawnbytes',
    'orphanbytes',
    'partialupload',
  ].map((word) => [word, `A text whose content is ${plant(word)}, and nothing else.\n`]),
)
