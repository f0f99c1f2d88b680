// attacks.md 17 and 20: a sign-in elsewhere is one factor unless the provider says otherwise in words that were configured.
// Who has a second factor here shows it; a step-up is not satisfied by what showed one; `prompt=login` and `max_age` are
// the provider's to honour too.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newUserRecord } from '../../src/iam/users.ts'
import { openRelyingParty, type RelyingParty } from '../e2e/relying-party.ts'
import {
  answerFor,
  beside,
  comeThrough,
  type Federated,
  isSignedIn,
  type Login,
  sentAway,
  startFederated,
  usersOf,
} from '../support/federated.ts'
import { csrfOf, formBrowser, headingOf } from '../support/form-browser.ts'
import { authenticator } from '../support/person.ts'
import { accountId } from '../support/server.ts'

let at: Federated
let app: RelyingParty
before(async () => {
  app = await openRelyingParty({ firstParty: true })
  at = await startFederated({
    corp: { second_factor: { ask: 'enrolled', amr: ['mfa'] } },
    settings: app.settings,
  })
})
after(async () => {
  app?.close()
  await at?.stop()
})

/** Somebody of corp who has an authenticator here. */
async function enrolled(sub: string): Promise<{ readonly who: Login; readonly code: () => Promise<string> }> {
  const who = at.corp.person(sub, { preferred_username: sub })
  const away = await sentAway(at.server, 'corp', undefined, app.startAt(at.server.url, { acr_values: mfa }))
  const page = await away.browser.open((await answerFor(at.corp, away, who)).href)
  assert.equal(headingOf(page), 'Set up your authenticator')
  const code = authenticator(/secret=([A-Z2-7]+)/.exec(page.text)?.[1] ?? '')
  const shown = await away.browser.send(page, { code: await code() })
  await away.browser.submit(shown, {})
  return { who, code }
}
const mfa = 'urn:chancery:acr:mfa'

const jumps: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['code', {}],
  ['code', { code: '' }],
  ['code', { code: '000000' }],
  ['password', {}],
  ['new-password', { password: 'a brand new password', again: 'a brand new password' }],
  ['authenticator', { code: '123456', device: 'x' }],
  ['recovery-codes', {}],
  ['recovery-codes', { renew: 'yes' }],
  ['allow', {}],
  ['connect', {}],
  ['callback', {}],
  ['to', {}],
]
test('17: an upstream sign-in does not skip the second factor of who has one here (Casdoor CVE-2026-9091)', async (t) => {
  const { who, code } = await enrolled('c-two')
  const { browser, path, end } = await comeThrough(at.server, at.corp, 'corp', who)
  assert.equal(headingOf(end), 'Enter your code')
  for (const [step, fields] of jumps)
    await t.test(`not by ${step} ${JSON.stringify(fields)}`, async () => {
      const answer = await browser.post(`${path}/${step}`, { csrf: csrfOf(end), ...fields })
      assert.ok([303, 401, 404, 405, 422].includes(answer.status), `${answer.status}`)
      assert.equal(await isSignedIn(browser), false)
    })
  // Going back: to the provider again, to the answer again, to the password.
  for (const back of [`${path}/callback`, `${path}/password`, `${path}?with=password`, path])
    assert.equal(headingOf(await browser.open(back)), 'Enter your code', back)
  const again = await sentAway(at.server, 'corp', browser)
  assert.equal(headingOf(await browser.open((await answerFor(at.corp, again, who)).href)), 'Enter your code')
  assert.equal(await isSignedIn(browser), false)
  const page = await browser.open(path)
  await browser.submit(page, { code: await code() })
  assert.ok(await isSignedIn(browser))
})

test('17: only the configured values of a provider count as a second factor', async (t) => {
  const { who } = await enrolled('c-words')
  t.after(() => {
    at.corp.quirks.idToken = undefined
  })
  for (const said of [
    { amr: ['pwd', 'otp'] },
    { amr: 'mfa' },
    { amr: ['MFA'] },
    { amr: [['mfa']] },
    { amr: { 0: 'mfa' } },
    { acr: 'mfa' },
    { acr: mfa },
  ]) {
    at.corp.quirks.idToken = (claims) => ({ ...claims, ...said })
    const { browser, end } = await comeThrough(at.server, at.corp, 'corp', who)
    assert.equal(headingOf(end), 'Enter your code', JSON.stringify(said))
    assert.equal(await isSignedIn(browser), false)
  }
  at.corp.quirks.idToken = (claims) => ({ ...claims, amr: ['pwd', 'mfa'] })
  assert.ok(await isSignedIn((await comeThrough(at.server, at.corp, 'corp', who)).browser))
})

test('20: a step-up is not satisfied by a federated sign-in that showed one factor', async () => {
  const { who, code } = await enrolled('c-step')
  // Signed in with two, then asked again by an application: the session is enough.
  const one = at.social.person('s-one', { preferred_username: 'one-factor' })
  const { browser } = await comeThrough(at.server, at.social, 'social', one)
  assert.ok(await isSignedIn(browser))
  const plain = await browser.open(app.startAt(at.server.url))
  assert.equal(new URL(plain.location ?? '').origin, app.origin)
  // The same session is asked for two factors: signing in at the provider once more is still one.
  const away = await sentAway(at.server, 'social', browser, app.startAt(at.server.url, { acr_values: mfa }))
  const page = await browser.open((await answerFor(at.social, away, one)).href)
  assert.equal(headingOf(page), 'Set up your authenticator')
  assert.equal(page.location, undefined)
  // And with the one who has a second factor: asked for it although the provider was just visited.
  const two = formBrowser(at.server.url)
  const stepping = await sentAway(at.server, 'corp', two, app.startAt(at.server.url, { acr_values: mfa }))
  const asked = await two.open((await answerFor(at.corp, stepping, who)).href)
  assert.equal(headingOf(asked), 'Enter your code')
  const done = await two.submit(asked, { code: await code() })
  assert.equal(new URL(done.location ?? '').origin, app.origin)
})

test('20: `acr_values`, `prompt=login` and `max_age` reach the provider as what it understands', async () => {
  const askedWith = async (more: Readonly<Record<string, string>>) =>
    (await sentAway(at.server, 'corp', undefined, app.startAt(at.server.url, more))).to.searchParams
  const plain = await askedWith({})
  assert.deepEqual([plain.get('prompt'), plain.get('max_age'), plain.get('acr_values')], [null, null, null])
  for (const more of [{ prompt: 'login' }, { max_age: '60' }, { max_age: '0' }]) {
    const asked = await askedWith(more)
    assert.deepEqual([asked.get('prompt'), asked.get('max_age')], ['login', '0'], JSON.stringify(more))
  }
})

test('20: an answer of a provider that did not authenticate the user again as requested is refused', async (t) => {
  const who = at.corp.person('c-stale', { preferred_username: 'stale' })
  t.after(() => {
    at.corp.quirks.idToken = undefined
  })
  const hourAgo = Math.floor(Date.now() / 1000) - 3600
  for (const claims of [{ auth_time: hourAgo }, { auth_time: undefined }, { auth_time: '9999999999' }]) {
    at.corp.quirks.idToken = (own) => ({ ...own, ...claims })
    const away = await sentAway(at.server, 'corp', undefined, app.startAt(at.server.url, { prompt: 'login' }))
    const page = await away.browser.open((await answerFor(at.corp, away, who)).href)
    assert.equal(page.status, 400, JSON.stringify(claims))
    assert.equal(await isSignedIn(away.browser), false)
  }
})

test('20: an application that requests a fresh sign-in gets its time', async () => {
  const who = at.corp.person('c-fresh', { preferred_username: 'fresh' })
  const away = await sentAway(at.server, 'corp', undefined, app.startAt(at.server.url, { max_age: '0' }))
  const end = await away.browser.open((await answerFor(at.corp, away, who)).href)
  assert.equal(new URL(end.location ?? '').origin, app.origin)
  const answer = await fetch(end.location ?? '')
  assert.equal(answer.status, 200)
  const claims = await app.redeem(at.server.url)
  assert.deepEqual(claims['amr'], ['fed'])
  assert.equal(claims['acr'], 'urn:chancery:acr:password')
  assert.ok(Math.abs(Number(claims['auth_time']) - Date.now() / 1000) < 60)
})

test('20: linking an identity needs the user’s second factor as well as the password', async () => {
  const blank = newUserRecord({ accountId, name: 'namesake', path: '/', createdAt: 1 })
  await beside(at.server, (store) => store.create('user', { ...blank, email: 'namesake@corp.example' }))
  const stranger = at.social.person('s-stranger', { email: 'namesake@corp.example', email_verified: true })
  const { browser, path, end } = await comeThrough(at.server, at.social, 'social', stranger)
  assert.equal(headingOf(end), 'Connect your account')
  const { name, password } = at.server.admin
  const next = await browser.submit(end, { username: name, password })
  assert.equal(headingOf(next), 'Set up your authenticator')
  await browser.post(`${path}/connect`, { csrf: csrfOf(next) })
  await browser.open(path)
  const admin = (await usersOf(at.server)).find((user) => user.name === name)
  assert.deepEqual(admin?.identities ?? [], [])
  assert.equal(await isSignedIn(browser), false)
})
