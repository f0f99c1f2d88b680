// The apps of a person on the account page, on the real server: whom each is shown to, where it leads, and what people of another
// account see.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call, type Params } from '../support/aws-call.ts'
import { runCommandHere } from '../support/command-line.ts'
import { type FormBrowser, formBrowser, type Seen } from '../support/form-browser.ts'
import { policy } from '../support/role-server.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import { storeEnv } from '../support/store.ts'
import { until as becomesTrue } from '../support/waiting.ts'

const client = (client_id: string, rest: object) => ({
  client_id,
  client_secret: `${client_id}-secret-of-more-than-32-characters`,
  redirect_uris: [`https://${client_id}.example/callback`],
  ...rest,
})
const config = {
  clients: [
    client('open', {
      client_name: 'Open wiki',
      initiate_login_uri: 'https://open.example/login?tenant=7&iss=https://elsewhere.example',
      client_uri: 'https://open.example/home',
      first_party: true,
    }),
    client('staff', {
      client_name: 'Payroll',
      client_uri: 'https://staff.example/',
      access: 'groups',
      access_groups: ['Staff'],
    }),
    client('ruled', { client_name: 'Ledger', client_uri: 'https://ruled.example/', access: 'policy' }),
    client('bare', { client_name: 'No address' }),
  ],
}
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const password = 'plum-orbit-9-lantern'
const timeout = 60_000

const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
/** Serves an image, and something that is none. */
const imageServer = createServer((request, response) =>
  response.end(request.url === '/logo.png' ? png : '<svg xmlns="http://www.w3.org/2000/svg"/>'),
)
let images = ''

let server: Running
before(async () => {
  await new Promise<void>((done) => imageServer.listen(0, '127.0.0.1', done))
  images = `http://127.0.0.1:${(imageServer.address() as AddressInfo).port}`
  server = await startServer({
    config: JSON.stringify(config),
    env: { CHANCERY_OUTBOUND_ALLOW: new URL(images).host },
  })
  const body = { secondFactor: 'optional' }
  assert.equal((await callAdmin(server.url, { method: 'PATCH', path: '/settings', body })).status, 200)
  await iam('CreateGroup', { GroupName: 'staff' })
})
after(async () => {
  imageServer.close()
  await server?.stop()
})

async function iam(action: string, params: Params, as = root): Promise<string> {
  const { status, text } = await call(server.url, as, 'iam', action, params)
  assert.equal(status, 200, text)
  return text
}

let people = 0
interface Somebody {
  readonly name: string
  readonly browser: FormBrowser
}

/** A new person who is signed in. @param given groups, and statements of their own policy */
async function person(
  given: { readonly groups?: readonly string[]; readonly statements?: readonly object[] } = {},
  as = root,
  account = accountId,
): Promise<Somebody> {
  const name = `person-${++people}`
  await iam('CreateUser', { UserName: name }, as)
  await iam('CreateLoginProfile', { UserName: name, Password: password }, as)
  for (const GroupName of given.groups ?? []) await iam('AddUserToGroup', { UserName: name, GroupName }, as)
  if (given.statements)
    await iam(
      'PutUserPolicy',
      { UserName: name, PolicyName: 'own', PolicyDocument: policy(...given.statements) },
      as,
    )
  const browser = formBrowser(server.url)
  const username = account === accountId ? name : `${account}/${name}`
  const home = await browser.submit(await browser.open('/sign-in'), { username, password })
  assert.equal(home.status, 200)
  return { name, browser }
}

const unescaped = (text: string): string => text.replaceAll('&amp;', '&')
/** Names and addresses of the tiles of a page. */
const tilesOf = ({ text }: Seen): readonly (readonly [name: string, href: string])[] =>
  [...text.matchAll(/<a class="app-tile" href="([^"]+)".*?<span class="app-name">([^<]*)</g)].map(
    ([, href = '', name = '']) => [name, unescaped(href)],
  )
const namesOn = (page: Seen): readonly string[] => tilesOf(page).map(([name]) => name)
const apps = ({ browser }: Somebody, query = '') => browser.get(`/account/apps${query}`)

/** Reads the page again until it holds: other workers learn of a change within a second. */
async function until(read: () => Promise<Seen>, holds: (names: readonly string[]) => boolean): Promise<void> {
  await becomesTrue('the page is as expected', async () => holds(namesOn(await read())))
}

async function create(body: object): Promise<void> {
  const made = await callAdmin(server.url, { method: 'POST', path: '/clients', body })
  assert.equal(made.status, 201, JSON.stringify(made.body))
}

test('each person has the apps that they may use and that have an address', { timeout }, async () => {
  const signIn = { Effect: 'Allow', Action: 'oidc:SignIn', Resource: '*' }
  const plain = await person()
  const staff = await person({ groups: ['staff'] })
  const ruled = await person({ statements: [signIn] })
  for (const [who, names] of [
    [plain, ['Open wiki']],
    [staff, ['Open wiki', 'Payroll']],
    [ruled, ['Ledger', 'Open wiki']],
  ] as const) {
    assert.deepEqual(namesOn(await apps(who)), names)
    assert.deepEqual(namesOn(await who.browser.get('/account')), names)
  }
})

test('a tile starts a sign-in with our issuer, and tells the app nothing of the person', {
  timeout,
}, async () => {
  const { browser, name } = await person()
  const [[, href = ''] = []] = tilesOf(await browser.get('/account'))
  const url = new URL(href)
  assert.equal(url.origin + url.pathname, 'https://open.example/login')
  assert.deepEqual(
    [...url.searchParams],
    [
      ['tenant', '7'],
      ['iss', server.url],
    ],
  )
  assert.ok(!href.includes(name))
  assert.match((await browser.get('/account')).text, /class="app-tile"[^>]* rel="noopener noreferrer"/)
})

test('a tile says when the person last signed in to it, and another person’s does not', {
  timeout,
}, async () => {
  const [one, other] = [await person(), await person()]
  const request = new URLSearchParams({
    client_id: 'open',
    redirect_uri: 'https://open.example/callback',
    response_type: 'code',
    scope: 'openid',
    state: 'x',
  })
  assert.doesNotMatch((await apps(one)).text, /last used/)
  let page = await one.browser.get(`/authorize?${request}`)
  for (let steps = 0; steps < 4 && page.location?.startsWith(server.url); steps++)
    page = await one.browser.get(page.location)
  assert.match(page.location ?? '', /^https:\/\/open\.example\/callback\?code=/)
  assert.match((await apps(one)).text, /last used <time/)
  assert.doesNotMatch((await apps(other)).text, /last used/)
})

test('an app of the store comes and goes with its creation, its pause and its end', { timeout }, async () => {
  const who = await person()
  const path = '/clients/board'
  const has = (names: readonly string[]): boolean => names.includes('Board')
  const read = () => apps(who)
  await create({
    client_id: 'board',
    client_name: 'Board',
    redirect_uris: ['https://board.example/cb'],
    client_uri: 'https://board.example/',
  })
  await until(read, has)
  const send = async (call: { method: string; path: string; body?: object }) => {
    const answer = await callAdmin(server.url, call)
    assert.ok(answer.status < 300, JSON.stringify(answer.body))
  }
  await send({ method: 'POST', path: `${path}/disable` })
  await until(read, (names) => !has(names))
  await send({ method: 'POST', path: `${path}/enable` })
  await until(read, has)
  await send({ method: 'PATCH', path, body: { client_uri: null } })
  await until(read, (names) => !has(names))
})

test('many apps are a page at a time, by name, and found by a part of the name', { timeout }, async () => {
  const who = await person()
  const made = Array.from({ length: 55 }, (_, at) => `Tool ${String(at).padStart(2, '0')}`)
  for (const client_name of made)
    await create({
      client_name,
      redirect_uris: ['https://tool.example/cb'],
      client_uri: 'https://tool.example/',
    })
  await until(
    () => apps(who, '?q=54'),
    (names) => names.length > 0,
  )
  const home = await who.browser.get('/account')
  assert.equal(tilesOf(home).length, 12)
  assert.match(home.text, /href="\/account\/apps"[^>]*>All apps</)
  const first = await apps(who, '?q=tOOL')
  assert.equal(tilesOf(first).length, 48)
  const [, next = ''] = /href="(\/account\/apps\?[^"]*cursor=[^"]*)"/.exec(first.text) ?? []
  const second = await who.browser.get(unescaped(next))
  assert.deepEqual([...namesOn(first), ...namesOn(second)], made)
  assert.doesNotMatch(second.text, /cursor=/)
  const other = await person()
  assert.equal((await other.browser.get(unescaped(next))).status, 400, 'a cursor of somebody else')
})

/** Whether the sign-in itself lets the person in to a client: the answer at `/authorize`, which is the rule. */
async function mayUse({ browser }: Somebody, clientId: string): Promise<boolean> {
  const request = new URLSearchParams({
    client_id: clientId,
    redirect_uri: `https://${clientId}.example/callback`,
    response_type: 'code',
    scope: 'openid',
    state: 'x',
  })
  const page = await browser.open(`/authorize?${request}`)
  return page.location !== undefined || page.text.includes('/allow"')
}

test('16: people of another account have exactly the apps that let them in, and no page of somebody else’s', {
  timeout,
}, async () => {
  const made = await callAdmin(server.url, {
    method: 'POST',
    path: '/accounts',
    body: { name: 'Acme', accessKey: true },
  })
  const { account, accessKeyId, secretAccessKey } = made.body
  const theirs = { accessKeyId, secretAccessKey }
  const body = { secondFactor: 'optional' }
  const settings = { method: 'PATCH', path: '/settings', body, credentials: theirs }
  assert.equal((await callAdmin(server.url, settings)).status, 200)
  const here = await person({ groups: ['staff'] })
  const there = await person({}, theirs, account.id)
  for (const who of [here, there]) {
    const names = [...namesOn(await apps(who, '?q=wiki')), ...namesOn(await apps(who, '?q=l'))]
    for (const [clientId, name] of [
      ['open', 'Open wiki'],
      ['staff', 'Payroll'],
      ['ruled', 'Ledger'],
    ] as const)
      assert.equal(names.includes(name), await mayUse(who, clientId), `${who.name} ${name}`)
  }
  assert.deepEqual(namesOn(await apps(there, '?q=payroll')), [])
  const [, next = ''] =
    /href="(\/account\/apps\?[^"]*cursor=[^"]*)"/.exec((await apps(here, '?q=tool')).text) ?? []
  assert.equal((await there.browser.get(unescaped(next))).status, 400)
})

test('an app that registered itself is on the page only of those who allowed it', { timeout }, async () => {
  const [one, other] = [await person(), await person()]
  const { out } = await runCommandHere(['registration-token'], {
    directory: server.dir,
    env: { CHANCERY_CONFIG: 'config.yaml', ...(await storeEnv(server.dir)) },
  })
  const redirect = 'https://own.example/cb'
  const registered = await fetch(`${server.url}/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${out.trim()}` },
    body: JSON.stringify({
      client_name: 'Payroll of somebody',
      redirect_uris: [redirect],
      initiate_login_uri: 'https://own.example/login',
    }),
  })
  const text = await registered.text()
  assert.equal(registered.status, 201, text)
  const { client_id } = JSON.parse(text)
  const code_challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
  const request = new URLSearchParams({
    client_id,
    redirect_uri: redirect,
    response_type: 'code',
    scope: 'openid',
    state: 'x',
    code_challenge,
    code_challenge_method: 'S256',
  })
  const asked = await one.browser.open(`/authorize?${request}`)
  assert.deepEqual(namesOn(await apps(one, '?q=somebody')), [])
  await one.browser.submit(asked, {}, '/allow')
  assert.deepEqual(namesOn(await apps(one, '?q=somebody')), ['Payroll of somebody'])
  assert.deepEqual(namesOn(await apps(other, '?q=somebody')), [])
})

test('the logo of an app comes from our own origin, to those who may use it, once it was fetched', {
  timeout,
}, async () => {
  const who = await person()
  const other = await person({ groups: ['staff'] })
  const base = { redirect_uris: ['https://logo.example/cb'], client_uri: 'https://logo.example/' }
  await create({ ...base, client_id: 'logo', client_name: 'Logo', logo_uri: `${images}/logo.png` })
  await create({ ...base, client_id: 'vector', client_name: 'Vector logo', logo_uri: `${images}/logo.svg` })
  await create({
    ...base,
    client_id: 'logo-staff',
    client_name: 'Staff logo',
    logo_uri: `${images}/logo.png`,
    access: 'groups',
    access_groups: ['staff'],
  })
  const path = '/account/apps/logo?app='
  const hasLogo = async (): Promise<boolean> => {
    const { text } = await apps(who, '?q=logo')
    assert.doesNotMatch(text, /<img[^>]* src="http/)
    return text.includes(`<img class="app-logo" src="${path}logo"`)
  }
  await becomesTrue('the page has the logo', hasLogo)
  const { text } = await apps(who, '?q=logo')
  assert.equal([...text.matchAll(/class="app-logo"/g)].length, 1)
  assert.equal([...text.matchAll(/class="app-tile"[^>]*><span class="monogram"/g)].length, 1)
  const logo = await who.browser.get(`${path}logo`)
  assert.equal(logo.status, 200)
  assert.equal(logo.headers.get('content-type'), 'image/png')
  assert.equal(logo.headers.get('x-content-type-options'), 'nosniff')
  assert.match(logo.headers.get('cache-control') ?? '', /^private, /)
  assert.equal((await other.browser.get(`${path}logo-staff`)).status, 200)
  for (const nothing of ['logo-staff', 'vector', 'open', 'no-such-app', '', '__proto__'])
    assert.equal((await who.browser.get(path + nothing)).status, 404, nothing)
  assert.equal((await formBrowser(server.url).get(`${path}logo`)).status, 303)
})

test('25: a logo at an address that outbound requests may not reach is not asked for', {
  timeout,
}, async (t) => {
  let asked = 0
  const inside = createServer((_, response) => {
    asked += 1
    response.end(png)
  })
  await new Promise<void>((done) => inside.listen(0, '127.0.0.1', done))
  t.after(() => inside.close())
  const who = await person()
  const logo_uri = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/logo.png`
  const uris = { redirect_uris: ['https://inside.example/cb'], client_uri: 'https://inside.example/' }
  await create({ ...uris, client_id: 'inside', client_name: 'Inside', logo_uri })
  await until(
    () => apps(who, '?q=inside'),
    (names) => names.length === 1,
  )
  // The answer to this request is the result of the fetch, which the page only started.
  assert.equal((await who.browser.get('/account/apps/logo?app=inside')).status, 404)
  assert.equal(asked, 0)
})

test('24: a hostile name or address is text, and an address that is not https is refused', {
  timeout,
}, async () => {
  const who = await person()
  const client_name = `zz"'><script>alert(1)</script>`
  const redirect_uris = ['https://evil.example/cb']
  for (const name of ['client_uri', 'initiate_login_uri', 'logo_uri'])
    for (const address of [
      'javascript:alert(1)',
      'data:text/html,x',
      'http://evil.example/',
      '//evil.example',
    ])
      assert.equal(
        (
          await callAdmin(server.url, {
            method: 'POST',
            path: '/clients',
            body: { client_name, redirect_uris, [name]: address },
          })
        ).status,
        400,
        `${name} ${address}`,
      )
  await create({ client_name, redirect_uris, client_uri: `https://evil.example/"'><img/src=x>` })
  await until(
    () => apps(who, '?q=zz'),
    (names) => names.length === 1,
  )
  const { text } = await apps(who, `?q=${encodeURIComponent(client_name)}`)
  assert.doesNotMatch(text, /<script>alert|<img/)
  assert.match(text, /zz&quot;|zz&#34;/)
})

test('22: without a session the page leads to the sign-in', { timeout }, async () => {
  const seen = await formBrowser(server.url).get('/account/apps')
  assert.equal(seen.status, 303)
})
