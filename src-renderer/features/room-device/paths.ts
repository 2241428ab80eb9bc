/** Where a device that nobody signed in at asks to belong to a room. */
export const pairPath = '/room-device'
/** Where somebody confirms the code of a board. */
export const confirmPath = '/confirm'
