import type { Component } from 'svelte'

/** An icon of `@lucide/svelte`, such as `import Calendar from '@lucide/svelte/icons/calendar'`. */
export type IconGlyph = Component<{ size?: number | string; strokeWidth?: number | string }>
