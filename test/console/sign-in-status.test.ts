// The first sign-in of an app, on the real server: it says what came until somebody signs in, and adds a redirect URI that came only when an
// administrator says so. A stranger can send any redirect URI in the name of any client (docs/attacks.md 1, 2, 24, 35).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call, type Params } from '../support/aws-call.ts'
import { configWithClient } from '../support/file-client.ts'
import { formBrowser, headingOf, type Seen, readableText as textOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { policy } from '../support/role-server.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'

let server: Running
let me: Enrolled
const timeout = 60_000

before(async () => {
  server = await startServer({ config: configWithClient('https://file.example/cb') })
  me = await enrol(server)
})
after(() => server?.stop())

const stateOf = ({ text }: Seen): string | undefined => /data-state="(\w+)"/.exec(text)?.[1]
const pageOf = (id: string) => me.browser.open(`/console/apps/${id}`)
const statusOf = (id: string) => me.browser.get(`/console/apps/${id}/sign-in-status`)
const addLink = (page: Seen): string =>
  /href="(\/console\/apps\/[^"]+\/redirects\/[^"]+)"/.exec(page.text)?.[1] ?? ''

let apps = 0
interface App {
  readonly id: string
  readonly secret: string
  readonly callback: string
}

async function newApp(rest: object = {}): Promise<App> {
  const id = `app-${++apps}`
  const callback = 'http://localhost:3000/callback'
  const body = { client_id: id, client_name: `App ${apps}`, redirect_uris: [callback], ...rest }
  const made = await callAdmin(server.url, { method: 'POST', path: '/clients', body })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return { id, secret: made.body.secret?.value ?? '', callback }
}

const requestOf = (id: string, redirect_uri: string, rest: Readonly<Record<string, string>> = {}): string =>
  `/authorize?${new URLSearchParams({ client_id: id, redirect_uri, response_type: 'code', scope: 'openid', state: 'x', ...rest })}`

/** As somebody without a session. */
const strangerSends = (id: string, redirect_uri: string, rest = {}) =>
  formBrowser(server.url).get(requestOf(id, redirect_uri, rest))

const redirectUris = async (id: string): Promise<readonly string[]> =>
  (await callAdmin(server.url, { path: `/clients/${id}` })).body.metadata.redirect_uris

/** The administrator signs in at the app. @returns the status of the token request */
async function signInAt({ id, secret, callback }: App, sent = secret): Promise<number> {
  let page = await me.browser.open(requestOf(id, callback))
  if (page.text.includes('/allow"')) page = await me.browser.submit(page, {}, '/allow')
  const code = new URL(page.location ?? '').searchParams.get('code') ?? ''
  const { status } = await fetch(`${server.url}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`${id}:${sent}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: callback }),
  })
  return status
}

test('it waits, says what came, and is green at the first sign-in', { timeout }, async () => {
  const app = await newApp()
  assert.equal(stateOf(await pageOf(app.id)), 'waiting')
  assert.equal(stateOf(await me.browser.open(`/console/apps/${app.id}/connect`)), 'waiting')

  assert.equal((await strangerSends(app.id, 'http://localhost:3001/callback')).status, 400)
  const refused = await pageOf(app.id)
  assert.equal(stateOf(refused), 'refused')
  assert.match(
    textOf(refused),
    /http:\/\/localhost:3001\/callback came, http:\/\/localhost:3000\/callback is registered\./,
  )
  assert.match(textOf(refused), /UTC ?, from (127\.0\.0\.1|::1)\. Add it Anybody can send such requests/)

  assert.equal(await signInAt(app, 'another-secret'), 401)
  assert.match(textOf(await statusOf(app.id)), /The app did not prove itself: its secret is another one/)

  assert.equal(await signInAt(app), 200)
  const works = await statusOf(app.id)
  assert.equal(stateOf(works), 'works')
  assert.equal(works.headers.get('cache-control'), 'no-store')
  assert.equal(works.headers.get('x-frame-options'), 'DENY')
  assert.match(works.headers.get('content-security-policy') ?? '', /script-src 'self';/)
  assert.match(textOf(works), /People sign in to it, the last one \d/)
})

test('a redirect URI that came is added by the administrator’s click alone, and then works', {
  timeout,
}, async () => {
  const app = await newApp()
  const came = 'http://localhost:3001/callback'
  await strangerSends(app.id, came)
  const link = addLink(await pageOf(app.id))
  assert.deepEqual(await redirectUris(app.id), [app.callback], 'nothing is added by what came')
  const question = await me.browser.open(link)
  assert.equal(headingOf(question), 'Add a redirect URI?')
  assert.match(textOf(question), /also return to http:\/\/localhost:3001\/callback/)
  assert.deepEqual(await redirectUris(app.id), [app.callback], 'nothing is added by the question')
  assert.equal((await me.browser.post(link, {})).status, 403, 'without the token of the form')
  const elsewhere = await me.browser.send(question, {}, link, { Origin: 'https://evil.example' })
  assert.equal(elsewhere.status, 403)
  assert.deepEqual(await redirectUris(app.id), [app.callback])
  const done = await me.browser.submit(question, {}, link)
  assert.match(textOf(done), /The redirect URI was added/)
  assert.deepEqual(await redirectUris(app.id), [app.callback, came])
  assert.match(textOf(done), /It is registered now\./)
  assert.equal((await strangerSends(app.id, came)).status, 303)
  const change = (await entriesOf(server)).find(
    ({ action, resource }) => action === 'chancery:UpdateClient' && resource?.endsWith(`client/${app.id}`),
  )
  assert.match(change?.who ?? '', /:user\/admin$/)
})

test('a redirect URI of another host is pointed out', { timeout }, async () => {
  const app = await newApp()
  await strangerSends(app.id, 'https://evil.example/callback')
  const question = await me.browser.open(addLink(await pageOf(app.id)))
  assert.match(textOf(question), /No registered redirect URI is at evil\.example\./)
})

// biome-ignore format: a table
const unusable: readonly (readonly [uri: string, why: RegExp])[] = [
  ['javascript:alert(1)', /It cannot be registered: it must not use javascript:/],
  ['data:text/html,x', /It cannot be registered/],
  ['http://app.example/cb', /it must be https unless it is loopback/],
  ['https://good.example@evil.example/cb', /it must not name a user/],
  ['https://app.example/cb#x', /it must not have a fragment/],
  ['https://*.example/cb', /it must not hold spaces, backslashes or wildcards/],
  ['https:\\\\app.example\\cb', /It cannot be registered/],
  [`https://app.example/"'><img src=x onerror=alert(1)>`, /cannot be shown/],
  [`https://app.example/"'><img/src=x/onerror=alert(1)>`, /came, http:\/\/localhost:3000/],
  ['//app.example/cb', /It cannot be registered/],
  ['nonsense', /It cannot be registered/],
  [`https://app.example/${'x'.repeat(600)}`, /cannot be shown/],
  ['https://app.example/\u202ebc', /cannot be shown/],
  ['https://app.example/\ncb', /cannot be shown/],
]
for (const [uri, why] of unusable)
  test(`24: what a stranger sends is text, and offered only when it could be registered: ${JSON.stringify(uri).slice(0, 60)}`, {
    timeout,
  }, async () => {
    const app = await newApp()
    await strangerSends(app.id, uri)
    const page = await pageOf(app.id)
    assert.equal(stateOf(page), 'refused')
    assert.doesNotMatch(page.text, /<img|<script>|\u202e/)
    assert.match(textOf(page).replaceAll('&quot;', '"'), why)
    const offered = addLink(page) !== ''
    assert.equal(offered, uri.includes('<img/'), 'a URL with quotes is an odd but valid one')
    assert.deepEqual(await redirectUris(app.id), [app.callback])
  })

test('a client of the file and a disabled one are not offered anything', { timeout }, async () => {
  await strangerSends('of-file', 'https://file.example/other')
  const page = await pageOf('of-file')
  assert.match(textOf(page), /comes from the configuration file: add it there/)
  assert.equal(addLink(page), '')
  const app = await newApp()
  await callAdmin(server.url, { method: 'POST', path: `/clients/${app.id}/disable` })
  assert.equal(stateOf(await pageOf(app.id)), undefined)
  assert.equal((await statusOf(app.id)).status, 404)
})

test('only the entry of a refused request of this app can be added from', { timeout }, async () => {
  const [app, other] = [await newApp(), await newApp()]
  await strangerSends(other.id, 'https://evil.example/cb')
  const entries = await entriesOf(server)
  const ofOther =
    addLink(await pageOf(other.id))
      .split('/')
      .at(-1) ?? ''
  const ofElse = entries.find(({ action }) => action === 'chancery:CreateClient')?.id ?? ''
  for (const entry of [
    ofOther,
    ofElse,
    'nothing',
    encodeURIComponent('https://evil.example/cb'),
    '__proto__',
  ]) {
    const path = `/console/apps/${app.id}/redirects/${entry}`
    assert.equal((await me.browser.open(path)).status, 404, entry)
    const form = await me.browser.open(`/console/apps/${other.id}/redirects/${ofOther}`)
    const text = form.text.replaceAll(`/console/apps/${other.id}/redirects/${ofOther}`, path)
    const sent = await me.browser.send({ ...form, text }, {}, path)
    assert.equal(sent.status, 404, entry)
  }
  assert.deepEqual(await redirectUris(app.id), [app.callback])
})

test('what was changed since the question was asked is not overwritten', { timeout }, async () => {
  const app = await newApp()
  await strangerSends(app.id, 'http://localhost:3001/callback')
  const link = addLink(await pageOf(app.id))
  const question = await me.browser.open(link)
  const body = { redirect_uris: ['https://new.example/cb'] }
  assert.equal(
    (await callAdmin(server.url, { method: 'PATCH', path: `/clients/${app.id}`, body })).status,
    200,
  )
  assert.equal((await me.browser.send(question, {}, link)).status, 422)
  assert.deepEqual(await redirectUris(app.id), ['https://new.example/cb'])
})

test('an error that no app is to blame for is not recorded', { timeout }, async () => {
  const app = await newApp()
  const silent = await strangerSends(app.id, app.callback, { prompt: 'none' })
  assert.match(silent.location ?? '', /error=login_required/)
  assert.equal(stateOf(await pageOf(app.id)), 'waiting')
  await strangerSends('no-such-client', 'https://evil.example/cb')
  assert.equal(
    (await entriesOf(server)).some(({ resource }) => resource === 'client/no-such-client'),
    false,
  )
})

test('who may see the app but not the trail is told so, and who may not change the app gets no link', {
  timeout,
}, async () => {
  const app = await newApp()
  await strangerSends(app.id, 'http://localhost:3001/callback')
  const body = { secondFactor: 'optional' }
  assert.equal((await callAdmin(server.url, { method: 'PATCH', path: '/settings', body })).status, 200)
  const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const statusFor = async (name: string, Action: readonly string[]): Promise<Seen> => {
    const iam = async (action: string, params: Params) =>
      assert.equal((await call(server.url, root, 'iam', action, params)).status, 200, action)
    const PolicyDocument = policy({ Effect: 'Allow', Action, Resource: '*' })
    await iam('CreateUser', { UserName: name })
    await iam('CreateLoginProfile', { UserName: name, Password: 'plum-orbit-9-lantern' })
    await iam('PutUserPolicy', { UserName: name, PolicyName: 'own', PolicyDocument })
    const browser = formBrowser(server.url)
    const form = { username: name, password: 'plum-orbit-9-lantern' }
    await browser.submit(await browser.open('/sign-in'), form)
    return browser.get(`/console/apps/${app.id}/sign-in-status`)
  }
  const blind = await statusFor('blind', ['chancery:GetClient'])
  assert.equal(stateOf(blind), 'denied')
  assert.doesNotMatch(blind.text, /3001/)
  assert.match(textOf(blind), /ListAuditEntries/)
  const reader = await statusFor('reader', ['chancery:GetClient', 'chancery:ListAuditEntries'])
  assert.match(textOf(reader), /3001\/callback came/)
  assert.equal(addLink(reader), '')
  assert.match(textOf(reader), /You may not do chancery:UpdateClient/)
  assert.equal((await statusFor('nobody', ['chancery:ListAuditEntries'])).status, 403)
})

test('16, 22: nobody reads the status without a session, without the right, or from another account', {
  timeout,
}, async () => {
  const app = await newApp()
  const path = `/console/apps/${app.id}/sign-in-status`
  assert.equal((await formBrowser(server.url).get(path)).status, 303)
  const made = await callAdmin(server.url, { method: 'POST', path: '/accounts', body: { name: 'Acme' } })
  const { url } = made.body
  const theirs = formBrowser(server.url)
  const password = 'staple battery wonder'
  const link = url.slice(server.url.length)
  const enrolment = await theirs.submit(
    await theirs.open(link),
    { password, again: password },
    '/sign-in/link',
  )
  const seed = /secret=([A-Z2-7]+)/.exec(enrolment.text)?.[1] ?? ''
  const { authenticator } = await import('../support/person.ts')
  await theirs.submit(await theirs.send(enrolment, { code: await authenticator(seed)() }), {})
  assert.equal((await theirs.open('/console')).status, 200)
  await strangerSends(app.id, 'http://localhost:3001/callback')
  const entry = addLink(await pageOf(app.id))
  for (const address of [path, `/console/apps/${app.id}`, entry]) {
    const { status, text } = await theirs.open(address)
    assert.ok(status === 404 || status === 403, `${address}: ${status}`)
    assert.ok(!text.includes('localhost:3001'))
  }
})

test('35: what one address can leave in the trail is bounded, and reading the status leaves nothing', {
  timeout: 120_000,
}, async () => {
  const app = await newApp()
  const count = async () =>
    (await entriesOf(server)).filter(
      ({ action, outcome, resource }) =>
        action === 'oidc:Authorize' && outcome === 'refused' && resource === `client/${app.id}`,
    ).length
  for (let sent = 0; sent < 90; sent++) await strangerSends(app.id, `https://evil.example/${sent}`)
  const kept = await count()
  // The burst of an address is 60 entries, of which earlier tests took some.
  assert.ok(kept < 62, String(kept))
  const page = await pageOf(app.id)
  assert.ok([...page.text.matchAll(/ came, /g)].length <= 3)
  for (let read = 0; read < 5; read++) assert.equal((await statusOf(app.id)).status, 200)
  const reads = (await entriesOf(server)).filter(
    ({ action, resource = '' }) =>
      (action === 'chancery:GetClient' && resource.endsWith(`client/${app.id}`)) ||
      action === 'chancery:ListAuditEntries',
  )
  assert.ok(reads.length <= 1, 'the page has an entry, each look at the status has none')
})
