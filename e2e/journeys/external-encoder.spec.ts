import { people, signInAs } from '../fixtures/demo-people.ts'
import { lookAt, looks } from '../fixtures/looks.ts'
import { prepareCouncil } from '../fixtures/meeting/prepared-council.ts'
import { startRtmpCamera } from '../fixtures/rtmp-camera.ts'
import { freePort } from '../../src-main/hub/testing/free-port.ts'
import { expect, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

test(
  'an external encoder is transmitted from the desk, by keyboard alone, and cut off in the closed part',
  { tag: '@web' },
  async ({ hub, device }) => {
    const { council, clerk } = await prepareCouncil(hub.origin)
    const { _id: meeting } = council.meeting
    const live = `${hub.origin}/broadcast/${meeting.slice('meeting:'.length)}/small/live.m3u8`

    const desk = device.page
    await signInAs(desk, people.clerk)
    await visit(desk, `#/meetings/${meeting}/broadcast`)
    const air = desk.getByRole('region', { name: words.broadcast_air() })
    const card = desk.getByRole('region', { name: words.broadcast_encoder(), exact: true })
    const field = card.getByRole('textbox', { name: words.broadcast_encoder_address() })
    const patiently = { timeout: 60_000 }
    const enter = async (address: string): Promise<void> => {
      await field.focus()
      await desk.keyboard.press('ControlOrMeta+A')
      await desk.keyboard.type(address)
      await desk.keyboard.press('Enter')
    }

    await test.step('what cannot be read is refused, with what to do', async () => {
      await expect(card).toContainText(words.broadcast_encoder_off())
      await enter('http://kamera.local/saal')
      await expect(field).toHaveAccessibleDescription(new RegExp(words.broadcast_encoder_fault_scheme()))
      await enter(`rtmp://klaus:geheim@127.0.0.1:${await freePort()}/live/room`)
      await expect(card).toContainText(words.broadcast_encoder_fault_unreachable(), patiently)
      await expect(card).not.toContainText('geheim')
      await card.getByRole('combobox').last().scrollIntoViewIfNeeded()
      for (const look of looks) await lookAt(desk, look)
    })

    const port = await freePort()
    const camera = startRtmpCamera(port)
    try {
      await test.step('before the meeting it is checked, and waits', async () => {
        await enter(`rtmp://klaus:geheim@127.0.0.1:${port}/live/room`)
        await expect(card).toContainText(words.broadcast_encoder_waiting(), patiently)
        await expect(card).toContainText(`rtmp://127.0.0.1:${port}`)
        await expect(card).not.toContainText('geheim')
        await expect(card.getByRole('button', { name: words.broadcast_encoder_stop() })).toBeFocused()
        await expect(air).toContainText(words.broadcast_off_waiting())
      })

      await test.step('it goes on air with the meeting', async () => {
        await clerk.write({ kind: 'meeting-opened' })
        await expect(air).toContainText(words.broadcast_air_on(), patiently)
        await expect(card).toContainText(words.broadcast_encoder_live())
        await expect(air).toContainText(words.broadcast_air_on_encoder())
        await card.getByRole('button', { name: words.broadcast_encoder_stop() }).scrollIntoViewIfNeeded()
        await expect.poll(async () => (await fetch(live)).text(), patiently).toMatch(/MAP:URI="init-(?!slate)/)
        for (const look of looks) await lookAt(desk, look)
      })

      await test.step('the closed part cuts it off, the opening connects it anew', async () => {
        await clerk.write({ kind: 'part-closed' })
        await expect(air).toContainText(words.broadcast_off_closed_part())
        await expect(card).toContainText(words.broadcast_encoder_waiting())
        await clerk.write({ kind: 'part-opened' })
        await expect(air).toContainText(words.broadcast_air_on(), patiently)
      })

      await test.step('panic closes, release opens', async () => {
        await desk.getByRole('button', { name: words.broadcast_panic() }).click()
        await expect(air).toContainText(words.broadcast_off_held())
        await desk.getByRole('button', { name: words.broadcast_release() }).click()
        await expect(air).toContainText(words.broadcast_air_on(), patiently)
      })

      await test.step('stopped, its form is there again; started anew, the transmission is ended with it', async () => {
        const stop = card.getByRole('button', { name: words.broadcast_encoder_stop() })
        await stop.focus()
        await desk.keyboard.press('Enter')
        await expect(card).toContainText(words.broadcast_encoder_off())
        await expect(field).toBeFocused()
        await enter(`rtmp://127.0.0.1:${port}/live/room`)
        await expect(air).toContainText(words.broadcast_air_on(), patiently)
        await desk.getByRole('button', { name: words.broadcast_finish() }).click()
        await desk.getByRole('dialog').getByRole('button', { name: words.broadcast_finish() }).click()
        await expect(desk.getByText(words.broadcast_over_detail())).toBeVisible()
        expect(await (await fetch(live)).text()).toContain('#EXT-X-ENDLIST')
      })
    } finally {
      camera.end()
      clerk.leave()
    }
  },
)
