// Trusting a browser in a real one, on a phone and a desktop, with and without JavaScript: the choice at the code, the next
// sign-in without one, the list on the account page, and the end of it.
import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { callAdmin } from '../admin/call.ts'
import { enterCode, launchBrowser, violationsOf } from '../support/browser.ts'
import { variantsOf } from '../support/long-form.ts'
import { authenticator } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const { browser, skip } = await launchBrowser()
let server: Running
before(
  async () => {
    server = await startServer()
    const body = { trustedDeviceDays: 14 }
    assert.equal((await callAdmin(server.url, { method: 'PATCH', path: '/settings', body })).status, 200)
  },
  { timeout: 60_000 },
)
after(async () => {
  await server?.stop()
  await browser?.close()
})

const password = 'plum-orbit-9-lantern'

async function personNamed(name: string): Promise<void> {
  const body = { name, password, mustChangePassword: false }
  assert.equal((await callAdmin(server.url, { method: 'POST', path: '/people', body })).status, 201)
}

async function tabOf(t: TestContext, javaScriptEnabled: boolean, isPhone: boolean): Promise<Page> {
  const viewport = isPhone ? { width: 390, height: 844 } : { width: 1280, height: 800 }
  const context = await browser?.newContext({ javaScriptEnabled, viewport, hasTouch: isPhone })
  assert.ok(context)
  t.after(() => context.close())
  context.setDefaultTimeout(120_000)
  return context.newPage()
}

const heading = (tab: Page) => tab.locator('h1').textContent()
const press = (tab: Page, name: string) => tab.getByRole('button', { name, exact: true }).click()

async function logIn(tab: Page, name: string): Promise<void> {
  await tab.goto(`${server.url}/account`)
  await tab.getByLabel('User name').fill(name)
  await tab.getByLabel('Password', { exact: true }).fill(password)
  await press(tab, 'Continue')
}

for (const [javaScriptEnabled, isPhone] of variantsOf([
  [true, true],
  [true, false],
  [false, true],
  [false, false],
] as const)) {
  const how = `${isPhone ? 'phone' : 'desktop'}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`
  test(`a person trusts a browser, signs in by password alone, and ends it: ${how}`, {
    skip,
    timeout: 180_000,
  }, async (t) => {
    const name = `ada-${isPhone ? 'phone' : 'desktop'}-${javaScriptEnabled}`
    await personNamed(name)
    const tab = await tabOf(t, javaScriptEnabled, isPhone)
    const look = async () => {
      assert.ok(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'fits the screen')
      if (javaScriptEnabled) assert.deepEqual(await violationsOf(tab), [])
    }
    await logIn(tab, name)
    const code = authenticator((await tab.locator('#totp-secret').textContent()) ?? '')
    await enterCode(tab, await code(), javaScriptEnabled)
    await press(tab, 'I have saved them')
    await press(tab, 'Sign out')

    await logIn(tab, name)
    assert.equal(await heading(tab), 'Enter your code')
    const choice = tab.getByLabel('Trust this browser for 14 days')
    assert.equal(await choice.isChecked(), false, 'it is a choice')
    await look()
    await tab.getByText('Trust this browser for 14 days').click()
    assert.ok(await choice.isChecked())
    await tab.getByLabel('Six-digit code').fill(await code())
    await press(tab, 'Sign in')
    assert.equal(await heading(tab), name)
    const trusted = tab.getByRole('region', { name: 'Browsers you trust' })
    assert.match((await trusted.textContent()) ?? '', /Chrome.*This browser.*Trusted since/)
    await look()

    await press(tab, 'Sign out')
    await logIn(tab, name)
    assert.equal(await heading(tab), name, 'the password is enough')
    await trusted.getByRole('button', { name: 'Remove', exact: true }).click()
    assert.match((await tab.getByRole('status').textContent()) ?? '', /no longer trusted/)
    assert.equal(await trusted.count(), 0)
    await press(tab, 'Sign out')
    await logIn(tab, name)
    assert.equal(await heading(tab), 'Enter your code')
  })
}
