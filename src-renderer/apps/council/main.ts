import { mount } from 'svelte'
import type { Shell } from '../../../shared/ipc/contract.ts'
import { createData } from '../../data/index.ts'
import '../../ui/tokens/index.css'
import App from './App.svelte'
import { describeDevice } from './device-name.ts'
import { watchWindow } from './faults.ts'

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no element #app')
watchWindow()
const { shell } = window as { shell?: Shell }
const canStartOffline = !shell && import.meta.env.PROD && 'serviceWorker' in navigator
mount(App, {
  target,
  props: { data: await createData({ shell, deviceName: describeDevice(navigator.userAgent) }), canStartOffline },
})
