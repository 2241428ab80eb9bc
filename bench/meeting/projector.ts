import type { Page } from 'playwright-core'
import { Participant } from '../../e2e/fixtures/meeting/participant.ts'
import { administrator, constitutionOf, personAt, SmallCouncil } from '../../e2e/fixtures/meeting/small-council.ts'
import { signIn } from '../../e2e/fixtures/set-up-town.ts'
import { buildWhatIsStale } from '../../scripts/start/build.ts'
import { launchBrowser } from '../../src-renderer/data/testing/browser.suite.ts'
import { lessIsBetter, median, percentile, type Bench, type Figure } from '../figure.ts'
import { Echo } from './echo.ts'
import { messageOf } from './room.ts'

const events = 80
/** The first ones compile. */
const warmUp = 10
const meeting = 'meeting:bench'
const members = 3
/** How many times as long as the echo it may take. */
const goal = 1 / 3

/** Milliseconds since 1970, finer than the clock of a date. */
const now = (): number => performance.timeOrigin + performance.now()

/** Starts to look for a text in a page; what it answers with settles with the end of the first frame that holds it. */
async function awaitPaint(page: Page, text: string): Promise<() => Promise<number>> {
  await page.evaluate(`void (globalThis.painted = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.body.textContent.includes(${JSON.stringify(text)})) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())))
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  }))`)
  return () => page.evaluate('painted')
}

/** Milliseconds from what is done until a page has painted a text. */
async function timeToPaint(page: Page, text: string, act: () => void): Promise<number> {
  const painted = await awaitPaint(page, text)
  const begin = now()
  act()
  return (await painted()) - begin
}

/** A page that writes down what an event of a meeting says, as a bare socket brings it. */
async function openEcho(page: Page, url: string): Promise<void> {
  await page.setContent('<p>–</p>')
  await page.evaluate(`new Promise((opened) => {
    const socket = new WebSocket(${JSON.stringify(url)})
    socket.onmessage = ({ data }) => (document.body.textContent = JSON.parse(data).documents[0].body.show.text)
    socket.onopen = () => opened()
  })`)
}

async function run(): Promise<Figure[]> {
  await buildWhatIsStale()
  const council = await SmallCouncil.gather(members, 'nothing')
  const [echo, browser] = [await Echo.open(1), await launchBrowser()]
  try {
    const { place } = await council.call(meeting)
    const [device] = council.devices
    if (!device) throw new Error('Nobody presides')
    const chair = await Participant.enter(device, place)
    await chair.write({ kind: 'meeting-prepared', constitution: constitutionOf(members, ['agenda-item:bench']) })
    await chair.write({ kind: 'person-arrived', person: personAt(0), mode: 'room', by: 'list' })
    await chair.write({ kind: 'meeting-opened' })
    const projector = await browser.newPage({ locale: 'de-DE' })
    await projector.goto(`${council.hub.address}/app/#/meetings/${meeting}/projector/1`)
    await signIn(projector, administrator.login, administrator.password)
    await projector.locator('.window').waitFor()
    const reference = await browser.newPage()
    await openEcho(reference, echo.url)
    const show = (text: string): void =>
      void chair.write({ kind: 'scene-projected', projector: 'projector:1', show: { scene: 'text', text } })
    const times: { ours: number[]; reference: number[] } = { ours: [], reference: [] }
    for (let event = 0; event < events; event += 1) {
      // A page behind another one paints nothing.
      await projector.bringToFront()
      const text = `Pause ${event} Ende`
      times.ours.push(await timeToPaint(projector, text, () => show(text)))
      const said = chair.log.events.findLast(({ body }) => body.kind === 'scene-projected')
      if (!said) throw new Error('Nothing was projected')
      await reference.bringToFront()
      times.reference.push(await timeToPaint(reference, text, () => echo.say(messageOf([said]))))
    }
    chair.leave()
    const [ours, other] = [times.ours.slice(warmUp), times.reference.slice(warmUp)]
    return [
      lessIsBetter('from the event to the projector’s paint, median', {
        ...{ ours: median(ours), reference: median(other), goal, unit: ' ms' },
      }),
      lessIsBetter('from the event to the projector’s paint, p95', {
        ...{ ours: percentile(ours, 0.95), reference: percentile(other, 0.95), goal, unit: ' ms' },
      }),
    ]
  } finally {
    await browser.close()
    echo.close()
    await council.dissolve()
  }
}

export const bench: Bench = {
  name: 'projector',
  description:
    'an event of a meeting until a projector has painted it, against a bare socket and a page that writes it down',
  run,
}
