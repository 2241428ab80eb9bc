import type { Card, Layout, LowerThird, Scene } from '../capture-contract.ts'
import { projectorSource } from '../sources/picture-sources.svelte.ts'

/** What whoever transmits chose for the picture. */
export class SceneChoice {
  layout = $state<Layout>('one')
  main = $state<string>(projectorSource)
  side = $state<string>('')
  hasLowerThird = $state(true)

  /** The scene of this moment; the projector's view says item and speaker itself. */
  scene(lowerThird: LowerThird | null, fallback: Card): Scene {
    const isWords = this.main === projectorSource
    return {
      layout: this.side === '' ? 'one' : this.layout,
      main: this.main === '' ? null : this.main,
      side: this.side === '' ? null : this.side,
      lowerThird: this.hasLowerThird && !isWords ? lowerThird : null,
      fallback,
    }
  }
}
