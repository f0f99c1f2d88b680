// The picture of access in a real browser, without JavaScript: accessible, readable on a phone and a desktop in both schemes, used
// with the keyboard alone, and telling what it tells without colours.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { launchBrowser, violationsOf } from '../support/browser.ts'
import { makeAccessAccount } from '../support/data/access-account.ts'
import { isLongForm, variantsOf } from '../support/long-form.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'

const { browser, skip } = await launchBrowser()
let server: Running
let me: Enrolled

const timeout = 120_000
const documents = 'arn:aws:docs:::documents'
const access = (name: string, query: Readonly<Record<string, string>> = {}): string =>
  `/console/people/${name}/access?${new URLSearchParams(query)}`
const questions = {
  whole: access('grace'),
  onWay: access('grace', { action: 'docs:PublishDocument', resource: `${documents}/1` }),
  cut: access('grace', { action: 'docs:GetDocument', resource: `${documents}/archive/1` }),
  unmet: access('grace', {
    action: 'release:Start',
    resource: '*',
    context: 'aws:MultiFactorAuthPresent=false',
  }),
  many: access('lone'),
  who: `/console/access/who?${new URLSearchParams({ action: 'docs:PublishDocument', resource: `${documents}/1` })}`,
}
const viewports = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const

before(async () => {
  if (skip) return
  server = await startServer()
  me = await enrol(server)
  await makeAccessAccount(server)
  for (let at = 0; at < 9; at++) {
    const path = '/console/workloads/new/account'
    const fields = { role: `role-with-a-rather-long-name-${at}`, kind: 'user', name: 'lone', mfa: 'false' }
    const made = await me.browser.submit(await me.browser.open(path), fields, path)
    assert.equal(made.status, 200)
  }
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

async function context(
  options: Parameters<NonNullable<typeof browser>['newContext']>[0],
): Promise<BrowserContext> {
  const made = await browser?.newContext(options)
  assert.ok(made)
  const cookies = [...me.browser.cookies.entries()].map(([key, { value }]) => ({
    name: key.split(' ')[0] ?? '',
    value,
    url: server.url,
  }))
  await made.addCookies(cookies)
  return made
}

/** Texts of the drawing that are wider than their node. */
const overflowing = `[...document.querySelectorAll('.picture .node')].flatMap((node) => {
  const { x, width } = node.querySelector('rect').getBBox()
  return [...node.querySelectorAll('text')].filter((text) => {
    const box = text.getBBox()
    return box.x < x || box.x + box.width > x + width
  }).map((text) => text.textContent)
})`

const screens = variantsOf([
  ['phone', 'light'],
  ['phone', 'dark'],
  ['desktop', 'light'],
  ['desktop', 'dark'],
] as const)
for (const [n, [name, colorScheme]] of screens.entries())
  test(`the picture is accessible, fits and clips its texts, ${colorScheme} on a ${name}`, {
    skip,
    timeout,
  }, async () => {
    const made = await context({ viewport: viewports[name], colorScheme })
    const tab = await made.newPage()
    const wrong: string[] = []
    // In the short form the screens take the questions by turns.
    const mine = Object.entries(questions).filter((_, at) => isLongForm || at % screens.length === n)
    for (const [what, path] of mine) {
      const answer = await tab.goto(server.url + path)
      assert.equal(answer?.status(), 200, what)
      for (const violation of await violationsOf(tab)) wrong.push(`${what}: ${violation}`)
      if (await tab.evaluate('document.documentElement.scrollWidth > innerWidth'))
        wrong.push(`${what}: scrolls sideways`)
      for (const text of (await tab.evaluate(overflowing)) as string[])
        wrong.push(`${what}: ${text} is too wide`)
    }
    await tab.goto(server.url + questions.whole)
    const top = async (selector: string) => (await tab.locator(selector).boundingBox())?.y ?? 0
    assert.equal((await top('.picture-list')) < (await top('.picture-frame')), name === 'phone')
    await made.close()
    assert.deepEqual(wrong, [])
  })

/** A property of the first element of the drawing that the selector finds. */
const styleOf = (tab: Page, selector: string, property: string): Promise<string> =>
  tab.evaluate(`getComputedStyle(document.querySelector('${selector}')).${property}`)

const widthOf = async (tab: Page, selector: string): Promise<number> =>
  Number.parseFloat(await styleOf(tab, selector, 'strokeWidth'))

test('the answer is told by width, dashes, signs and words, also in forced colours', {
  skip,
  timeout,
}, async () => {
  for (const forcedColors of ['none', 'active'] as const) {
    const made = await context({ viewport: viewports.desktop, forcedColors })
    const tab = await made.newPage()
    await tab.goto(server.url + questions.onWay)
    assert.ok((await widthOf(tab, '.edge.on-way .line')) > (await widthOf(tab, '.edge.none .line')) + 1)
    assert.deepEqual(await tab.locator('.node.on-way .sign').allTextContents(), ['✓', '✓', '✓', '✓'])
    await tab.goto(server.url + questions.cut)
    assert.ok((await widthOf(tab, '.edge.cut .line')) > (await widthOf(tab, '.edge.none .line')) + 1)
    assert.deepEqual(await tab.locator('.node.cut .sign').allTextContents(), ['✕'])
    await tab.goto(server.url + questions.unmet)
    assert.deepEqual(await tab.locator('.node.unmet .sign').allTextContents(), ['?'])
    assert.notEqual(await styleOf(tab, '.edge.unmet .line', 'strokeDasharray'), 'none')
    // Lines are seen against the ground.
    for (const line of ['.edge.unmet .line', '.edge.none .line'])
      assert.notEqual(
        await styleOf(tab, line, 'stroke'),
        await styleOf(tab, '.picture-frame', 'backgroundColor'),
      )
    await made.close()
  }
})

test('without JavaScript a question is asked, a node leads to its page, and what is folded unfolds', {
  skip,
  timeout,
}, async () => {
  const made = await context({ viewport: viewports.desktop, javaScriptEnabled: false })
  const tab = await made.newPage()
  await tab.goto(server.url + questions.whole)
  await tab.getByLabel('Action').fill('docs:PutDocument')
  await tab.getByLabel('Resource').fill(`${documents}/archive/1`)
  await tab.getByRole('button', { name: 'Can they do this?' }).click()
  await tab.waitForURL('**/grace/access?action=**')
  assert.match((await tab.textContent('.verdict')) ?? '', /^No: grace cannot do docs:PutDocument/)
  assert.equal(await tab.getByLabel('Action').inputValue(), 'docs:PutDocument')
  await tab.getByRole('button', { name: 'Who can do this?' }).click()
  await tab.waitForURL('**/access/who?**')
  assert.match((await tab.textContent('main')) ?? '', /admin/)
  await tab.goto(server.url + questions.whole)
  await tab.locator('.picture .node a', { hasText: 'docs-write' }).click()
  await tab.waitForURL('**/console/access/policy?**')
  await tab.goto(server.url + questions.many)
  assert.equal(await tab.locator('.picture .node', { hasText: 'role-with' }).count(), 6)
  await tab.locator('.picture .node.more a').click()
  await tab.waitForURL('**open=**')
  assert.equal(await tab.locator('.picture .node', { hasText: 'role-with' }).count(), 9)
  assert.equal(await tab.locator('.picture .node.more').count(), 0)
  await made.close()
})

test('the keyboard goes through the list, and not a second time through the drawing', {
  skip,
  timeout,
}, async () => {
  const made = await context({ viewport: viewports.phone })
  const tab = await made.newPage()
  await tab.goto(server.url + questions.whole)
  await tab.getByRole('button', { name: 'Who can do this?' }).focus()
  const reached: string[] = []
  for (let at = 0; at < 40; at++) {
    await tab.keyboard.press('Tab')
    const focused = (await tab.evaluate(
      `(() => { const at = document.activeElement; return at.closest('svg.whole') ? 'drawing' : at.matches('.picture-frame') ? 'frame' : at.closest('.picture-list') ? at.textContent : undefined })()`,
    )) as string | undefined
    if (focused !== undefined) reached.push(focused)
    if (focused === 'frame') break
  }
  assert.deepEqual(reached.at(-1), 'frame')
  assert.ok(!reached.includes('drawing'))
  for (const name of ['writers', 'docs-write', 'publisher', 'publish', 'release'])
    assert.ok(reached.includes(name), name)
  // The frame scrolls with the arrow keys.
  await tab.keyboard.press('ArrowRight')
  // Not `waitForFunction`, whose predicate the content policy forbids.
  await until('the frame has scrolled', async () => {
    const left = await tab.evaluate('document.querySelector(".picture-frame").scrollLeft')
    return Number(left) > 0
  })
  await made.close()
})
