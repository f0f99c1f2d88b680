// The mail server over the admin API: what is refused, who finds it, what goes on record; and that a run-time setting is no way into
// the operator's network, files or environment (docs/attacks.md 25).
import assert from 'node:assert/strict'
import { connect, createServer, type Server } from 'node:net'
import { after, before, test } from 'node:test'
import { type Running, startServer } from '../support/server.ts'
import { type SmtpBehaviour, smtpServer, type TestSmtpServer } from '../support/smtp-server.ts'
import { entriesOf } from '../support/trail.ts'
import { callAdmin, iamOf, userWith } from './call.ts'

const limit = { timeout: 120_000 }
const secret = 'never-on-record'
let server: Running
let smtp: TestSmtpServer
const behaviour: SmtpBehaviour = { login: { user: 'chancery', password: secret } }

before(async () => {
  smtp = await smtpServer(behaviour)
  server = await startServer({ env: { CHANCERY_OUTBOUND_ALLOW: `127.0.0.1:${smtp.port}` } })
}, limit)
after(async () => {
  await server.stop()
  await smtp.close()
})

const path = '/mail-server'
const patch = (body: unknown, headers: Record<string, string> = {}) =>
  callAdmin(server.url, { method: 'PATCH', path, body, headers })
const get = () => callAdmin(server.url, { path })
const good = () => ({
  host: '127.0.0.1',
  port: smtp.port,
  security: 'none',
  user: 'chancery',
  password: secret,
  from: 'Acme <id@acme.example>',
})

test('every fault is named at once, by the names of the request', limit, async () => {
  const { status, body } = await patch({
    host: 'smtp.acme.example/x',
    user: 'chancery',
    from: 'Acme',
    replyTo: 'nobody',
    bouncesTo: 'x\r\ny',
    organization: 'A\r\nBcc: x@evil.example',
  })
  assert.equal(status, 400)
  assert.deepEqual(body.errors.map(({ field }: { field: string }) => field).sort(), [
    'bouncesTo',
    'from',
    'host',
    'organization',
    'replyTo',
  ])
  const empty = await patch({})
  assert.deepEqual(
    empty.body.errors.map(({ field, message }: { field: string; message: string }) => `${field} ${message}`),
    ['host is required', 'from is required'],
  )
  assert.equal((await get()).body.configured, false)
})

test('members that would name files or the environment are refused or taken as they are', limit, async () => {
  for (const member of ['password_file', 'passwordFile', 'host_file', 'reply_to'])
    assert.equal((await patch({ ...good(), [member]: '/etc/hostname' })).status, 400, member)
  // What the configuration file would replace.
  const typed = '${env:PATH}'
  behaviour.login = { user: 'chancery', password: typed }
  assert.equal((await patch({ ...good(), password: typed })).status, 200)
  const sent = await callAdmin(server.url, {
    method: 'POST',
    path: `${path}/test`,
    body: { to: 'ann@acme.example' },
  })
  assert.deepEqual([sent.status, sent.body.accepted], [200, true])
  behaviour.login = { user: 'chancery', password: secret }
})

test('headers and recipients cannot be added', limit, async () => {
  for (const change of [
    { from: 'x\r\nBcc: <id@acme.example>' },
    { from: 'a@acme.example, b@acme.example' },
    { replyTo: 'a@acme.example\r\nBcc: b@acme.example' },
    { bouncesTo: 'a@acme.example> SIZE=1\r\nRCPT TO:<b@acme.example' },
    { organization: 'x\nBcc: b@acme.example' },
  ])
    assert.equal((await patch({ ...good(), ...change })).status, 400, JSON.stringify(change))
  for (const to of [
    'a@acme.example, b@acme.example',
    'a@acme.example\r\nBcc: b@acme.example',
    '<a@acme.example>',
    '',
  ]) {
    const sent = await callAdmin(server.url, { method: 'POST', path: `${path}/test`, body: { to } })
    assert.equal(sent.status, 400, to)
  }
})

/** Counts connections. */
async function listener(): Promise<{ readonly server: Server; readonly port: number; connections: number }> {
  const counted = { connections: 0, port: 0, server: createServer((socket) => socket.destroy()) }
  counted.server.on('connection', () => {
    counted.connections += 1
  })
  await new Promise<void>((done) => counted.server.listen(0, '127.0.0.1', done))
  counted.port = (counted.server.address() as { port: number }).port
  return counted
}

test(
  '25: hosts inside of the network are refused unless the operator allowed them, and never connected to',
  limit,
  async (t) => {
    const inside = await listener()
    t.after(() => inside.server.close())
    const before = await get()
    for (const host of [
      '127.0.0.1',
      'localhost',
      'LOCALHOST',
      '::1',
      '::ffff:127.0.0.1',
      '0.0.0.0',
      '2130706433',
      '0x7f.1',
      '10.0.0.1',
      '169.254.169.254',
      'fe80::1',
    ])
      for (const security of ['starttls', 'tls', 'none']) {
        const refused = await patch({
          host,
          port: inside.port,
          security,
          user: null,
          from: 'id@acme.example',
        })
        assert.equal(refused.status, 400, `${host} ${security}: ${JSON.stringify(refused.body)}`)
        assert.match(JSON.stringify(refused.body), /CHANCERY_OUTBOUND_ALLOW|must be/)
      }
    const unencrypted = await patch({ host: 'smtp.acme.example', security: 'none', user: null })
    assert.match(JSON.stringify(unencrypted.body), /"security".*CHANCERY_OUTBOUND_ALLOW/)
    assert.equal(inside.connections, 0)
    assert.deepEqual((await get()).body, before.body)
    // The listener counts, so the zero above says something.
    await new Promise<void>((done) =>
      connect(inside.port, '127.0.0.1')
        .once('close', () => done())
        .resume(),
    )
    assert.equal(inside.connections, 1)
  },
)

test('a change needs the version that was read, and the answer has no password', limit, async () => {
  const made = await patch(good())
  assert.equal(made.status, 200)
  const read = await get()
  assert.equal(read.headers.get('etag'), made.headers.get('etag'))
  assert.deepEqual(read.body, {
    configured: true,
    source: 'stored',
    stored: true,
    host: '127.0.0.1',
    port: smtp.port,
    security: 'none',
    user: 'chancery',
    passwordSet: true,
    from: 'Acme <id@acme.example>',
    bouncesTo: 'id@acme.example',
    outbox: { waiting: 0 },
  })
  const version = read.headers.get('etag') ?? ''
  const changed = await patch({ organization: 'Acme', replyTo: 'help@acme.example' }, { 'if-match': version })
  assert.deepEqual([changed.status, changed.body.replyTo], [200, 'help@acme.example'])
  assert.equal((await patch({ organization: 'Other' }, { 'if-match': version })).status, 412)
  const deleted = await callAdmin(server.url, { method: 'DELETE', path, headers: { 'if-match': version } })
  assert.equal(deleted.status, 412)
  const { body } = await patch({ replyTo: null, organization: null })
  assert.deepEqual([body.replyTo, body.organization, body.passwordSet], [undefined, undefined, true])
  const anonymous = await patch({ user: null })
  assert.deepEqual([anonymous.body.user, anonymous.body.passwordSet], [undefined, false])
  // Its password is gone with the user: another user does not get it back.
  const faults = (await patch({ user: 'chancery' })).body.errors
  assert.deepEqual([faults.length, faults[0].field], [1, 'password'])
  assert.equal((await patch(good())).status, 200)
})

test('administrators of another account find nothing, and change nothing', limit, async () => {
  const made = await callAdmin(server.url, {
    method: 'POST',
    path: '/accounts',
    body: { name: 'Second', administrator: 'boss', accessKey: true },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { accessKeyId, secretAccessKey } = made.body
  const before = (await get()).body
  for (const [method, at, body] of [
    ['GET', path],
    ['PATCH', path, { organization: 'Theirs' }],
    ['DELETE', path],
    ['POST', `${path}/test`, { to: 'boss@other.example' }],
  ] as const) {
    const credentials = { accessKeyId, secretAccessKey }
    const answer = await callAdmin(server.url, { method, path: at, credentials, ...(body && { body }) })
    assert.equal(answer.status, 404, `${method} ${at}`)
    assert.ok(!JSON.stringify(answer.body).includes('127.0.0.1'))
  }
  assert.deepEqual((await get()).body, before)
})

test('each operation needs its own permission', limit, async () => {
  const reader = await userWith(iamOf(server), 'mail-reader', [
    { Effect: 'Allow', Action: 'chancery:GetMailServer', Resource: '*' },
  ])
  const status = async (method: string, at: string, body?: object) =>
    (await callAdmin(server.url, { method, path: at, credentials: reader, ...(body && { body }) })).status
  assert.deepEqual(
    [
      await status('GET', path),
      await status('PATCH', path, { organization: 'x' }),
      await status('DELETE', path),
      await status('POST', `${path}/test`, { to: 'ann@acme.example' }),
    ],
    [200, 403, 403, 403],
  )
  // Whoever says where mail goes reads the links in it.
  const update = { Effect: 'Allow', Action: 'chancery:UpdateMailServer', Resource: '*' }
  const links = (Resource: string) => ({ Effect: 'Allow', Action: 'chancery:CreateSignInLink', Resource })
  const users = `arn:aws:iam::${server.accountId}:user`
  for (const [name, statements, expected] of [
    ['mail-only', [update], 403],
    ['mail-and-one', [update, links(`${users}/ada`)], 403],
    ['mail-and-all', [update, links(`${users}/*`)], 200],
  ] as const) {
    const credentials = await userWith(iamOf(server), name, [...statements])
    const body = { organization: name }
    const answer = await callAdmin(server.url, { method: 'PATCH', path, body, credentials })
    assert.equal(answer.status, expected, `${name}: ${JSON.stringify(answer.body)}`)
  }
})

test('changes are on record with what there was and is, without the password', limit, async () => {
  assert.equal((await patch({ organization: 'Acme', password: secret })).status, 200)
  assert.equal((await callAdmin(server.url, { method: 'DELETE', path })).status, 204)
  const entries = await entriesOf(server)
  const recorded = (action: string, has: object) =>
    entries.some(({ action: found, outcome, resource, details }) => {
      const text = JSON.stringify(details)
      return (
        found === `chancery:${action}` &&
        outcome === 'done' &&
        resource === `arn:aws:chancery::${server.accountId}:mail-server` &&
        Object.entries(has).every(([name, value]) => text.includes(`"${name}":${JSON.stringify(value)}`))
      )
    })
  const after = { organization: 'Acme', passwordSet: true, passwordChanged: true }
  assert.ok(recorded('UpdateMailServer', after))
  assert.ok(recorded('DeleteMailServer', { host: '127.0.0.1', organization: 'Acme' }))
  assert.ok(!JSON.stringify(entries).includes(secret))
  assert.ok(!server.output().includes(secret))
})

test('one caller may send ten test messages in an hour', limit, async () => {
  assert.equal((await patch(good())).status, 200)
  const tester = await userWith(iamOf(server), 'mail-tester', [
    { Effect: 'Allow', Action: 'chancery:TestMailServer', Resource: '*' },
  ])
  const statuses: number[] = []
  const send = { method: 'POST', path: `${path}/test`, body: { to: 'ann@acme.example' }, credentials: tester }
  for (let sent = 0; sent < 11; sent++) statuses.push((await callAdmin(server.url, send)).status)
  assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 200), 429])
})

test('the configuration file counts, and says so', limit, async (t) => {
  const configured = await startServer({
    config: `mail: {host: 127.0.0.1, port: ${smtp.port}, security: none, user: chancery, password: ${secret}, from: 'File <file@acme.example>'}\n`,
  })
  t.after(() => configured.stop())
  const ask = (method: string, body?: object) =>
    callAdmin(configured.url, { method, path, ...(body && { body }) })
  const { body } = await ask('GET')
  assert.deepEqual(
    [body.source, body.stored, body.passwordSet, body.from],
    ['file', false, true, 'File <file@acme.example>'],
  )
  const refused = await ask('PATCH', good())
  assert.ok(refused.status >= 400 && refused.status < 500)
  assert.match(JSON.stringify(refused.body), /set in the configuration file/)
  assert.equal((await ask('DELETE')).status, 404)
})
