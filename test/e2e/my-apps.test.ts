// My apps in a real browser: a tile starts a sign-in at the app, by pointer and by keyboard, with and without JavaScript, and tells
// the app nothing but our issuer. No accessibility violation (WCAG 2.2 AA), and nothing that the content policy refuses.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { after, before, test } from 'node:test'
import type { BrowserContext } from 'playwright-core'
import { launchBrowser, violationsOf } from '../support/browser.ts'
import { selfSigned } from '../support/certificate.ts'
import { png } from '../support/data/images.ts'
import { isLongForm } from '../support/long-form.ts'
import { enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const { browser, skip } = await launchBrowser()
let server: Running
let cookies: Parameters<BrowserContext['addCookies']>[0] = []
/** What the app was asked for, with the header `Referer`. */
const asked: (readonly [url: string, referer: string | undefined])[] = []
const { certificate: cert, privateKey: key } = selfSigned('localhost')
const app = createTlsServer({ cert, key }, (request, response) => {
  if (request.url?.startsWith('/login')) asked.push([request.url, request.headers.referer])
  response.end('<!doctype html><title>App</title>')
})
const images = createServer((_, response) => response.end(png()))
const listening = (server: Server): Promise<number> =>
  new Promise((done) => server.listen(0, 'localhost', () => done((server.address() as AddressInfo).port)))

before(async () => {
  if (skip) return
  const origin = `https://localhost:${await listening(app)}`
  const logos = `http://localhost:${await listening(images)}`
  const client = (client_id: string, client_name: string, rest: object = {}) => ({
    client_id,
    client_name,
    client_secret: `${client_id}-secret-of-more-than-32-characters`,
    redirect_uris: [`${origin}/callback`],
    initiate_login_uri: `${origin}/login?app=${client_id}`,
    ...rest,
  })
  server = await startServer({
    config: JSON.stringify({
      clients: [
        client('wiki', 'Wiki', { logo_uri: `${logos}/logo.png` }),
        client('hostile', `<img src=x onerror=alert(1)> ${'long '.repeat(15)}`),
        ...Array.from({ length: 15 }, (_, at) => client(`tool-${at}`, `Tool ${at}`)),
      ],
    }),
    env: { CHANCERY_OUTBOUND_ALLOW: new URL(logos).host },
  })
  const me = await enrol(server)
  cookies = [...me.browser.cookies.entries()].map(([key, { value }]) => ({
    name: key.split(' ')[0] ?? '',
    value,
    url: server.url,
  }))
})
after(async () => {
  await browser?.close()
  app.close()
  images.close()
  await server?.stop()
})

for (const options of [
  { colorScheme: 'light', viewport: { width: 390, height: 844 }, hasTouch: true },
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 }, javaScriptEnabled: false },
] as const)
  test(`a tile opens its app, ${options.colorScheme}, ${options.viewport.width} px wide`, {
    skip,
    timeout: 120_000,
  }, async () => {
    const context = await browser?.newContext({ ...options, ignoreHTTPSErrors: true })
    assert.ok(context)
    await context.addCookies(cookies)
    const tab = await context.newPage()
    const wrong: string[] = []
    tab.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text())
    })
    tab.on('dialog', (dialog) => {
      wrong.push(`ran ${dialog.message()}`)
      void dialog.dismiss()
    })
    await tab.goto(`${server.url}/account`)
    assert.equal(await tab.locator('.app-tile').count(), 12)
    await tab.getByRole('link', { name: 'All apps' }).click()
    await tab.getByRole('heading', { name: 'My apps' }).waitFor()
    assert.equal(await tab.locator('.app-tile').count(), 17)
    await tab.getByLabel('Name of the app').fill('wik')
    await tab.keyboard.press('Enter')
    await tab.waitForURL('**/account/apps?q=wik')
    asked.length = 0
    await tab.locator('.app-tile').focus()
    await tab.keyboard.press('Enter')
    await tab.waitForURL('**/login?**')
    const [[url = '', referer] = []] = asked
    assert.deepEqual(
      [...new URL(url, server.url).searchParams],
      [
        ['app', 'wiki'],
        ['iss', server.url],
      ],
    )
    assert.equal(referer, undefined)
    await context.close()
    assert.deepEqual(wrong, [])
  })

/** Whether the browser has got and read the logo: the content policy lets it. */
const decoded = `(async () => {
  const image = document.querySelector('img.app-logo')
  await image.decode()
  return image.naturalWidth > 0
})()`

const screens = [
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'light', viewport: { width: 320, height: 568 } },
] as const
for (const options of isLongForm ? screens : screens.slice(1))
  test(`the pages with tiles are accessible and fit, with a logo in one, ${options.colorScheme}`, {
    skip,
    timeout: 120_000,
  }, async () => {
    const context = await browser?.newContext(options)
    assert.ok(context)
    await context.addCookies(cookies)
    const tab = await context.newPage()
    const wrong: string[] = []
    tab.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text())
    })
    const logo = tab.locator('img.app-logo')
    // The first page starts the fetch of the logo, and does not wait for it.
    for (let tries = 0; tries < 100; tries++) {
      await tab.goto(`${server.url}/account/apps`)
      if ((await logo.count()) > 0) break
    }
    assert.equal(await tab.evaluate(decoded), true)
    for (const path of ['/account', '/account/apps', '/account/apps?q=nothing']) {
      await tab.goto(server.url + path)
      for (const violation of await violationsOf(tab)) wrong.push(`${path}: ${violation}`)
      if (await tab.evaluate('document.documentElement.scrollWidth > innerWidth'))
        wrong.push(`${path}: scrolls`)
      if (await tab.evaluate(`document.querySelector('img[src="x"]') !== null`)) wrong.push(`${path}: markup`)
    }
    await context.close()
    assert.deepEqual(wrong, [])
  })
