import type { OparlLocation } from '../../../shared/oparl/index.ts'

/** A place in one line: room, name, street, town. */
export function describePlace(location: OparlLocation | undefined): string {
  if (!location) return ''
  const town = [location.postalCode, location.locality].filter(Boolean).join(' ')
  return [location.room, location.description, location.streetAddress, town].filter(Boolean).join(', ')
}
