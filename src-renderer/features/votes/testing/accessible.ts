import axe from 'axe-core'
import { expect } from 'vitest'

/** WCAG 2.2 AA as far as a machine can tell: axe finds nothing in what is staged. */
export async function expectAccessible(): Promise<void> {
  // Colours on their way from one to another are nobody's.
  const moving = document
    .getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
  await Promise.allSettled(moving.map(({ finished }) => finished))
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } })
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary })),
  )
  expect(found).toEqual([])
}

/** Every control can be hit with a finger: 48 px each way in touch density, WCAG 2.5.8 and beyond. */
export function expectTouchTargets(): void {
  const small = [
    ...document.querySelectorAll<HTMLElement>(
      'main button, main select, main summary, main input, main label:has(input)',
    ),
  ]
    .filter((node) => !(node instanceof HTMLInputElement && node.closest('label, .choice')))
    .filter((node) => node.checkVisibility() && heightOf(node) < 47.5)
    .map((node) => `${node.tagName} ${node.textContent} ${heightOf(node)}`)
  expect(small).toEqual([])
}

/** Segments reach to the frame around them. */
const heightOf = (node: HTMLElement): number =>
  ((node.matches('fieldset > label') && node.parentElement) || node).getBoundingClientRect().height
