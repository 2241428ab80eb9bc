import { spawnSync } from 'node:child_process'

/** Whether ffmpeg and ffprobe can be run here. */
export const findFfmpeg = (): boolean =>
  ['ffmpeg', 'ffprobe'].every((command) => spawnSync(command, ['-version'], { stdio: 'ignore' }).status === 0)
