// What fields do where scripts run (views/assets/fields.js): a password can be shown, caps lock is said, a code submits its form
// once, recovery codes are copied and printed, and times are those of the browser's time zone (times.js).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enterCode, launchBrowser, violationsOf } from '../support/browser.ts'
import { authenticator } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const { browser, skip } = await launchBrowser()
let server: Running
before(async () => {
  if (!skip) server = await startServer()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

test('a password is shown, caps lock is said, a code is sent once, and codes are copied and printed', {
  skip,
  timeout: 120_000,
}, async (t) => {
  const context = await browser?.newContext({
    permissions: ['clipboard-read', 'clipboard-write'],
    timezoneId: 'Asia/Kathmandu',
  })
  assert.ok(context)
  context.setDefaultTimeout(120_000)
  t.after(() => context.close())
  await context.addInitScript('window.print = () => { window.printed = true }')
  const tab = await context.newPage()
  let sent = 0
  tab.on('request', (request) => {
    if (request.method() === 'POST') sent++
  })

  await tab.goto(`${server.url}/sign-in`)
  const password = tab.getByLabel('Password', { exact: true })
  await tab.getByLabel('User name').fill(server.admin.name)
  await password.fill(server.admin.password)
  await tab.getByRole('button', { name: 'Show' }).click()
  assert.equal(await password.getAttribute('type'), 'text')
  assert.deepEqual(await violationsOf(tab), [])
  await tab.getByRole('button', { name: 'Hide' }).click()
  assert.equal(await password.getAttribute('type'), 'password')
  const caps = tab.getByText('Caps lock is on.')
  assert.equal(await caps.isVisible(), false)
  await password.dispatchEvent('keydown', { key: 'A', modifierCapsLock: true })
  assert.equal(await caps.isVisible(), true)
  await password.dispatchEvent('keyup', { key: 'A' })
  assert.equal(await caps.isVisible(), false)
  await tab.getByRole('button', { name: 'Continue' }).click()

  const code = authenticator((await tab.locator('#totp-secret').textContent()) ?? '')
  await tab.locator('#code').fill('12345')
  assert.equal(sent, 1, 'five digits are not sent')
  await enterCode(tab, '000 000')
  assert.match((await tab.getByRole('alert').textContent()) ?? '', /Incorrect code/)
  assert.equal(sent, 2)
  const right = await code()
  const saved = tab.getByRole('heading', { name: 'Save your recovery codes' })
  await tab.evaluate(
    `{ const input = document.getElementById('code')
    input.value = '${right}'
    input.dispatchEvent(new Event('input'))
    input.form.requestSubmit() }`,
  )
  await saved.waitFor()
  assert.equal(sent, 3, 'the button after the sixth digit sends nothing')

  const codes = await tab.locator('#recovery-codes code').allTextContents()
  await tab.getByRole('button', { name: 'Copy' }).click()
  await tab.getByRole('button', { name: 'Copied' }).waitFor()
  assert.deepEqual(String(await tab.evaluate('navigator.clipboard.readText()')).split('\n'), codes)
  await tab.getByRole('button', { name: 'Print' }).click()
  assert.equal(await tab.evaluate('window.printed'), true)
  assert.deepEqual(await violationsOf(tab), [])

  await tab.getByRole('button', { name: 'I have saved them' }).click()
  await tab.getByRole('heading', { name: 'Where you are signed in' }).waitFor()
  const time = tab.locator('#sessions').locator('xpath=../..').locator('time').first()
  const at = new Date((await time.getAttribute('datetime')) ?? '')
  const [here, inUtc] = ['Asia/Kathmandu', 'UTC'].map((timeZone) =>
    at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }),
  )
  assert.ok((await time.textContent())?.endsWith(`, ${here}`))
  assert.ok((await time.getAttribute('title'))?.endsWith(`, ${inUtc} UTC`))
})
