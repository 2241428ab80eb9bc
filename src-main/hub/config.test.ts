import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { failed } from '../../shared/result.ts'
import { checkConfig, configSchema, parseConfig, readConfig, type HubConfig } from './config.ts'

const example = await readFile('resources/hub.example.yml', 'utf8')

const keysOf = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) => [path + key, ...keysOf(inner, `${path}${key}.`)])
    : []

/** Keys of a schema: `entries` of objects, through optional wrappers. */
function schemaKeys(schema: object, path = ''): string[] {
  if ('wrapped' in schema) return schemaKeys(schema.wrapped as object, path)
  if (!('entries' in schema)) return []
  return Object.entries(schema.entries as Record<string, object>).flatMap(([key, inner]) => [
    path + key,
    ...schemaKeys(inner, `${path}${key}.`),
  ])
}

test('the example explains every key, and no other', () => {
  expect(keysOf(parse(example)).sort()).toEqual(schemaKeys(configSchema).sort())
  const commented = example.split(/\n{2,}/).filter((paragraph) => /^\w/m.test(paragraph))
  for (const paragraph of commented) expect(paragraph.trimStart()).toMatch(/^#/)
})

test('the example is the defaults, but for what it calls an example', () => {
  const defaults = checkConfig({}, '/srv')
  const read = parseConfig(example, '/srv')
  if (!read.ok || !defaults.ok) throw new Error(JSON.stringify([read, defaults]))
  const examples = [...example.matchAll(/^# Example\.[^\n]*\n(?:#[^\n]*\n)*(\w+):/gm)].map(([, key]) => key!)
  const isDefault = ([key]: [string, unknown]): boolean => !examples.includes(key)
  expect(Object.fromEntries(Object.entries(read.value).filter(isDefault))).toEqual(defaults.value satisfies HubConfig)
  expect(examples.filter((key) => key in read.value)).toEqual(examples)
  expect(read.value).toMatchObject({
    publicUrl: 'https://rat.example.org',
    tls: { certificate: '/etc/ssl/ratssaal/fullchain.pem', key: '/etc/ssl/ratssaal/key.pem' },
  })
})

test.each([
  ['listen:\n  port: eighty', 'listen.port', 'must be a whole number of ports from 0 to 65535'],
  ['listen:\n  port: 70000', 'listen.port', 'must be a whole number of ports from 0 to 65535'],
  ['listen: 127.0.0.1', 'listen', 'must hold keys of its own; see resources/hub.example.yml'],
  ['lisden:\n  port: 1', 'lisden', 'is no key of this file; take it out, or look for a misspelling'],
  ['listen:\n  prot: 1', 'listen.prot', 'is no key of this file; take it out, or look for a misspelling'],
  ['tls:\n  key: key.pem', 'tls.certificate', 'is missing'],
  ['publicUrl: rat.example.org', 'publicUrl', 'must be an address such as https://rat.example.org, without a path'],
  ['publicUrl: https://a.example/b', 'publicUrl', 'must be an address such as https://rat.example.org, without a path'],
  [
    'store: mysql://x',
    'store',
    'must be "embedded" or the address of a CouchDB such as http://user:password@127.0.0.1:5984',
  ],
  ['iceServers: [{ urls: example.org }]', 'iceServers.0.urls', 'must be an address such as stun:stun.example.org'],
  ['appOrigins: [desk]', 'appOrigins.0', 'must be an origin such as app://desk'],
  ['appOrigins: app://desk', 'appOrigins', 'must be a list of origins'],
  ['trustedProxies: 10.0.0.1', 'trustedProxies', 'must be a list of IP addresses or networks'],
  ['trustedProxies: [loadbalancer]', 'trustedProxies.0', 'must be an IP address or network such as 10.0.0.0/8'],
  ['logLevel: loud', 'logLevel', 'must be one of silent, fatal, error, warn, info, debug, trace'],
  ['timeZone: Worms', 'timeZone', 'must be a time zone such as Europe/Berlin'],
  ['uploadMegabytes: 0', 'uploadMegabytes', 'must be a whole number of megabytes from 1 to 4096'],
  ['sessionDays: 1.5', 'sessionDays', 'must be a whole number of days from 1 to 365'],
  ['data: 7', 'data', 'must be a folder'],
  ['recordings: { at: "https://s3.example.org", accessKey: a }', 'recordings.bucket', 'is missing'],
  ['recordings: { at: "https://s3.example.org", bucket: town }', 'recordings.accessKey', 'is missing'],
  ...['http://s3.example.org', 'https://s3.example.org/bucket', 's3://bucket'].map(
    (at) =>
      [
        `recordings: { at: "${at}", bucket: town, accessKey: a }`,
        ...['recordings.at', 'must be a folder, or an address such as https://s3.example.org, without a path'],
      ] as [string, string, string],
  ),
  ['recordings: { at: /mnt, prefix: ../x }', 'recordings.prefix', 'must be a name such as ratssaal/recordings'],
  [
    'recordings: { at: /mnt, secret: x }',
    'recordings.secret',
    'is no key of this file; take it out, or look for a misspelling',
  ],
])('%j is refused: %s', (yaml, key, message) => {
  expect(parseConfig(yaml, '/srv')).toEqual(failed([{ key, message }]))
})

test('every fault is named at once, and YAML that is none', () => {
  const faults = parseConfig('listen:\n  port: x\nleaseDays: 0\nnonsense: 1', '/srv')
  expect(faults.ok ? [] : faults.failure.map(({ key }) => key).sort()).toEqual(['leaseDays', 'listen.port', 'nonsense'])
  const broken = parseConfig('listen: [1', '/srv')
  expect(broken.ok ? '' : broken.failure[0]!.message).toMatch(/line 1/)
  expect(parseConfig('just words', '/srv').ok).toBe(false)
})

test('paths start from the folder of the file; without a file everything has its default', () => {
  const read = parseConfig('data: town\ntls: { certificate: c.pem, key: /k.pem }', '/srv/rat')
  expect(read).toMatchObject({
    value: { data: '/srv/rat/town', tls: { certificate: '/srv/rat/c.pem', key: '/k.pem' } },
  })
  expect(parseConfig('recordings: { at: share, secretFile: s }', '/srv/rat')).toMatchObject({
    value: { recordings: { at: '/srv/rat/share', secretFile: '/srv/rat/s' } },
  })
  expect(parseConfig('', '/srv')).toEqual(checkConfig({}, '/srv'))
  expect(readConfig('/no/such/hub.yml')).toMatchObject({ failure: [{ message: /does not exist/ }] })
})
