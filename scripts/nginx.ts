import { spawnSync } from 'node:child_process'

/** The nginx that can be run here; Debian keeps it where only root looks. */
export const findNginx = (): string | undefined =>
  ['nginx', '/usr/sbin/nginx'].find((command) => spawnSync(command, ['-v'], { stdio: 'ignore' }).status === 0)
