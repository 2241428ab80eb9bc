import type { SecondPicture } from './second/second-picture.svelte.ts'

/** Seconds that J and L move. */
const stride = 10

/** Keys that players have in common; everything else is the video's own controls. */
const actions: Readonly<Record<string, (video: HTMLVideoElement) => void>> = {
  k: (video) => void (video.paused ? video.play() : Promise.resolve(video.pause())),
  j: (video) => (video.currentTime -= stride),
  l: (video) => (video.currentTime += stride),
  m: (video) => (video.muted = !video.muted),
  f: (video) => void (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen()),
}

/** Keys for the second picture, where there is one. */
const secondActions: Readonly<Record<string, (second: SecondPicture) => void>> = {
  g: (second) => void (second.isOn = !second.isOn),
  p: (second) => second.moveOn(),
  '+': (second) => second.resize(1),
  '-': (second) => second.resize(-1),
}

/** Does what a key stands for, unless it is typed into a field or with another key. */
export function pressKey(event: KeyboardEvent, video: HTMLVideoElement, second: SecondPicture | undefined): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLSelectElement) return
  const key = event.key.toLowerCase()
  const [act, actSecond] = [actions[key], second && secondActions[key]]
  if (!act && !actSecond) return
  event.preventDefault()
  act?.(video)
  if (second) actSecond?.(second)
}
