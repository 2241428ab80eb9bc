import { spawnSync } from 'node:child_process'
import { compileMessages } from './messages.ts'

/** Type checks of every environment, each with its own compiler settings. */
const checks: readonly (readonly [string, ...string[]])[] = [
  ['tsc', '-p', 'tsconfig.shared.json'],
  ['tsc', '-p', 'tsconfig.node.json'],
  ['tsc', '-p', 'tsconfig.e2e.json'],
  ['tsc', '-p', 'tsconfig.worker.json'],
  ['svelte-check', '--tsconfig', 'tsconfig.renderer.json', '--fail-on-warnings', '--output', 'human'],
]

await compileMessages()
for (const [command, ...args] of checks) {
  console.log(`check: ${command} ${args.join(' ')}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
