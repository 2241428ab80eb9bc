import { svelte } from '@sveltejs/vite-plugin-svelte'
import { playwright } from '@vitest/browser-playwright'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { findChromium, sandboxArguments } from './scripts/chromium.ts'

const executablePath = findChromium()

const tiptap = [
  'core',
  ...['document', 'paragraph', 'text', 'bold', 'heading', 'list', 'table'].map((name) => `extension-${name}`),
].map((name) => `@tiptap/${name}`)

/** As long as journeys wait: several browsers share the machine. */
const expect = { poll: { timeout: 30_000 } }

export default defineConfig({
  test: {
    // One more than there are processors: tests wait for disks, browsers and the time of films as often as they compute.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          // No test changes what others share: files of a worker load the code once.
          isolate: false,
          include: [
            '{shared,src-main,scripts,resources}/**/*.test.ts',
            'e2e/fixtures/**/*.test.ts',
            'src-renderer/**/*.node.test.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect,
        },
      },
      {
        plugins: [svelte()],
        // Icons are imported one by one: found late, each would make the bundler start over in the middle of a test.
        optimizeDeps: {
          exclude: ['@lucide/svelte'],
          include: [
            'axe-core',
            'bits-ui',
            'diff',
            'pdfkit',
            'pdfjs-dist',
            'perfect-freehand',
            'rbush',
            'yjs',
            'y-prosemirror',
            '@tiptap/pm/gapcursor',
            ...tiptap,
          ],
        },
        test: {
          name: 'browser',
          include: ['src-renderer/**/*.test.ts'],
          exclude: ['**/*.node.test.ts'],
          testTimeout: 120_000,
          expect,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(executablePath ? { executablePath } : {}), args: sandboxArguments() },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
