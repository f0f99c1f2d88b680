// Clients by the URL of their metadata document (docs/agents.md): sign-in over HTTP, and how documents are fetched and kept.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { generateKeyPair, SignJWT } from 'jose'
import { ClientDocuments } from '../../../src/oidc/clients/client-documents.ts'
import { registrationSchema } from '../../../src/oidc/clients/registration-limits.ts'
import { Browser, codeFor, post } from '../browser.ts'
import { open, type Running } from '../open.ts'

const agent = 'https://agent.example/client.json'
const back = 'https://agent.example/callback'
const documentOf = (clientId: string, more: object = {}) => ({
  client_id: clientId,
  client_name: 'Agent',
  redirect_uris: [back],
  ...more,
})
const json = (value: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json', ...headers } })

let clock = Date.now()
let documents: Map<string, () => Response | Promise<Response>>
let mayFetch = true
let at: Running
before(async () => {
  documents = new Map([[agent, () => json(documentOf(agent))]])
  at = await open({
    registration: { metadata_documents: true, resources: ['https://docs.example/'] },
    fetch: async (url) => (await documents.get(String(url))?.()) ?? new Response(null, { status: 404 }),
    mayFetchDocument: () => mayFetch,
  })
})
after(() => at.close())

test('discovery says that documents are taken, under both names', async () => {
  for (const name of ['openid-configuration', 'oauth-authorization-server']) {
    const response = await fetch(`${at.issuer}/.well-known/${name}`)
    const metadata = (await response.json()) as Record<string, unknown>
    assert.equal(metadata['client_id_metadata_document_supported'], true)
    assert.equal(metadata['authorization_response_iss_parameter_supported'], true)
    assert.equal(metadata['issuer'], at.issuer)
  }
})

test('a client that nobody registered signs a person in, with consent, for a resource', async () => {
  const browser = new Browser(at.issuer)
  const {
    code,
    verifier,
    back: answer,
  } = await codeFor(browser, {
    client_id: agent,
    redirect_uri: back,
    resource: 'https://docs.example/',
    scope: 'openid docs:read',
  })
  assert.equal(answer.searchParams.get('iss'), at.issuer)
  assert.ok(browser.visited.filter((path) => path.startsWith('/sign-in/')).length >= 2, 'consent was asked')
  const { status, body } = await post(`${at.issuer}/token`, {
    grant_type: 'authorization_code',
    client_id: agent,
    code,
    code_verifier: verifier,
    redirect_uri: back,
    resource: 'https://docs.example/',
  })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body['scope'], 'docs:read')
  assert.ok(body['refresh_token'] === undefined || typeof body['refresh_token'] === 'string')
})

test('a request for a resource without a scope asks for the scopes of that resource', async () => {
  const { code, verifier } = await codeFor(new Browser(at.issuer), {
    client_id: agent,
    redirect_uri: back,
    resource: 'https://docs.example/',
    scope: '',
  })
  const { body } = await post(`${at.issuer}/token`, {
    grant_type: 'authorization_code',
    client_id: agent,
    code,
    code_verifier: verifier,
    redirect_uri: back,
    resource: 'https://docs.example/',
  })
  assert.equal(body['scope'], 'docs:read docs:write')
  assert.equal(body['id_token'], undefined)
})

test('a document is fetched once for all requests', () => {
  assert.equal(at.outbound.filter(({ url }) => url === agent).length, 1)
})

test('a client with a key of its own authenticates by it', async () => {
  const id = 'https://keyed.example/client'
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwks = { keys: [{ ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: '1', alg: 'ES256' }] }
  documents.set(id, () => json(documentOf(id, { token_endpoint_auth_method: 'private_key_jwt', jwks })))
  const { code, verifier } = await codeFor(new Browser(at.issuer), { client_id: id, redirect_uri: back })
  const fields = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: back }
  assert.equal((await post(`${at.issuer}/token`, { ...fields, client_id: id })).status, 401)
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: '1' })
    .setIssuer(id)
    .setSubject(id)
    .setAudience(at.issuer)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(privateKey)
  const { status, body } = await post(`${at.issuer}/token`, {
    ...fields,
    client_id: id,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  })
  assert.equal(status, 200, JSON.stringify(body))
})

const faults: readonly (readonly [why: string, answer: () => Response, message: RegExp])[] = [
  ['is away', () => new Response(null, { status: 503 }), /status 503/],
  [
    'is no JSON',
    () => new Response('<html>', { headers: { 'content-type': 'application/json' } }),
    /not JSON/,
  ],
  ['is a page', () => new Response('{}', { headers: { 'content-type': 'text/html' } }), /application\/json/],
  ['is of another client', () => json(documentOf(agent)), /not the URL/],
  ['is huge', () => json({ padding: 'a'.repeat(20_000) }), /larger than 16 kB/],
  [
    'cannot be reached',
    () => {
      throw new TypeError('fetch failed: 10.0.0.7')
    },
    /could not be fetched/,
  ],
]
for (const [at_, [why, answer, message]] of faults.entries())
  test(`a document that ${why} is a refusal that says so, and nothing of this network`, async () => {
    const id = `https://faulty.example/${at_}`
    documents.set(id, answer)
    const query = new URLSearchParams({
      client_id: id,
      redirect_uri: back,
      response_type: 'code',
      scope: 'openid',
    })
    const response = await new Browser(at.issuer).go(`/authorize?${query}`)
    assert.equal(response.status, 400)
    assert.match(response.body, message)
    assert.doesNotMatch(response.body, /10\.0\.0\.7/)
  })

test('an address that named too many documents causes no more fetches', async (t) => {
  mayFetch = false
  t.after(() => {
    mayFetch = true
  })
  const query = new URLSearchParams({
    client_id: 'https://other.example/client',
    response_type: 'code',
    scope: 'openid',
  })
  const response = await new Browser(at.issuer).go(`/authorize?${query}`)
  assert.match(response.body, /^<p>temporarily_unavailable: too many client metadata documents/)
  assert.ok(!at.outbound.some(({ url }) => url === 'https://other.example/client'))
})

const openDocuments = (
  fetch: (url: string, init?: RequestInit) => Promise<Response>,
  metadata_documents: unknown = true,
) =>
  new ClientDocuments({
    limits: registrationSchema.parse({ metadata_documents }),
    fetch: fetch as typeof globalThis.fetch,
    clock: () => clock,
    mayFetch: () => true,
  })

test('many who wait share one fetch; redirects are not followed and no answer is waited for without an end', async () => {
  let fetches = 0
  const found = openDocuments(async (_url, init) => {
    fetches += 1
    assert.equal(init?.redirect, 'error')
    assert.ok(init?.signal)
    await turn()
    return json(documentOf(agent))
  })
  await Promise.all(Array.from({ length: 50 }, () => found.find(agent)))
  assert.equal(fetches, 1)
})

test('a document and its logo have one time limit', async () => {
  const signals = new Set<unknown>()
  let fetches = 0
  const found = openDocuments(async (url, init) => {
    fetches += 1
    signals.add(init?.signal)
    return url === agent
      ? json(documentOf(agent, { logo_uri: 'https://agent.example/logo' }))
      : new Response(png)
  })
  await found.find(agent)
  assert.deepEqual([fetches, signals.size], [2, 1])
})

test('a failure is kept for fifteen seconds', async () => {
  let fetches = 0
  const found = openDocuments(async () => {
    fetches += 1
    return new Response(null, { status: 500 })
  })
  for (const later of [0, 14_000, 1_001]) {
    clock += later
    await assert.rejects(found.find(agent))
  }
  assert.equal(fetches, 2)
})

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const logos: readonly (readonly [why: string, address: string, answer: () => Response, shown: boolean])[] = [
  ['a PNG', 'https://agent.example/logo', () => new Response(png), true],
  [
    'a PNG that is sent as text',
    'https://agent.example/l',
    () => new Response(png, { headers: { 'content-type': 'text/html' } }),
    true,
  ],
  ['on another host', 'https://bank.example/logo', () => new Response(png), false],
  ['on another port', 'https://agent.example:8443/logo', () => new Response(png), false],
  ['plain http', 'http://agent.example/logo', () => new Response(png), false],
  ['a script', 'javascript:alert(1)', () => new Response(png), false],
  [
    'an SVG',
    'https://agent.example/logo.svg',
    () =>
      new Response('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', {
        headers: { 'content-type': 'image/png' },
      }),
    false,
  ],
  [
    'huge',
    'https://agent.example/logo',
    () => new Response(Buffer.concat([png, Buffer.alloc(20_000)])),
    false,
  ],
  ['empty', 'https://agent.example/logo', () => new Response(''), false],
  ['away', 'https://agent.example/logo', () => new Response(null, { status: 404 }), false],
  [
    'not to be had',
    'https://agent.example/logo',
    () => {
      throw new TypeError('fetch failed')
    },
    false,
  ],
]
for (const [why, address, answer, shown] of logos)
  test(`a logo that is ${why} is ${shown ? 'shown' : 'left out'}, and the client is found`, async () => {
    const found = openDocuments(async (url) =>
      url === agent ? json(documentOf(agent, { logo_uri: address })) : answer(),
    )
    assert.ok(await found.find(agent))
    assert.equal(found.logoOf(agent)?.startsWith('data:image/png;base64,') ?? false, shown)
  })

const ages: readonly (readonly [headers: Record<string, string>, seconds: number])[] = [
  [{}, 300],
  [{ 'cache-control': 'max-age=1' }, 60],
  [{ 'cache-control': 'public, max-age=3600' }, 3600],
  [{ 'cache-control': 'max-age=999999999' }, 86_400],
  [{ 'cache-control': 'no-store' }, 60],
  [{ 'cache-control': 'max-age=' }, 300],
  [{ expires: 'not a date' }, 300],
]
for (const [headers, seconds] of ages)
  test(`with ${JSON.stringify(headers)} a document is kept for ${seconds} seconds`, async () => {
    let fetches = 0
    const found = openDocuments(async () => {
      fetches += 1
      return json(documentOf(agent), headers)
    })
    await found.find(agent)
    clock += (seconds - 1) * 1000
    await found.find(agent)
    assert.equal(fetches, 1)
    clock += 1000
    await found.find(agent)
    assert.equal(fetches, 2)
  })

test('a document that was read is used for a day while it is away, and no longer', async () => {
  let away = false
  const found = openDocuments(async () =>
    away ? new Response(null, { status: 500 }) : json(documentOf(agent)),
  )
  assert.equal((await found.find(agent))?.['client_name'], 'Agent')
  away = true
  clock += 23 * 3600 * 1000
  assert.equal((await found.find(agent))?.['client_name'], 'Agent')
  clock += 2 * 3600 * 1000
  await assert.rejects(found.find(agent))
})

const hosts: readonly (readonly [setting: unknown, clientId: string, taken: boolean])[] = [
  [false, agent, false],
  [true, agent, true],
  [{ hosts: ['agent.example'] }, agent, true],
  [{ hosts: ['AGENT.example'] }, agent, true],
  [{ hosts: ['other.example'] }, agent, false],
  [{ hosts: ['*.example'] }, agent, true],
  [{ hosts: ['*.agent.example'] }, agent, false],
  [{ hosts: ['agent.example'] }, 'https://evil-agent.example/client.json', false],
  [{ hosts: ['*.agent.example'] }, 'https://evilagent.example/client.json', false],
  [{ hosts: ['agent.example'] }, 'https://agent.example:8443/client.json', false],
  [{ hosts: ['agent.example:8443'] }, 'https://agent.example:8443/client.json', true],
]
for (const [setting, clientId, taken] of hosts)
  test(`metadata_documents: ${JSON.stringify(setting)} ${taken ? 'takes' : 'does not take'} ${clientId}`, async () => {
    let fetches = 0
    const found = openDocuments(async () => {
      fetches += 1
      return json(documentOf(clientId))
    }, setting)
    assert.equal((await found.find(clientId)) !== undefined, taken)
    assert.equal(fetches, taken ? 1 : 0)
  })
