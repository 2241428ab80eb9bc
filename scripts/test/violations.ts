import axe from 'axe-core'
import type { Page } from 'playwright-core'

export interface Violation {
  /** axe's name of the rule. */
  readonly id: string
  readonly target: readonly unknown[]
  readonly failureSummary?: string
}

/** What fades in has not its colours yet, what fades out is not there any more. */
const untilStill = `(async () => {
  const ends = (animation) => animation.effect?.getComputedTiming().endTime !== Infinity
  const moving = () => document.getAnimations().filter((each) => each.playState === 'running' && ends(each))
  while (moving().length > 0) await Promise.allSettled(moving().map(({ finished }) => finished))
})()`

interface Scope {
  /** CSS selector of what is looked at; the whole page otherwise. */
  readonly within?: string
  readonly without?: readonly string[]
}

/**
 * What axe finds against WCAG 2.2 AA on a page in a browser. The page gets axe once, and says only what was found:
 * everything else that axe knows is much more than the page.
 */
export async function violationsOn(page: Page, { within = 'html', without = [] }: Scope = {}): Promise<Violation[]> {
  if (!(await page.evaluate(`'axe' in globalThis`))) await page.evaluate(axe.source)
  await page.evaluate(untilStill)
  const options = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }
  const scope = { include: [within], exclude: without }
  return page.evaluate<
    Violation[]
  >(`axe.run(${JSON.stringify(scope)}, ${JSON.stringify(options)}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary }))))`)
}
