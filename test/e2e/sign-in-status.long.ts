// A new app in a real browser: its lines are copied, and its status changes on the open page as sign-ins are refused and succeed;
// without JavaScript it does when the page is loaded again. On a phone too in `npm run test:long`. No accessibility violation in any state (WCAG 2.2 AA).
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { launchBrowser, violationsOf } from '../support/browser.ts'
import { formBrowser } from '../support/form-browser.ts'
import { isLongForm } from '../support/long-form.ts'
import { enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

type Cookies = Parameters<BrowserContext['addCookies']>[0]

const { browser, skip } = await launchBrowser()
let server: Running
/** The app: it only takes codes. */
const app = createServer((_, response) => response.end('signed in'))
let registered = ''
let came = ''
/** Of the session, whose id changes at a consent: each context goes on with those of the one before. */
let cookies: Cookies = []

before(async () => {
  if (skip) return
  server = await startServer()
  const me = await enrol(server)
  cookies = [...me.browser.cookies.entries()].map(([key, { value }]) => ({
    name: key.split(' ')[0] ?? '',
    value,
    url: server.url,
  }))
  await new Promise<void>((done) => app.listen(0, 'localhost', done))
  const { port } = app.address() as AddressInfo
  registered = `http://localhost:${port}/login/generic_oauth`
  came = `http://localhost:${port + 1}/login/generic_oauth`
})
after(async () => {
  await browser?.close()
  app.close()
  await server?.stop()
})

async function signedIn(
  options: Parameters<NonNullable<typeof browser>['newContext']>[0],
): Promise<BrowserContext> {
  const context = await browser?.newContext(options)
  assert.ok(context)
  await context.addCookies(cookies)
  return context
}

async function end(context: BrowserContext): Promise<void> {
  cookies = await context.cookies()
  await context.close()
}

const requestOf = (id: string, redirect_uri: string): string =>
  `/authorize?${new URLSearchParams({ client_id: id, redirect_uri, response_type: 'code', scope: 'openid', state: 'x' })}`

const strangerSends = (id: string, redirectUri: string) =>
  formBrowser(server.url).get(requestOf(id, redirectUri))

/** Signs in at the app in another tab of the same browser; the app itself only takes the code. */
async function signInAt(context: BrowserContext, id: string, secret: string): Promise<void> {
  const tab = await context.newPage()
  await tab.goto(server.url + requestOf(id, registered))
  await tab.getByRole('button', { name: 'Allow', exact: true }).click()
  await tab.waitForURL(`${registered}?**`)
  const code = new URL(tab.url()).searchParams.get('code') ?? ''
  await tab.close()
  const { status } = await fetch(`${server.url}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: registered }),
  })
  assert.equal(status, 200)
}

/** Makes an app as a person does, from the list of kinds on. @returns what its page shows of it */
async function makeApp(tab: Page): Promise<{ readonly id: string; readonly secret: string }> {
  await tab.goto(`${server.url}/console/apps/new`)
  await tab.getByRole('link', { name: 'Grafana' }).click()
  await tab.getByLabel('Redirect URIs').fill(registered)
  await tab.getByRole('button', { name: 'Create the app' }).click()
  await tab.getByRole('heading', { name: 'Copy the secret now' }).waitFor()
  const lines = (await tab.locator('#variables').textContent()) ?? ''
  return {
    id: /OIDC_CLIENT_ID=(\S+)/.exec(lines)?.[1] ?? '',
    secret: /OIDC_CLIENT_SECRET=(\S+)/.exec(lines)?.[1] ?? '',
  }
}

const screens = [
  { colorScheme: 'light', viewport: { width: 390, height: 844 }, hasTouch: true },
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
] as const
for (const options of isLongForm ? screens : screens.slice(1))
  test(`the open page follows what happens, ${options.colorScheme}, ${options.viewport.width} px wide`, {
    skip,
    timeout: 120_000,
  }, async () => {
    const context = await signedIn(options)
    const tab = await context.newPage()
    const wrong: string[] = []
    tab.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text())
    })
    const check = async (what: string): Promise<void> => {
      for (const violation of await violationsOf(tab)) wrong.push(`${what}: ${violation}`)
      if (await tab.evaluate('document.documentElement.scrollWidth > innerWidth'))
        wrong.push(`${what}: scrolls`)
    }
    const { id, secret } = await makeApp(tab)
    await tab.locator('[data-state="waiting"]').waitFor()
    await check('ready')

    await tab.goto(`${server.url}/console/apps/${id}`)
    await tab.locator('[data-state="waiting"]').waitFor()
    await tab.evaluate('globalThis.loadedOnce = true')
    await strangerSends(id, came)
    await tab.locator('[data-state="refused"]').waitFor()
    assert.ok(
      (await tab.locator('.sign-in-status').textContent())?.includes(
        `${came} came, ${registered} is registered.`,
      ),
    )
    await check('refused')

    await signInAt(context, id, secret)
    await tab.locator('[data-state="works"]').waitFor()
    assert.equal(await tab.evaluate('globalThis.loadedOnce'), true, 'the page was not loaded again')
    await check('works')

    await strangerSends(id, came)
    await tab.reload()
    await tab.getByRole('link', { name: 'Add it' }).click()
    await tab.getByRole('heading', { name: 'Add a redirect URI?' }).waitFor()
    await check('question')
    await tab.getByRole('button', { name: 'Add it' }).click()
    await tab.getByText('The redirect URI was added.').waitFor()
    assert.equal((await strangerSends(id, came)).status, 303)
    await end(context)
    assert.deepEqual(wrong, [])
  })

test('without JavaScript the page shows the same when it is loaded again', {
  skip,
  timeout: 120_000,
}, async () => {
  const context = await signedIn({ javaScriptEnabled: false })
  const tab = await context.newPage()
  const { id, secret } = await makeApp(tab)
  assert.equal(await tab.getByRole('button', { name: /^Copy/ }).count(), 0, 'no button that does nothing')
  await tab.getByRole('link', { name: 'Look again' }).click()
  await tab.locator('[data-state="waiting"]').waitFor()
  await strangerSends(id, came)
  await tab.getByRole('link', { name: 'Look again' }).click()
  await tab.locator('[data-state="refused"]').waitFor()
  await signInAt(context, id, secret)
  await tab.getByRole('link', { name: 'Look again' }).click()
  await tab.locator('[data-state="works"]').waitFor()
  await end(context)
})

test('the lines of a new app are copied with its values', { skip }, async () => {
  const context = await signedIn({ permissions: ['clipboard-read', 'clipboard-write'] })
  const tab = await context.newPage()
  const { secret } = await makeApp(tab)
  await tab.getByRole('button', { name: 'Copy lines for Grafana, INI' }).click()
  await tab.getByText('Copied', { exact: true }).waitFor()
  const copied = await tab.evaluate('navigator.clipboard.readText()')
  assert.ok(String(copied).split('\n').includes(`client_secret = ${secret}`))
  await end(context)
})
