import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findNginx } from '../../scripts/nginx.ts'
import { freePort } from '../../src-main/hub/testing/free-port.ts'
import { childrenOf, cpuOf } from './cpu.ts'

/** An nginx with one worker that serves the files of a folder. */
export interface FileServer {
  readonly origin: string
  /** What it serves; to be filled. */
  readonly folder: string
  /** Seconds of CPU of all its processes so far. */
  cpu(): number
  stop(): Promise<void>
}

/** Seconds in which it has to answer. */
const startTime = 10

/** As Debian sets it up, but for one worker, no log of answers, and connections that last as long as ours do. */
const configOf = (folder: string, port: number): string =>
  [
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    ...['daemon off;', 'worker_processes 1;', `pid ${join(folder, 'pid')};`, 'worker_rlimit_nofile 65536;'],
    ...['events { worker_connections 16384; }', 'http {', 'access_log off;', 'sendfile on;', 'tcp_nopush on;'],
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${join(folder, kind)};`),
    'types { text/html html; text/javascript js; video/mp4 m4s mp4; video/mp2t ts; application/vnd.apple.mpegurl m3u8; }',
    'default_type application/json; keepalive_timeout 75s; keepalive_requests 1000000;',
    `server { listen 127.0.0.1:${port} backlog=4096; root ${join(folder, 'files')};`,
    'location ~ \\.m3u8$ { add_header Cache-Control "public, max-age=1"; }',
    'location ~ \\.(m4s|mp4|ts)$ { add_header Cache-Control "public, max-age=60, immutable"; } } }',
  ].join('\n')

/** Starts nginx on an empty folder; rejects where there is none. */
export async function startFileServer(): Promise<FileServer> {
  const command = findNginx()
  if (command === undefined) throw new Error('This bench needs nginx: install Debian’s nginx-light, then try again.')
  const [folder, port] = [await mkdtemp(join(tmpdir(), 'ratssaal-nginx-')), await freePort()]
  for (const name of ['files', 'logs']) await mkdir(join(folder, name))
  const file = join(folder, 'nginx.conf')
  await writeFile(file, configOf(folder, port))
  const child = spawn(command, ['-p', folder, '-c', file, '-e', join(folder, 'logs', 'error.log')], {
    stdio: 'inherit',
  })
  const pid = child.pid
  if (pid === undefined) throw new Error(`${command} did not start.`)
  const gone = once(child, 'exit')
  const origin = `http://127.0.0.1:${port}`
  await untilItAnswers(origin)
  return {
    ...{ origin, folder: join(folder, 'files') },
    cpu: () => cpuOf([pid, ...childrenOf(pid)]),
    stop: async () => {
      child.kill('SIGTERM')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilItAnswers(origin: string): Promise<void> {
  for (const end = Date.now() + startTime * 1000; Date.now() < end;) {
    const isThere = await fetch(origin).then(
      () => true,
      () => false,
    )
    if (isThere) return
  }
  throw new Error(`nginx does not answer at ${origin}.`)
}
