import { mount } from 'svelte'
import { localeOf, overwriteGetLocale } from '../../../shared/i18n/index.ts'
import { readAddress, WatchPage } from '../../features/watch/index.ts'
import '../../ui/tokens/index.css'

const target = document.getElementById('app')
if (!target) throw new Error('watch.html has no element #app')
// The hub wrote the language of the page into it.
overwriteGetLocale(() => localeOf(document.documentElement.lang))
mount(WatchPage, { target, props: readAddress(location) })
