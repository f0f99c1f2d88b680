// Web apps behind sign-in: the contract of each proxy, and the files of docs/deploy/forward-auth/ run by real proxies.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { compile, policySet } from '../../src/policy/engine/compile.ts'
import { decide } from '../../src/policy/engine/decide.ts'
import { callAdmin } from '../admin/call.ts'
import { authProxies, startAuthProxy } from '../support/auth-proxy.ts'
import { type FormBrowser, formBrowser } from '../support/form-browser.ts'
import { freePort } from '../support/free-port.ts'
import { lacking } from '../support/outside-tool.ts'
import { enrol } from '../support/person.ts'
import { accountId, admin, type Running, rootKey, startServer } from '../support/server.ts'
import { found } from '../support/waiting.ts'

let server: Running
let app: Server
let browser: FormBrowser
let port = 0
let appPort = 0
let proxyPort = 0
const host = () => `localhost:${proxyPort}`
const origin = () => `http://${host()}`
before(
  async () => {
    app = createServer((req, res) => res.end(JSON.stringify({ url: req.url, headers: req.headers })))
    app.on('upgrade', (_req, socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
    )
    appPort = await new Promise((done) =>
      app.listen(0, '127.0.0.1', () => done((app.address() as AddressInfo).port)),
    )
    proxyPort = await freePort()
    server = await startServer({
      config: `forward_auth:\n  hosts: ['${host()}', app.example.com]\n`,
      env: { CHANCERY_TRUSTED_PROXIES: '127.0.0.1,::1' },
    })
    port = Number(new URL(server.url).port)
    await denyAdmin('secret')
    browser = (await enrol(server)).browser
  },
  { timeout: 60_000 },
)
after(async () => {
  app.closeAllConnections()
  app.close()
  await server.stop()
})

/** Denies the administrator, who may do everything else, the paths that begin with a name. */
async function denyAdmin(name: string): Promise<void> {
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
  const Statement = { Effect: 'Deny', Action: 'web:*', Resource: `arn:aws:web:::*/${name}*` }
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  await iam.send(new PutUserPolicyCommand({ UserName: admin.name, PolicyName: name, PolicyDocument }))
}

type Fields = Readonly<Record<string, string>>
interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** A request whose path is sent as it is. */
const ask = (
  to: number,
  path: string,
  headers: Fields = {},
  method = 'GET',
  localAddress = '127.0.0.1',
): Promise<Answer> =>
  new Promise((done, fail) => {
    request({ host: '127.0.0.1', port: to, path, method, headers, localAddress }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
      .on('error', fail)
      .end()
  })

const page = { accept: 'text/html' }
/** How each proxy asks: path at this server, method and headers. */
const contracts: Readonly<
  Record<string, (target: string, more?: Fields, method?: string) => Promise<Answer>>
> = {
  nginx: (target, more = {}, method = 'GET') =>
    ask(port, '/forward-auth/nginx', {
      'x-original-method': method,
      'x-original-url': `https://app.example.com${target}`,
      ...more,
    }),
  'Traefik and Caddy': (target, more = {}, method = 'GET') =>
    ask(port, '/forward-auth', {
      'x-forwarded-method': method,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'app.example.com',
      'x-forwarded-uri': target,
      ...more,
    }),
  Envoy: (target, more = {}, method = 'GET') =>
    ask(
      port,
      `/forward-auth/envoy${target}`,
      { host: 'app.example.com', 'x-forwarded-proto': 'https', ...more },
      method,
    ),
}

/** Signs in to a host: from the redirect to the host's cookie. `finish` requests the callback path as the proxy does. */
async function signIn(
  first: Answer,
  finish: (path: string, cookie: string) => Promise<Answer>,
): Promise<string> {
  const start = new URL(String(first.headers['location']))
  assert.equal(start.origin, server.url)
  const state = String([first.headers['set-cookie']].flat()[0]).split(';')[0] ?? ''
  const seen = await browser.get(start.pathname + start.search)
  assert.equal(seen.status, 200, seen.text)
  const callback = new URL(seen.headers.get('refresh')?.replace(/^0;url=/, '') ?? '')
  const path = callback.pathname + callback.search
  const elsewhere = await finish(path, '')
  assert.equal(elsewhere.status, 403, 'a code is of no use in another browser')
  const done = await finish(path, state)
  assert.equal(done.status, 303, done.text)
  assert.equal((await finish(path, state)).status, 403, 'a code counts once')
  return String([done.headers['set-cookie']].flat()[0]).split(';')[0] ?? ''
}

const ownPage = (path: string, cookie: string) =>
  ask(port, path, { 'x-forwarded-host': 'app.example.com', 'x-forwarded-proto': 'https', cookie })

const tricks = [
  '/a/../secret',
  '/a/..%2fsecret',
  '/%2e%2e/secret',
  '//secret',
  '/./secret',
  '/a%5csecret',
  '/a/..;/secret',
  '/%00',
]

for (const [proxy, check] of Object.entries(contracts))
  test(`${proxy}: what is answered to signed-out and signed-in requests`, async () => {
    const first = await check('/hello?x=1', page)
    assert.equal(first.status, proxy === 'nginx' ? 401 : 302)
    assert.match(
      String(first.headers['set-cookie']),
      /^__Host-chancery-forward-state=[\w-]+; .*HttpOnly.*Secure/,
    )
    for (const [name, headers, method] of [
      ['an API', { accept: 'application/json' }, 'GET'],
      ['a form', page, 'POST'],
      ['a script', { ...page, 'x-requested-with': 'XMLHttpRequest' }, 'GET'],
      ['a fetch', { ...page, 'sec-fetch-mode': 'cors' }, 'GET'],
      ['a forged cookie', { cookie: '__Host-chancery-forward-session=MTk.x', accept: '*/*' }, 'GET'],
    ] as const) {
      const answer = await check('/hello', headers, method)
      assert.equal(answer.status, 401, name)
      assert.ok(answer.headers['www-authenticate'], name)
      assert.equal(answer.headers['location'], undefined, name)
    }
    const cookie = await signIn(first, ownPage)
    const allowed = await check('/hello?x=1', { cookie, 'x-forwarded-user': 'forged' })
    assert.equal(allowed.status, 200, allowed.text)
    assert.equal(allowed.headers['x-forwarded-user'], admin.name)
    const keys = createRemoteJWKSet(new URL(`${server.url}/jwks`))
    const { payload } = await jwtVerify(String(allowed.headers['x-chancery-identity']), keys, {
      issuer: server.url,
      audience: 'https://app.example.com',
      typ: 'forward-auth+jwt',
    })
    assert.equal(payload['preferred_username'], admin.name)
    assert.equal((await check('/hello', { cookie }, 'DELETE')).status, 200)
    assert.equal((await check('/secret/1', { cookie })).status, 403)
    for (const path of tricks) assert.equal((await check(path, { cookie })).status, 403, path)
  })

test('what is refused before anything is asked of a session', async () => {
  const forwarded = { 'x-forwarded-method': 'GET', 'x-forwarded-proto': 'https', 'x-forwarded-uri': '/' }
  const other = await ask(port, '/forward-auth', {
    ...forwarded,
    'x-forwarded-host': 'other.example.com',
    ...page,
  })
  assert.equal(other.status, 403)
  assert.equal((await ask(port, '/forward-auth', page)).status, 403)
  // The headers of one proxy do not count at the endpoint of another, because it passes them on from the client.
  const nginx = { 'x-original-url': 'https://app.example.com/', 'x-original-method': 'GET' }
  assert.equal((await ask(port, '/forward-auth', { ...nginx, ...page })).status, 403)
  for (const rd of [
    'https://evil.example/',
    'javascript:alert(1)',
    '//app.example.com',
    'https://u:p@app.example.com/',
  ])
    for (const way of ['start', 'another'])
      assert.equal(
        (await browser.get(`/forward-auth/${way}?${new URLSearchParams({ rd, state: 'x'.repeat(43) })}`))
          .status,
        400,
        `${way} ${rd}`,
      )
})

// What `to` of a link to sign in with another account holds, and the URL to return to.
const returns: readonly (readonly [string, string])[] = [
  ['/docs/a?x=1&rd=https://evil.example/', '/docs/a?x=1&rd=https://evil.example/'],
  ['https://evil.example/', '/'],
  ['@evil.example/', '/'],
  ['', '/'],
  [`/${'a'.repeat(3000)}`, '/'],
  // Read as a path of the host, whose browser is sent to `/` instead (finishSignIn).
  ['//evil.example/', '//evil.example/'],
  ['/\\evil.example/', '/\\evil.example/'],
]
test('a link to sign in with another account leads back to the protected host alone', async () => {
  const own = { 'x-forwarded-host': 'app.example.com', 'x-forwarded-proto': 'https', ...page }
  for (const [to, path] of returns) {
    const { status, headers } = await ask(port, `/.chancery/another?${new URLSearchParams({ to })}`, own)
    const { origin: at, searchParams } = new URL(String(headers['location']))
    assert.deepEqual([status, at], [302, server.url], to)
    assert.equal(searchParams.get('rd'), `https://app.example.com${path}`)
    const cookie = String([headers['set-cookie']].flat().at(-1)).split(';')[0] ?? ''
    const start = await browser.get(`/forward-auth/start?${searchParams}`)
    const onward = new URL(start.headers.get('refresh')?.replace(/^0;url=/, '') ?? '')
    assert.equal(onward.origin, 'https://app.example.com')
    const done = await ask(port, onward.pathname + onward.search, { ...own, cookie })
    const back = String(done.headers['location'])
    assert.equal(new URL(back, 'https://app.example.com').origin, 'https://app.example.com', `${to}: ${back}`)
  }
  const twice = await ask(port, '/.chancery/another?to=/a&to=//evil.example', own)
  assert.equal(twice.status, 400)
  const elsewhere = await ask(port, '/.chancery/another?to=/', { ...own, 'x-forwarded-host': 'evil.example' })
  assert.deepEqual([elsewhere.status, elsewhere.headers['location']], [404, undefined])
})

// `Accept` and what a refusal is answered in.
const accepted: readonly (readonly [string, string])[] = [
  ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html; charset=utf-8'],
  ['TEXT/HTML', 'text/html; charset=utf-8'],
  ['text/html;q=0', 'application/problem+json'],
  ['application/json, text/html;q=0.9', 'application/problem+json'],
  ['text/html'.repeat(900), 'application/problem+json'],
  [';;;q=NaN, text/html;q=-1', 'application/problem+json'],
  ['text/plain, application/json;q=0.5', 'text/plain; charset=utf-8'],
  ['image/png', 'application/problem+json'],
  ['*/*', 'application/problem+json'],
]
test('a refusal is answered in what the caller accepts', async () => {
  const check = contracts['Traefik and Caddy']
  for (const [accept, type] of accepted) {
    const answer = await check?.('/hello', { accept }, 'POST')
    assert.deepEqual([answer?.status, answer?.headers['content-type']], [401, type], accept.slice(0, 60))
  }
})

test('requests of a connection that is not of a configured proxy are refused', async () => {
  const headers = {
    'x-forwarded-method': 'GET',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'app.example.com',
    'x-forwarded-uri': '/',
    'x-forwarded-user': admin.name,
    ...page,
  }
  for (const path of [
    '/forward-auth',
    '/forward-auth/nginx/refused',
    '/.chancery/callback?code=x',
    '/.chancery/another?to=/',
    '/.chancery/sign-out',
  ]) {
    const answer = await ask(port, path, headers, 'GET', '127.0.0.2')
    assert.equal(answer.status, 403, path)
    assert.equal(answer.headers['x-forwarded-user'], undefined)
    assert.match(answer.text, /This site is not set up for sign-in[\s\S]*CHANCERY_TRUSTED_PROXIES/)
  }
})

// Path, who may GET it, who may POST to it.
const pages: readonly [path: string, get: readonly string[], post: readonly string[]][] = [
  ['/', ['staff', 'operations'], ['operations']],
  ['/docs/a', ['staff', 'operations'], ['operations']],
  ['/admin', ['operations'], ['operations']],
  ['/admin/users', ['operations'], ['operations']],
]
test('the policies of docs/forward-auth.md allow what the page says', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/forward-auth.md'), 'utf8')
  const [staff = '', operations = ''] = [...text.matchAll(/```json\n([^`]+)```/g)].map(([, json]) => json)
  const sets = { staff, operations }
  const principal = { kind: 'user', accountId, arn: `arn:aws:iam::${accountId}:user/a`, id: 'AIDAA' } as const
  const groupsFor = (action: string, path: string) =>
    Object.entries(sets).flatMap(([name, document]) => {
      const asked = {
        principal,
        action,
        resource: `arn:aws:web:::app.example.com${path}`,
        context: new Map(),
      }
      const identity = policySet([compile(document, 'identity', name)])
      return decide(asked, { identity }).effect === 'allow' ? [name] : []
    })
  for (const [path, get, post] of pages) {
    assert.deepEqual(groupsFor('web:Get', path), get, path)
    assert.deepEqual(groupsFor('web:Post', path), post, path)
  }
})

test('a browser that is not signed in is asked to', async () => {
  const signedOut = formBrowser(server.url)
  const rd = new URLSearchParams({ rd: 'https://app.example.com/', state: 'x'.repeat(43) })
  const seen = await signedOut.get(`/forward-auth/start?${rd}`)
  assert.match(seen.location ?? '', /\/sign-in\/[\w-]+$/)
})

/** A refusal shown by the page of this server, whose files the proxy serves too. */
async function isPageOfOurs(answer: Answer, get: (path: string) => Promise<Answer>): Promise<void> {
  assert.match(String(answer.headers['content-type']), /^text\/html/)
  assert.match(
    String(answer.headers['content-security-policy']),
    /default-src 'none'; script-src 'self'; style-src 'self'/,
  )
  assert.equal(answer.headers['strict-transport-security'], undefined)
  assert.equal(answer.headers['x-forwarded-user'], undefined)
  assert.doesNotMatch(answer.text, /<script|style="|<style/)
  const files = [...answer.text.matchAll(/<link [^>]*href="([^"]+)"/g)].map(([, path]) => path ?? '')
  assert.ok(files.length >= 3)
  for (const path of files) {
    const file = await get(path)
    assert.deepEqual([path.startsWith('/.chancery/'), file.status], [true, 200], path)
    for (const [, name] of file.text.matchAll(/url\("([\w.-]+\.woff2)"\)/g))
      assert.equal((await get(path.replace(/[^/]+$/, name ?? ''))).status, 200, name)
  }
}

/** The status line of a WebSocket handshake. */
const upgrade = (cookie: string): Promise<number> =>
  new Promise((done, fail) => {
    const headers = {
      host: host(),
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      cookie,
    }
    const asked = request({ host: '127.0.0.1', port: proxyPort, path: '/socket', headers }, (response) => {
      response.resume()
      done(response.statusCode ?? 0)
    })
    asked.on('upgrade', (response, socket) => {
      socket.destroy()
      done(response.statusCode ?? 0)
    })
    asked.on('error', fail).end()
  })

/** The decision on record under a reference, once it is written: answers do not wait for it. */
const decisionUnder = (reference: string): Promise<string> =>
  found('the decision is on record', async () => {
    const { status, body } = await callAdmin(server.url, { path: `/audit/requests/${reference}` })
    return status === 200 ? (body.entries[0].decision.reason as string) : undefined
  })

for (const [name, proxy] of Object.entries(authProxies))
  test(`a site behind ${name}`, { skip: lacking(...proxy.version), timeout: 60_000 }, async (t) => {
    const stop = await startAuthProxy(proxy, { host: host(), port: proxyPort, serverPort: port, appPort })
    t.after(stop)
    const get = (path: string, headers: Fields = {}) => ask(proxyPort, path, { host: host(), ...headers })
    const first = await get('/hello?x=1', page)
    assert.equal(first.status, 302, first.text)
    const program = await get('/hello')
    assert.deepEqual([program.status, program.headers['content-type']], [401, 'application/problem+json'])
    assert.match(String(program.headers['www-authenticate']), /^Bearer realm="/)
    const lost = await ask(proxyPort, '/hello?x=1', { host: host(), ...page }, 'POST')
    assert.equal(lost.status, 401)
    await isPageOfOurs(lost, get)
    assert.match(lost.text, /what you sent did not arrive[\s\S]*href="\/hello\?x=1"/)
    assert.equal(await upgrade(''), 401)
    const cookie = await signIn(first, (path, state) => get(path, { cookie: state }))
    const forged = {
      'x-forwarded-user': 'root',
      'x-forwarded-email': 'a@b',
      'x-forwarded-groups': 'all',
      'x-chancery-identity': 'x',
    }
    const seen = await get('/hello?x=1', { cookie, ...forged })
    assert.equal(seen.status, 200, seen.text)
    const { url, headers } = JSON.parse(seen.text) as { url: string; headers: Fields }
    assert.equal(url, '/hello?x=1')
    assert.equal(headers['x-forwarded-user'], admin.name)
    assert.ok(!headers['x-forwarded-email'] && !headers['x-forwarded-groups'], JSON.stringify(headers))
    assert.equal(headers['x-chancery-identity']?.split('.').length, 3)
    // What WSGI, CGI and PHP applications read as the same names.
    const spelt = Object.fromEntries(
      [
        'X_Forwarded_User',
        'X-Forwarded_User',
        'X_Forwarded-User',
        'X_Forwarded_Groups',
        'X_Chancery_Identity',
      ].map((header) => [header, 'forged']),
    )
    const underscored = JSON.parse((await get('/hello', { cookie, ...spelt })).text) as { headers: Fields }
    assert.deepEqual(
      Object.entries(underscored.headers).filter(([, value]) => value === 'forged'),
      [],
    )
    assert.equal(await upgrade(cookie), 101)
    const refused = await get('/secret?x="><b>', { cookie, ...page, 'accept-language': 'de' })
    assert.equal(refused.status, 403)
    await isPageOfOurs(refused, get)
    assert.match(refused.text, /<html lang="de">[\s\S]*Sie haben keinen Zugriff auf localhost:\d+\/secret</)
    assert.ok(refused.text.includes(`<strong>${admin.name}</strong>`))
    // An equal denial of the same minute has the reference that is on record.
    const reference = String(refused.headers['x-chancery-reference'])
    assert.ok(refused.text.includes(`<code>${reference}</code>`))
    assert.equal(await decisionUnder(reference), 'explicit_deny')
    const json = await get('/secret', { cookie, accept: 'application/json' })
    assert.deepEqual([json.status, json.headers['content-type']], [403, 'application/problem+json'])
    const { code, detail, reference: again } = JSON.parse(json.text) as Fields
    assert.deepEqual([code, again, json.headers['x-chancery-reference']], ['denied', reference, reference])
    assert.match(detail ?? '', /web:Get/)
    const plain = await get('/secret', { cookie, accept: 'text/plain' })
    assert.deepEqual([plain.status, plain.text], [403, `${detail}\nReference: ${reference}\n`])
    // A form is refused by a page too; a script's request is not.
    const form = await ask(proxyPort, '/secret', { host: host(), cookie, ...page }, 'POST')
    await isPageOfOurs(form, get)
    const script = await get('/secret', { cookie, ...page, 'sec-fetch-mode': 'cors' })
    assert.equal(script.headers['content-type'], 'application/problem+json')
    const another =
      /href="(\/\.chancery\/another[^"]*)"/.exec(refused.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const onward = await get(another, { cookie, ...page })
    const { origin: at, pathname, searchParams } = new URL(String(onward.headers['location']))
    assert.deepEqual([at, pathname], [server.url, '/forward-auth/another'])
    assert.ok(searchParams.get('rd')?.startsWith(`${origin()}/secret?x=`), String(searchParams))
    assert.match([onward.headers['set-cookie']].flat().join(), /chancery-forward-session=; [^,]*Max-Age=0/)
    const asked = await browser.open(`${pathname}?${searchParams}`)
    assert.match(asked.text, /name="username"/)
    // A client cannot choose which request is decided about.
    const claims = {
      'x-original-url': `${origin()}/hello`,
      'x-original-method': 'GET',
      'x-forwarded-uri': '/hello',
      'x-forwarded-method': 'GET',
      'x-forwarded-host': 'app.example.com',
      'x-forwarded-prefix': '/hello',
      'x-envoy-original-path': '/hello',
      'x-rewrite-url': '/hello',
    }
    assert.equal((await get('/secret', { cookie, ...claims })).status, 403)
    for (const [header, value] of Object.entries(claims))
      assert.equal((await get('/secret', { cookie, [header]: value })).status, 403, header)
    // Nor have the headers of the caller removed on the way to the application, as those of one connection (RFC 9110 section 7.6.1).
    const hop = 'X-Forwarded-User, X-Forwarded-Groups, X-Chancery-Identity, Cookie'
    const stripped = await get('/hello', { cookie, connection: `close, ${hop}` })
    if (stripped.status === 200) {
      const { headers: left } = JSON.parse(stripped.text) as { headers: Fields }
      assert.equal(left['x-forwarded-user'], admin.name)
      assert.equal(left['x-chancery-identity']?.split('.').length, 3)
    } else assert.ok([400, 401, 403].includes(stripped.status), String(stripped.status))
    for (const path of tricks) assert.ok([400, 403].includes((await get(path, { cookie })).status), path)
  })

test('a changed policy reaches the protected host within a second', { timeout: 60_000 }, async () => {
  const check = contracts['Traefik and Caddy']
  assert.ok(check)
  const cookie = await signIn(await check('/', page), ownPage)
  assert.equal((await check('/changed', { cookie })).status, 200)
  await denyAdmin('changed')
  assert.equal((await check('/changed', { cookie })).status, 403)
})

test('sign-out reaches the protected host within a second', { timeout: 60_000 }, async () => {
  const check = contracts['Traefik and Caddy']
  assert.ok(check)
  const cookie = await signIn(await check('/', page), ownPage)
  assert.equal((await check('/', { cookie })).status, 200)
  const out = await ownPage('/.chancery/sign-out', cookie)
  assert.equal(out.headers['location'], `${server.url}/sign-out`)
  assert.match(String(out.headers['set-cookie']), /chancery-forward-session=; .*Max-Age=0/)
  await browser.submit(await browser.open('/sign-out'), {}, '/sign-out')
  const status = await found('another status', async () => {
    const answer = await check('/', { cookie })
    return answer.status === 200 ? undefined : answer.status
  })
  assert.equal(status, 401)
})
