import { spawnSync } from 'node:child_process'

/** Type checks of every environment, each with its own compiler settings. Reads the compiled messages. */
const checks: readonly (readonly [string, ...string[]])[] = [
  ['tsc', '-p', 'tsconfig.shared.json'],
  ['tsc', '-p', 'tsconfig.node.json'],
  ['tsc', '-p', 'tsconfig.e2e.json'],
  ['tsc', '-p', 'tsconfig.worker.json'],
  ['svelte-check', '--tsconfig', 'tsconfig.renderer.json', '--fail-on-warnings', '--output', 'human'],
]

for (const [command, ...args] of checks) {
  console.log(`check: ${command} ${args.join(' ')}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
