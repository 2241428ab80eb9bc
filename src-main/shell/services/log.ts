import { join } from 'node:path'
import { destination, multistream, pino, type Logger } from 'pino'

export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'fatal'>

/** The shell's log: one JSON object per line in `shell.log` of the folder, warnings on standard error too. No contents. */
export function openLog(folder: string): Log {
  return pino(
    { base: null, serializers: { error: pino.stdSerializers.err } },
    multistream([
      { stream: destination({ dest: join(folder, 'shell.log'), mkdir: true, sync: true }) },
      { level: 'warn', stream: destination({ dest: 2, sync: true }) },
    ]),
  )
}
