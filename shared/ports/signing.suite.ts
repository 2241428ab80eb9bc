import { describe, expect, it } from 'vitest'
import type { Signing } from './signing.ts'

/** RFC 8032, section 7.1, tests 1 and 2: the texts are empty and "r". */
const vectors = [
  {
    key: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
    text: '',
    signature: '5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw==',
  },
  {
    key: 'PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=',
    text: 'r',
    signature: 'kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==',
  },
]

/** What every implementation of the port has to do. */
export function signingSuite(make: () => Signing): void {
  describe('signing', () => {
    it('digests texts as SHA-256 does, in UTF-8', async () => {
      const signing = make()
      expect(await signing.digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
      expect(await signing.digest('ä')).toBe('33e6d73fee82904c8d7afb78de1154d1e8dc2a0edb08120e63df5b9385c2d9cc')
    })

    it('takes the signatures of RFC 8032', async () => {
      for (const { key, text, signature } of vectors) expect(await make().verify(key, text, signature)).toBe(true)
    })

    it('takes no signature of another text or key', async () => {
      const [first, second] = vectors
      expect(await make().verify(first!.key, 'x', first!.signature)).toBe(false)
      expect(await make().verify(second!.key, first!.text, first!.signature)).toBe(false)
    })

    it.each(['', 'AAAA', 'not base 64!', '='.repeat(44), 'A'.repeat(10_000)])('is not thrown by %j', async (text) => {
      const [{ key, signature }] = vectors as [(typeof vectors)[number]]
      expect(await make().verify(text, '', signature)).toBe(false)
      expect(await make().verify(key, '', text)).toBe(false)
    })
  })
}
