import { route } from '../../ui/router/route.ts'

export { Appearance, provideAppearance } from './appearance.svelte.ts'
export { default as LanguageSwitch } from './LanguageSwitch.svelte'
export const routes = [route('/settings', () => import('./SettingsPage.svelte'))]
