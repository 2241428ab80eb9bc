import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { html } from './html.ts'

it('lets no sign of markup through, wherever it comes from', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { text: markup } = html`<p title="${text}">${[text, html`<b>${text}</b>`]}</p>`
      expect(markup.replaceAll(/<\/?[pb](?: title="[^"<>]*")?>/g, '')).not.toMatch(/[<>"']/)
    }),
  )
})

it('shows numbers, joins lists, and leaves out what is not there', () => {
  expect(html`<i>${0} ${false} ${undefined} ${['a', ['b']]}</i>`.text).toBe('<i>0   ab</i>')
  expect(html`${'<&>"\''}`.text).toBe('&lt;&amp;&gt;&quot;&#39;')
  expect(html`${'a\u0000b\u000Bc\tz'}`.text).toBe('abc\tz')
})
