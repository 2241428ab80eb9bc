let current = 'Europe/Berlin'

/** The time zone (IANA name) of everything that is shown and typed in, wherever the device is. */
export const timeZone = (): string => current

/** Takes another one from now on; what is on the screen already has to be shown anew. */
export const setTimeZone = (zone: string): void => void (current = zone)
