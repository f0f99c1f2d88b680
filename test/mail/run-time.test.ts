// The mail server is set, changed and removed while two processes run on one store: both follow, and no message is lost.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { selfSigned } from '../support/certificate.ts'
import { formBrowser, headingOf } from '../support/form-browser.ts'
import { type Processes, startProcesses } from '../support/processes.ts'
import { linkIn, type SmtpBehaviour, smtpServer, type TestSmtpServer } from '../support/smtp-server.ts'
import { until } from '../support/waiting.ts'

const limit = { timeout: 240_000 }
const password = 'violet kettle 42 Orbit!'
const first = { user: 'chancery', password: 'first-secret' }
const second = { user: 'chancery', password: 'second-secret' }
let many: Processes
let one: TestSmtpServer
let other: TestSmtpServer

before(async () => {
  many = await startProcesses(2, {
    env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1,localhost', CHANCERY_TRUSTED_PROXIES: '127.0.0.1' },
  })
  one = await smtpServer({ login: first })
  other = await smtpServer({ login: second })
  for (const name of ['ada', 'ben', 'cyd', 'dee', 'eve', 'fay', 'gus'])
    await call(0, 'POST', '/people', { name, email: `${name}@acme.example`, emailVerified: true, password })
}, limit)
after(async () => {
  await many.stop()
  await one.close()
  await other.close()
})

/** At one of the processes. */
const ask = (which: number, method: string, path: string, body?: object) =>
  callAdmin(many.url, {
    method,
    path,
    ...(body && { body }),
    headers: { 'x-process': String(which) },
  })

async function call(which: number, method: string, path: string, body?: object) {
  const answer = await ask(which, method, path, body)
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

const page = async (which: number, path: string): Promise<{ status: number; text: string }> => {
  const headers = { 'x-process': String(which), accept: 'text/html' }
  const response = await fetch(`${many.url}${path}`, { headers, redirect: 'manual' })
  return { status: response.status, text: await response.text() }
}

/** Whether a process offers the page for a forgotten password. */
const offers = async (which: number): Promise<boolean> =>
  (await page(which, '/sign-in/forgot')).status === 200

const bothOffer = (expected: boolean) =>
  until(`both processes ${expected ? 'offer' : 'no longer offer'} mail`, async () => {
    const found = await Promise.all([0, 1].map(offers))
    return found.every((is) => is === expected)
  })

const settings = (smtp: TestSmtpServer, login: NonNullable<SmtpBehaviour['login']>) => ({
  host: '127.0.0.1',
  port: smtp.port,
  security: 'none',
  ...login,
  from: 'Acme <id@acme.example>',
})

const sendLink = (which: number, name: string) =>
  call(which, 'POST', `/people/${name}/sign-in-link`, { mail: true })

test('without mail no process offers what needs it, and a link cannot be sent', limit, async () => {
  assert.deepEqual(await Promise.all([0, 1].map(offers)), [false, false])
  assert.equal((await ask(0, 'POST', '/people/ada/sign-in-link', { mail: true })).status, 400)
  const { configured, stored } = await call(1, 'GET', '/mail-server')
  assert.deepEqual([configured, stored], [false, false])
})

test('what one process is told, both use: a forgotten password arrives', limit, async () => {
  const made = await call(0, 'PATCH', '/mail-server', settings(one, first))
  assert.deepEqual([made.configured, made.source, made.passwordSet], [true, 'stored', true])
  assert.ok(!('password' in made))
  // The process that was told answers with it at once.
  assert.equal(await offers(0), true)
  await bothOffer(true)
  const browser = formBrowser(many.url)
  const sent = await browser.send(await browser.open('/sign-in/forgot'), { username: 'ada' })
  assert.equal(headingOf(sent), 'Check your mail')
  const mail = await one.next('ada@acme.example')
  assert.ok(linkIn(mail).startsWith(`${many.url}/sign-in/link?token=`))
  assert.equal(mail.headers.get('from'), 'Acme <id@acme.example>')
  for (const which of [0, 1]) {
    await sendLink(which, 'ben')
    await one.next('ben@acme.example')
  }
})

test('a stored password is not sent to another server', limit, async () => {
  for (const change of [
    { port: other.port },
    { host: 'localhost' },
    { user: 'somebody' },
    { host: '127.0.0.1', port: other.port, organization: 'Acme' },
  ]) {
    const refused = await ask(1, 'PATCH', '/mail-server', change)
    assert.equal(refused.status, 400, JSON.stringify(refused.body))
    assert.match(JSON.stringify(refused.body), /"password".*must be given again/)
  }
  const kept = await call(1, 'PATCH', '/mail-server', { organization: 'Acme', port: one.port })
  assert.deepEqual([kept.organization, kept.port, kept.passwordSet], ['Acme', one.port, true])
  await sendLink(0, 'ben')
  await one.next('ben@acme.example')
})

test('the other process follows to another server', limit, async () => {
  await call(1, 'PATCH', '/mail-server', settings(other, second))
  await until('the first process sends over the other server', async () => {
    await sendLink(0, 'cyd')
    return other.received.some(({ to }) => to.includes('cyd@acme.example'))
  })
})

test('with a wrong password messages wait, and go out with the right one', limit, async () => {
  await call(0, 'PATCH', '/mail-server', { password: 'wrong-secret' })
  const tested = await call(1, 'POST', '/mail-server/test', { to: 'me@acme.example' })
  assert.equal(tested.accepted, false)
  assert.match(tested.answer, /EAUTH/)
  assert.match(tested.advice, /check user and password/)
  assert.ok(!JSON.stringify(tested).includes('secret'))
  // Its process uses what was just tested.
  await sendLink(1, 'dee')
  await until('the outbox says why', async () => {
    const { outbox } = await call(0, 'GET', '/mail-server')
    return outbox.waiting === 1 && /EAUTH/.test(outbox.lastFailure ?? '') && outbox.failingSince !== undefined
  })
  assert.equal(
    other.received.some(({ to }) => to.includes('dee@acme.example')),
    false,
  )
  await call(0, 'PATCH', '/mail-server', { password: second.password })
  await other.next('dee@acme.example')
  await until('nothing waits', async () => (await call(0, 'GET', '/mail-server')).outbox.waiting === 0)
})

test(
  'a certificate that is not valid, and a host that is not there: the test says what to do',
  limit,
  async (t) => {
    const { certificate, privateKey } = selfSigned('localhost')
    const secure = await smtpServer({}, { key: privateKey, cert: certificate })
    t.after(() => secure.close())
    const cases = [
      [{ host: 'localhost', port: secure.port, security: 'starttls' }, /certificate/, /NODE_EXTRA_CA_CERTS/],
      [{ host: 'localhost', port: secure.port, security: 'tls' }, /could not be used/, /encryption/],
      [{ host: 'localhost', port: one.port, security: 'starttls' }, /STARTTLS/i, /encryption/],
      [{ host: '127.0.0.1', port: 1, security: 'starttls' }, /ECONNREFUSED/, /host and port/],
      [{ host: 'mail.invalid', port: 587, security: 'starttls' }, /not found/, /spelling/],
    ] as const
    for (const [server, answer, advice] of cases) {
      const where = { ...server, user: null, from: 'id@acme.example' }
      await call(0, 'PATCH', '/mail-server', where)
      const tested = await call(0, 'POST', '/mail-server/test', { to: 'me@acme.example' })
      assert.equal(tested.accepted, false)
      assert.match(tested.answer, answer)
      assert.match(tested.advice, advice)
    }
    assert.equal(secure.received.length, 0)
  },
)

test('removed, nothing is offered; what waits goes out when mail is back', limit, async () => {
  await call(0, 'PATCH', '/mail-server', { ...settings(other, second), password: 'wrong-secret' })
  await sendLink(0, 'eve')
  await call(0, 'DELETE', '/mail-server')
  assert.equal(await offers(0), false)
  await bothOffer(false)
  assert.ok(!(await page(1, '/sign-in')).text.includes('Forgot'))
  assert.equal((await ask(1, 'POST', '/people/fay/sign-in-link', { mail: true })).status, 400)
  const { configured, outbox } = await call(1, 'GET', '/mail-server')
  assert.deepEqual([configured, outbox.waiting], [false, 1])
  assert.equal((await ask(1, 'DELETE', '/mail-server')).status, 404)
  await call(1, 'PATCH', '/mail-server', settings(one, first))
  await one.next('eve@acme.example')
  await bothOffer(true)
})

test('a start finds what was set', limit, async () => {
  await many.end(1)
  await many.start(1)
  assert.equal(await offers(1), true)
  await sendLink(1, 'gus')
  await one.next('gus@acme.example')
})
