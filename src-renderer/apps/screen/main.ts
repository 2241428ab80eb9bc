import { mount } from 'svelte'
import { overwriteGetLocale } from '../../../shared/i18n/index.ts'
import { PublicScreen, readScreenAddress } from '../../features/public-screen/index.ts'
import '../../ui/tokens/index.css'

const target = document.getElementById('app')
if (!target) throw new Error('screen.html has no element #app')
const address = readScreenAddress(location)
if (!address) throw new Error('The address names no hub and meeting')
const { locale, ...props } = address
document.documentElement.lang = locale
overwriteGetLocale(() => locale)
mount(PublicScreen, { target, props })
