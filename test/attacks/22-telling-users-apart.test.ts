// attacks.md 22: unknown user told apart by words, by time, by headers; session fixation; session kept after a password
// change; cookies without HttpOnly and SameSite.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formBrowser, headingOf, type Seen } from '../support/form-browser.ts'
import { freePort } from '../support/free-port.ts'
import { atPassword, atSecondFactor, type Enrolled, enrol } from '../support/person.ts'
import { processorTimeOf } from '../support/processor-time.ts'
import { realHashes } from '../support/runner/password-hashes.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let admin: Enrolled

before(async () => {
  server = await startServer({ env: realHashes() })
  admin = await enrol(server)
})
after(() => server.stop())

/** A page without what differs in every answer: tokens, ids, and the name that was typed. */
const plain = (page: Seen, name: string): string =>
  page.text
    .replace(/name="csrf" value="[^"]+"/g, '')
    .replace(/\/sign-in\/[\w-]+/g, '/sign-in/x')
    .replace(/challenge&quot;:&quot;[\w-]+/g, '')
    .replaceAll(name, 'NAME')
const headersOf = (page: Seen): string[] =>
  [...page.headers.keys()].filter((name) => !['date', 'x-request-id'].includes(name)).sort()

/** A sign-in with a wrong password, and the processor time that the server took for it. */
async function failed(username: string): Promise<{ readonly page: Seen; readonly ms: number }> {
  const { browser, page } = await atPassword(server)
  const spent = () => processorTimeOf(server.process.pid ?? 0)
  const before = spent()
  const answer = await browser.send(page, { username, password: 'surely not this one' })
  return { page: answer, ms: spent() - before }
}

test('22: an unknown name and a wrong password are one answer: status, words, headers', async () => {
  const known = (await failed('admin')).page
  const unknown = (await failed('zzzzz')).page
  assert.equal(known.status, 401)
  assert.equal(unknown.status, 401)
  assert.equal(plain(known, 'admin'), plain(unknown, 'zzzzz'))
  assert.deepEqual(headersOf(known), headersOf(unknown))
})

test('22: a password for an unknown name takes as long as a real one', async () => {
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let i = 0; i < 3; i++) {
    times.known.push((await failed('admin')).ms)
    times.unknown.push((await failed(`nobody-${i}`)).ms)
  }
  const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)
  const [known, unknown] = [sum(times.known), sum(times.unknown)]
  // Without argon2id a try takes a tenth of that. Processor time, because the time on the clock is also that of others.
  assert.ok(unknown > known / 5 && known > unknown / 5, `${known} ms and ${unknown} ms`)
})

test('22: a session id planted before the sign-in is worth nothing after it', async () => {
  // A page that keeps a form's token gives a session to whoever asks: the attacker's, planted in the other's browser.
  const browser = formBrowser(server.url)
  await browser.get('/device')
  const before = new Map(browser.cookies)
  assert.ok(
    [...before.keys()].some((key) => /session /.test(key)),
    [...before.keys()].join(),
  )
  const page = await browser.open('/sign-in')
  const code = await browser.submit(page, { username: server.admin.name, password: server.admin.password })
  assert.equal(headingOf(await browser.submit(code, { code: await admin.code() })), 'admin')
  const attacker = formBrowser(server.url)
  for (const [key, value] of before) attacker.cookies.set(key, value)
  assert.equal((await attacker.get('/account')).status, 303)
  for (const [key, cookie] of browser.cookies) {
    if (/session/.test(key)) assert.notEqual(before.get(key)?.value, cookie.value, key)
  }
})

test('22: every cookie is HttpOnly and SameSite', async () => {
  const browser = formBrowser(server.url)
  const start = await browser.get('/sign-in')
  const page = await browser.get(new URL(start.location ?? '').pathname)
  const lines = [start, page].flatMap(({ headers }) => headers.getSetCookie())
  assert.ok(lines.length > 0)
  for (const line of lines) {
    assert.match(line, /;\s*httponly/i, line)
    assert.match(line, /;\s*samesite=(lax|strict)/i, line)
  }
})

test('22: behind https every cookie is Secure too', async (t) => {
  const port = await freePort()
  const own = await startServer({
    env: { CHANCERY_ISSUER: 'https://id.example.org', CHANCERY_PORT: String(port) },
  })
  t.after(() => own.stop())
  const start = await fetch(`http://127.0.0.1:${port}/sign-in`, { redirect: 'manual' })
  assert.equal(start.status, 303)
  const lines = start.headers.getSetCookie()
  assert.ok(lines.length > 0)
  for (const line of lines) assert.match(line, /;\s*secure/i, line)
})

test('22: a new password ends every other session', async () => {
  const own = await startServer()
  const { browser, code } = await enrol(own)
  const elsewhere = await atSecondFactor(own)
  await elsewhere.browser.submit(elsewhere.page, { code: await code() })
  assert.equal((await elsewhere.browser.get('/account')).status, 200)
  const form = await browser.open('/account/password')
  assert.equal(headingOf(form), 'Change your password')
  const next = 'another long passphrase'
  const wrong = await browser.send(
    form,
    { current: 'not it', password: next, again: next },
    '/account/password',
  )
  assert.equal(wrong.status, 422)
  assert.equal((await elsewhere.browser.get('/account')).status, 200)
  const done = await browser.submit(
    form,
    { current: own.admin.password, password: next, again: next },
    '/account/password',
  )
  assert.match(done.text, /Your password was changed/)
  assert.equal((await browser.get('/account')).status, 200)
  assert.equal((await elsewhere.browser.get('/account')).status, 303)
  await own.stop()
})
