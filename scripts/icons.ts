import { chromium } from 'playwright-core'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { findChromium, sandboxArguments } from './chromium.ts'

const folder = fileURLToPath(new URL('../resources/icons/', import.meta.url))
const ground = '#1f5587'

/** Every picture that is drawn from `icon.svg`: name, edge in pixels, and whether the system cuts a shape out of it. */
export const icons = [
  ...[16, 32, 48, 64, 128, 256, 512, 1024].map((edge) => ({ name: `${edge}x${edge}.png`, edge, masked: false })),
  { name: 'web-192.png', edge: 192, masked: false },
  { name: 'web-maskable-512.png', edge: 512, masked: true },
  { name: 'apple-touch-180.png', edge: 180, masked: true },
] as const

/** Draws the icons anew; run after a change of `icon.svg`: `node scripts/icons.ts`. */
async function drawIcons(): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('Drawing icons needs a Chromium; name one by RATSSAAL_CHROMIUM')
  await mkdir(folder, { recursive: true })
  const svg = await readFile(`${folder}icon.svg`, 'utf8')
  const browser = await chromium.launch({ executablePath, args: sandboxArguments() })
  const page = await browser.newPage()
  for (const { name, edge, masked } of icons) {
    // What a mask may leave of a picture is a circle of 80 % of its edge (W3C Web App Manifest, purpose "maskable").
    const [size, background] = masked ? [edge * 0.78, ground] : [edge, 'transparent']
    await page.setViewportSize({ width: edge, height: edge })
    await page.setContent(
      `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${background}">
        <div style="width:${size}px;height:${size}px">${svg}</div></body>`,
    )
    await writeFile(folder + name, await page.screenshot({ omitBackground: true }))
  }
  await browser.close()
}

if (import.meta.main) await drawIcons()
