// The browser app of docs/apps.md, run as written in a real Chromium from an origin of its own; and what browsers ask of the
// endpoints before they send a request of such a page.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { resolve } from 'node:path'
import { after, before, test } from 'node:test'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { launchBrowser } from '../../support/browser.ts'
import { blockOf, textOf } from './page.ts'
import { openStage, type Stage } from './stage.ts'

const { browser, skip } = await launchBrowser()
const title = 'Browser apps'
const library = readFileSync(
  resolve(import.meta.dirname, '../../../node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js'),
)

let stage: Stage
let pages: Server
/** The script of the page that is served now. */
let script = ''
before(
  async () => {
    stage = await openStage()
    pages = createServer((request, response) => {
      if (request.url === '/oidc-client-ts.js')
        return response.setHeader('Content-Type', 'text/javascript').end(library)
      response.setHeader('Content-Type', 'text/html')
      if (request.method !== 'POST')
        return response.end(
          `<!doctype html><title>Wiki</title><body><script src="/oidc-client-ts.js"></script><script type="module">${script}</script>`,
        )
      let body = ''
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      return request.on('end', () => response.end(`<!doctype html><title>Wiki</title><pre>${body}</pre>`))
    })
    await new Promise<void>((done) =>
      pages.listen(Number(new URL(stage.originOf(title)).port), 'localhost', done),
    )
  },
  { timeout: 60_000 },
)
after(async () => {
  await browser?.close()
  pages?.close()
  await stage?.close()
})

interface Tab {
  readonly tab: Page
  /** Path and status of every preflight that the browser sent. */
  readonly preflights: readonly (readonly [path: string, status: number])[]
}

let context: BrowserContext | undefined
/** A tab of the browser that the person is signed in with. */
async function openTab(): Promise<Tab> {
  context ??= await signedIn()
  const tab = await context.newPage()
  const preflights: [string, number][] = []
  const protocol = await context.newCDPSession(tab)
  await protocol.send('Network.enable')
  protocol.on('Network.responseReceived', ({ type, response }) => {
    if (type === 'Preflight') preflights.push([new URL(response.url).pathname, response.status])
  })
  return { tab, preflights }
}

async function signedIn(): Promise<BrowserContext> {
  const made = await browser?.newContext()
  assert.ok(made)
  made.setDefaultTimeout(15_000)
  await made.addCookies(
    [...stage.person.browser.cookies].map(([key, { value, path }]) => ({
      name: key.split(' ')[0] ?? '',
      value,
      path,
      domain: new URL(stage.server.url).hostname,
    })),
  )
  return made
}

/** Waits for what the app shows; allows what our pages ask for on the way. */
async function shown(tab: Page, what: Locator): Promise<void> {
  const allow = tab.getByRole('button', { name: 'Allow' })
  await allow.or(what).first().waitFor()
  if (await allow.isVisible()) await allow.click()
  await what.waitFor()
}

test('a page of another origin signs a person in and reads userinfo with its bearer token', {
  skip,
  timeout: 60_000,
}, async () => {
  script = stage.placed(title, blockOf(title, 'js'))
  const { tab, preflights } = await openTab()
  await tab.goto(stage.originOf(title))
  await shown(tab, tab.getByText('admin', { exact: true }))
  assert.deepEqual(preflights, [['/userinfo', 204]])
})

/** Reads userinfo with the user's DPoP token and shows the status. */
const readUserinfo = (url: string) => `
if (user) {
  const headers = { Authorization: 'DPoP ' + user.access_token, DPoP: await users.dpopProof('${url}', user) }
  const { status } = await fetch('${url}', { headers })
  document.body.append(Object.assign(document.createElement('output'), { textContent: String(status) }))
}`
test('the same with tokens bound to a key of the browser (DPoP)', { skip, timeout: 60_000 }, async () => {
  const [, dpop = ''] = /`(dpop: \{[^`]*\})`/.exec(textOf(title)) ?? []
  const block = blockOf(title, 'js').replace('loadUserInfo: true', dpop)
  script = `${stage.placed(title, block)}${readUserinfo(`${stage.server.url}/userinfo`)}`
  const { tab, preflights } = await openTab()
  await tab.goto(stage.originOf(title))
  await shown(tab, tab.locator('output'))
  assert.equal(await tab.locator('output').textContent(), '200')
  assert.deepEqual(preflights, [
    ['/token', 204],
    ['/userinfo', 204],
  ])
})

test('the response mode form_post reaches the app from a real browser', {
  skip,
  timeout: 60_000,
}, async () => {
  script = ''
  const { tab } = await openTab()
  const request = new URLSearchParams({
    client_id: 'spa',
    redirect_uri: `${stage.originOf(title)}/callback`,
    response_type: 'code',
    response_mode: 'form_post',
    scope: 'openid profile',
    state: 'state-of-the-app',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  await tab.goto(`${stage.server.url}/authorize?${request}`)
  await shown(tab, tab.locator('pre'))
  const text = await tab.locator('pre').textContent()
  assert.match(text ?? '', /^code=[\w-]+&state=state-of-the-app/)
})
