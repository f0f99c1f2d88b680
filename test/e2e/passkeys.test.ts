// Passkeys in a real browser with virtual authenticators (CDP domain WebAuthn), against the real server: enrolment on the
// account page, second factor, first factor by the button and by the suggestions of the user name field, and removal.
import assert from 'node:assert/strict'
import { after, type TestContext, test } from 'node:test'
import type { CDPSession, Page } from 'playwright-core'
import { enterCode, launchBrowser, violationsOf } from '../support/browser.ts'
import { authenticator } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'
import { openRelyingParty } from './relying-party.ts'

const { browser, skip } = await launchBrowser()
after(() => browser?.close())

interface Tab {
  readonly tab: Page
  readonly cdp: CDPSession
}

/** @param offers a virtual authenticator answers the offer in the user name field at once, before anything is pressed */
async function open(t: TestContext, offers: boolean): Promise<Tab> {
  const context = await browser?.newContext({ viewport: { width: 390, height: 844 } })
  assert.ok(context)
  t.after(() => context.close())
  context.setDefaultTimeout(15_000)
  if (!offers)
    await context.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false')
  const tab = await context.newPage()
  const cdp = await context.newCDPSession(tab)
  await cdp.send('WebAuthn.enable', { enableUI: false })
  return { tab, cdp }
}

const addAuthenticator = async (cdp: CDPSession): Promise<string> => {
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
  return authenticatorId
}

const heading = (tab: Page) => tab.locator('h1').textContent()
const press = (tab: Page, name: string) => tab.getByRole('button', { name, exact: true }).click()

async function typePassword(tab: Page, { admin }: Running): Promise<void> {
  await tab.getByLabel('User name').fill(admin.name)
  await tab.getByLabel('Password', { exact: true }).fill(admin.password)
  await press(tab, 'Continue')
}

test('a passkey is enrolled, signs in as both factors, is offered by the field, and is removed', {
  skip,
  timeout: 180_000,
}, async (t) => {
  const app = await openRelyingParty()
  t.after(() => app.close())
  const server = await startServer({ config: app.settings })
  t.after(() => server.stop())
  const { tab, cdp } = await open(t, false)

  await tab.goto(`${server.url}/sign-in`)
  await typePassword(tab, server)
  const code = authenticator((await tab.locator('#totp-secret').textContent()) ?? '')
  await enterCode(tab, await code())
  await press(tab, 'I have saved them')

  let first = ''
  await t.test('enrolled on the account page', async () => {
    first = await addAuthenticator(cdp)
    await tab.getByRole('link', { name: 'Add a passkey' }).click()
    assert.deepEqual(await violationsOf(tab), [])
    await tab.getByLabel('Name').fill('Work phone')
    await press(tab, 'Create a passkey')
    await tab.getByText('The passkey was added').waitFor()
    assert.match((await tab.locator('main').textContent()) ?? '', /Work phone · added/)
    assert.deepEqual(await violationsOf(tab), [])
  })

  await t.test('the first factor counts as both', async () => {
    await press(tab, 'Sign out')
    await tab.goto(app.startAt(server.url))
    await press(tab, 'Sign in with a passkey')
    await tab.getByText('Allow Notebook?').waitFor()
    await press(tab, 'Allow')
    const claims = await app.redeem(server.url)
    assert.deepEqual(claims['amr'], ['hwk', 'user', 'mfa'])
    assert.equal(claims['acr'], 'phr')
  })

  await t.test('the second factor after the password', async () => {
    await tab.goto(app.startAt(server.url, { prompt: 'login' }))
    await typePassword(tab, server)
    assert.equal(await heading(tab), 'Enter your code')
    await press(tab, 'Use a passkey')
    await tab.getByText('Back at the application').waitFor()
    assert.deepEqual((await app.redeem(server.url))['amr'], ['pwd', 'hwk', 'user', 'mfa'])
  })

  await t.test('a prompt that is declined says so, and the password still works', async () => {
    const { tab: other, cdp: otherCdp } = await open(t, false)
    await otherCdp.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
    })
    await other.goto(`${server.url}/sign-in`)
    await press(other, 'Sign in with a passkey')
    await other.getByText('The passkey was not used.').waitFor()
    await typePassword(other, server)
    assert.equal(await heading(other), 'Enter your code')
  })

  await t.test('the user name field offers it', async () => {
    const { tab: other, cdp: otherCdp } = await open(t, true)
    const second = await addAuthenticator(otherCdp)
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: first })
    for (const credential of credentials)
      await otherCdp.send('WebAuthn.addCredential', { authenticatorId: second, credential })
    await other.goto(`${server.url}/sign-in`)
    await other.waitForURL(/\/account$/)
    assert.equal(await heading(other), 'admin')
  })

  await t.test('removed, it ends the sessions with it and signs in no more', async () => {
    await tab.goto(`${server.url}/account`)
    await tab.getByRole('link', { name: 'Remove the passkey Work phone' }).click()
    assert.equal(await heading(tab), 'Remove Work phone?')
    assert.deepEqual(await violationsOf(tab), [])
    await press(tab, 'Remove')
    await press(tab, 'Sign in with a passkey')
    await tab.getByText('This passkey could not be used').waitFor()
    const entries = (await entriesOf(server)).map(({ action, outcome }) => `${action} ${outcome}`)
    for (const entry of [
      'account:AddPasskey done',
      'signin:CheckPasskey done',
      'account:RemovePasskey done',
      'signin:CheckPasskey refused',
    ])
      assert.ok(entries.includes(entry), entry)
  })
})

test('the first sign-in may set up a passkey in place of an authenticator app', {
  skip,
  timeout: 120_000,
}, async (t) => {
  const server = await startServer()
  t.after(() => server.stop())
  const { tab, cdp } = await open(t, false)
  await addAuthenticator(cdp)
  await tab.goto(`${server.url}/sign-in`)
  await typePassword(tab, server)
  assert.equal(await heading(tab), 'Set up your authenticator')
  assert.deepEqual(await violationsOf(tab), [])
  await press(tab, 'Set up a passkey instead')
  await tab.getByText('Save your recovery codes').first().waitFor()
  await press(tab, 'I have saved them')
  await tab.waitForURL(/\/account$/)
  assert.match((await tab.locator('main').textContent()) ?? '', /Chrome, \w+ · added/)
  await press(tab, 'Sign out')
  await tab.goto(`${server.url}/sign-in`)
  await press(tab, 'Sign in with a passkey')
  await tab.waitForURL(/\/account$/)
})

test('without JavaScript the first sign-in sets up an authenticator app alone', {
  skip,
  timeout: 120_000,
}, async (t) => {
  const server = await startServer()
  t.after(() => server.stop())
  const context = await browser?.newContext({ javaScriptEnabled: false })
  assert.ok(context)
  t.after(() => context.close())
  const tab = await context.newPage()
  await tab.goto(`${server.url}/sign-in`)
  await typePassword(tab, server)
  assert.equal(await heading(tab), 'Set up your authenticator')
  assert.equal(await tab.getByRole('button', { name: 'Set up a passkey instead' }).count(), 0)
})
