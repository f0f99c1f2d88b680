// A branded server in a real browser, in both schemes, on a phone and on a desktop, and in forced colours: nothing that a reader
// cannot read, no layout shift from the logo, nothing that the content policy refuses, and the first page in less than 60 kB.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { BrowserContext } from 'playwright-core'
import { callAdmin } from '../admin/call.ts'
import { launchBrowser, violationsOf } from '../support/browser.ts'
import { png } from '../support/data/images.ts'
import { isLongForm, withVariants } from '../support/long-form.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const { browser, skip } = await launchBrowser()
let server: Running
let me: Enrolled
/** Pictures are written where this says, for people to look at. */
const pictures = process.env['CHANCERY_PICTURES']

before(async () => {
  if (skip) return
  server = await startServer()
  me = await enrol(server)
  if (pictures) mkdirSync(pictures, { recursive: true })
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

const brand = async (body: object): Promise<void> => {
  const made = await callAdmin(server.url, { method: 'PATCH', path: '/brand', body })
  assert.equal(made.status, 200, JSON.stringify(made.body))
}

const open = async (
  options: Parameters<NonNullable<typeof browser>['newContext']>[0],
  signedIn = false,
): Promise<BrowserContext> => {
  const context = await browser?.newContext(options)
  assert.ok(context)
  context.setDefaultTimeout(120_000)
  if (signedIn)
    await context.addCookies(
      [...me.browser.cookies.entries()].map(([key, { value }]) => ({
        name: key.split(' ')[0] ?? '',
        value,
        url: server.url,
      })),
    )
  return context
}

const square = png({ width: 96, height: 96, colour: [11, 107, 203, 255] }).toString('base64')
const wide = png({ width: 480, height: 96, colour: [20, 20, 60, 255] }).toString('base64')
const light = png({ width: 480, height: 96, colour: [240, 240, 255, 255] }).toString('base64')
/** Colours at the edges: dark, light, and the two on which white and ink can just be read. */
const brands = [
  ['blue', { name: 'Acme', accent: '#0b6bcb', logo: square, darkLogo: null }],
  [
    'yellow',
    {
      name: 'Müller & Söhne GmbH, Gesellschaft für angewandte Anmeldung',
      accent: '#ffd400',
      logo: wide,
      darkLogo: light,
    },
  ],
  ['white', { name: '株式会社アクメ', accent: '#ffffff', logo: null, darkLogo: null }],
  ['black', { name: 'شركة أكمي', accent: '#000000', logo: null, darkLogo: null }],
  ['edge', { name: 'A'.repeat(60), accent: '#767676', logo: wide, darkLogo: null }],
] as const
const viewports = { phone: { width: 320, height: 640 }, desktop: { width: 1280, height: 800 } } as const
const screens = [
  ['light', 'phone'],
  ['light', 'desktop'],
  ['dark', 'phone'],
  ['dark', 'desktop'],
] as const

/** All, or in the short form one, the four by turns. */
const screensOf = (look: string): readonly (typeof screens)[number][] =>
  withVariants(brands, screens).flatMap(([[name], screen]) => (name === look ? [screen] : []))

for (const [look, given] of brands)
  test(`${look}: readable in both schemes, on a phone and on a desktop`, {
    skip,
    timeout: 120_000,
  }, async () => {
    await brand(given)
    const wrong: string[] = []
    for (const [colorScheme, name] of screensOf(look)) {
      const context = await open({ colorScheme, viewport: viewports[name] })
      const tab = await context.newPage()
      tab.on('console', (message) => {
        if (message.type() === 'error') wrong.push(message.text())
      })
      await tab.goto(`${server.url}/sign-in`)
      const where = `${look} ${colorScheme} ${name}`
      for (const violation of await violationsOf(tab)) wrong.push(`${where}: ${violation}`)
      if (await tab.evaluate('document.documentElement.scrollWidth > innerWidth'))
        wrong.push(`${where}: wide`)
      if (await tab.evaluate('[...document.images].some((image) => image.naturalWidth === 0)'))
        wrong.push(`${where}: a logo is not shown`)
      if (pictures)
        await tab.screenshot({ path: join(pictures, `sign-in-${look}-${colorScheme}-${name}.png`) })
      await context.close()
    }
    assert.deepEqual(wrong, [])
  })

test('account and console have the brand too', { skip, timeout: 120_000 }, async () => {
  await brand(brands[1][1])
  const wrong: string[] = []
  for (const [colorScheme, name] of isLongForm ? screens : screens.slice(3)) {
    const context = await open({ colorScheme, viewport: viewports[name] }, true)
    const tab = await context.newPage()
    for (const path of ['/account', '/console/settings', '/console/settings/brand']) {
      await tab.goto(server.url + path)
      for (const violation of await violationsOf(tab)) wrong.push(`${path} ${colorScheme}: ${violation}`)
      if (await tab.evaluate('document.documentElement.scrollWidth > innerWidth')) wrong.push(`${path}: wide`)
      if (pictures)
        await tab.screenshot({
          path: join(pictures, `${path.replaceAll('/', '_')}-${colorScheme}-${name}.png`),
        })
    }
    await context.close()
  }
  assert.deepEqual(wrong, [])
})

test('in forced colours a logo stands on the ground it was drawn for', {
  skip,
}, async () => {
  await brand(brands[0][1])
  const context = await open({ forcedColors: 'active', colorScheme: 'dark' })
  const tab = await context.newPage()
  await tab.goto(`${server.url}/sign-in`)
  const ground = await tab.evaluate("getComputedStyle(document.querySelector('.logo')).backgroundColor")
  assert.equal(ground, 'rgb(255, 255, 255)')
  if (pictures) await tab.screenshot({ path: join(pictures, 'sign-in-forced.png') })
  await context.close()
})

test('the first page of a branded server is under 60 kB in all, and its logo shifts nothing', {
  skip,
}, async () => {
  await brand(brands[1][1])
  const context = await open({ viewport: viewports.phone })
  const tab = await context.newPage()
  const session = await context.newCDPSession(tab)
  await session.send('Network.enable')
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await tab.goto(`${server.url}/sign-in`, { waitUntil: 'networkidle' })
  const shift = await tab.evaluate(`new Promise((done) => {
    let sum = 0
    const moved = (one) => one.sources.some(({ node }) => node && node.className === 'sheet')
    new PerformanceObserver((list) => { for (const one of list.getEntries()) if (moved(one)) sum += one.value })
      .observe({ type: 'layout-shift', buffered: true })
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)))
  })`)
  assert.ok(bytes < 60_000, `${bytes} bytes`)
  assert.equal(shift, 0, 'the form moved')
  await context.close()
})

test('an administrator sees the sign-in page with the brand before it is saved, without JavaScript', {
  skip,
  timeout: 120_000,
}, async () => {
  await brand({ name: null, accent: null, logo: null, darkLogo: null })
  const context = await open({ javaScriptEnabled: false, viewport: viewports.desktop }, true)
  const tab = await context.newPage()
  await tab.goto(`${server.url}/console/settings/brand`)
  await tab.getByLabel(/^Name of the organization/).fill('Acme\u202e')
  await tab.getByLabel(/^Accent colour/).fill('#7a7a7a')
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer })
  await tab.getByLabel(/^Logo optional/).setInputFiles(file('logo.png', Buffer.from(wide, 'base64')))
  await tab
    .getByLabel(/^Logo in dark/)
    .setInputFiles(file('dark.png', Buffer.from('<svg onload="alert(1)"/>')))
  await tab.getByRole('button', { name: 'Save' }).click()
  const refused = await tab.content()
  assert.match(refused, /4\.\d+:1 with its text.*#767676/)
  assert.match(refused, /direction of text/)
  assert.match(refused, /is SVG/)
  assert.equal(await tab.getByLabel(/^Accent colour/).inputValue(), '#7a7a7a')
  // The logo that was right is kept.
  assert.match(refused, /Now: 480 × 96 pixels/)

  await tab.getByLabel(/^Name of the organization/).fill('Acme')
  await tab.getByLabel(/^Accent colour/).fill('#767676')
  await tab.getByRole('button', { name: 'Preview' }).click()
  assert.match(tab.url(), /\?draft=/)
  await tab.waitForLoadState('networkidle')
  const frames = tab.frames().filter((frame) => frame.url().includes('/preview?'))
  assert.equal(frames.length, 4)
  for (const frame of frames) {
    const page = await frame.content()
    assert.match(page, /<title>Sign in · Acme<\/title>/)
    assert.match(page, new RegExp(`/assets/chancery-${/scheme=(\w+)/.exec(frame.url())?.[1]}\\.`))
    assert.match(page, /\/settings\/brand\/logo\?which=logo/)
  }
  if (pictures) await tab.screenshot({ path: join(pictures, 'console-brand.png'), fullPage: true })
  // Nothing is saved yet.
  assert.deepEqual((await callAdmin(server.url, { path: '/brand' })).body, {})
  const framed = await fetch(frames[0]?.url() ?? '', {
    headers: { cookie: (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') },
  })
  assert.match(framed.headers.get('content-security-policy') ?? '', /frame-ancestors 'self'/)
  assert.equal(framed.headers.get('x-frame-options'), 'SAMEORIGIN')

  await tab.getByRole('button', { name: 'Save' }).click()
  assert.match(await tab.content(), /The brand was saved/)
  const { body } = await callAdmin(server.url, { path: '/brand' })
  assert.deepEqual(
    [body.name, body.accent, body.logo.width, body.darkLogo],
    ['Acme', '#767676', 480, undefined],
  )
  await context.close()
})
