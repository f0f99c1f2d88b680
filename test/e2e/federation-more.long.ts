// More ways through federated sign-in in a real browser: OAuth 2, LDAP, SAML, a provider chosen by domain, an account that is
// connected, sign-out, and refusals.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { enterCode } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { authenticator } from '../support/person.ts'
import { startGitHubUpstream } from '../support/upstreams/github-upstream.ts'
import { noLdap, people, startLdap } from '../support/upstreams/ldap-upstream.ts'
import { noSamlUpstream, startSamlUpstream } from '../support/upstreams/saml-upstream.ts'
import {
  atApplication,
  close,
  entryOf,
  follow,
  heading,
  logInThere,
  ofClient,
  open,
  press,
  signInWithCorp,
  skip,
  withOpenId,
} from './federation-stage.ts'

after(close)

test('OAuth 2: GitHub’s shape, to the provider and back', { skip }, async (t) => {
  const port = await freePort()
  const up = await startGitHubUpstream({
    redirectUris: [`http://localhost:${port}/federation/github/callback`],
  })
  t.after(() => up.close())
  const entry = entryOf(
    'OAuth 2: GitHub and others',
    { base_url: up.origin },
    { ...ofClient(up), domains: ['corp.example'] },
  )
  const { app, server, tab } = await open(t, { port, providers: [entry], allow: up.host })
  await tab.goto(app.startAt(server.url))
  await follow(tab, 'Continue with GitHub')
  const [cat] = up.accounts
  assert.ok(cat)
  await logInThere(tab, cat)
  assert.equal(await heading(tab), atApplication)
  const claims = await app.redeem(server.url)
  assert.equal(claims['preferred_username'], 'octocat')
  assert.deepEqual([claims['email'], claims['email_verified']], ['octocat@corp.example', true])
})

test('the domain of an address selects the provider, whose second factor counts where the settings say so', {
  skip,
}, async (t) => {
  const fixture = await withOpenId(t, { second_factor: { amr: ['mfa'] } })
  const { app, server, tab, up } = fixture
  const longAgo = Math.floor(Date.now() / 1000) - 3600
  up.quirks.idToken = (claims) => ({ ...claims, amr: ['pwd', 'mfa'], auth_time: longAgo })
  await tab.goto(app.startAt(server.url))
  await tab.getByLabel('User name').fill('ada@corp.example')
  await press(tab, 'Use my organization’s sign-in')
  const [ada] = up.accounts
  assert.ok(ada)
  await logInThere(tab, ada)
  assert.equal(await heading(tab), atApplication)
  const claims = await app.redeem(server.url)
  assert.deepEqual([claims['amr'], claims['acr']], [['fed', 'mfa'], 'urn:chancery:acr:mfa'])
  assert.equal(claims['email_verified'], true)
  // A session there that is an hour old is no fresh proof here (attacks.md 20).
  assert.equal(claims['auth_time'], longAgo)
})

test('signing out here goes on to the provider', { skip }, async (t) => {
  const fixture = await withOpenId(t, { sign_out: true })
  const { server, tab, up } = fixture
  await signInWithCorp(fixture)
  await tab.goto(`${server.url}/account`)
  await press(tab, 'Sign out')
  await tab.waitForURL((url) => url.origin === up.origin)
  assert.ok(up.requests.includes('GET /logout'), up.requests.join('\n'))
})

test('signing out on an application’s wish goes by the provider back to the application', {
  skip,
}, async (t) => {
  const fixture = await withOpenId(t, { sign_out: true })
  const { app, server, tab, up } = fixture
  await signInWithCorp(fixture)
  assert.equal(await heading(tab), atApplication)
  const asked = new URLSearchParams({
    client_id: 'notebook',
    post_logout_redirect_uri: `${app.origin}/bye`,
    state: 's1',
  })
  await tab.goto(`${server.url}/logout?${asked}`)
  await press(tab, 'Sign out')
  await tab.waitForURL((url) => url.origin === up.origin)
  await tab.locator('[name=logout]').click()
  await tab.waitForURL(`${app.origin}/bye?state=s1`)
})

test('a person the settings do not admit sees a page with a reference', {
  skip,
}, async (t) => {
  const fixture = await withOpenId(t, { require: [{ path: 'groups', match: 'engineers' }] })
  const { server, tab, up } = fixture
  up.quirks.idToken = (claims) => ({ ...claims, groups: ['visitors'] })
  await signInWithCorp(fixture)
  assert.equal(await heading(tab), 'Sign-in with Corp failed')
  assert.match(server.output(), /`groups` of upstream-ada does not meet `require`/)
})

test('when the provider is down, one page with a reference says so and no user is created', {
  skip,
}, async (t) => {
  const fixture = await withOpenId(t)
  const { app, server, tab, up } = fixture
  up.close()
  await tab.goto(app.startAt(server.url))
  await follow(tab, 'Continue with Corp')
  assert.equal(await heading(tab), 'Sign-in with Corp failed')
  const reference = await tab.locator('code').textContent()
  assert.match(reference ?? '', /^\S{8,}$/)
  assert.ok(server.output().includes(reference ?? '-'))
  await follow(tab, 'Try again or choose another way')
  assert.equal(await heading(tab), 'Sign in')
})

test('LDAP: by its own form, and by the domain of the address', {
  skip: skip || noLdap,
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

test('a signed-in person connects who they are elsewhere, sees it, and takes it away again', {
  skip,
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
