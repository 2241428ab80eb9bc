import type { Page } from '@playwright/test'
import { lookAt, looks } from '../fixtures/looks.ts'
import { expect, test } from '../fixtures/test.ts'

test.use({ town: 'demo' })

/** Addresses of records on a list, by the type in their path. */
const firstOf = (page: Page, type: string) => page.locator(`main a[href*="/${type}/"]`).first()

// The site is the hub's alone, and its tests look at every page in both languages: looked at once.
for (const look of looks.slice(0, 1))
  test(
    `every page of the public site is accessible, ${look.name}`,
    { tag: '@web' },
    async ({ hub, device: { page } }) => {
      test.slow()
      const go = async (path: string): Promise<void> => {
        await page.goto(`${hub.origin}/${look.locale}${path}`)
        await expect(page.locator('html')).toHaveAttribute('lang', look.locale)
        await lookAt(page, look)
      }
      const follow = async (type: string): Promise<void> => {
        await go((await firstOf(page, type).getAttribute('href'))?.slice(`/${look.locale}`.length) ?? '/none')
        await expect(page).toHaveURL(new RegExp(`/${type}/`))
      }
      await go('/')
      await go('/meetings')
      await follow('meeting')
      await follow('agenda-item')
      await go('/papers')
      await follow('paper')
      await go('/recordings')
      await go('/recordings?q=Haushalt')
      await go('/organizations')
      await follow('organization')
      await go('/people')
      await follow('person')
      await go('/paper/none')
      await go('/no/such/page')
    },
  )
