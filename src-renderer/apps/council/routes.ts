import { routes as search } from '../../features/search/index.ts'
import { routes as settings } from '../../features/settings/index.ts'
import type { Route } from '../../ui/router/route.ts'

/** Every page of the app. A feature is listed here and nowhere else. */
export const routes: readonly Route[] = [...search, ...settings]
