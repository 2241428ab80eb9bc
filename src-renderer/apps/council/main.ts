import { mount } from 'svelte'
import type { Shell } from '../../../shared/ipc/contract.ts'
import { createData } from '../../data/index.ts'
import { readHost } from '../../features/host/index.ts'
import '../../ui/tokens/index.css'
import App from './App.svelte'
import { describeDevice } from './device-name.ts'
import { watchWindow } from './faults.ts'

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no element #app')
watchWindow()
const { shell } = window as { shell?: Shell }
const canStartOffline = !shell && import.meta.env.PROD && 'serviceWorker' in navigator
const [data, host] = await Promise.all([
  createData({ shell, deviceName: describeDevice(navigator.userAgent) }),
  readHost(shell),
])
mount(App, { target, props: { data, host, canStartOffline } })
