// A new app in the console, on the real server: what it is, its client, and its lines with the values in them.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { guessKind, kindGroups } from '../../src/console/apps/kinds/kinds.ts'
import { callAdmin } from '../admin/call.ts'
import { configWithClient } from '../support/file-client.ts'
import { decoded, headingOf, type Seen } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let me: Enrolled
const timeout = 60_000

before(async () => {
  server = await startServer({ config: configWithClient('https://g.example/login/generic_oauth') })
  me = await enrol(server)
})
after(() => server?.stop())

/** The texts that a page shows to be copied. */
const linesOn = ({ text }: Seen): readonly string[] =>
  [...text.matchAll(/<pre class="source" id="lines-\d+"[^>]*><code>([\s\S]*?)<\/code>/g)].map(
    ([, lines = '']) => decoded(lines),
  )
const variable = (page: Seen, name: string): string =>
  new RegExp(`^(?:.*<code>)?${name}=([\\w.~-]+)`, 'm').exec(page.text)?.[1] ?? ''

async function make(kind: string, fields: Readonly<Record<string, string>>): Promise<Seen> {
  const form = await me.browser.open(`/console/apps/new?kind=${kind}`)
  return me.browser.send(form, { access: 'everyone', ...fields }, '/console/apps/new')
}

test('the first page has every kind, and each has a form', { timeout }, async () => {
  const page = await me.browser.open('/console/apps/new')
  const kinds = kindGroups.flatMap(([, all]) => all)
  for (const { id, title, label = title } of kinds) {
    assert.ok(page.text.includes(`href="/console/apps/new?kind=${id}"><span class="strong">${label}<`), id)
    const form = await me.browser.open(`/console/apps/new?kind=${id}`)
    assert.equal(headingOf(form), `New app: ${label}`)
    assert.ok(form.text.includes(`name="kind" value="${id}"`))
  }
  for (const nothing of ['', 'constructor', '__proto__', '"><script>'])
    assert.equal(
      headingOf(await me.browser.open(`/console/apps/new?kind=${encodeURIComponent(nothing)}`)),
      'New app',
    )
})

test('the lines of a new app have its values, and its secret this once', { timeout }, async () => {
  const made = await make('grafana', {
    client_name: 'Dashboards',
    redirect_uris: 'https://g.corp.example/grafana/login/generic_oauth',
  })
  assert.equal(headingOf(made), 'Copy the secret now', made.text)
  const [id, secret] = [variable(made, 'OIDC_CLIENT_ID'), variable(made, 'OIDC_CLIENT_SECRET')]
  const [ini = ''] = linesOn(made)
  for (const line of [
    'root_url = https://g.corp.example/grafana',
    `client_id = ${id}`,
    `client_secret = ${secret}`,
    `token_url = ${server.url}/token`,
  ])
    assert.ok(ini.split('\n').includes(line), ini)
  const { body } = await callAdmin(server.url, { path: `/clients/${id}` })
  assert.equal(body.metadata.client_uri, 'https://g.corp.example/grafana/')
  // The kind is guessed from the callback when it is not named.
  for (const query of ['', '?kind=grafana']) {
    const later = await me.browser.open(`/console/apps/${id}/connect${query}`)
    assert.ok(!later.text.includes(secret))
    assert.deepEqual(linesOn(later), [ini.replace(secret, 'your-client-secret')])
  }
})

test('the secrets that an app makes for its sessions are another one for each', { timeout }, async () => {
  const cookieSecret = async (name: string) => {
    const made = await make('oauth2-proxy', {
      client_name: name,
      redirect_uris: 'https://wiki.corp.example/oauth2/callback',
    })
    const [, secret = ''] = /^cookie_secret = "([\w-]+)"$/m.exec(linesOn(made)[0] ?? '') ?? []
    // As oauth2-proxy requires: 16, 24 or 32 bytes, as they are or in base64.
    assert.equal(secret.length, 32)
    return secret
  }
  assert.notEqual(await cookieSecret('One'), await cookieSecret('Two'))
})

test('a kind with a second client gets both; when the second cannot be made, the page says so', {
  timeout,
}, async () => {
  const fields = { client_name: 'Argo', redirect_uris: 'https://argo.corp.example/auth/callback' }
  const made = await make('argo-cd', { ...fields, client_id: 'argo' })
  assert.equal(made.status, 200, made.text)
  assert.match(linesOn(made)[0] ?? '', /clientID: argo\n[\s\S]*cliClientID: argo-cli\n/)
  const { body } = await callAdmin(server.url, { path: '/clients/argo-cli' })
  assert.equal(body.metadata.token_endpoint_auth_method, 'none')
  assert.deepEqual(body.metadata.redirect_uris, ['http://localhost:8085/auth/callback'])
  assert.equal((await callAdmin(server.url, { method: 'DELETE', path: '/clients/argo' })).status, 204)
  const again = await make('argo-cd', { ...fields, client_id: 'argo' })
  assert.equal(headingOf(again), 'Copy the secret now')
  assert.match(decoded(again.text), /The second client argo-cli was not made: /)
  const taken = await make('argo-cd', { ...fields, client_id: 'argo' })
  assert.equal(taken.status, 422)
  assert.ok(
    taken.text.includes('>\nhttps://argo.corp.example/auth/callback</textarea>'),
    'what was typed is kept',
  )
})

test('a public kind has no secret, a native one is native, and fixed callbacks are there already', {
  timeout,
}, async () => {
  const form = await me.browser.open('/console/apps/new?kind=kubernetes')
  assert.ok(form.text.includes('>\nhttp://localhost:8000\nhttp://localhost:18000</textarea>'))
  const kubernetes = await make('kubernetes', {
    client_name: 'Cluster',
    redirect_uris: 'http://localhost:8000\nhttp://localhost:18000',
  })
  assert.equal(headingOf(kubernetes), 'The app is ready', kubernetes.text)
  assert.equal(linesOn(kubernetes).length, 2)
  const mobile = await make('mobile', { client_name: 'Phone', redirect_uris: 'org.corp.phone:/callback' })
  assert.equal(headingOf(mobile), 'The app is ready', mobile.text)
  const { body } = await callAdmin(server.url, { path: `/clients/${variable(mobile, 'OIDC_CLIENT_ID')}` })
  assert.equal(body.metadata.application_type, 'native')
  assert.ok(linesOn(mobile).every((lines) => lines.includes('org.corp.phone:/callback')))
})

test('a callback that the product does not send is pointed out', { timeout }, async () => {
  const made = await make('grafana', { client_name: 'Odd', redirect_uris: 'https://g.corp.example/cb' })
  assert.match(
    decoded(made.text),
    /Grafana sends https:\/\/grafana\.example\.com\/login\/generic_oauth as a rule/,
  )
  assert.match(linesOn(made)[0] ?? '', /root_url = https:\/\/g\.corp\.example\n/)
})

test('24: what is hostile in a callback or name is neither in the lines nor markup', {
  timeout,
}, async () => {
  const callback = `https://g.corp.example/$(id)/'x'/login/generic_oauth`
  const made = await make('grafana', { client_name: '<img src=x onerror=alert(1)>', redirect_uris: callback })
  assert.equal(headingOf(made), 'Copy the secret now', made.text)
  assert.doesNotMatch(made.text, /<img/)
  assert.doesNotMatch(linesOn(made).join(''), /\$\(id\)/)
  assert.match(linesOn(made)[0] ?? '', /root_url = https:\/\/grafana\.example\.com\n/)
  assert.match(decoded(made.text), /characters that need quoting/)
})

test('the lines of a client of the configuration file are shown, without its secret', {
  timeout,
}, async () => {
  assert.equal(guessKind(['https://g.example/login/generic_oauth'])?.id, 'grafana')
  const page = await me.browser.open('/console/apps/of-file/connect')
  assert.match(linesOn(page)[0] ?? '', /client_secret = your-client-secret\n/)
  assert.ok(!page.text.includes('of-file-secret'))
})

test('a program that signs nobody in has no callback, and its lines get a token', { timeout }, async () => {
  const form = await me.browser.open('/console/apps/new?kind=machine')
  assert.doesNotMatch(form.text, /name="(?:redirect_uris|access)"/)
  assert.match(form.text, /name="client_name"[^>]* value=""/)
  const made = await me.browser.send(form, { client_name: 'Reports' }, '/console/apps/new')
  assert.equal(headingOf(made), 'Copy the secret now', made.text)
  const [id, secret] = [variable(made, 'OIDC_CLIENT_ID'), variable(made, 'OIDC_CLIENT_SECRET')]
  const [curl = ''] = linesOn(made)
  const { stdout } = await promisify(execFile)('sh', ['-c', curl])
  assert.equal(JSON.parse(stdout).token_type, 'Bearer', stdout)
  const { body } = await callAdmin(server.url, { path: `/clients/${id}` })
  assert.deepEqual(body.metadata.grant_types, ['client_credentials'])
  const later = await me.browser.open(`/console/apps/${id}/connect`)
  assert.deepEqual(linesOn(later)[0], curl.replace(secret, 'your-client-secret'))
  const page = await me.browser.open(`/console/apps/${id}`)
  assert.match(page.text, /To get tokens/)
  assert.doesNotMatch(page.text, /To sign people in|Who may use it/)
})
