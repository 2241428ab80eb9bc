/**
 * Origin of what others wrote, whether it came at once or by ordinary sync. Whoever wrote it keeps it and sends it; it is
 * neither stored here again nor sent on, so that nothing reaches anybody twice.
 */
export class FromOthers {}
