// A person on a phone whose browser speaks German signs in with a passkey and copies an hour's credentials of a role, which the
// `aws` command line uses; and the same page in both schemes, on a desktop, and without JavaScript.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { call } from '../support/aws-call.ts'
import { enterCode, launchBrowser, violationsOf } from '../support/browser.ts'
import { withVariants } from '../support/long-form.ts'
import { lacking, run } from '../support/outside-tool.ts'
import { authenticator } from '../support/person.ts'
import { policy } from '../support/role-server.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'

const { browser, skip } = await launchBrowser()
let server: Running
before(async () => {
  if (skip) return
  server = await startServer()
  const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const trust = (condition: object) =>
    policy({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:user/admin` },
      Action: 'sts:AssumeRole',
      Condition: condition,
    })
  const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
  const role = { RoleName: 'nightly', Description: 'Accounting', AssumeRolePolicyDocument: trust(mfa) }
  assert.equal((await call(server.url, root, 'iam', 'CreateRole', role)).status, 200)
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

const timeout = 230_000
const phone = { viewport: { width: 390, height: 844 }, locale: 'de-DE' } as const

async function open(options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser?.newContext(options)
  assert.ok(context)
  context.setDefaultTimeout(120_000)
  return context
}

async function typePassword(tab: Page): Promise<void> {
  await tab.goto(`${server.url}/sign-in`)
  await tab.locator('#username').fill(server.admin.name)
  await tab.locator('#password').fill(server.admin.password)
  await tab.locator('form:has(#password) button[type=submit]').first().click()
}

const press = (tab: Page, name: string) => tab.getByRole('button', { name, exact: true }).click()

test('with a passkey, in German, on a phone: credentials are copied and used by the aws command line', {
  skip: skip || lacking('aws', '--version'),
  timeout,
}, async (t) => {
  const context = await open({ ...phone, permissions: ['clipboard-read', 'clipboard-write'] })
  t.after(() => context.close())
  await context.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false')
  const tab = await context.newPage()
  const cdp = await context.newCDPSession(tab)
  await cdp.send('WebAuthn.enable', { enableUI: false })
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
  await typePassword(tab)
  const code = authenticator((await tab.locator('#totp-secret').textContent()) ?? '')
  await enterCode(tab, await code())
  await press(tab, 'Ich habe sie gespeichert')
  await tab.getByRole('link', { name: 'Passkey hinzufügen' }).click()
  await press(tab, 'Passkey erstellen')
  await tab.waitForURL(/\/account\?done=passkey-added/)
  await press(tab, 'Abmelden')

  await tab.goto(`${server.url}/sign-in`)
  await press(tab, 'Mit Passkey anmelden')
  await tab.waitForURL(/\/account$/)
  await tab.getByRole('link', { name: 'Rollen', exact: true }).click()
  assert.deepEqual(await violationsOf(tab), [])
  const row = tab.getByRole('listitem').filter({ hasText: 'role/nightly' })
  const action = row.getByRole('button', { name: 'Zugangsdaten holen' })
  const [text, button] = [
    await row.locator('.row-text > :last-child').boundingBox(),
    await action.boundingBox(),
  ]
  assert.ok(text && button)
  const gap = button.y - (text.y + text.height)
  assert.ok(gap >= 0 && gap < 32, `${gap} px lie between the role and its button`)
  await action.click()
  await tab.getByRole('heading', { name: 'Zugangsdaten der Rolle nightly' }).waitFor()
  assert.match((await tab.getByRole('timer').textContent()) ?? '', /^endet in (1:00:00|5\d:\d\d)$/)
  assert.deepEqual(await violationsOf(tab), [])
  await press(tab, 'Kopieren')
  await tab.getByText('Kopiert', { exact: true }).waitFor()
  const lines = String(await tab.evaluate('navigator.clipboard.readText()'))
  const env = Object.fromEntries(
    [...lines.matchAll(/^export (\w+)='([^']*)'$/gm)].map(([, name = '', value = '']) => [name, value]),
  )
  assert.deepEqual(Object.keys(env), [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_ENDPOINT_URL',
    'AWS_DEFAULT_REGION',
  ])
  // Older versions of the command line do not know the variable of the endpoint.
  const endpoint = ['--endpoint-url', env['AWS_ENDPOINT_URL'] ?? '']
  const { out, err } = await run('aws', [...endpoint, 'sts', 'get-caller-identity', '--output', 'json'], env)
  assert.equal(
    (JSON.parse(out || '{}') as { Arn?: string }).Arn,
    `arn:aws:sts::${accountId}:assumed-role/nightly/admin`,
    err,
  )

  await t.test(
    'both schemes, on a desktop too: no rule of WCAG is broken and nothing is wider than the screen',
    async () => {
      const paths = [
        '/account/roles',
        '/account/roles?all=yes',
        '/account/keys',
        '/account/keys/create',
        '/account/activity',
        '/account/data',
      ]
      const screens = [
        ['dark', phone.viewport],
        ['light', { width: 1100, height: 800 }],
        ['dark', { width: 1100, height: 800 }],
      ] as const
      for (const [path, [colorScheme, viewport]] of withVariants(paths, screens)) {
        await tab.emulateMedia({ colorScheme })
        await tab.setViewportSize(viewport)
        await tab.goto(`${server.url}${path}`)
        assert.deepEqual(await violationsOf(tab), [], `${path} ${colorScheme} ${viewport.width}`)
        assert.ok(Number(await tab.evaluate('document.documentElement.scrollWidth - innerWidth')) <= 0, path)
      }
    },
  )

  await t.test(
    'without JavaScript: every format can be opened, nothing that needs it is shown',
    async (t2) => {
      const plain = await open({
        ...phone,
        javaScriptEnabled: false,
        storageState: await context.storageState(),
      })
      t2.after(() => plain.close())
      const page = await plain.newPage()
      await page.goto(`${server.url}/account/roles?q=night`)
      await page.getByRole('button', { name: 'Zugangsdaten holen' }).click()
      for (const name of ['PowerShell', 'AWS-Profil', 'Automatisch erneuert', 'JSON']) {
        await page.locator('summary', { hasText: name }).click()
        await page.locator('details[open] pre').first().waitFor()
      }
      assert.equal(await page.getByRole('button', { name: 'Kopieren' }).count(), 0)
      assert.equal(await page.getByRole('timer').count(), 0)
      assert.match((await page.locator('main').textContent()) ?? '', /Gültig bis \d/)
    },
  )
})
