// The policy editor in a real browser: CodeMirror in the place of the text area, under the same content policy as every page, and
// the engine in the page, which answers as the one of the server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { BrowserContext, Page } from 'playwright-core'
import { runTests } from '../../src/policy/engine/policy-tests.ts'
import { lint } from '../../src/policy/lint.ts'
import { launchBrowser, violationsOf } from '../support/browser.ts'
import { isLongForm } from '../support/long-form.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const { browser, skip } = await launchBrowser()
let server: Running
let me: Enrolled
before(
  async () => {
    if (skip) return
    server = await startServer()
    me = await enrol(server)
  },
  { timeout: 120_000 },
)
after(async () => {
  await browser?.close()
  await server?.stop()
})

const timeout = 180_000

async function signedIn(
  options: Parameters<NonNullable<typeof browser>['newContext']>[0] = {},
): Promise<BrowserContext> {
  const context = await browser?.newContext(options)
  assert.ok(context)
  const cookies = [...me.browser.cookies.entries()].map(([key, { value }]) => ({
    name: key.split(' ')[0] ?? '',
    value,
    url: server.url,
  }))
  await context.addCookies(cookies)
  return context
}

/** The editor, when it has reviewed the document that it was opened with. */
async function opened(context: BrowserContext): Promise<{ readonly tab: Page; readonly wrong: string[] }> {
  const tab = await context.newPage()
  const wrong: string[] = []
  tab.on('pageerror', (error) => wrong.push(String(error)))
  tab.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) wrong.push(message.text())
  })
  await tab.goto(`${server.url}/console/access/new`)
  await tab.locator('.code-editor[data-reviewed]').waitFor()
  return { tab, wrong }
}

const content = (tab: Page) => tab.locator('.code-editor .cm-content')

async function type(tab: Page, text: string): Promise<void> {
  await content(tab).click()
  await tab.keyboard.press('Control+A')
  // Typing over a selection makes Chromium itself try an inline style in the editable element, which the policy blocks and
  // CodeMirror does not need; the browser reports it all the same.
  await tab.keyboard.press('Delete')
  await tab.keyboard.insertText(text)
}

const screens = [
  { colorScheme: 'light', name: 'phone', viewport: { width: 390, height: 844 } },
  { colorScheme: 'dark', name: 'desktop', viewport: { width: 1280, height: 800 } },
] as const
for (const { colorScheme, name, viewport } of isLongForm ? screens : screens.slice(1))
  test(`what is typed is reviewed at once, ${colorScheme} on a ${name}`, { skip, timeout }, async () => {
    const context = await signedIn({ viewport, colorScheme, hasTouch: name === 'phone' })
    const { tab, wrong } = await opened(context)
    assert.equal(await tab.locator('textarea#document').isVisible(), false)
    assert.deepEqual(await violationsOf(tab), [])
    assert.equal(await tab.evaluate('document.documentElement.scrollWidth > innerWidth'), false)
    await type(tab, '{"Version": "2012-10-17", "Statement": {"Effect": "Alow"}}')
    await tab.locator('.code-editor .cm-lintRange-error').first().waitFor()
    await tab.locator('#review').getByText('Error').first().waitFor()
    await type(
      tab,
      '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "docs:Get", "Resource": "arn:aws:docs:::a"}}',
    )
    await tab.locator('#review').getByText('Allows docs:Get on').waitFor()
    await tab.getByLabel('Action', { exact: true }).fill('docs:Get')
    await tab.getByLabel('Resource', { exact: true }).fill('arn:aws:docs:::a')
    await tab.locator('#review .verdict.good').waitFor()
    await tab.getByLabel('Resource', { exact: true }).fill('arn:aws:docs:::b')
    await tab.locator('#review .verdict.bad').waitFor()
    assert.deepEqual(wrong, [])
    await context.close()
  })

test('what is typed is reviewed in the language of the page', { skip, timeout }, async () => {
  const context = await signedIn({ locale: 'de' })
  const { tab, wrong } = await opened(context)
  assert.deepEqual(await violationsOf(tab), [])
  assert.equal(await content(tab).getAttribute('aria-label'), 'Dokument')
  await type(
    tab,
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "docs:Get", "Resource": "arn:aws:docs:::a", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}}',
  )
  const review = tab.locator('#review')
  await review
    .getByText('Erlaubt docs:Get für arn:aws:docs:::a, nur wenn gilt: aws:SecureTransport ist true.')
    .waitFor()
  await tab.getByLabel('Aktion', { exact: true }).fill('docs:Get')
  await tab.getByLabel('Ressource', { exact: true }).fill('arn:aws:docs:::b')
  await review.locator('.verdict.bad').getByText('Verweigert').waitFor()
  assert.deepEqual(wrong, [])
  await context.close()
})

test('with the keyboard alone: Tab leaves the editor, a question becomes a test, and the policy is saved', {
  skip,
  timeout,
}, async () => {
  const context = await signedIn()
  const { tab, wrong } = await opened(context)
  await tab.getByLabel('Name', { exact: true }).fill('by-keyboard')
  await tab.keyboard.press('Tab')
  await tab.keyboard.press('Tab')
  assert.equal(
    await tab.evaluate(
      `document.querySelector('.code-editor').shadowRoot.activeElement?.className.includes('cm-content')`,
    ),
    true,
  )
  await tab.keyboard.press('Control+A')
  await tab.keyboard.press('Delete')
  await tab.keyboard.insertText(
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "docs:Get", "Resource": "arn:aws:docs:::a"}}',
  )
  await tab.keyboard.press('Tab')
  assert.equal(await tab.locator(':focus').textContent(), 'Check')
  await tab.getByLabel('Action', { exact: true }).focus()
  await tab.keyboard.insertText('docs:Get')
  await tab.keyboard.press('Tab')
  await tab.keyboard.insertText('arn:aws:docs:::a')
  await tab.getByRole('button', { name: 'Denied', exact: true }).focus()
  await tab.keyboard.press('Enter')
  await tab.getByText('1 of 1 test fails.').waitFor()
  await tab.getByRole('button', { name: 'Save' }).focus()
  await tab.keyboard.press('Enter')
  await tab
    .getByRole('alert')
    .getByText(/1 of 1 test fails/)
    .waitFor()
  await tab.locator('.code-editor[data-reviewed]').waitFor()
  assert.match((await content(tab).textContent()) ?? '', /arn:aws:docs:::a/)
  await tab.getByRole('button', { name: 'Remove test 1' }).focus()
  await tab.keyboard.press('Enter')
  await tab.getByText('The test is removed').waitFor()
  await tab.getByRole('button', { name: 'Save' }).focus()
  await tab.keyboard.press('Enter')
  await tab.getByText('The policy was created').waitFor()
  assert.deepEqual(wrong, [])
  await context.close()
})

test('without JavaScript the text area is there and loads nothing', { skip, timeout }, async () => {
  const context = await signedIn({ javaScriptEnabled: false })
  const tab = await context.newPage()
  await tab.goto(`${server.url}/console/access/new`)
  assert.equal(await tab.locator('textarea#document').isVisible(), true)
  await tab.getByRole('button', { name: 'Check' }).click()
  await tab.getByText('No warnings.').waitFor()
  await context.close()
})

test('only the editor loads its modules, which are small, cached for ever and of this version alone', {
  skip,
  timeout,
}, async () => {
  const context = await signedIn()
  const page = await context.request.get(`${server.url}/console/access/new`)
  const paths = [...(await page.text()).matchAll(/(?:href|src)="(\/assets\/[^"]+\.js)"/g)].map(
    ([, path = '']) => path,
  )
  assert.ok(paths.length > 20)
  let bytes = 0
  for (const path of new Set(paths)) {
    const answer = await fetch(server.url + path, { headers: { 'accept-encoding': 'br' } })
    assert.deepEqual([answer.status, answer.headers.get('content-encoding')], [200, 'br'], path)
    assert.match(answer.headers.get('cache-control') ?? '', /immutable/)
    bytes += Number(answer.headers.get('content-length'))
    await answer.arrayBuffer()
  }
  assert.ok(bytes > 0 && bytes < 225_000, `${bytes} bytes`)
  const other = await context.request.get(`${server.url}/console/access`)
  assert.doesNotMatch(await other.text(), /\/assets\/editor\//)
  const first = paths.find((path) => path.includes('/editor/')) ?? ''
  for (const path of [
    first.replace(/editor\/\w+/, 'editor/0000000000000000'),
    first.replace(/[^/]+\.js$/, 'src-main.js'),
    first.replace(/[^/]+\.js$/, '__proto__.js'),
    first.replace(/[^/]+\.js$/, '..%2f..%2fpackage.json'),
  ])
    assert.equal((await fetch(server.url + path)).status, 404, path)
  await context.close()
})

test('the engine in the page gives the answers of the server', { skip, timeout }, async () => {
  const context = await signedIn()
  const { tab, wrong } = await opened(context)
  const accountId = '123456789012'
  const text = (...of: string[]) => fc.constantFrom(...of)
  const condition = fc.constantFrom<object | undefined>(
    undefined,
    { StringLike: { 'aws:username': 'ex*' } },
    { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
    { BinaryEquals: { 'docs:key': 'QmluYXJ5' } },
    { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
    { NumericLessThanEqualsIfExists: { 'docs:size': '10' } },
    { Null: { 'aws:SourceIp': 'true' } },
    { Bool: { 'aws:SecureTransport': 'maybe' } },
  )
  const statement = fc
    .record({
      Effect: text('Allow', 'Deny'),
      Action: fc.array(text('docs:Get', 'docs:*', 'DOCS:g?t', '*', 'nonsense'), {
        minLength: 1,
        maxLength: 2,
      }),
      Resource: text('*', 'arn:aws:docs:::a*', 'arn:aws:docs:::${aws:username}/1', 'x'),
      Condition: condition,
    })
    .map(({ Condition, ...rest }) => ({ ...rest, ...(Condition && { Condition }) }))
  const question = fc.record({
    action: text('docs:Get', 'docs:Put', 'other:Get'),
    resource: text('arn:aws:docs:::abc', 'arn:aws:docs:::example/1', '*'),
    context: fc.constantFrom<Readonly<Record<string, string | readonly string[]>>>(
      {},
      { 'aws:SourceIp': '192.0.2.7' },
      { 'aws:TagKeys': ['a'], 'docs:key': 'QmluYXJ5' },
      { 'aws:CurrentTime': '2026-06-01T00:00:00Z', 'docs:size': '11' },
    ),
    expect: fc.constant('allow' as const),
  })
  const sample = fc.sample(
    fc.tuple(
      fc.array(statement, { minLength: 1, maxLength: 4 }),
      fc.array(question, { minLength: 3, maxLength: 3 }),
    ),
    150,
  )
  const cases = sample.map(([Statement, tests]) => ({
    document: JSON.stringify({ Version: '2012-10-17', Statement }, null, 1),
    tests,
  }))
  const answersOf = (
    engine: { readonly lint: typeof lint; readonly runTests: typeof runTests },
    given: typeof cases,
  ): unknown =>
    given.map(({ document, tests }) => {
      const found = engine.lint(document, 'identity')
      if (found.some(({ rule }) => rule === 'malformed')) return { found }
      const results = engine.runTests(document, tests, { accountId: '123456789012' })
      return {
        found,
        answers: results.map(({ explanation: { effect, reason, layers, conditions, missing, nearest } }) => ({
          effect,
          reason,
          layers,
          conditions,
          missing,
          nearest,
        })),
      }
    })
  const base = await tab.locator('script[type=module][src*="/editor/"]').getAttribute('src')
  const seen = await tab.evaluate(
    `(async (base, cases) => {
      const [{ lint }, { runTests }] = await Promise.all(['src-policy-lint', 'src-policy-engine-policy-tests'].map((name) =>
        import(base.replace(/[^/]+$/, name + '.js'))))
      return JSON.stringify((${answersOf.toString()})({ lint, runTests }, cases))
    })(${JSON.stringify(base)}, ${JSON.stringify(cases)})`,
  )
  const expected = JSON.parse(JSON.stringify(answersOf({ lint, runTests }, cases)))
  assert.deepEqual(JSON.parse(String(seen)), expected)
  assert.ok(JSON.stringify(expected).includes('"allow"') && accountId.length === 12)
  assert.deepEqual(wrong, [])
  await context.close()
})
