// Signing out on an application's wish, stepping up, and a device's code, in a real browser: where a form's answer leads
// to another origin, the page's own policy must let it (CSP `form-action` is held against redirects too).
import assert from 'node:assert/strict'
import { after, type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { enterCode, launchBrowser } from '../support/browser.ts'
import { authenticator } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { openRelyingParty, type RelyingParty } from './relying-party.ts'

const { browser, skip } = await launchBrowser()
after(() => browser?.close())

const heading = (tab: Page) => tab.locator('h1').textContent()
const press = (tab: Page, name: string) => tab.getByRole('button', { name }).click()

interface IamFixture {
  readonly app: RelyingParty
  readonly server: Running
  readonly tab: Page
  readonly code: () => Promise<string>
}

async function logIn(tab: Page, server: Running): Promise<void> {
  await tab.getByLabel('User name').fill(server.admin.name)
  await tab.getByLabel('Password', { exact: true }).fill(server.admin.password)
  await press(tab, 'Continue')
}

/** Signed in at the application, which is the operator's own. */
async function signedIn(t: TestContext): Promise<IamFixture> {
  const app = await openRelyingParty({ firstParty: true })
  const server = await startServer({ config: app.settings })
  const context = await browser?.newContext()
  assert.ok(context)
  context.setDefaultTimeout(120_000)
  t.after(async () => {
    await context.close()
    app.close()
    await server.stop()
  })
  const tab = await context.newPage()
  await tab.goto(app.startAt(server.url))
  await logIn(tab, server)
  const code = authenticator((await tab.locator('#totp-secret').textContent()) ?? '')
  await enterCode(tab, await code())
  await press(tab, 'I have saved them')
  assert.equal(await heading(tab), 'Back at the application')
  return { app, server, tab, code }
}

test('sign-out requested by an application returns to the application', {
  skip,
}, async (t) => {
  const { app, server, tab } = await signedIn(t)
  const asked = new URLSearchParams({
    client_id: 'notebook',
    post_logout_redirect_uri: `${app.origin}/bye`,
    state: 's1',
  })
  await tab.goto(`${server.url}/logout?${asked}`)
  assert.equal(await heading(tab), 'Sign out?')
  await press(tab, 'Sign out')
  assert.equal(await heading(tab), 'Back at the application')
  assert.equal(tab.url(), `${app.origin}/bye?state=s1`)
  await tab.goto(`${server.url}/account`)
  assert.equal(await heading(tab), 'Sign in')
})

test('max_age and prompt require a new sign-in, which renews the session', {
  skip,
}, async (t) => {
  const { app, server, tab, code } = await signedIn(t)
  const first = await app.redeem(server.url)
  await new Promise((done) => setTimeout(done, 1100))
  await tab.goto(app.startAt(server.url, { max_age: '0' }))
  assert.equal(await heading(tab), 'Confirm it is you')
  assert.equal(await tab.getByLabel('User name').inputValue(), 'admin')
  await logIn(tab, server)
  await enterCode(tab, await code())
  assert.equal(await heading(tab), 'Back at the application')
  const again = await app.redeem(server.url)
  assert.ok(Number(again['auth_time']) > Number(first['auth_time']))
  await tab.goto(app.startAt(server.url, { prompt: 'none' }))
  assert.ok(app.returned()?.get('code'))
})

test('“back to the application” denies the request', { skip }, async (t) => {
  const { app, server, tab } = await signedIn(t)
  await tab.goto(app.startAt(server.url, { prompt: 'login' }))
  await press(tab, 'Back to Notebook')
  assert.equal(await heading(tab), 'Back at the application')
  assert.equal(app.returned()?.get('error'), 'access_denied')
})

test('a device is let in by its code, compared by the person', { skip }, async (t) => {
  const { server, tab } = await signedIn(t)
  const form = (fields: Readonly<Record<string, string>>) => ({
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  const started = await fetch(`${server.url}/device/auth`, form({ client_id: 'tv', scope: 'openid' }))
  const device = (await started.json()) as Readonly<Record<string, string>>
  assert.equal(started.status, 200, JSON.stringify(device))
  await tab.goto(`${server.url}/device`)
  await tab.getByLabel('Device code').fill('WRNG-CODE')
  await press(tab, 'Continue')
  assert.match((await tab.getByRole('alert').textContent()) ?? '', /incorrect, expired or already used/)
  await tab.getByLabel('Device code').fill((device['user_code'] ?? '').toLowerCase())
  await press(tab, 'Continue')
  assert.equal(await heading(tab), 'Is this your device?')
  assert.match((await tab.locator('main').textContent()) ?? '', new RegExp(device['user_code'] ?? '-'))
  await press(tab, 'Yes, continue')
  assert.equal(await heading(tab), 'Allow Living room?')
  await press(tab, 'Allow')
  assert.equal(await heading(tab), 'Your device is connected')
  const traded = await fetch(
    `${server.url}/token`,
    form({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: 'tv',
      device_code: device['device_code'] ?? '',
    }),
  )
  assert.equal(traded.status, 200)
})
