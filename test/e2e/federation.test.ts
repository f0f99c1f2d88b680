// Users of an identity provider in a real browser: from the sign-in page to the provider and back to the application. The other
// ways through it are in federation-more.long.ts, and over HTTP in test/sign-in and test/attacks.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { enterCode } from '../support/browser.ts'
import { authenticator } from '../support/person.ts'
import { atApplication, close, heading, press, signInWithCorp, skip, withOpenId } from './federation-stage.ts'

after(close)

test('OpenID Connect: to the provider and back to the application, as a new user, and the same one again', {
  skip,
}, async (t) => {
  const fixture = await withOpenId(t, { domains: [] })
  const { app, server, tab } = fixture
  await signInWithCorp(fixture)
  assert.equal(await heading(tab), atApplication)
  const first = await app.redeem(server.url)
  assert.equal(first['preferred_username'], 'ada')
  assert.deepEqual(first['amr'], ['fed'])
  assert.ok(Number(first['auth_time']) <= Date.now() / 1000)
  // Not verified: nobody declared Corp to speak for corp.example.
  assert.deepEqual([first['email'], first['email_verified']], ['ada@corp.example', false])
  await tab.context().clearCookies()
  await signInWithCorp(fixture)
  assert.equal(await heading(tab), atApplication)
  assert.equal((await app.redeem(server.url))['sub'], first['sub'])
})

test('an identity with the e-mail address of a user is linked only after that user signs in', {
  skip,
}, async (t) => {
  const fixture = await withOpenId(t, { create_users: false })
  const { app, server, tab } = fixture
  await signInWithCorp(fixture)
  assert.equal(await heading(tab), 'Connect your account')
  await tab.getByLabel('User name').fill(server.admin.name)
  await tab.getByLabel('Password', { exact: true }).fill(server.admin.password)
  await press(tab, 'Continue')
  const code = authenticator((await tab.locator('#totp-secret').textContent()) ?? '')
  await enterCode(tab, await code())
  await press(tab, 'I have saved them')
  assert.equal(await heading(tab), atApplication)
  const joined = await app.redeem(server.url)
  assert.equal(joined['preferred_username'], 'admin')
  await tab.context().clearCookies()
  await signInWithCorp(fixture)
  // The provider showed no second factor, and this user has one: it is asked for here (attacks.md 17).
  assert.equal(await heading(tab), 'Enter your code')
  await enterCode(tab, await code())
  assert.equal(await heading(tab), atApplication)
  assert.equal((await app.redeem(server.url))['sub'], joined['sub'])
})
