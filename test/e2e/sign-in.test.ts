// The way a person goes, in a real browser against the real server: the generated administrator's first sign-in, the
// second, what is refused on the way, their own pages, and the way out. In `npm run test:long`
// all of it twice: with and without JavaScript.
import assert from 'node:assert/strict'
import { after, type TestContext, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { enterCode, launchBrowser, violationsOf } from '../support/browser.ts'
import { isLongForm } from '../support/long-form.ts'
import { authenticator } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import { openRelyingParty } from './relying-party.ts'

const { browser, skip } = await launchBrowser()
after(() => browser?.close())

const newPassword = 'a quite long passphrase'

/** A server on an empty directory: nobody chose the administrator's password. */
async function fixture(t: TestContext) {
  const app = await openRelyingParty()
  t.after(() => app.close())
  const server = await startServer({ config: app.settings, env: { CHANCERY_ADMIN_PASSWORD: '' } })
  t.after(() => server.stop())
  return { app, server, given: /password\s+(\S+)/.exec(server.output())?.[1] ?? '' }
}

async function tabOf(t: TestContext, options: { readonly javaScriptEnabled: boolean }): Promise<Page> {
  const context: BrowserContext | undefined = await browser?.newContext({
    ...options,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  assert.ok(context)
  t.after(() => context.close())
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

const heading = (tab: Page) => tab.locator('h1').textContent()
const press = (tab: Page, name: string | RegExp) => tab.getByRole('button', { name }).click()

async function logIn(tab: Page, username: string, password: string): Promise<void> {
  await tab.getByLabel('User name').fill(username)
  await tab.getByLabel('Password', { exact: true }).fill(password)
  await press(tab, 'Continue')
}

interface Enrolled {
  readonly code: () => Promise<string>
  readonly recoveryCodes: readonly string[]
}

/** From the password page to the recovery codes, as the generated administrator. */
async function firstSignIn(
  tab: Page,
  given: string,
  look: () => Promise<void>,
  javaScriptEnabled: boolean,
): Promise<Enrolled> {
  await look()
  await logIn(tab, 'admin', given)
  assert.equal(await heading(tab), 'Choose a password')
  await look()
  await tab.getByLabel('New password', { exact: true }).fill(newPassword)
  await tab.getByLabel('Confirm new password').fill(newPassword)
  await press(tab, 'Save password')
  assert.equal(await heading(tab), 'Set up your authenticator')
  await look()
  const seed = (await tab.locator('#totp-secret').textContent()) ?? ''
  assert.match(seed, /^[A-Z2-7]{32}$/)
  await enterCode(tab, '000000', javaScriptEnabled)
  assert.match((await tab.getByRole('alert').textContent()) ?? '', /Incorrect code\. Check/)
  assert.equal(await tab.locator('#totp-secret').textContent(), seed, 'a wrong code asks for no new scan')
  const code = authenticator(seed)
  await enterCode(tab, await code(), javaScriptEnabled)
  assert.equal(await heading(tab), 'Save your recovery codes')
  await look()
  const recoveryCodes = await tab.locator('#recovery-codes code').allTextContents()
  assert.equal(recoveryCodes.length, 10)
  await press(tab, 'I have saved them')
  return { code, recoveryCodes }
}

for (const javaScriptEnabled of isLongForm ? [true, false] : [true]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'
  test(`the generated administrator signs in, is at home, and signs out, ${how}`, {
    skip,
    timeout: 180_000,
  }, async (t) => {
    const { app, server, given } = await fixture(t)
    const tab = await tabOf(t, { javaScriptEnabled })
    const look = async () => {
      assert.ok(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'fits the screen')
      if (javaScriptEnabled) assert.deepEqual(await violationsOf(tab), [])
    }

    await tab.goto(app.startAt(server.url))
    const { code, recoveryCodes } = await firstSignIn(tab, given, look, javaScriptEnabled)
    assert.match((await heading(tab)) ?? '', /^Allow Notebook\?$/)
    await look()
    await press(tab, 'Allow')
    assert.equal(await heading(tab), 'Back at the application')
    assert.equal(app.returned()?.get('state'), 'state-of-the-application')
    const claims = await app.redeem(server.url)
    assert.equal(claims['preferred_username'], 'admin')
    assert.deepEqual(claims['amr'], ['pwd', 'otp', 'mfa'])
    assert.equal(claims['acr'], 'urn:chancery:acr:mfa')

    await t.test('one session for every application: no question the second time', async () => {
      await tab.goto(app.startAt(server.url))
      assert.equal(await heading(tab), 'Back at the application')
    })

    await t.test('their own pages', async () => {
      await tab.goto(`${server.url}/`)
      assert.equal(new URL(tab.url()).pathname, '/account')
      assert.equal(await heading(tab), 'admin')
      await look()
      await tab.getByRole('link', { name: 'Change' }).click()
      assert.equal(await heading(tab), 'Change your password')
      await look()
    })

    await t.test('signing out ends the session here and at the application', async () => {
      await tab.goto(`${server.url}/account`)
      await press(tab, 'Sign out')
      assert.equal(await heading(tab), 'You are signed out')
      await tab.goto(`${server.url}/account`)
      assert.equal(await heading(tab), 'Sign in')
    })

    await t.test('the second sign-in: wrong code, right code, the same code again', async () => {
      await tab.goto(app.startAt(server.url))
      await logIn(tab, 'admin', given)
      assert.match((await tab.getByRole('alert').textContent()) ?? '', /Incorrect user name or password\./)
      await logIn(tab, 'ADMIN', newPassword)
      assert.equal(await heading(tab), 'Enter your code')
      await look()
      await enterCode(tab, '000000', javaScriptEnabled)
      assert.match(
        (await tab.getByRole('alert').textContent()) ?? '',
        /Incorrect code, or a code that was already used/,
      )
      const right = await code()
      await enterCode(tab, `${right.slice(0, 3)} ${right.slice(3)}`, javaScriptEnabled)
      assert.equal(await heading(tab), 'Allow Notebook?')
      await press(tab, 'Not now')
      assert.equal(app.returned()?.get('error'), 'access_denied')

      await tab.goto(app.startAt(server.url, { prompt: 'login' }))
      assert.equal(await heading(tab), 'Confirm it is you')
      await logIn(tab, 'admin', newPassword)
      await enterCode(tab, right, javaScriptEnabled)
      assert.match(
        (await tab.getByRole('alert').textContent()) ?? '',
        /Incorrect code, or a code that was already used/,
      )
    })

    await t.test('a recovery code signs in once', async () => {
      await tab.getByRole('link', { name: 'Use a recovery code' }).click()
      await look()
      await tab.getByLabel('Recovery code').fill((recoveryCodes[0] ?? '').toLowerCase())
      await press(tab, 'Sign in')
      assert.equal(await heading(tab), 'Allow Notebook?')
      await tab.goto(`${server.url}/account/recovery-codes`)
      assert.match((await tab.locator('main').textContent()) ?? '', /Your 9 remaining codes/)
    })
  })
}
