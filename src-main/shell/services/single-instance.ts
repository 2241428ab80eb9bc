import { app } from 'electron'

/** True for the first instance of a profile; a later one calls `wake` in the first and has to end. */
export function holdSingleInstance(wake: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', wake)
  return true
}
