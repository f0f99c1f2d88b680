// `mail:` of the configuration file, `chancery mail test` and the mail check of `chancery doctor`.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { checkMail } from '../../src/cli/doctor/mail.ts'
import { readConfig } from '../../src/config.ts'
import { mailKeys, mailSchema } from '../../src/mail/settings.ts'
import { runCommand, runCommandHere } from '../support/command-line.ts'
import { rootKey, startServer } from '../support/server.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { storeEnv } from '../support/store.ts'

const limit = { timeout: 60_000 }

function configured(t: TestContext, text: string, password = 'right-one') {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-mail-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  writeFileSync(join(dir, 'password'), `${password}\n`)
  writeFileSync(join(dir, 'c.yaml'), text)
  return () => readConfig({ CHANCERY_CONFIG: 'c.yaml' }, dir)
}

const settings = (port: number) =>
  `mail: {host: 127.0.0.1, port: ${port}, security: none, user: chancery, password_file: password, from: 'Acme <id@acme.example>'}\n`

test('`chancery mail test` sends a message, and doctor finds the server in order', limit, async (t) => {
  const smtp = await smtpServer({ login: { user: 'chancery', password: 'right-one' } })
  t.after(() => smtp.close())
  const config = configured(t, settings(smtp.port))
  const { code, out } = await runCommand(['mail', 'test', '--to', 'ann@acme.example'], { config })
  assert.equal(code, 0, out)
  const mail = await smtp.next('ann@acme.example')
  assert.equal(mail.headers.get('subject'), 'Test message from localhost:3000')
  assert.ok(out.includes(`accepted the message`))
  assert.equal((await checkMail(config()))[0]?.status, 'ok')
})

test('a wrong password fails both, and is printed by neither', limit, async (t) => {
  const smtp = await smtpServer({ login: { user: 'chancery', password: 'right-one' } })
  t.after(() => smtp.close())
  const config = configured(t, settings(smtp.port), 'wrong-one')
  const ran = await runCommand(['mail', 'test', '--to', 'ann@acme.example'], { config })
  assert.equal(ran.code, 1)
  assert.match(ran.err, /EAUTH/)
  const findings = await checkMail(config())
  assert.deepEqual([findings[0]?.status, typeof findings[0]?.remedy], ['fail', 'string'])
  assert.ok(!JSON.stringify([ran, findings, config()]).includes('wrong-one'))
})

test('without `mail:` doctor says so, and the command what to do', limit, async () => {
  const config = () => readConfig({}, '/')
  assert.equal((await checkMail(config()))[0]?.status, 'ok')
  const ran = await runCommand(['mail', 'test', '--to', 'ann@acme.example'], { config })
  assert.match(ran.err, /add `mail:`/)
  assert.equal((await runCommand(['mail', 'test', '--to', 'ann'], { config })).code, 2)
})

test('without `mail:` both use what was set at run time, which the command line set', limit, async (t) => {
  const smtp = await smtpServer({ login: { user: 'chancery', password: 'right-one' } })
  const allowed = { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' }
  const server = await startServer({ env: allowed })
  t.after(async () => {
    await server.stop()
    await smtp.close()
  })
  const env = {
    HOME: server.dir,
    CHANCERY_URL: server.url,
    AWS_ACCESS_KEY_ID: rootKey.id,
    AWS_SECRET_ACCESS_KEY: rootKey.secret,
  }
  const run = async (words: string, input = '') => {
    const ran = await runCommandHere(words.split(' '), { directory: server.dir, env, input })
    assert.equal(ran.code, 0, ran.err)
    return ran.out
  }
  const settings = `--host 127.0.0.1 --port ${smtp.port} --security none --user chancery --from id@acme.example`
  const made = await run(`mail-server update ${settings} --password-file -`, 'right-one\n')
  assert.match(made, /^passwordSet +true$/m)
  assert.match(await run('mail-server test --to ann@acme.example'), /^accepted +true$/m)
  await smtp.next('ann@acme.example')

  const store = await storeEnv(server.dir)
  const config = () => readConfig({ ...store, ...allowed }, server.dir)
  const sent = await runCommand(['mail', 'test', '--to', 'ben@acme.example'], { config })
  assert.equal(sent.code, 0, sent.err)
  await smtp.next('ben@acme.example')
  assert.equal((await checkMail(config()))[0]?.status, 'ok')

  // As the server itself, they reach no host inside of the network that the operator has not allowed.
  const closed = () => readConfig(store, server.dir)
  const [refused] = await checkMail(closed())
  assert.equal(refused?.status, 'fail')
  assert.match(`${refused?.remedy}`, /CHANCERY_OUTBOUND_ALLOW.*`chancery mail-server update`/)
  const untried = await runCommand(['mail', 'test', '--to', 'ben@acme.example'], { config: closed })
  assert.equal(untried.code, 1)
  assert.match(untried.err, /not in CHANCERY_OUTBOUND_ALLOW/)

  await run('mail-server delete')
  assert.match(await run('mail-server get'), /^configured +false$/m)
  assert.match((await checkMail(config()))[0]?.message ?? '', /not configured/)
})

const good = { host: 'smtp.acme.example', from: 'id@acme.example' }

test('settings: defaults, and values that are refused', () => {
  const read = mailSchema.parse(good)
  assert.deepEqual([read.port, read.security, read.bouncesTo], [587, 'starttls', 'id@acme.example'])
  assert.equal(mailSchema.parse({ ...good, security: 'tls' }).port, 465)
  assert.deepEqual(mailSchema.parse({ ...good, from: '"Acme, Inc." <id@acme.example>' }).from, {
    name: 'Acme, Inc.',
    address: 'id@acme.example',
  })
  const refused = [
    { from: 'Acme' },
    { from: 'a@acme.example, b@acme.example' },
    { from: 'x\r\nBcc: <id@acme.example>' },
    { from: 'A <a@acme.example> B' },
    { organization: 'Acme\r\nBcc: x@y.example' },
    { user: 'chancery' },
    { password: 'x' },
    { security: 'none', user: 'a', password: 'b' },
    { security: 'sometimes' },
    { port: 0 },
    { host: 'smtp.acme.example/x' },
    { subject: 'x' },
  ]
  for (const more of refused)
    assert.equal(mailSchema.safeParse({ ...good, ...more }).success, false, JSON.stringify(more))
  assert.equal(
    mailSchema.safeParse({ ...good, host: 'localhost', security: 'none', user: 'a', password: 'b' }).success,
    true,
  )
  assert.equal(new Set(mailKeys).size, mailKeys.length)
})
