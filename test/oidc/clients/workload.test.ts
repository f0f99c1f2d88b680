// RFC 7523 §2.2 with the tokens of others, against the running server: a client is whose token its entry names.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clientsSchema } from '../../../src/oidc/clients/settings.ts'
import { schemaMessage } from '../../../src/web/schema-messages.ts'
import { runCommandHere } from '../../support/command-line.ts'
import { claimsOf, deployer, type Form, type RoleServer, startRoleServer } from '../../support/role-server.ts'
import { storeBeside, storeEnv } from '../../support/store.ts'
import { entriesOf } from '../../support/trail.ts'
import { until } from '../../support/waiting.ts'

let server: RoleServer
before(async () => {
  server = await startRoleServer()
})
after(() => server?.stop())

test('a workload acts for its client without a secret, again and again', async () => {
  const client_assertion = await server.token()
  for (let n = 0; n < 2; n++) {
    const { status, body } = await server.asClient({ client_assertion })
    assert.equal(status, 200, JSON.stringify(body))
    const claims = claimsOf(body['access_token'] ?? '')
    assert.deepEqual([claims['client_id'], claims['aud']], [deployer, 'https://files.example'])
  }
  const acted = (await entriesOf(server.server)).filter(({ action }) => action === 'oidc:AuthenticateClient')
  assert.deepEqual(
    acted.map(({ who, resource, outcome }) => [who, resource, outcome]),
    Array(2).fill([`${server.ci.url} repo:acme/app`, `client/${deployer}`, 'done']),
  )
})

test('a workload assumes a role as that client, with its token twice in one request', async () => {
  const token = await server.token()
  const { status, body } = await server.jwtBearer({
    assertion: token,
    client_id: deployer,
    client_assertion: token,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(claimsOf(body['access_token'] ?? '')['client_id'], deployer)
})

const notAuthenticated = `there is no client \`${deployer}\`, or it did not authenticate`
const wrong: readonly (readonly [
  title: string,
  change: Readonly<Record<string, unknown>>,
  reason: RegExp,
])[] = [
  ['another subject', { sub: 'repo:acme/app2' }, /`sub` must be `repo:acme\/app`; it is `repo:acme\/app2`/],
  ['a subject that is a pattern', { sub: 'repo:acme/*' }, /`sub` must be/],
  [
    'another claim',
    { 'kubernetes.io': { namespace: 'else' } },
    /`kubernetes\.io\/namespace` must be `web`; it is `else`/,
  ],
  [
    'a claim missing',
    { 'kubernetes.io': undefined },
    /`kubernetes\.io\/namespace` must be `web`; the token has none/,
  ],
  ['a claim as a list', { 'kubernetes.io': { namespace: ['web'] } }, /`kubernetes\.io\/namespace` must be/],
  ['another audience', { aud: 'else' }, /Incorrect token audience/],
]
for (const [title, change, reason] of wrong) {
  test(`a token with ${title} does not authenticate the client, and only the audit entry says why`, async () => {
    const { status, body } = await server.asClient({ client_assertion: await server.token(change) })
    assert.deepEqual([status, body], [401, { error: 'invalid_client', error_description: notAuthenticated }])
    const refusals = (await entriesOf(server.server)).filter(({ outcome }) => outcome === 'refused')
    assert.ok(
      refusals.some((one) => reason.test(JSON.stringify(one).replaceAll('\\\\', '\\'))),
      JSON.stringify(refusals[0]),
    )
  })
}

const misused: readonly (readonly [title: string, form: Form, error: string])[] = [
  ['for a client with a secret', { client_id: 'secretive' }, 'invalid_client'],
  ['for the public client', { client_id: 'workload' }, 'invalid_client'],
  ['for a client that is not there', { client_id: 'nobody' }, 'invalid_client'],
  ['without client_id', { client_id: undefined }, 'invalid_client'],
  ['without its type', { client_assertion_type: undefined }, 'invalid_request'],
  ['with another type', { client_assertion_type: 'urn:x' }, 'invalid_request'],
  ['beside a secret', { client_secret: 'guess-guess-guess' }, 'invalid_request'],
]
for (const [title, form, error] of misused) {
  test(`a token ${title} is refused`, async () => {
    const { status, body } = await server.asClient({ client_assertion: await server.token(), ...form })
    assert.ok(status === 400 || status === 401)
    assert.equal(body['error'], error)
  })
}

test('tokens of a provider that allows one use authenticate a client once: of twenty concurrent requests, one succeeds', async () => {
  const client_assertion = await server.token({ jti: 'only-once' })
  await once(true)
  const all = await Promise.all(Array.from({ length: 20 }, () => server.asClient({ client_assertion })))
  assert.deepEqual(
    all.map(({ status }) => status).filter((status) => status === 200),
    [200],
  )
  assert.equal((await server.asClient({ client_assertion: await server.token() })).status, 200)
  await once(false)
})

/** Changed beside the running server, which is told within a second. */
async function once(value: boolean): Promise<void> {
  const store = await storeBeside(server.server)
  await store.update('identityProvider', server.provider, (old) => ({ ...old, once: value }))
  await until('the server was told', async () => {
    const token = await server.token()
    await server.asClient({ client_assertion: token })
    return (await server.asClient({ client_assertion: token })).status === (value ? 401 : 200)
  })
}

test('a client that registers itself cannot name the workload that authenticates it', async () => {
  const { dir } = server.server
  const made = await runCommandHere(['registration-token'], { directory: dir, env: await storeEnv(dir) })
  const workload = { issuer: server.ci.url, subject: 'repo:acme/app' }
  const register = (more: object) =>
    fetch(`${server.server.url}/register`, {
      method: 'POST',
      headers: { authorization: `Bearer ${made.out.trim()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: ['https://app.example/cb'], ...more }),
    })
  const refused = await register({ workload })
  assert.equal(refused.status, 400)
  assert.match(await refused.text(), /`workload` is for the operator to set/)
  assert.equal((await register({})).status, 201)
})

test('a client uses only the grants of its entry', async () => {
  const assertion = await server.token()
  const secret = { client_id: 'secretive', client_secret: 'a-secret-of-some-length' }
  assert.notEqual((await server.jwtBearer({ assertion, ...secret })).status, 200)
})

test('a client that a workload authenticates accepts no secret', async () => {
  const form = { client_assertion: undefined, client_assertion_type: undefined }
  for (const client_secret of ['', 'undefined', 'workload', 'a-secret-of-some-length'])
    assert.notEqual((await server.asClient({ ...form, client_secret })).status, 200)
})

test('a client with a secret still authenticates with it', async () => {
  const form = { client_assertion: undefined, client_assertion_type: undefined, client_id: 'secretive' }
  assert.equal((await server.asClient({ ...form, client_secret: 'a-secret-of-some-length' })).status, 200)
  assert.equal((await server.asClient({ ...form, client_secret: 'another-one' })).status, 401)
})

test('discovery lists the grants and authentication methods', async () => {
  const response = await fetch(`${server.server.url}/.well-known/openid-configuration`)
  const metadata = (await response.json()) as Record<string, string[]>
  assert.ok(metadata['grant_types_supported']?.includes('urn:ietf:params:oauth:grant-type:jwt-bearer'))
  assert.ok(metadata['token_endpoint_auth_methods_supported']?.includes('private_key_jwt'))
  assert.ok(metadata['token_endpoint_auth_signing_alg_values_supported']?.includes('RS256'))
})

const faults: readonly (readonly [entry: object, message: RegExp])[] = [
  [{ workload: { issuer: 'https://ci.example', subject: 'repo:acme/*' } }, /no wildcards/],
  [{ workload: { issuer: 'https://ci.example' } }, /is required/],
  [{ workload: { issuer: 'ci', subject: 'a' } }, /must be a URL/],
  [
    { client_secret: 'long-enough', workload: { issuer: 'https://ci.example', subject: 'a' } },
    /is of no use with `workload`/,
  ],
]
for (const [entry, message] of faults) {
  test(`a client with ${JSON.stringify(entry)} is a configuration error`, () => {
    const { error } = clientsSchema.safeParse([{ client_id: 'x', ...entry }], { error: schemaMessage })
    assert.match(error?.issues.map((issue) => issue.message).join('; ') ?? '', message)
  })
}
