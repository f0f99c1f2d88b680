// Identity providers, an application and a browser for the tests of federated sign-in. The providers are independent servers
// that the test starts.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { parse } from 'yaml'
import { launchBrowser } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { type Running, startServer } from '../support/server.ts'
import { type OpenIdUpstream, startOpenIdUpstream } from '../support/upstreams/openid-upstream.ts'
import { openRelyingParty, type RelyingParty } from './relying-party.ts'

const { browser, skip } = await launchBrowser()

export { skip }
export const close = async (): Promise<void> => browser?.close()

export const heading = (tab: Page) => tab.locator('h1').textContent()
export const press = (tab: Page, name: string) => tab.getByRole('button', { name }).click()
export const follow = (tab: Page, name: string) => tab.getByRole('link', { name }).click()

export interface Opened {
  readonly app: RelyingParty
  readonly server: Running
  readonly tab: Page
}

interface Plan {
  readonly port: number
  /** An entry of `identity_providers:`; JSON is YAML. */
  readonly providers: readonly object[]
  readonly allow: string
}

export async function open(t: TestContext, { port, providers, allow }: Plan): Promise<Opened> {
  const app = await openRelyingParty({ firstParty: true })
  const server = await startServer({
    config: `${app.settings}identity_providers: ${JSON.stringify(providers)}\n`,
    env: { CHANCERY_PORT: String(port), CHANCERY_OUTBOUND_ALLOW: allow },
  })
  const context = await browser?.newContext()
  assert.ok(context)
  context.setDefaultTimeout(120_000)
  t.after(async () => {
    await context.close()
    app.close()
    await server.stop()
  })
  return { app, server, tab: await context.newPage() }
}

const pages = readFileSync(resolve(import.meta.dirname, '../../docs/identity-providers.md'), 'utf8')

interface Entry {
  readonly sign_in: object
}

/** The entry that the documentation of a kind shows, as written, but for the provider it talks to. */
export function entryOf(page: string, where: object, signIn: object): Entry {
  const section = pages.split(`## ${page}\n`)[1]?.split('\n## ')[0] ?? ''
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(section) ?? []
  const [entry] = (parse(text) as { readonly identity_providers: readonly Entry[] }).identity_providers
  assert.ok(entry, `the documentation has no page on ${page}`)
  return { ...entry, ...where, sign_in: { ...entry.sign_in, ...signIn } }
}

export const ofClient = ({
  client,
}: {
  readonly client: { readonly id: string; readonly secret: string }
}) => ({
  client_id: client.id,
  client_secret: client.secret,
})

export const openIdEntry = (up: OpenIdUpstream, signIn: object = {}) =>
  entryOf('OpenID Connect', { url: up.issuer }, { ...ofClient(up), ...signIn })

export async function withOpenId(
  t: TestContext,
  signIn: object = {},
): Promise<Opened & { up: OpenIdUpstream }> {
  const port = await freePort()
  const up = await startOpenIdUpstream({
    redirectUris: [`http://localhost:${port}/federation/corp/callback`],
    postLogoutRedirectUris: [`http://localhost:${port}/signed-out`],
  })
  t.after(() => up.close())
  const fixture = await open(t, { port, providers: [openIdEntry(up, signIn)], allow: up.host })
  return { ...fixture, up }
}

export async function logInThere(
  tab: Page,
  { login, password }: { readonly login: string; readonly password: string },
) {
  await tab.locator('[name=login]').fill(login)
  await tab.locator('[name=password]').fill(password)
  await tab.locator('[name=password]').press('Enter')
}

export const atApplication = 'Back at the application'

export async function signInWithCorp({
  tab,
  app,
  server,
  up,
}: Opened & { up: OpenIdUpstream }): Promise<void> {
  await tab.goto(app.startAt(server.url))
  await follow(tab, 'Continue with Corp')
  const [ada] = up.accounts
  assert.ok(ada)
  await logInThere(tab, ada)
}
