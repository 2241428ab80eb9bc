import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { paths, type InvitationInfo, type LiveTicket } from '../../../shared/hub-api/contract.ts'
import { Caller, device, password, setUp, signIn, startTestHub, welcome } from '../testing/hub.ts'

test('no answer and no line of the log holds a hash, a token, a code or somebody else’s account', async () => {
  const hub = await startTestHub()
  const administrator = await setUp(hub)
  const member = await welcome(hub, administrator, ['member'])
  const guest = await welcome(hub, administrator, ['guest'])
  const request = { name: 'Sigrid Geheim', roles: ['member'] }
  const { body: invitation } = await administrator.tell<InvitationInfo>('POST', paths.invitations, request)
  const { body: live } = await member.tell<LiveTicket>('POST', paths.liveTicket)
  const lost = await signIn(hub, member.session!.account.login, { name: 'Lost' })
  await administrator.tell('DELETE', paths.device(lost.session!.device.id))

  const nobody = new Caller(hub.origin)
  const wrong = { login: 'ada', password: 'a wrong password', device: device() }
  const answers = new Map<string, string>()
  for (const [who, caller] of Object.entries({ nobody, guest, member, lost, administrator })) {
    const asked: [method: string, path: string, body?: unknown][] = [
      ['GET', paths.town],
      ['GET', paths.session],
      ['GET', paths.accounts],
      ['GET', paths.invitations],
      ['GET', paths.devices],
      ['GET', `${paths.devices}?account=${member.session!.account.id}`],
      ['GET', paths.invitation('a-wrong-code')],
      ['GET', `${paths.live}?ticket=${live.ticket}`],
      ['GET', `/no-such-page?token=${member.session!.token}`],
      ['POST', paths.session, wrong],
      ['POST', paths.setUp, { code: hub.setUpCode }],
      ['POST', paths.invitation('a-wrong-code'), { login: 'x', password, device: device() }],
    ]
    const texts: string[] = []
    for (const [method, path, body] of asked) texts.push(await (await caller.ask(method, path, body)).text())
    texts.push(
      await (
        await fetch(hub.origin + paths.session, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: `{"password": "${password}", oops}`,
        })
      ).text(),
    )
    answers.set(who, texts.join('\n'))
  }
  await nobody.tell('GET', paths.invitation(invitation.code))

  const database = new DatabaseSync(join(hub.folder, 'accounts.sqlite'), { readOnly: true })
  const column = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => String(Object.values(row)[0]))
  const secrets = [
    ...column('SELECT password FROM account'),
    ...column('SELECT token_hash FROM session'),
    ...column('SELECT code_hash FROM invitation'),
    ...[administrator, member, guest, lost].map(({ session }) => session!.token!),
    password,
    invitation.code,
    live.ticket,
    hub.setUpCode!,
  ]
  database.close()
  expect(secrets).toHaveLength(3 + 4 + 1 + 4 + 4)
  for (const [who, text] of answers) for (const secret of secrets) expect(text, who).not.toContain(secret)
  const log = hub.log()
  expect(log).toContain('"route":"/api/session"')
  for (const secret of [...secrets, 'ada', 'Ada Amt', 'Sigrid', 'a wrong password', 'oops'])
    expect(log).not.toContain(secret)

  const foreign = [member.session!.account, administrator.session!.account].flatMap(({ id, login }) => [
    id,
    `"${login}"`,
  ])
  for (const text of [answers.get('nobody')!, answers.get('guest')!, answers.get('lost')!])
    for (const detail of [...foreign, 'Ada Amt', 'Sigrid Geheim']) expect(text).not.toContain(detail)

  // What lies on the disk is a digest, too.
  const bytes = Buffer.concat([
    await readFile(join(hub.folder, 'accounts.sqlite')),
    await readFile(join(hub.folder, 'accounts.sqlite-wal')),
  ]).toString('latin1')
  for (const secret of [password, invitation.code, live.ticket, hub.setUpCode!, member.session!.token!])
    expect(bytes).not.toContain(secret)
})
