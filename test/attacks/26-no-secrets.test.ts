// attacks.md 26: secrets in answers, logs, error pages and the store's file (authentik CVE-2026-40166); what is for
// operators, open to strangers.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Browser, basic, codeFor, post } from '../oidc/browser.ts'
import { atSecondFactor, authenticator } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'

const clientSecret = 'the-secret-of-the-client'
const redirect_uri = 'https://app.example/cb'
let server: Running
/** Everything that must be seen nowhere but in the one answer that gives it. */
const secrets = new Map<string, string>()
const answers: { readonly what: string; readonly text: string }[] = []

before(async () => {
  server = await startServer({
    config: `clients:
  - client_id: app
    client_secret: ${clientSecret}
    redirect_uris: ['${redirect_uri}']
    first_party: true
`,
  })
  secrets.set('client secret', clientSecret)
  secrets.set('password', server.admin.password)
  secrets.set('root key', server.rootKey.secret)
  await signIn()
})
after(() => server.stop())

async function signIn(): Promise<void> {
  const { browser, page } = await atSecondFactor(server)
  const seed = /secret=([A-Z2-7]+)/.exec(page.text)?.[1] ?? ''
  const shown = await browser.send(page, { code: await authenticator(seed)() })
  const recovery = /<li><code>([^<]+)<\/code><\/li>/.exec(shown.text)?.[1] ?? ''
  await browser.submit(shown, {})
  secrets.set('seed', seed).set('recovery code', recovery)
  const other = new Browser(server.url)
  other.cookies = [...browser.cookies.values()].map((kept) => kept as (typeof other.cookies)[number])
  const { code, verifier } = await codeFor(other, { client_id: 'app', redirect_uri })
  const session = other.cookies.find(({ name }) => name === 'chancery-session')?.value ?? ''
  secrets.set('code', code).set('verifier', verifier).set('session', session)
  const redeem = () =>
    post(
      `${server.url}/token`,
      { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri },
      basic('app', clientSecret),
    )
  const { body } = await redeem()
  for (const name of ['access_token', 'refresh_token', 'id_token']) secrets.set(name, String(body[name]))
  for (const [name, value] of secrets) assert.ok(value.length > 7, name)
  for (const path of ['/account', '/account/authenticator/add', '/account/password', '/sign-out'])
    answers.push({ what: path, text: (await browser.open(path)).text })
  answers.push({ what: 'a code redeemed twice', text: JSON.stringify(await redeem()) })
}

const nowhere = (what: string, text: string, except: readonly string[] = []): void => {
  for (const [name, value] of secrets)
    if (!except.includes(name)) assert.ok(!text.includes(value), `${what} holds the ${name}`)
}

test('26: no page and no refusal repeats a secret', async () => {
  const { browser, page } = await atSecondFactor(server)
  const wrong = { client_id: 'app', client_secret: `${clientSecret}-wrong`, grant_type: 'client_credentials' }
  answers.push({ what: 'the code page', text: page.text })
  answers.push({
    what: 'a wrong code',
    text: (await browser.send(page, { code: secrets.get('seed') ?? '' })).text,
  })
  for (const form of [
    wrong,
    { ...wrong, grant_type: secrets.get('password') ?? '' },
    { token: secrets.get('access_token') ?? '' },
  ]) {
    const answer = await fetch(`${server.url}/token`, { method: 'POST', body: new URLSearchParams(form) })
    answers.push({
      what: JSON.stringify(Object.keys(form)),
      text: (await answer.text()) + [...answer.headers],
    })
  }
  for (const { what, text } of answers) nowhere(what, text)
})

test('26: the client’s secret and stacks are in no error, whatever is sent', async () => {
  for (const path of [
    '/authorize?client_id=app',
    '/sign-in/x',
    '/device',
    '/logout?id_token_hint=x',
    '/nothing',
  ]) {
    const text = await (await fetch(server.url + path, { headers: { accept: 'text/html' } })).text()
    nowhere(path, text)
    assert.doesNotMatch(text, /node_modules|\.ts:\d|at \w+ \(|Error:/, path)
  }
})

test('26: neither the screen nor the audit trail holds one', async () => {
  nowhere('the screen', server.output())
  nowhere('the trail', JSON.stringify(await entriesOf(server)))
})

test('26: a stolen store file opens nothing', () => {
  const data = join(server.dir, 'data')
  const files = readdirSync(data, { withFileTypes: true }).filter((one) => one.isFile())
  for (const { name } of files.filter((one) => one.name !== 'root-credentials')) {
    const bytes = readFileSync(join(data, name)).toString('latin1')
    nowhere(name, bytes, name.endsWith('.yaml') ? ['client secret'] : [])
  }
})

test('26: there is no debug page, metrics or list without authentication', async () => {
  for (const path of [
    '/metrics',
    '/debug',
    '/debug/pprof',
    '/.env',
    '/data/chancery.db',
    '/keys',
    '/status',
    '/config.yaml',
  ])
    assert.ok([401, 403, 404].includes((await fetch(server.url + path)).status), path)
})
