import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, resolve } from 'node:path'
import * as v from 'valibot'
import { parseDocument } from 'yaml'
import { failed, success, type Result } from '../../shared/result.ts'

/** What is wrong with a configuration: the key (dotted path) and a sentence about how to mend it. */
export interface ConfigFault {
  readonly key: string
  readonly message: string
}

const wholeNumber = (unit: string, from: number, to: number) => {
  const message = `must be a whole number of ${unit} from ${from} to ${to}`
  return v.pipe(v.number(message), v.integer(message), v.minValue(from, message), v.maxValue(to, message))
}
const text = (what: string) => v.pipe(v.string(`must be ${what}`), v.trim(), v.minLength(1, `must be ${what}`))
const isWebOrigin = (value: string): boolean => {
  const url = URL.parse(value)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === value.replace(/\/$/, '')
}
const isTimeZone = (value: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}
const isNetwork = (value: string): boolean => {
  const [address = '', prefix, ...rest] = value.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}
const isLoopback = (host: string): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)
const isServer = (value: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(value)
/** Whether recordings may lie there: a folder, or a server that nobody can listen to on the way. */
const isDepot = (value: string): boolean => {
  if (!isServer(value)) return true
  const url = URL.parse(value)
  return isWebOrigin(value) && (url?.protocol === 'https:' || isLoopback(url?.hostname ?? ''))
}
const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

/** The keys of `hub.yml`; `resources/hub.example.yml` explains them. */
export const configSchema = v.strictObject({
  data: v.optional(text('a folder'), './.data'),
  listen: v.optional(
    v.strictObject({
      host: v.optional(text('an address or host name of this machine, such as 127.0.0.1 or 0.0.0.0'), '127.0.0.1'),
      port: v.optional(wholeNumber('ports', 0, 65535), 8480),
    }),
    {},
  ),
  publicUrl: v.optional(
    v.pipe(
      text('an address such as https://rat.example.org, without a path'),
      v.check(isWebOrigin, 'must be an address such as https://rat.example.org, without a path'),
      v.transform((value) => new URL(value).origin),
    ),
  ),
  tls: v.optional(
    v.strictObject({
      certificate: text('the path of a PEM file with the certificate and its chain'),
      key: text('the path of a PEM file with the private key'),
    }),
  ),
  trustedProxies: v.optional(
    v.array(
      v.pipe(
        text('an IP address or network such as 10.0.0.0/8'),
        v.check(isNetwork, 'must be an IP address or network such as 10.0.0.0/8'),
      ),
      'must be a list of IP addresses or networks',
    ),
    [],
  ),
  store: v.optional(
    v.pipe(
      text('"embedded" or the address of a CouchDB'),
      v.check(
        (value) => value === 'embedded' || /^https?:$/.test(URL.parse(value)?.protocol ?? ''),
        'must be "embedded" or the address of a CouchDB such as http://user:password@127.0.0.1:5984',
      ),
    ),
    'embedded',
  ),
  appOrigins: v.optional(
    v.array(
      v.pipe(v.string(), v.regex(/^[a-z][a-z0-9+.-]*:\/\/[^/\s]+$/, 'must be an origin such as app://desk')),
      'must be a list of origins',
    ),
    ['app://desk'],
  ),
  iceServers: v.optional(
    v.array(
      v.strictObject({
        urls: v.pipe(v.string(), v.regex(/^(stun|turns?):[^\s]+$/, 'must be an address such as stun:stun.example.org')),
        username: v.exactOptional(text('a name')),
        credential: v.exactOptional(text('a password')),
      }),
      'must be a list of servers, each with "urls"',
    ),
    [],
  ),
  uploadMegabytes: v.optional(wholeNumber('megabytes', 1, 4096), 200),
  logLevel: v.optional(v.picklist(logLevels, `must be one of ${logLevels.join(', ')}`), 'info'),
  sessionDays: v.optional(wholeNumber('days', 1, 365), 30),
  leaseDays: v.optional(wholeNumber('days', 1, 365), 30),
  watchNotice: v.optional(
    v.strictObject({ de: text('a text'), en: v.optional(text('a text')) }, 'must hold a text under "de"'),
  ),
  recordingDays: v.optional(wholeNumber('days', 1, 3650)),
  recordings: v.optional(
    v.pipe(
      v.strictObject({
        at: v.pipe(
          text('a folder, or the address of a server that speaks S3'),
          v.check(isDepot, 'must be a folder, or an address such as https://s3.example.org, without a path'),
        ),
        bucket: v.exactOptional(
          v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')),
        ),
        region: v.optional(text('the name of a region'), 'us-east-1'),
        prefix: v.optional(
          v.pipe(
            v.string(),
            v.regex(/^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/, 'must be a name such as ratssaal/recordings'),
          ),
          'recordings',
        ),
        pathStyle: v.optional(v.boolean('must be true or false'), true),
        accessKey: v.exactOptional(text('an access key')),
        secretFile: v.exactOptional(text('the path of a file with the secret')),
      }),
      v.forward(
        v.check(({ at, bucket }) => !isServer(at) || bucket !== undefined, 'is missing'),
        ['bucket'],
      ),
      v.forward(
        v.check(({ at, accessKey }) => !isServer(at) || accessKey !== undefined, 'is missing'),
        ['accessKey'],
      ),
    ),
  ),
  ffmpeg: v.optional(text('the name or path of a program'), 'ffmpeg'),
  objectionDays: v.optional(wholeNumber('days', 1, 365)),
  timeZone: v.optional(
    v.pipe(text('a time zone such as Europe/Berlin'), v.check(isTimeZone, 'must be a time zone such as Europe/Berlin')),
    'Europe/Berlin',
  ),
})

/** How a hub runs; paths are absolute. */
export type HubConfig = v.InferOutput<typeof configSchema>
export type HubConfigInput = v.InferInput<typeof configSchema>

/** The configuration of a text in YAML, or everything that is wrong with it. Paths are relative to `folder`. */
export function parseConfig(yaml: string, folder: string): Result<HubConfig, ConfigFault[]> {
  const document = parseDocument(yaml)
  if (document.errors.length > 0)
    return failed(document.errors.map(({ message }) => ({ key: '', message: message.replace(/:\s*$/s, '') })))
  return checkConfig(document.toJS() ?? {}, folder)
}

/** The configuration with all its defaults, or everything that is wrong with it. Paths are relative to `folder`. */
export function checkConfig(input: unknown, folder: string): Result<HubConfig, ConfigFault[]> {
  const outcome = v.safeParse(configSchema, input)
  if (!outcome.success) return failed(outcome.issues.map(faultOf))
  const { data, tls, recordings, ...config } = outcome.output
  const at = (path: string): string => resolve(folder, path)
  return success({
    ...config,
    data: at(data),
    ...(recordings ? { recordings: withPaths(recordings, at) } : {}),
    ...(tls ? { tls: { certificate: at(tls.certificate), key: at(tls.key) } } : {}),
  })
}

function withPaths(
  { at, secretFile, ...recordings }: NonNullable<HubConfig['recordings']>,
  resolved: (path: string) => string,
): NonNullable<HubConfig['recordings']> {
  const secret = secretFile === undefined ? {} : { secretFile: resolved(secretFile) }
  return { ...recordings, at: isServer(at) ? at : resolved(at), ...secret }
}

/** Reads a configuration file; without one, everything has its default and data is in `./.data`. */
export function readConfig(path: string | undefined): Result<HubConfig, ConfigFault[]> {
  if (path === undefined) return checkConfig({}, process.cwd())
  let yaml: string
  try {
    yaml = readFileSync(path, 'utf8')
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`
    return failed([{ key: '', message: `the file ${why}; resources/hub.example.yml is one to start from` }])
  }
  return parseConfig(yaml, dirname(resolve(path)))
}

function faultOf(issue: v.BaseIssue<unknown>): ConfigFault {
  const key = v.getDotPath(issue) ?? ''
  if (issue.type === 'strict_object') {
    if (issue.expected === 'never')
      return { key, message: 'is no key of this file; take it out, or look for a misspelling' }
    if (issue.received === 'undefined') return { key, message: 'is missing' }
    return { key, message: 'must hold keys of its own; see resources/hub.example.yml' }
  }
  return { key, message: issue.message }
}
