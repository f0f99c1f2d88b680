// attacks.md 25: requests this server is talked into, by `jwks_uri`, back-channel logout and discovery: loopback, private,
// link-local, IPv6-mapped and decimal addresses, and redirects (ZITADEL CVE-2026-27945). A trap on this machine counts who calls.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { generateKeyPair, SignJWT } from 'jose'
import { Browser, codeFor, post } from '../oidc/browser.ts'
import { enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'

let trap: Server
let door: Server
let calls: string[] = []
const started: Running[] = []
const portOf = (server: Server) => (server.address() as AddressInfo).port

before(async () => {
  trap = createServer((req, res) => {
    calls.push(req.url ?? '')
    res.end('{"keys":[]}')
  })
  // `::` takes IPv4 too, so mapped addresses would reach it.
  await new Promise<void>((done) => trap.listen(0, '::', done))
  door = createServer((_req, res) => {
    calls.push('door')
    res.writeHead(302, { location: `http://127.0.0.1:${portOf(trap)}/behind-the-door` }).end()
  })
  await new Promise<void>((done) => door.listen(0, '::', done))
})
after(async () => {
  await Promise.all(started.map((one) => one.stop()))
  trap.close()
  door.close()
})

const hosts = [
  'https://127.0.0.1:P',
  'http://127.0.0.1:P',
  'http://localhost:P',
  'http://[::1]:P',
  'https://[::ffff:127.0.0.1]:P',
  'https://[::ffff:7f00:1]:P',
  'https://[64:ff9b::7f00:1]:P',
  'https://2130706433:P',
  'https://0x7f000001:P',
  'https://017700000001:P',
  'https://127.1:P',
  'https://0.0.0.0:P',
  'https://10.0.0.1',
  'https://169.254.169.254',
  'https://[fe80::1]',
]
const there = (host: string): string => host.replace(':P', `:${portOf(trap)}`)

async function serverWith(env: Record<string, string>): Promise<Running> {
  const clients = [...hosts.map(there), `http://localhost:${portOf(door)}`].map(
    (host, i) => `  - client_id: keys-${i}
    jwks_uri: '${host}/jwks'
    grant_types: [client_credentials]
  - client_id: told-${i}
    client_secret: told-secret-told
    redirect_uris: ['https://app.example/cb']
    backchannel_logout_uri: '${host}/back'
    first_party: true
`,
  )
  const server = await startServer({
    env,
    config: `clients:\n${clients.join('')}identity_providers:\n  - kind: openid\n    url: http://localhost:${portOf(trap)}\n    client_ids: [sts]\n`,
  })
  started.push(server)
  return server
}

/** Makes the server want the client's keys; its answer. */
async function signedRequest(server: Running, clientId: string) {
  const { privateKey } = await generateKeyPair('ES256')
  const client_assertion = await new SignJWT({ jti: clientId + Math.random() })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(server.url)
    .setExpirationTime('1m')
    .sign(privateKey)
  const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  return post(`${server.url}/token`, {
    grant_type: 'client_credentials',
    client_assertion,
    client_assertion_type,
  })
}

async function exchange(server: Running) {
  const { privateKey } = await generateKeyPair('ES256')
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setIssuer(`http://localhost:${portOf(trap)}`)
    .setSubject('someone')
    .setAudience('sts')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey)
  return post(`${server.url}/token`, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    client_id: 'workload',
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    role_arn: `arn:aws:iam::${server.accountId}:role/Administrator`,
    role_session_name: 'one',
    audience: 'docs',
  })
}

test('25: no client, logout or issuer of the configuration makes us call this machine or a private network', async () => {
  const server = await serverWith({})
  calls = []
  for (const [i, host] of hosts.entries()) {
    const { status, body } = await signedRequest(server, `keys-${i}`)
    assert.ok(status === 401 || status === 400, `${host}: ${status}`)
    // Nothing of where it tried or what it met there.
    assert.doesNotMatch(JSON.stringify(body), /ECONN|refused|127\.0|private|address/i, host)
  }
  assert.notEqual((await exchange(server)).status, 200)
  const { browser: person } = await enrol(server)
  const browser = new Browser(server.url)
  browser.cookies = [...person.cookies.values()].map((kept) => ({ ...kept, name: nameOf(kept) }))
  for (const i of hosts.keys())
    await codeFor(browser, { client_id: `told-${i}`, redirect_uri: 'https://app.example/cb' })
  const page = await person.open('/sign-out')
  assert.equal((await person.submit(page, {})).status, 200, 'the person is signed out all the same')
  const untold = () => new Set(server.output().match(/"clientId":"told-\d+"/g)).size
  await until('each that could not be told is in the log', () => untold() >= hosts.length)
  assert.deepEqual(calls, [])
})

const nameOf = (kept: object): string => String((kept as { readonly name?: unknown }).name)

test('25: what the operator allows by name is called, and its redirect to elsewhere is not followed', async () => {
  const server = await serverWith({ CHANCERY_OUTBOUND_ALLOW: 'localhost' })
  calls = []
  await signedRequest(server, `keys-${hosts.indexOf('http://localhost:P')}`)
  assert.deepEqual(calls, ['/jwks'], 'the trap can be called')
  await signedRequest(server, `keys-${hosts.length}`)
  assert.deepEqual(calls, ['/jwks', 'door'])
  await signedRequest(server, `keys-${hosts.indexOf('http://127.0.0.1:P')}`)
  assert.deepEqual(calls, ['/jwks', 'door'], 'another name of the same machine is not allowed')
  await exchange(server)
  assert.ok(calls.includes('/.well-known/openid-configuration'), 'discovery would have called, above')
})
