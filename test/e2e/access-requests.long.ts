// A person asks for a role on a phone, with the keyboard alone and without JavaScript; an administrator approves on a desktop. In both
// schemes, without an accessibility violation.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { callAdmin } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { launchBrowser, violationsOf } from '../support/browser.ts'
import { isLongForm } from '../support/long-form.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { policy } from '../support/role-server.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'

const { browser, skip } = await launchBrowser()
const timeout = 230_000
const password = 'plum-orbit-9-lantern'
const reason = 'Die Platte ist voll: <b>dringend</b>'
let server: Running
let me: Enrolled

before(async () => {
  if (skip) return
  server = await startServer()
  me = await enrol(server)
  await callAdmin(server.url, { method: 'PATCH', path: '/settings', body: { secondFactor: 'optional' } })
  const trust = { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }
  for (const [action, params] of [
    ['CreateUser', { UserName: 'ada' }],
    ['CreateLoginProfile', { UserName: 'ada', Password: password }],
    [
      'CreateRole',
      {
        RoleName: 'incident',
        Description: 'Production, to repair it',
        AssumeRolePolicyDocument: policy(trust),
        'Tags.member.1.Key': 'chancery:requestable',
        'Tags.member.1.Value': 'true',
      },
    ],
  ] as const) {
    const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
    assert.equal((await call(server.url, root, 'iam', action, params)).status, 200)
  }
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

async function open(
  options: Parameters<NonNullable<typeof browser>['newContext']>[0],
): Promise<BrowserContext> {
  const context = await browser?.newContext(options)
  assert.ok(context)
  context.setDefaultTimeout(120_000)
  return context
}

/** Moves on with the Tab key until the element has the focus. */
async function tabTo(tab: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (
      await tab
        .locator(selector)
        .first()
        .evaluate((element) => element === element.ownerDocument.activeElement)
    )
      return
    await tab.keyboard.press('Tab')
  }
  assert.fail(`the keyboard does not reach ${selector}`)
}

/** The schemes of the pages that are looked at: both, or in the short form each by turns. */
const schemesOf = (() => {
  let looked = 0
  const schemes = ['light', 'dark'] as const
  return () => (isLongForm ? schemes : schemes.slice(looked++ % 2).slice(0, 1))
})()

async function looksRight(tab: Page, name: string): Promise<void> {
  for (const colorScheme of schemesOf()) {
    await tab.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    assert.deepEqual(await violationsOf(tab), [], `${name}, ${colorScheme}`)
    const wide = await tab.locator('html').evaluate((page) => page.scrollWidth > page.clientWidth)
    assert.equal(wide, false, name)
    const folder = process.env['CHANCERY_TEST_SCREENSHOTS']
    if (folder !== undefined)
      await tab.screenshot({ path: `${folder}/${name}-${colorScheme}.png`, fullPage: true })
  }
}

test('asked on a phone by keyboard, approved on a desktop, and seen by the person', {
  skip,
  timeout,
}, async (t) => {
  const phone = await open({
    viewport: { width: 390, height: 844 },
    locale: 'de-DE',
    javaScriptEnabled: true,
  })
  t.after(() => phone.close())
  const tab = await phone.newPage()
  await tab.goto(`${server.url}/sign-in`)
  await tab.locator('#username').fill('ada')
  await tab.locator('#password').fill(password)
  await tab.keyboard.press('Enter')
  await tab.waitForURL((url) => url.pathname === '/account')
  await tab.goto(`${server.url}/account/roles`)
  await looksRight(tab, 'roles')
  await tabTo(tab, 'a[href*="/account/roles/ask"]')
  await tab.keyboard.press('Enter')
  await tab.locator('#reason').waitFor()
  await looksRight(tab, 'ask')
  await tabTo(tab, '#reason')
  await tab.keyboard.type(reason)
  await tab.keyboard.press('Tab')
  await tab.keyboard.press('ArrowDown')
  await tab.keyboard.press('Tab')
  await tab.keyboard.press('Enter')
  await tab.getByText('Ihre Anfrage wurde gesendet').waitFor()
  await looksRight(tab, 'asked')

  const desktop = await open({ viewport: { width: 1280, height: 800 } })
  t.after(() => desktop.close())
  await desktop.addCookies(
    [...me.browser.cookies.entries()].map(([key, { value }]) => ({
      name: key.split(' ')[0] ?? '',
      value,
      url: server.url,
    })),
  )
  const console_ = await desktop.newPage()
  await console_.goto(`${server.url}/console`)
  await console_.getByRole('link', { name: 'One request for access waits for a decision' }).click()
  await console_.getByRole('heading', { name: 'ada asks for incident' }).waitFor()
  await console_.getByText(reason).waitFor()
  assert.equal(await console_.locator('#field-minutes').inputValue(), '240')
  await looksRight(console_, 'request')
  await console_.goto(`${server.url}/console/access/requests`)
  await looksRight(console_, 'requests')
  await console_.getByRole('link', { name: 'ada' }).first().click()
  await tabTo(console_, '#field-minutes')
  await console_.keyboard.press('Tab')
  await console_.keyboard.type('Bis heute Abend.')
  await console_.keyboard.press('Tab')
  await console_.keyboard.press('Enter')
  await console_.getByText('Approved. The person can become the role now.').waitFor()
  await looksRight(console_, 'approved')
  await console_.goto(`${server.url}/console/workloads/incident`)
  await looksRight(console_, 'role')

  await tab.reload()
  await tab.getByText('Bis heute Abend.').waitFor()
  await tab.getByText('Genehmigt bis').waitFor()
  await looksRight(tab, 'approved-own')
})
