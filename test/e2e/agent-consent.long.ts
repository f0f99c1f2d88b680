// An agent asks a person for a session policy (RFC 9396, docs/agents.md), in a real browser without JavaScript: the policy stands
// on the consent page in words, its tokens are limited by it, and a refusal gives the agent nothing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decodeJwt } from 'jose'
import type { Page } from 'playwright-core'
import { enterCode, launchBrowser } from '../support/browser.ts'
import { authenticator } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { openRelyingParty, type RelyingParty } from './relying-party.ts'

const notes = 'https://notes.example/mcp'
const detail = {
  type: 'session_policy',
  policy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'notes:GetNote', Resource: 'arn:aws:notes:::handbook/*' }],
  },
}

const { browser, skip } = await launchBrowser()
let app: RelyingParty
let server: Running
before(async () => {
  if (skip) return
  app = await openRelyingParty()
  server = await startServer({ config: `${app.settings}resources:\n  - id: ${notes}\n` })
})
after(async () => {
  await browser?.close()
  app?.close()
  await server?.stop()
})

const press = (tab: Page, name: string) => tab.getByRole('button', { name, exact: true }).click()
const ask = (tab: Page) =>
  tab.goto(
    app.startAt(server.url, {
      scope: 'openid',
      resource: notes,
      authorization_details: JSON.stringify([detail]),
    }),
  )

test('a session policy is consented to in words, and refused, with JavaScript off', {
  skip,
  timeout: 120_000,
}, async (t) => {
  const context = await browser?.newContext({ javaScriptEnabled: false })
  assert.ok(context)
  context.setDefaultTimeout(120_000)
  t.after(() => context.close())
  const tab = await context.newPage()
  await ask(tab)
  await tab.getByLabel('User name').fill(server.admin.name)
  await tab.getByLabel('Password', { exact: true }).fill(server.admin.password)
  await press(tab, 'Continue')
  const code = authenticator((await tab.locator('#totp-secret').textContent()) ?? '')
  await enterCode(tab, await code(), false)
  await press(tab, 'I have saved them')

  const words = (await tab.locator('main').textContent()) ?? ''
  assert.match(words, /Notebook/)
  assert.match(words, /notes:GetNote/)
  assert.match(words, /handbook\//)
  await press(tab, 'Not now')
  assert.equal(app.returned()?.get('error'), 'access_denied')

  await ask(tab)
  await press(tab, 'Allow')
  assert.ok(app.returned()?.get('code'))
  const tokens = await app.tokens(server.url, { resource: notes })
  assert.deepEqual(tokens['authorization_details'], [detail])
  const claims = decodeJwt(String(tokens['access_token']))
  assert.equal(claims.aud, notes)
  assert.deepEqual(claims['authorization_details'], [detail])
})
