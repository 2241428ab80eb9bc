import type { Component } from 'svelte'
import { render } from 'vitest-browser-svelte'
import Stage from './Stage.svelte'

/** Renders a component as an app does: with the window's notices and drafts around it. */
export const stage = <Props extends Record<string, unknown>>(shown: Component<Props>, props: Props) =>
  render(Stage as Component<{ shown: Component<Props>; with: Props }>, { shown, with: props })
