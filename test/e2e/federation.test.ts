// Users of an identity provider in a real browser: from the sign-in page to the provider and back to the application. The other
// ways through it are in federation-more.long.ts, and over HTTP in test/sign-in and test/attacks.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { enterCode } from '../support/browser.ts'
import { authenticator } from '../support/person.ts'
import { noLdap, people, startLdap } from '../support/upstreams/ldap-upstream.ts'
import { noSamlUpstream, startSamlUpstream } from '../support/upstreams/saml-upstream.ts'
import {
  atApplication,
  close,
  entryOf,
  follow,
  freePort,
  heading,
  logInThere,
  open,
  press,
  signInWithCorp,
  skip,
  withOpenId,
} from './federation-stage.ts'

after(close)

test('OpenID Connect: to the provider and back to the application, as a new user, and the same one again', {
  skip,
  timeout: 60_000,
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

test('LDAP: by its own form, and by the domain of the address', {
  skip: skip || noLdap,
  timeout: 60_000,
}, async (t) => {
  const port = await freePort()
  const ldap = await startLdap()
  t.after(() => ldap.stop())
  const settings = {
    ...ldap.settings,
    sign_in: { title: 'Directory', second_factor: { ask: 'enrolled' }, domains: ['corp.example'] },
  }
  const { app, server, tab } = await open(t, { port, providers: [settings], allow: 'localhost,127.0.0.1' })
  await tab.goto(app.startAt(server.url))
  await follow(tab, 'Continue with Directory')
  assert.equal(await heading(tab), 'Sign in with Directory')
  const person = people.alice
  await tab.getByLabel('User name').fill(person.name)
  await tab.getByLabel('Password', { exact: true }).fill('not it')
  await press(tab, 'Continue')
  assert.match((await tab.getByRole('alert').textContent()) ?? '', /Incorrect user name or password/)
  await tab.getByLabel('Password', { exact: true }).fill(person.password)
  await press(tab, 'Continue')
  assert.equal(await heading(tab), atApplication)
  const claims = await app.redeem(server.url)
  assert.deepEqual(claims['amr'], ['pwd', 'fed'])
})

test('SAML: to SimpleSAMLphp and back to the application', {
  skip: skip || noSamlUpstream,
  timeout: 60_000,
}, async (t) => {
  const port = await freePort()
  const at = `http://localhost:${port}/federation/acme`
  const up = await startSamlUpstream({ spEntityId: `${at}/metadata`, acs: `${at}/callback` })
  t.after(() => up.stop())
  const entry = entryOf('SAML 2', { metadata_file: undefined, metadata: up.metadata }, {})
  const { app, server, tab } = await open(t, { port, providers: [entry], allow: '127.0.0.1' })
  await tab.goto(app.startAt(server.url))
  await follow(tab, 'Continue with Acme')
  const { username, password } = up.people.alice
  await tab.locator('[name=username]').fill(username)
  await tab.locator('[name=password]').fill(password)
  await tab.locator('[name=password]').press('Enter')
  await tab.getByText(atApplication).waitFor()
  const claims = await app.redeem(server.url)
  assert.equal(claims['preferred_username'], 'alice')
  const seen = await fetch(`${at}/metadata`)
  assert.match(await seen.text(), new RegExp(`entityID="${at}/metadata"`))
})

test('an identity with the e-mail address of a user is linked only after that user signs in', {
  skip,
  timeout: 60_000,
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

test('a signed-in person connects who they are elsewhere, sees it, and takes it away again', {
  skip,
  timeout: 60_000,
}, async (t) => {
  const fixture = await withOpenId(t)
  const { app, server, tab, up } = fixture
  await tab.goto(app.startAt(server.url))
  await tab.getByLabel('User name').fill(server.admin.name)
  await tab.getByLabel('Password', { exact: true }).fill(server.admin.password)
  await press(tab, 'Continue')
  const code = authenticator((await tab.locator('#totp-secret').textContent()) ?? '')
  await enterCode(tab, await code())
  await press(tab, 'I have saved them')
  await tab.goto(`${server.url}/account`)
  await press(tab, 'Connect')
  const [ada] = up.accounts
  assert.ok(ada)
  await logInThere(tab, ada)
  assert.equal(await heading(tab), 'Connect Corp?')
  assert.match((await tab.locator('main').textContent()) ?? '', /ada@corp\.example/)
  await press(tab, 'Connect')
  assert.match((await tab.getByRole('status').textContent()) ?? '', /was connected/)
  await tab.context().clearCookies()
  await signInWithCorp(fixture)
  assert.equal(await heading(tab), 'Enter your code')
  await enterCode(tab, await code())
  assert.equal((await app.redeem(server.url))['preferred_username'], 'admin')
  await tab.goto(`${server.url}/account`)
  await press(tab, 'Disconnect')
  assert.match((await tab.getByRole('status').textContent()) ?? '', /was disconnected/)
})
