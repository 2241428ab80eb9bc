import { app } from 'electron'

/** True for the first instance of a profile; a later one hands its arguments to `wake` in the first and has to end. */
export function holdSingleInstance(wake: (args: readonly string[]) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, args) => wake(args))
  return true
}
