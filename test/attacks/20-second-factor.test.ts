// attacks.md 20: TOTP code used twice in its window; second factor skipped by an empty POST, by going back, by starting
// at step three; step-up satisfied by any recent sign-in.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { csrfOf, formBrowser, headingOf, type Seen } from '../support/form-browser.ts'
import { atPassword, atSecondFactor, type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { found } from '../support/waiting.ts'

let server: Running
let admin: Enrolled

before(async () => {
  server = await startServer()
  admin = await enrol(server)
})
after(() => server.stop())

const signedIn = async (browser: { get(path: string): Promise<Seen> }) =>
  (await browser.get('/account')).status === 200

test('20: of twenty hands with one code, in four interactions, one is let in', async () => {
  const visits = await Promise.all(Array.from({ length: 4 }, () => atSecondFactor(server)))
  const code = await admin.code()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => {
      const visit = visits[i % visits.length]
      assert.ok(visit)
      return visit.browser.send(visit.page, { code })
    }),
  )
  const ins = await Promise.all(visits.map(({ browser }) => signedIn(browser)))
  assert.equal(ins.filter(Boolean).length, 1, `${answers.map(({ status }) => status)}`)
})

test('20: a spent code is wrong the second time, also after a restart of the server', async () => {
  const own = await startServer()
  const { code } = await enrol(own)
  const first = await atSecondFactor(own)
  const spent = await code()
  assert.equal(headingOf(await first.browser.submit(first.page, { code: spent })), 'admin')
  await own.kill()
  const again = await startServer({ dir: own.dir })
  const second = await atSecondFactor(again)
  const answer = await second.browser.send(second.page, { code: spent })
  await again.stop()
  assert.equal(answer.status, 401)
})

const jumps: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['code', {}],
  ['code', { code: '' }],
  ['code', { code: '000000', factor: '' }],
  ['new-password', { password: 'a brand new password', again: 'a brand new password' }],
  ['authenticator', { code: '123456', device: 'x' }],
  ['recovery-codes', {}],
  ['recovery-codes', { renew: 'yes' }],
  ['allow', {}],
  ['password', {}],
]
for (const proven of [false, true]) {
  test(`20: no way around the steps ${proven ? 'after' : 'before'} the password`, async () => {
    const { browser, page } = await (proven ? atSecondFactor(server) : atPassword(server))
    const path = new URL(page.url).pathname
    for (const [step, fields] of jumps) {
      // The twenty hands above may have left a pause of the person, during which every step is refused.
      const answer = await found(`an answer to ${step} after the pause`, async () => {
        const seen = await browser.post(`${path}/${step}`, { csrf: csrfOf(page), ...fields })
        return seen.status === 429 ? undefined : seen
      })
      assert.ok([303, 401, 422].includes(answer.status), `${step}: ${answer.status}`)
      assert.equal(await signedIn(browser), false, step)
      assert.doesNotMatch(answer.text, /recovery-codes"/, 'no codes are shown')
    }
    const due = await browser.open(path)
    assert.equal(headingOf(due), proven ? 'Enter your code' : 'Sign in')
  })
}

test('20: going back to the password with another name starts again, and no factor is carried over', async () => {
  const { browser, page } = await atSecondFactor(server)
  const back = await browser.post(`${new URL(page.url).pathname}/password`, {
    csrf: csrfOf(page),
    username: 'someone-else',
    password: 'x',
  })
  assert.equal(back.status, 303)
  assert.equal(headingOf(await browser.open(new URL(page.url).pathname)), 'Enter your code')
})

test('20: one browser’s proven password is nothing in another browser, nor in another interaction', async () => {
  const one = await atSecondFactor(server)
  const thief = formBrowser(server.url)
  const stolen = await thief.get(new URL(one.page.url).pathname)
  assert.equal(stolen.status, 404)
  const other = await one.browser.open('/sign-in')
  assert.equal(headingOf(other), 'Sign in')
})

test('20: changing a factor requires a new sign-in with the second factor when the last one is not fresh', async () => {
  const own = await startServer()
  const { browser, code } = await enrol(own)
  const fresh = await browser.open('/account/recovery-codes')
  assert.equal(headingOf(fresh), 'Make new recovery codes?')
  // A form without a session is refused and changes nothing.
  const otherBrowser = formBrowser(own.url)
  const page = await otherBrowser.open('/sign-in')
  const forged = await otherBrowser.post('/account/recovery-codes', { csrf: csrfOf(page) })
  assert.ok([401, 403].includes(forged.status), String(forged.status))
  assert.ok(await code())
  await own.stop()
})
