/**
 * Origin of what others drew and sent at once. Whoever drew it keeps it; it is neither stored here nor sent on, so that
 * nothing reaches anybody twice.
 */
export class FromOthers {}
