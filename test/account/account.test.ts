// The account pages over HTTP, on the real server: what they show, what they change, and for whom.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { csrfOf, headingOf, problemOf, textOf } from '../support/form-browser.ts'
import { atSecondFactor, authenticator, type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let me: Enrolled

before(async () => {
  server = await startServer()
  me = await enrol(server)
})
after(() => server.stop())

test('the overview shows the profile, the sign-in methods and the sessions', async () => {
  assert.equal(headingOf(me.home), 'admin')
  const text = textOf(me.home)
  assert.match(text, new RegExp(`arn:aws:iam::${server.accountId}:user/admin`))
  assert.match(text, /Authenticator app My phone · since/)
  assert.match(text, /10 left/)
  assert.match(text, /password \+ authenticator code/)
  assert.match(text, /This browser/)
})

test('new recovery codes replace the old ones and are shown once', async () => {
  const ask = await me.browser.open('/account/recovery-codes')
  const shown = await me.browser.send(ask, {}, '/account/recovery-codes')
  assert.equal(headingOf(shown), 'Save your recovery codes')
  assert.equal(shown.text.match(/<li><code>/g)?.length, 10)
  assert.doesNotMatch((await me.browser.open('/account/recovery-codes')).text, /<li><code>/)
  const { browser, page } = await atSecondFactor(server)
  const recovery = await browser.open(`${new URL(page.url).pathname}?with=recovery`)
  assert.equal((await browser.send(recovery, { code: me.recoveryCodes[0] ?? '' })).status, 401)
})

test('a second authenticator is added with a code and removed again; removing the last one warns', async () => {
  const page = await me.browser.open('/account/authenticator/add')
  const wrong = await me.browser.send(page, { code: '000000' }, '/account/authenticator/add')
  assert.equal(wrong.status, 422)
  assert.match(problemOf(wrong) ?? '', /Incorrect code\. Check/)
  const seed = /secret=([A-Z2-7]+)/.exec(page.text)?.[1] ?? ''
  assert.ok(wrong.text.includes(seed), 'a wrong code asks for no new scan')
  const done = await me.browser.submit(
    wrong,
    { code: await authenticator(seed)(), name: 'Spare <phone>' },
    '/account/authenticator/add',
  )
  assert.match(textOf(done), /The authenticator app was added/)
  assert.ok(done.text.includes('Spare &lt;phone&gt; · since'))
  const links = [...done.text.matchAll(/\/account\/authenticator\/remove\?device=[^"]+/g)].map(
    ([link]) => link,
  )
  assert.equal(links.length, 2)
  const toRemove = links.find((link) => !me.home.text.includes(link)) ?? ''
  const name = await me.browser.open(toRemove.replace('/remove?', '/rename?'))
  const renamed = await me.browser.submit(name, { name: 'Old phone' }, '/account/authenticator/rename')
  assert.match(textOf(renamed), /The name was changed.*Authenticator app Old phone · since/)
  const ask = await me.browser.open(toRemove)
  assert.doesNotMatch(textOf(ask), /your only one/)
  const removed = await me.browser.submit(ask, {}, '/account/authenticator/remove')
  assert.match(textOf(removed), /was removed/)
  const last = await me.browser.open(
    /\/account\/authenticator\/remove\?device=[^"]+/.exec(removed.text)?.[0] ?? '',
  )
  assert.match(textOf(last), /your only one/)
})

test('a device of another user, or an unknown one, is not found', async () => {
  const page = await me.browser.open('/account/authenticator/add')
  const csrf = csrfOf(page)
  const other = `arn:aws:iam::${server.accountId}:mfa/someone-else`
  for (const path of ['/account/authenticator/remove', '/account/authenticator/rename']) {
    assert.equal((await me.browser.post(path, { csrf, device: other, name: 'x' })).status, 404, path)
    assert.equal((await me.browser.get(`${path}?device=${encodeURIComponent(other)}`)).status, 404, path)
  }
  const added = await me.browser.post('/account/authenticator/add', { csrf, device: other, code: '123456' })
  assert.equal(added.status, 422)
  for (const path of ['/account/sessions/end', '/account/applications/withdraw'])
    assert.equal((await me.browser.post(path, { csrf, session: 'x', application: 'x' })).status, 404, path)
})

test('one session is ended from another, and all other sessions at once', async () => {
  const elsewhere = async () => {
    const { browser, page } = await atSecondFactor(server)
    await browser.submit(page, { code: await me.code() })
    return browser
  }
  const one = await elsewhere()
  const list = await me.browser.open('/account')
  const ended = await me.browser.submit(list, {}, '/account/sessions/end')
  assert.match(textOf(ended), /That session has ended/)
  assert.equal((await one.get('/account')).status, 303)
  assert.doesNotMatch(textOf(ended), /Sign out everywhere else/)
})

test('an unknown value in the URL does not appear on the page', async () => {
  assert.doesNotMatch((await me.browser.open('/account?done=you+won')).text, /role="status"|you won/)
})

test('GET /sign-out asks for confirmation; its form signs out', async () => {
  const ask = await me.browser.open('/sign-out')
  assert.equal(headingOf(ask), 'Sign out?')
  assert.equal((await me.browser.get('/account')).status, 200)
  const out = await me.browser.submit(ask, {}, '/sign-out')
  assert.equal(headingOf(out), 'You are signed out')
  assert.equal((await me.browser.get('/account')).status, 303)
  assert.equal(headingOf(await me.browser.open('/')), 'Welcome')
  assert.equal(headingOf(await me.browser.open('/sign-out')), 'You are signed out')
})
