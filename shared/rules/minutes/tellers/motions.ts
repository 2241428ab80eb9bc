import { m } from '../../../i18n/index.ts'
import type { Motion } from '../../meeting/state.ts'
import type { Happening } from '../telling/happenings.ts'
import type { Telling } from '../telling/telling.ts'
import { paragraph, runsOf } from '../telling/words.ts'

const forms = {
  main: m.minutes_motion_main,
  amendment: m.minutes_motion_amendment,
  procedure: m.minutes_motion_procedure,
} as const

function motionWords({ words }: Telling, { form, title, persons, faction }: Motion): string {
  const motion = forms[form]({ title }, words.options)
  const names = [
    ...(faction === undefined ? [] : [m.minutes_faction({ faction: words.faction(faction) }, words.options)]),
    ...persons.map((person) => words.nameWithFaction(person, faction)),
  ]
  if (names.length === 0) return m.minutes_motion_of_town({ motion }, words.options)
  return m.minutes_motion_by({ motion, names: words.list(names) }, words.options)
}

/** Who proposes what, and in which words. */
export function tellMotion(telling: Telling, happening: Happening<'motion-put'>, isPublic: boolean): void {
  const motion = telling.state.motions.get(happening.deed.motion)
  if (!motion) return
  const wording = motion.text === undefined ? [] : [motion.text]
  telling.tellOf(motion.item, isPublic, [
    paragraph(motion.motion, motionWords(telling, motion)),
    ...wording.map(
      (text) => ({ block: 'resolution', source: `${motion.motion}/wording`, runs: runsOf(text) }) as const,
    ),
  ])
}

/** @param isKnown whether the public knows the motion */
export function tellMotionWithdrawn(
  telling: Telling,
  happening: Happening<'motion-withdrawn'>,
  isKnown: boolean,
): void {
  const motion = telling.state.motions.get(happening.deed.motion)
  if (!motion) return
  const text = m.minutes_motion_withdrawn({ title: motion.title }, telling.words.options)
  const isPublic = isKnown && happening.inPublic && telling.isShown(motion.item)
  telling.tellOf(motion.item, isPublic, [paragraph(`${motion.motion}/withdrawn`, text)])
}
