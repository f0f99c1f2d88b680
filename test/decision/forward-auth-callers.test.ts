// Forward authentication of API clients by bearer token; what the audit trail and the log keep of it; how fast a revocation holds.

import assert from 'node:assert/strict'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { decodeJwt } from 'jose'
import { callAdmin } from '../admin/call.ts'
import { authProxies, startAuthProxy } from '../support/auth-proxy.ts'
import { freePort } from '../support/free-port.ts'
import { lacking } from '../support/outside-tool.ts'
import { policy, type RoleServer, startRoleServer } from '../support/role-server.ts'
import { accountId } from '../support/server.ts'
import { found, until } from '../support/waiting.ts'

const host = 'app.example.com'
const origin = `https://${host}`
let at: RoleServer
let reader = ''
/** Behind each proxy. */
const app = createServer((_req, res) => res.end('the application'))
let site = ''
let siteReader = ''
let proxyPort = 0
let appPort = 0
before(
  async () => {
    proxyPort = await freePort()
    site = `localhost:${proxyPort}`
    appPort = await new Promise((done) =>
      app.listen(0, '127.0.0.1', () => done((app.address() as AddressInfo).port)),
    )
    at = await startRoleServer({
      config: `forward_auth:\n  hosts: [${host}, other.example.com, '${site}']\n`,
      env: { CHANCERY_TRUSTED_PROXIES: '127.0.0.1' },
    })
    const trust = { Principal: { Federated: at.provider }, Action: 'sts:AssumeRoleWithWebIdentity' }
    const subject = { StringEquals: { [`${new URL(at.ci.url).host}:sub`]: 'repo:acme/app' } }
    const readerOf = (name: string, of: string) =>
      at.role(
        name,
        { ...trust, Condition: subject },
        { Effect: 'Allow', Action: 'web:Get', Resource: `arn:aws:web:::${of}/docs/*` },
      )
    reader = await readerOf('web-reader', host)
    siteReader = await readerOf('site-reader', site)
  },
  { timeout: 60_000 },
)
after(async () => {
  app.closeAllConnections()
  app.close()
  await at?.stop()
})

async function tokenFor(audience: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const form = { subject_token: await at.token(), role_arn: reader, audience, ...more }
  const { status, body } = await at.exchange(form)
  assert.equal(status, 200, JSON.stringify(body))
  return body['access_token'] ?? ''
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

const ask = (path: string, headers: Readonly<Record<string, string | string[]>>, method = 'GET') =>
  new Promise<Answer>((done, fail) => {
    const { port } = new URL(at.server.url)
    const forwarded = {
      'x-forwarded-method': method,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': host,
      'x-forwarded-uri': path,
    }
    get(
      { host: '127.0.0.1', port, path: '/forward-auth', headers: { ...forwarded, ...headers } },
      (response) => {
        let body = ''
        response.on('data', (chunk: Buffer) => {
          body += chunk.toString()
        })
        response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }))
      },
    ).on('error', fail)
  })
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test('an API client is let in by a role session whose audience is the host, as its policies allow', {
  timeout: 60_000,
}, async () => {
  const headers = bearer(await tokenFor(origin))
  const allowed = await ask('/docs/a?x=1', { ...headers, 'x-forwarded-user': 'root' })
  assert.equal(allowed.status, 200, allowed.body)
  const arn = `arn:aws:sts::${accountId}:assumed-role/web-reader/job`
  const { 'x-forwarded-user': user, 'x-forwarded-groups': groups } = allowed.headers
  assert.deepEqual([user, groups], [arn, ''])
  const { sub, aud } = decodeJwt(String(allowed.headers['x-chancery-identity']))
  assert.deepEqual([sub, aud], [arn, origin])
  assert.equal((await ask('/docs/a', headers, 'POST')).status, 403)
  assert.equal((await ask('/admin', headers)).status, 403)
  const only = policy({ Effect: 'Allow', Action: 'web:Get', Resource: `arn:aws:web:::${host}/docs/a` })
  const narrow = bearer(await tokenFor(origin, { policy: only }))
  assert.equal((await ask('/docs/a', narrow)).status, 200)
  assert.equal((await ask('/docs/b', narrow)).status, 403)
})

// What is sent, and whether the answer says that a token was refused.
const unusable: Readonly<Record<string, [() => Promise<Record<string, string | string[]>>, boolean]>> = {
  'a token for another host': [async () => bearer(await tokenFor('https://other.example.com')), true],
  'a token for this server': [async () => bearer(await tokenFor(at.server.url)), true],
  'a token of the outside issuer': [async () => bearer(await at.token()), true],
  'a signed session token': [
    async () => bearer((await at.web(await at.token(), { RoleArn: reader })).sessionToken ?? ''),
    true,
  ],
  'text that is no token': [async () => bearer('abc'), true],
  'a token in two headers': [
    async () => ({ authorization: [`Bearer ${await tokenFor(origin)}`, 'Basic eDp5'] }),
    false,
  ],
  'another scheme': [async () => ({ authorization: 'Basic eDp5' }), false],
  nothing: [async () => ({}), false],
}
for (const [what, [headers, faulty]] of Object.entries(unusable))
  test(`refused with 401 and a challenge: ${what}`, { timeout: 60_000 }, async () => {
    const answer = await ask('/docs/a', await headers())
    assert.equal(answer.status, 401, answer.body)
    assert.equal(answer.headers['x-forwarded-user'], undefined)
    assert.match(
      String(answer.headers['www-authenticate']),
      faulty ? /^Bearer realm="[^"]+", error="invalid_token"$/ : /^Bearer realm="[^"]+"$/,
    )
    if (faulty) await logged(answer)
  })

/** The log has the reason of a refusal under the reference of its answer. */
async function logged({ body }: Answer): Promise<void> {
  const { requestId, detail } = JSON.parse(body) as { requestId: string; detail: string }
  const line = () =>
    at.server
      .output()
      .split('\n')
      .find((text) => text.includes(requestId) && text.includes('a forward-auth request was refused'))
  const text = await found('the line of the log', line)
  assert.equal((JSON.parse(text) as { reason?: string }).reason, detail)
}

// What a proxy may pass on of a hostile request, for a token that may `web:Get` below /docs/, and what is answered.
const inputs: Readonly<Record<string, [Readonly<Record<string, string | string[]>>, 200 | 401 | 403]>> = {
  'the host in upper case': [{ 'x-forwarded-host': 'APP.EXAMPLE.COM' }, 200],
  'the default port': [{ 'x-forwarded-host': `${host}:443` }, 200],
  'the port of the other scheme': [{ 'x-forwarded-host': `${host}:80` }, 403],
  'another port': [{ 'x-forwarded-host': `${host}:8443` }, 403],
  'a port with a zero before it': [{ 'x-forwarded-host': `${host}:0443` }, 403],
  'a dot after the host': [{ 'x-forwarded-host': `${host}.` }, 403],
  'a user before the host': [{ 'x-forwarded-host': `${host}@evil.example` }, 403],
  'two hosts in one header': [{ 'x-forwarded-host': `${host}, evil.example` }, 403],
  'two headers for the host': [{ 'x-forwarded-host': [host, 'evil.example'] }, 403],
  'a host in wide letters': [{ 'x-forwarded-host': '\xef\xbd\x81pp.example.com' }, 403],
  'a host in Punycode': [{ 'x-forwarded-host': 'xn--pp-oia.example.com' }, 403],
  'an empty host': [{ 'x-forwarded-host': '' }, 403],
  'another scheme': [{ 'x-forwarded-proto': 'wss' }, 403],
  'two schemes': [{ 'x-forwarded-proto': 'https, http' }, 403],
  'plain http, which is another origin': [{ 'x-forwarded-proto': 'http' }, 401],
  'an encoded slash': [{ 'x-forwarded-uri': '/docs%2Fa' }, 403],
  'an encoded backslash': [{ 'x-forwarded-uri': '/docs/a%5C..%5Cadmin' }, 403],
  'parameters of a dot segment': [{ 'x-forwarded-uri': '/docs/..;x/admin' }, 403],
  'bytes that are not UTF-8': [{ 'x-forwarded-uri': '/docs/%c0%ae%c0%ae/admin' }, 403],
  'an encoded line break': [{ 'x-forwarded-uri': '/docs/a%0d%0aX-Forwarded-User:root' }, 403],
  'an absolute URL': [{ 'x-forwarded-uri': `https://${host}/docs/a` }, 403],
  'an asterisk': [{ 'x-forwarded-uri': '*' }, 403],
  'another case of the path': [{ 'x-forwarded-uri': '/DOCS/a' }, 403],
  'slashes in the query': [{ 'x-forwarded-uri': '/docs/a?next=%2f..%2fadmin//' }, 200],
  HEAD: [{ 'x-forwarded-method': 'HEAD' }, 403],
  OPTIONS: [{ 'x-forwarded-method': 'OPTIONS' }, 403],
  'a method in lower case': [{ 'x-forwarded-method': 'get' }, 403],
  'two methods': [{ 'x-forwarded-method': ['GET', 'DELETE'] }, 403],
  'an override of the method, which the application must not know': [
    { 'x-http-method-override': 'DELETE' },
    200,
  ],
  'two cookies of one name': [
    { cookie: '__Host-chancery-forward-session=x; __Host-chancery-forward-session=y' },
    200,
  ],
  'a cookie without its prefix': [{ cookie: 'chancery-forward-session=x' }, 200],
}
test('hostile hosts, paths, methods and cookies', { timeout: 60_000 }, async (t) => {
  const headers = bearer(await tokenFor(origin))
  for (const [what, [more, status]] of Object.entries(inputs))
    await t.test(`${what}: ${status}`, async () => {
      const forged = { 'x-forwarded-user': 'root', 'x-forwarded-groups': 'operations' }
      const answer = await ask('/docs/a', { ...headers, ...forged, ...more })
      assert.equal(answer.status, status, answer.body)
      const user = `arn:aws:sts::${accountId}:assumed-role/web-reader/job`
      assert.equal(answer.headers['x-forwarded-user'], status === 200 ? user : undefined)
    })
})

test('a denial is in the log, and once a minute in the audit trail with the statement that is missing', {
  timeout: 60_000,
}, async () => {
  const headers = bearer(await tokenFor(origin))
  for (let n = 0; n < 3; n++) {
    const answer = await ask('/hidden', headers)
    assert.equal(answer.status, 403)
    await logged(answer)
  }
  await ask('/docs/seen', headers)
  const entries = async () => {
    const { body } = await callAdmin(at.server.url, { path: '/audit?action=web:Get' })
    return body.items as readonly { resource: string; outcome: string; who: string; reason: string }[]
  }
  const of = async () => (await entries()).filter(({ resource }) => resource.endsWith('/hidden'))
  await until('the denial is in the audit trail', async () => (await of()).length > 0)
  const [entry, ...more] = await of()
  assert.equal(more.length, 0)
  assert.equal(entry?.outcome, 'denied')
  assert.match(entry.reason, /web:Get/)
  assert.equal(entry.who, `arn:aws:sts::${accountId}:assumed-role/web-reader/job`)
  assert.deepEqual(
    (await entries()).filter(({ resource }) => resource.endsWith('/seen')),
    [],
  )
})

test('a revoked session is refused within a second', { timeout: 60_000 }, async () => {
  const token = await tokenFor(origin)
  assert.equal((await ask('/docs/a', bearer(token))).status, 200)
  const { jti } = decodeJwt(token)
  const { status, body } = await callAdmin(at.server.url, {
    method: 'POST',
    path: '/revocations',
    body: { scope: 'session', value: jti },
  })
  assert.equal(status, 200, JSON.stringify(body))
  const last = await found('another status', async () => {
    const answer = await ask('/docs/a', bearer(token))
    return answer.status === 200 ? undefined : answer.status
  })
  assert.equal(last, 401)
})

for (const [name, proxy] of Object.entries(authProxies))
  test(`${name}: an API client is let in, refused in JSON, and refused within a second of a revocation`, {
    skip: lacking(...proxy.version),
    timeout: 60_000,
  }, async (t) => {
    const serverPort = Number(new URL(at.server.url).port)
    t.after(await startAuthProxy(proxy, { host: site, port: proxyPort, serverPort, appPort }))
    const token = await tokenFor(`http://${site}`, { role_arn: siteReader })
    const call = (path: string) => fetch(`http://${site}${path}`, { headers: bearer(token) })
    assert.deepEqual([(await call('/docs/a')).status, (await call('/admin')).status], [200, 403])
    const refused = await call('/admin')
    assert.equal(refused.headers.get('content-type'), 'application/problem+json')
    assert.match(((await refused.json()) as { detail: string }).detail, /web:Get/)
    const { jti } = decodeJwt(token)
    const body = { scope: 'session', value: jti }
    const revoked = await callAdmin(at.server.url, { method: 'POST', path: '/revocations', body })
    assert.equal(revoked.status, 200, JSON.stringify(revoked.body))
    const last = await found('another status', async () => {
      const answer = await call('/docs/a')
      return answer.status === 200 ? undefined : answer
    })
    assert.equal(last.status, 401)
    assert.match(String(last.headers.get('www-authenticate')), /error="invalid_token"/)
  })
