import { route } from '../../ui/router/route.ts'

export const routes = [
  route('/people', () => import('./DirectoryPage.svelte')),
  route('/organizations/:id', () => import('./OrganizationPage.svelte')),
  route('/people/:id', () => import('./PersonPage.svelte')),
]
