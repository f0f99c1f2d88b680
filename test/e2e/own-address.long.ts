// Changing one's own e-mail address in a real browser, on a phone and a desktop, with and without JavaScript; the mail is caught
// by a real SMTP server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { type MailStage, mailStage, password } from '../mail/stage.ts'
import { launchBrowser, violationsOf } from '../support/browser.ts'
import { variantsOf } from '../support/long-form.ts'
import { linkIn } from '../support/smtp-server.ts'

const { browser, skip } = await launchBrowser()
let stage: MailStage
before(
  async () => {
    stage = await mailStage()
    assert.equal((await stage.patch('/settings', { secondFactor: 'optional' })).status, 200)
  },
  { timeout: 60_000 },
)
after(async () => {
  await stage?.stop()
  await browser?.close()
})

for (const [javaScriptEnabled, isPhone] of variantsOf([
  [true, true],
  [true, false],
  [false, true],
  [false, false],
] as const)) {
  const how = `${isPhone ? 'phone' : 'desktop'}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`
  test(`a person changes their e-mail address: ${how}`, { skip, timeout: 180_000 }, async (t) => {
    const name = `ada-${isPhone ? 'phone' : 'desktop'}-${javaScriptEnabled}`
    const address = `${name}@new.example`
    assert.equal((await stage.post('/people', { name, password, mustChangePassword: false })).status, 201)
    const viewport = isPhone ? { width: 390, height: 844 } : { width: 1280, height: 800 }
    const context = await browser?.newContext({ javaScriptEnabled, viewport, hasTouch: isPhone })
    assert.ok(context)
    t.after(() => context.close())
    context.setDefaultTimeout(120_000)
    const tab = await context.newPage()
    const heading = () => tab.locator('h1').textContent()
    const press = (label: string) => tab.getByRole('button', { name: label, exact: true }).click()
    const look = async () => {
      assert.ok(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'fits the screen')
      if (javaScriptEnabled) assert.deepEqual(await violationsOf(tab), [])
    }
    await tab.goto(`${stage.server.url}/account`)
    await tab.getByLabel('User name').fill(name)
    await tab.getByLabel('Password', { exact: true }).fill(password)
    await press('Continue')
    await tab.getByRole('link', { name: 'Change your e-mail address' }).click()
    assert.equal(await heading(), 'Change your e-mail address')
    await look()
    await tab.getByLabel('New e-mail address').fill(address)
    await press('Send the link')
    assert.equal(await heading(), 'Check your mail')
    await look()
    await tab.goto(linkIn(await stage.smtp.next(address)))
    assert.equal(await heading(), 'Confirm your e-mail address')
    await press('Yes, it is mine')
    assert.match((await tab.getByRole('status').textContent()) ?? '', /Your e-mail address was changed/)
    const { body } = await callAdmin(stage.server.url, { path: `/people/${name}` })
    assert.deepEqual([body.email, body.emailVerified], [address, true])
  })
}
