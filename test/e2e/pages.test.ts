// The pages in a real browser: one of each kind, light on a phone or dark on a desktop, by turns; `npm run test:long` tries every
// page in both colour schemes on both. No accessibility violation (WCAG 2.2 AA), nothing wider than the screen, touch targets large enough.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import type { Page as Tab } from 'playwright-core'
import { openAssets } from '../../src/sign-in/assets.ts'
import { noBrand } from '../../views/brand.ts'
import { pageText } from '../../views/html.ts'
import { layout } from '../../views/layout.ts'
import { checksEveryPage, launchBrowser, violationsOf } from '../support/browser.ts'
import { isLongForm, namedOf } from '../support/long-form.ts'
import { gallery } from '../views/gallery.ts'

const { browser, skip } = await launchBrowser()
const assets = openAssets((content) => createHash('sha256').update(content).digest('hex'))
const frame = { ...assets, host: 'id.example', brand: noBrand }
/** By folder: ordinary names, and one that is as long as names can be. */
const pages = {
  plain: gallery('Ada Lovelace'),
  long: gallery('arn:aws:iam::123456789012:user/'.padEnd(400, 'x')),
}

const server = createServer((request, response) => {
  const [, folder = '', name = ''] = (request.url ?? '').split('/')
  const file = folder === 'assets' ? assets.files.get(name) : undefined
  const page = folder === 'plain' || folder === 'long' ? pages[folder].get(name) : undefined
  response.setHeader('Content-Type', file?.type ?? 'text/html; charset=utf-8')
  response.statusCode = page || file ? 200 : 404
  response.end(file?.body ?? (page && pageText(layout(page, frame))))
})
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

after(async () => {
  await browser?.close()
  server.close()
})

const tooWide = (tab: Tab) => tab.evaluate('document.documentElement.scrollWidth > innerWidth')
/** Controls below 44 px, whatever the pointer; links within sentences are exempt (WCAG 2.5.8). */
const tooSmall = (tab: Tab) =>
  tab.evaluate(`[...document.querySelectorAll('button, input:not([type=hidden]):not(.visually-hidden), a.button')]
    .filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 120))`)

/** One of each kind: forms with one field and with many, with and without a fault; lists; things shown once; notices; questions. */
const ofEachKind: readonly string[] = namedOf(
  [...pages.plain.keys()],
  [
    'password-wrong',
    'password-directory',
    'leaving',
    'code-or-passkey',
    'new-password',
    'link-unusable',
    'register',
    'enrol',
    'recovery-codes',
    'consent',
    'landing',
    'error',
    'wait',
    'device-code',
    'account',
    'apps',
    'add-passkey',
    'roles-all',
    'role-credentials',
    'activity',
    'keys',
    'created-key',
  ],
  (name) => name,
)

const viewports = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const
const short = [
  { colorScheme: 'light', name: 'phone' },
  { colorScheme: 'dark', name: 'desktop' },
] as const
/** In the short form each of the pairs takes every second page. */
const pagesOf = (pair: number): readonly string[] =>
  ofEachKind.filter((_, at) => isLongForm || at % short.length === pair)
const others = [
  { colorScheme: 'dark', name: 'phone' },
  { colorScheme: 'light', name: 'desktop' },
] as const

for (const [pair, { colorScheme, name }] of (isLongForm ? [...short, ...others] : short).entries()) {
  const viewport = viewports[name]
  test(`pages are accessible and fit, ${colorScheme} on a ${name}`, {
    skip,
    timeout: 120_000,
  }, async () => {
    const context = await browser?.newContext({ viewport, colorScheme, hasTouch: name === 'phone' })
    assert.ok(context)
    await checksEveryPage(context)
    const tab = await context.newPage()
    const wrong: string[] = []
    for (const page of pagesOf(pair)) {
      await tab.goto(`${origin}/plain/${page}`)
      for (const violation of await violationsOf(tab)) wrong.push(`${page}: ${violation}`)
      if (await tooWide(tab)) wrong.push(`${page}: scrolls sideways`)
      for (const control of (await tooSmall(tab)) as string[]) wrong.push(`${page}: too small ${control}`)
    }
    await context.close()
    assert.deepEqual(wrong, [])
  })
}

test('the narrowest phone never scrolls sideways, however long the names', {
  skip,
  timeout: 120_000,
}, async () => {
  const context = await browser?.newContext({ viewport: { width: 320, height: 568 } })
  assert.ok(context)
  const tab = await context.newPage()
  const wrong: string[] = []
  for (const page of ofEachKind) {
    await tab.goto(`${origin}/long/${page}`)
    if (await tooWide(tab)) wrong.push(page)
  }
  await context.close()
  assert.deepEqual(wrong, [])
})
