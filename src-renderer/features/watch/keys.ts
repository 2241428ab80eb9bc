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

/** Does what a key stands for, unless it is typed into a field or with another key. */
export function pressKey(event: KeyboardEvent, video: HTMLVideoElement): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLSelectElement) return
  const act = actions[event.key.toLowerCase()]
  if (!act) return
  event.preventDefault()
  act(video)
}
