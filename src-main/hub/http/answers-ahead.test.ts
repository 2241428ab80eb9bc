import { fastify } from 'fastify'
import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import type { AnswerAhead } from '../answer-ahead.ts'
import { allowAnswersAhead } from './answers-ahead.ts'

const answer = {
  ...{ route: '/:name', type: 'text/plain', cacheControl: 'public, max-age=1', body: Buffer.from('ahead') },
}
const failure = { error: 'not-ready', message: 'Nothing came.' } as const

async function serve(ahead: AnswerAhead): Promise<string> {
  const app = fastify()
  allowAnswersAhead(app, [['x-content-type-options', 'nosniff']])
  app.answerAhead(ahead)
  app.route({ method: ['GET', 'POST'], url: '/:name', handler: async () => 'router' })
  onTestFinished(() => app.close())
  return app.listen({ port: 0, host: '127.0.0.1' })
}

const told = async (url: string, init?: RequestInit): Promise<string> => (await fetch(url, init)).text()

it('answers ahead what it finds, at once or later, with the headers of every answer', async () => {
  const { promise: later, resolve } = Promise.withResolvers<typeof answer>()
  const origin = await serve((url) => (url === '/now' ? answer : url === '/later?1' ? later : undefined))
  const now = await fetch(`${origin}/now`)
  expect([now.status, await now.text()]).toEqual([200, 'ahead'])
  expect(Object.fromEntries(now.headers)).toMatchObject({
    ...{ 'x-content-type-options': 'nosniff', vary: 'Origin', 'content-type': 'text/plain' },
    ...{ 'cache-control': 'public, max-age=1', 'content-length': '5' },
  })
  const waiting = told(`${origin}/later?1`)
  expect(await told(`${origin}/other`)).toBe('router')
  resolve(answer)
  expect(await waiting).toBe('ahead')
})

it('leaves to the router who comes from elsewhere, says who they are, or asks otherwise', async () => {
  const origin = await serve(() => answer)
  expect(await told(`${origin}/now`, { headers: { authorization: 'Bearer me' } })).toBe('router')
  expect(await told(`${origin}/now`, { headers: { origin: 'https://elsewhere.example' } })).toBe('router')
  expect(await told(`${origin}/now`, { method: 'POST' })).toBe('router')
})

it('says why there is no answer after all; what fails at once is the router’s, what fails later ends', async () => {
  const origin = await serve((url) => {
    if (url === '/broken') throw new Error('broken')
    return url === '/none' ? Promise.resolve({ route: '/:name', failure }) : Promise.reject(new Error('broken'))
  })
  const none = await fetch(`${origin}/none`)
  expect([none.status, await none.json(), none.headers.get('cache-control')]).toEqual([503, failure, 'no-store'])
  expect(await told(`${origin}/broken`)).toBe('router')
  await expect(fetch(`${origin}/later`)).rejects.toThrow()
})

it('hears that whoever waits has left', async () => {
  const [asked, left] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const origin = await serve((_, onLeave) => {
    onLeave(left.resolve)
    asked.resolve()
    return new Promise(() => undefined)
  })
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  socket.write('GET /now HTTP/1.1\r\nhost: hub\r\n\r\n')
  await asked.promise
  socket.destroy()
  await left.promise
})
