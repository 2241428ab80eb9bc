export const roles = ['administrator', 'clerk', 'chair', 'member', 'staff', 'guest'] as const
/** What an account may do in the town, apart from the bodies that its person belongs to. */
export type Role = (typeof roles)[number]
