import { expect, test } from 'vitest'
import { describeDevice } from './device-name.ts'

test('devices are named by browser and system', () => {
  const agents = [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0',
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
    'something else',
  ]
  expect(agents.map(describeDevice)).toEqual([
    'Edge, Windows',
    'Firefox, Linux',
    'Safari, iPad',
    'Chrome, Android',
    'Browser',
  ])
})
