// Home, Settings and Activity in a real browser with the keyboard alone: the search field, the last day, and a message that tries the mail
// server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { type MailStage, mailStage } from '../mail/stage.ts'
import { launchBrowser, violationsOf } from '../support/browser.ts'
import { enrol } from '../support/person.ts'

const { browser, skip } = await launchBrowser()
const limit = { skip, timeout: 90_000 }
let stage: MailStage
let context: BrowserContext | undefined
let tab: Page

before(async () => {
  if (skip) return
  stage = await mailStage()
  await stage.patch('/people/admin', { email: 'admin@acme.example', emailVerified: true })
  const me = await enrol(stage.server)
  context = await browser?.newContext({ viewport: { width: 1280, height: 800 } })
  const cookies = [...me.browser.cookies.entries()].map(([key, { value }]) => ({
    name: key.split(' ')[0] ?? '',
    value,
    url: stage.server.url,
  }))
  await context?.addCookies(cookies)
  const opened = await context?.newPage()
  assert.ok(opened)
  tab = opened
})
after(async () => {
  await context?.close()
  await browser?.close()
  await stage?.stop()
})

/** Presses Tab until the control has the focus, then Enter. */
async function press(role: 'link' | 'button', name: string): Promise<void> {
  for (let at = 0; at < 80; at++) {
    await tab.keyboard.press('Tab')
    const focused = tab.locator(':focus')
    // Nothing in the drawing has the focus: the table beside it has the same links.
    assert.equal(await tab.locator('svg :focus').count(), 0)
    if ((await tab.getByRole(role, { name, exact: true }).and(focused).count()) === 1) {
      await tab.keyboard.press('Enter')
      return
    }
  }
  assert.fail(`${role} ${name} is not reached by Tab`)
}

test('Ctrl+K is in the search field, from where a search is sent', limit, async () => {
  await tab.goto(`${stage.server.url}/console`)
  await tab.locator('h1').click()
  await tab.keyboard.press('Control+k')
  assert.equal(await tab.evaluate('document.activeElement.name'), 'q')
  await tab.keyboard.type('admin')
  await tab.keyboard.press('Enter')
  await tab.waitForURL('**/console/search?q=admin')
  await tab.keyboard.press('Meta+k')
  assert.equal(await tab.evaluate('getSelection().toString() || document.activeElement.value'), 'admin')
})

test('a part of the last day is reached by keyboard and leads to Activity', limit, async () => {
  await tab.goto(`${stage.server.url}/console`)
  assert.ok((await tab.locator('.last-day rect').count()) > 0)
  await press('link', 'People signed in')
  await tab.waitForURL(/\/console\/activity\?.*action=signin/)
  assert.ok((await tab.locator('table.grid tbody tr').count()) > 0)
})

test('the mail server is tried by keyboard, and the result is announced', limit, async () => {
  await tab.goto(`${stage.server.url}/console/settings/mail`)
  await press('button', 'Send a test message to me')
  await tab.waitForURL('**/mail/test')
  assert.match((await tab.getByRole('status').textContent()) ?? '', /took the message.*250 /)
  assert.deepEqual((await stage.smtp.next('admin@acme.example')).to, ['admin@acme.example'])
  for (const colorScheme of ['light', 'dark'] as const) {
    await tab.emulateMedia({ colorScheme })
    assert.deepEqual(await violationsOf(tab), [], colorScheme)
  }
})
