/* Keeps the course of a running meeting current. Without this script the page is complete, only not live. */
const live = document.querySelector('[data-live]')
const source = live && new EventSource(live.dataset.live)

/** Puts in only what changed, so that screen readers hear just that and the focus stays where it is. */
function show(text) {
  const fresh = new DOMParser().parseFromString(text, 'text/html')
  for (const part of live.querySelectorAll('[data-part]')) {
    const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`)
    if (next && next.innerHTML !== part.innerHTML) part.replaceChildren(...next.childNodes)
  }
}

source?.addEventListener('progress', ({ data }) => show(data))
source?.addEventListener('error', () => live.setAttribute('data-stale', ''))
source?.addEventListener('open', () => live.removeAttribute('data-stale'))
