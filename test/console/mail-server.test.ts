// Settings, Mail in the console, without JavaScript: from the first start to a message that arrived, and what goes wrong on the way.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminBody, callAdmin, root } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { selfSigned } from '../support/certificate.ts'
import { type FormBrowser, formBrowser, problemOf, type Seen, textOf } from '../support/form-browser.ts'
import { changeAttachment } from '../support/pages/attach-policy.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { type SmtpBehaviour, smtpServer, type TestSmtpServer } from '../support/smtp-server.ts'
import { found } from '../support/waiting.ts'

const limit = { timeout: 120_000 }
const path = '/console/settings/mail'
const password = 'staple battery wonder'
const secret = 'never-in-a-page'
let server: Running
let smtp: TestSmtpServer
const behaviour: SmtpBehaviour = { login: { user: 'chancery', password: secret } }
let me: Enrolled
/** May look at the mail server, and nothing else of it. */
let reader: FormBrowser

before(async () => {
  smtp = await smtpServer(behaviour)
  server = await startServer({ env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1,localhost' } })
  me = await enrol(server)
  const admin = (method: string, at: string, body: object) =>
    adminBody(server.url, { method, path: at, body })
  await admin('PATCH', '/people/admin', { email: 'admin@acme.example', emailVerified: true })
  await admin('PATCH', '/settings', { secondFactor: 'optional' })
  await admin('POST', '/people', { name: 'reader', password, mustChangePassword: false })
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'chancery:GetMailServer', Resource: '*' },
      { Sid: 'OnlyLook', Effect: 'Deny', Action: 'chancery:UpdateMailServer', Resource: '*' },
    ],
  })
  await me.browser.submit(
    await me.browser.open('/console/access/new'),
    { name: 'mail-readers', description: '', document, do: 'save' },
    '/console/access/new',
  )
  const arn = encodeURIComponent(`arn:aws:iam::${server.accountId}:policy/mail-readers`)
  await changeAttachment(me.browser, `/console/access/policy?arn=${arn}`, {
    kind: 'user',
    name: 'reader',
    do: 'attach',
  })
  reader = formBrowser(server.url)
  await reader.submit(await reader.open('/sign-in'), { username: 'reader', password })
}, limit)
after(async () => {
  await server.stop()
  await smtp.close()
})

const good = () => ({
  host: '127.0.0.1',
  port: String(smtp.port),
  security: 'none',
  user: 'chancery',
  password: secret,
  from: 'Acme <id@acme.example>',
})
const open = () => me.browser.open(path)
const save = async (fields: Readonly<Record<string, string>>) => me.browser.submit(await open(), fields, path)
const sendTest = async () => me.browser.send(await open(), {}, `${path}/test`)
const valueIn = (page: Seen, name: string): string | undefined =>
  new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(page.text)?.[1]

test('Home leads to the form, and its tick is open', limit, async () => {
  const home = await me.browser.open('/console')
  assert.match(home.text, new RegExp(`href="${path}"[^>]*>Set up`))
  const page = await open()
  assert.match(textOf(page), /Mail is not configured/)
  assert.match(page.text, /npx chancery mail-server update --host smtp\.acme\.example/)
})

test(
  'all faults are marked at once, what was typed stays, and the password is not echoed',
  limit,
  async () => {
    const page = await save({
      ...good(),
      host: 'not a host',
      port: 'many',
      from: 'Acme "',
      bouncesTo: 'nobody',
      organization: 'Acme & Sons',
    })
    assert.equal(page.status, 422)
    // The port is of the wrong type, which is found before the others are looked at.
    assert.match(problemOf(page) ?? '', /One field needs attention/)
    const typed = await save({ ...good(), host: 'not a host', from: 'Acme "', bouncesTo: 'nobody' })
    assert.match(problemOf(typed) ?? '', /3 fields need attention/)
    assert.equal(valueIn(typed, 'host'), 'not a host')
    assert.equal(valueIn(typed, 'user'), 'chancery')
    assert.ok(!page.text.includes(secret) && !typed.text.includes(secret))
    const private_ = await save({ ...good(), host: '10.0.0.1', security: 'starttls' })
    assert.match(textOf(private_), /Host must have public addresses, or be in CHANCERY_OUTBOUND_ALLOW/)
    assert.match(textOf(await open()), /Mail is not configured/)
  },
)

test('saved, it is tried at once: the message arrives, and Home has its tick', limit, async () => {
  const saved = await save(good())
  assert.equal(saved.status, 200)
  assert.match(textOf(saved), /The mail server was saved/)
  assert.ok(!saved.text.includes(secret))
  assert.deepEqual(
    ['host', 'port', 'user', 'from', 'bouncesTo'].map((name) => valueIn(saved, name)),
    ['127.0.0.1', String(smtp.port), 'chancery', 'Acme &lt;id@acme.example&gt;', ''],
  )
  const sent = await sendTest()
  assert.match(textOf(sent), /The mail server took the message/)
  await smtp.next('admin@acme.example')
  assert.doesNotMatch((await me.browser.open('/console')).text, new RegExp(`href="${path}"[^>]*>Set up`))
  assert.ok((await formBrowser(server.url).open('/sign-in')).text.includes('Forgot your password'))
})

test('a change of the rest keeps the password; a change of the host asks for it', limit, async () => {
  const kept = await save({ ...good(), password: '', organization: 'Acme' })
  assert.match(textOf(kept), /The mail server was saved/)
  assert.match(textOf(await sendTest()), /took the message/)
  const moved = await save({ ...good(), password: '', host: 'localhost' })
  assert.equal(moved.status, 422)
  assert.match(textOf(moved), /Password must be given again when host, port or user change/)
  assert.equal(valueIn(moved, 'host'), 'localhost')
})

test('what fails is said plainly, with what to do', limit, async (t) => {
  const { certificate, privateKey } = selfSigned('localhost')
  const secure = await smtpServer({}, { key: privateKey, cert: certificate })
  t.after(() => secure.close())
  const of = { user: '', password: '', from: 'id@acme.example' }
  for (const [fields, title, advice] of [
    [{ ...good(), password: 'wrong-one' }, 'refused the sign-in', 'Check user and password'],
    [
      { ...of, host: 'localhost', port: String(secure.port), security: 'starttls' },
      'The certificate of the mail server is not valid',
      'NODE_EXTRA_CA_CERTS',
    ],
    [
      { ...of, host: 'localhost', port: String(smtp.port), security: 'starttls' },
      'does not have this encryption here',
      'Choose the encryption',
    ],
    [{ ...of, host: 'mail.invalid', security: 'tls', port: '' }, 'was not found', 'spelling'],
    [{ ...of, host: '127.0.0.1', security: 'tls', port: '1' }, 'could not be reached', 'firewall'],
  ] as const) {
    assert.match(textOf(await save(fields)), /The mail server was saved/)
    const page = await sendTest()
    assert.ok(textOf(page).includes(title), `${title}: ${textOf(page)}`)
    assert.ok(textOf(page).includes(advice), `${advice}: ${textOf(page)}`)
    assert.ok(!page.text.includes('wrong-one'))
  }
})

test('what waits is shown, with why', limit, async () => {
  await save({ ...good(), password: 'wrong-one' })
  const link = { method: 'POST', path: '/people/admin/sign-in-link', body: { mail: true } }
  assert.equal((await callAdmin(server.url, link)).status, 201)
  // The notices of the changes before wait too, and are tried again with these settings.
  const page = await found('the page says why', async () => {
    const seen = await open()
    return /Because .*EAUTH/.test(textOf(seen)) ? seen : undefined
  })
  assert.match(textOf(page), /Messages \d The oldest since .* UTC Could not be sent since .* Because .*EAUTH/)
})

test('who may only look sees the settings and why not more', limit, async () => {
  const page = await reader.open(path)
  assert.equal(page.status, 200)
  assert.match(textOf(page), new RegExp(`Server 127\\.0\\.0\\.1:${smtp.port}`))
  assert.match(textOf(page), /You may not do chancery:UpdateMailServer: denied by statement OnlyLook/)
  assert.match(textOf(page), /You may not do chancery:TestMailServer: denied because/)
  assert.match(textOf(page), /You may not do chancery:DeleteMailServer: denied because/)
  assert.ok(!page.text.includes('name="host"'))
  const csrf = /name="csrf" value="([^"]+)"/.exec((await reader.open('/account')).text)?.[1] ?? ''
  for (const action of [path, `${path}/test`, `${path}/delete`])
    assert.ok([403, 422].includes((await reader.post(action, { csrf, ...good() })).status), action)
  assert.match(textOf(await open()), /Messages [1-9]/)
})

test('who may change it, but not make everybody’s links, sees that this is needed', limit, async () => {
  const made = { name: 'setter', password, mustChangePassword: false }
  assert.equal((await callAdmin(server.url, { method: 'POST', path: '/people', body: made })).status, 201)
  const mail = { Effect: 'Allow', Action: 'chancery:*MailServer', Resource: '*' }
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: mail })
  const given = { UserName: 'setter', PolicyName: 'mail', PolicyDocument }
  assert.equal((await call(server.url, root, 'iam', 'PutUserPolicy', given)).status, 200)
  const setter = formBrowser(server.url)
  await setter.submit(await setter.open('/sign-in'), { username: 'setter', password })
  const page = await setter.open(path)
  assert.match(textOf(page), /You may not do chancery:CreateSignInLink: denied because/)
  assert.ok(!page.text.includes('name="host"'))
  assert.ok(page.text.includes(`action="${path}/test"`))
})

test('a form that was opened before another change is refused', limit, async () => {
  const page = await open()
  await save(good())
  const stale = await me.browser.send(page, { ...good(), organization: 'Stale' }, path)
  assert.equal(stale.status, 422)
  assert.match(problemOf(stale) ?? '', /changed it since this form was opened/)
  assert.notEqual(valueIn(await open(), 'organization'), 'Stale')
})

test('removed, nothing is offered any more', limit, async () => {
  const question = await me.browser.open(`${path}/delete`)
  const done = await me.browser.submit(question, {}, `${path}/delete`)
  assert.match(textOf(done), /The mail server was removed/)
  assert.match(textOf(done), /Mail is not configured/)
  assert.equal((await formBrowser(server.url).open('/sign-in/forgot')).status, 404)
})
