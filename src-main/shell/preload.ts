import { contextBridge, ipcRenderer } from 'electron'
import { askChannels, type Shell, tellChannels, windowChannels } from '../../shared/ipc/contract.ts'

const asks = Object.entries(askChannels).map(([ask, channel]) => [
  ask,
  (...args: unknown[]) => ipcRenderer.invoke(channel, ...args),
])

const listen: Shell['on'] = (tell, listener) => {
  const hear = (_event: unknown, ...args: unknown[]) => (listener as (...args: unknown[]) => void)(...args)
  ipcRenderer.on(tellChannels[tell], hear)
  ipcRenderer.send(windowChannels.listening, tell)
  return () => ipcRenderer.off(tellChannels[tell], hear)
}

contextBridge.exposeInMainWorld('shell', {
  ...Object.fromEntries(asks),
  on: listen,
  answerQuit: (answer: unknown) => ipcRenderer.send(windowChannels.quitAnswer, answer),
})
