// attacks.md 48: whoever takes over the mail server reads one-time links and holds back the notices about it. Administrators are told by
// the mail server that was in use before.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call, type Params } from '../support/aws-call.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { smtpServer, type TestSmtpServer } from '../support/smtp-server.ts'

const limit = { timeout: 120_000 }
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess'
let server: Running
let ours: TestSmtpServer
let theirs: TestSmtpServer

const ask = (method: string, path: string, body?: object) =>
  callAdmin(server.url, { method, path, ...(body && { body }) })

async function made(method: string, path: string, body?: object): Promise<void> {
  const answer = await ask(method, path, body)
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
}

async function iam(action: string, params: Params): Promise<void> {
  const { status, text } = await call(server.url, root, 'iam', action, params)
  assert.equal(status, 200, text)
}

before(async () => {
  server = await startServer({ env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' } })
  ours = await smtpServer()
  theirs = await smtpServer()
  for (const [name, emailVerified] of [
    ['ada', true],
    ['ben', true],
    ['cyd', false],
    ['dee', true],
  ] as const)
    await made('POST', '/people', {
      name,
      email: `${name}@acme.example`,
      emailVerified,
      password: 'violet kettle 42 Orbit!',
    })
  await iam('CreateGroup', { GroupName: 'operators' })
  await iam('AttachGroupPolicy', { GroupName: 'operators', PolicyArn: administratorAccess })
  for (const UserName of ['ada', 'cyd'])
    await iam('AttachUserPolicy', { UserName, PolicyArn: administratorAccess })
  for (const UserName of ['ada', 'ben']) await iam('AddUserToGroup', { UserName, GroupName: 'operators' })
}, limit)
after(async () => {
  await server?.stop()
  await ours?.close()
  await theirs?.close()
})

const at = ({ port }: { readonly port: number }) => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  from: 'Acme <id@acme.example>',
})

const taken = ({ received }: TestSmtpServer) =>
  received.splice(0).flatMap(({ to, headers }) => to.map((one) => `${one} ${headers.get('subject')}`))

const [ada, ben] = ['ada', 'ben'].map(
  (name) => `${name}@acme.example The mail server of Acme is being changed`,
)

test(
  '48: administrators are told of a change of the mail server by the one in use before',
  limit,
  async () => {
    await made('PATCH', '/brand', { name: 'Acme' })
    await made('PATCH', '/mail-server', at(ours))
    assert.deepEqual(taken(ours), [], 'there was none before')

    assert.equal((await ask('PATCH', '/mail-server', { host: 'not a host' })).status, 400)
    assert.deepEqual(taken(ours), [], 'nothing was changed')

    await made('PATCH', '/mail-server', at(theirs))
    const { text } = ours.received.find(({ to }) => to.includes('ben@acme.example')) ?? {}
    const shown = (text ?? '').replace(/\s+/g, ' ')
    assert.match(shown, new RegExp(`Before: 127.0.0.1:${ours.port}. After: 127.0.0.1:${theirs.port}.`))
    assert.match(shown, /By: arn:aws:iam::123456789012:root\. .* Address: 127\.0\.0\.1\./)
    assert.deepEqual(taken(ours).sort(), [ada, ben])

    await made('DELETE', '/mail-server')
    assert.deepEqual(taken(theirs).sort(), [ada, ben])
  },
)

test('48: where the mail server in use does not answer, the next one sends the notice', limit, async (t) => {
  const [gone, next] = await Promise.all([smtpServer(), smtpServer()])
  t.after(() => next.close())
  await made('PATCH', '/mail-server', at(gone))
  await gone.close()
  await made('PATCH', '/mail-server', at(next))
  for (const name of ['ada', 'ben']) await next.next(`${name}@acme.example`)
  assert.deepEqual(taken(next).sort(), [ada, ben])
})
