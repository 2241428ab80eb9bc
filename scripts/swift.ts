import { spawnSync } from 'node:child_process'

/** Debian's Python, which finds Debian's packages whatever other Python comes first. */
const python = '/usr/bin/python3'

/** The Python that has OpenStack Swift, a server that speaks S3; undefined where there is none. */
export const findSwift = (): string | undefined =>
  spawnSync(python, ['-c', 'import swift'], { stdio: 'ignore' }).status === 0 ? python : undefined
