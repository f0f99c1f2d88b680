// attacks.md 31: a registered client is not an operator's client. What it may ask for is the operator's list, and acting
// as a role for a person takes a scope of its own that the person consents to.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clientsSchema } from '../../src/oidc/clients/settings.ts'
import { Browser, basic, codeFor, post } from '../oidc/browser.ts'
import { clients, open, type Running } from '../oidc/open.ts'

const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const back = 'https://new.example/cb'
const docs = 'https://docs.example/'

type Metadata = Record<string, unknown>

async function register(
  at: Running,
  body: Metadata,
): Promise<{ readonly status: number; readonly client: Metadata }> {
  const response = await fetch(`${at.issuer}/register`, {
    method: 'POST',
    body: JSON.stringify({ redirect_uris: [back], ...body }),
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await at.oidc.createInitialAccessToken({ expiresIn: 600 })}`,
    },
  })
  return { status: response.status, client: (await response.json()) as Metadata }
}

let usual: Running
let wide: Running
before(
  async () => {
    usual = await open()
    wide = await open({
      registration: {
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials', exchangeGrant],
        token_endpoint_auth_methods: ['client_secret_basic', 'none'],
        scopes: ['openid', 'offline_access', 'roles'],
        resources: [{ id: docs, scopes: ['docs:read'] }],
        roles: ['arn:aws:iam::123456789012:role/reader'],
      },
      clients: [
        ...clients,
        ...clientsSchema.parse([
          {
            client_id: 'acting',
            client_secret: 'acting-secret-acting',
            redirect_uris: ['https://acting.example/cb'],
            first_party: true,
            roles: 'any',
          },
        ]),
      ],
    })
  },
  { timeout: 60_000 },
)
after(async () => {
  await usual?.close()
  await wide?.close()
})

// biome-ignore format: a table
const registrations: readonly (readonly [what: string, at: () => Running, body: Metadata, status: number])[] = [
  ['nothing in particular', () => usual, {}, 201],
  ['client credentials without authentication', () => usual, { grant_types: ['client_credentials'], token_endpoint_auth_method: 'none', redirect_uris: [], response_types: [] }, 400],
  ['client credentials', () => usual, { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }, 400],
  ['token exchange', () => usual, { grant_types: ['authorization_code', exchangeGrant] }, 400],
  ['the JWT bearer grant', () => usual, { grant_types: ['authorization_code', jwtBearer] }, 400],
  ['the device grant', () => usual, { grant_types: ['urn:ietf:params:oauth:grant-type:device_code'], redirect_uris: [], response_types: [] }, 400],
  ['the scope `roles`', () => usual, { scope: 'openid roles' }, 400],
  ['resources', () => usual, { resources: [docs] }, 400],
  ['roles', () => usual, { roles: 'any' }, 400],
  ['introspection of everything', () => usual, { introspects: 'any' }, 400],
  ['client credentials where they are allowed', () => wide, { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }, 201],
  ['the same without authentication', () => wide, { grant_types: ['client_credentials'], token_endpoint_auth_method: 'none', redirect_uris: [], response_types: [] }, 400],
  ['the same beside other grants', () => wide, { grant_types: ['authorization_code', 'client_credentials'], token_endpoint_auth_method: 'none' }, 400],
  ['an authentication method that is not allowed', () => wide, { token_endpoint_auth_method: 'client_secret_post' }, 400],
  ['a scope that is not allowed', () => wide, { scope: 'openid email' }, 400],
  ['grants that are no list', () => usual, { grant_types: 'client_credentials' }, 400],
]
for (const [what, at, body, status] of registrations) {
  test(`31: a client that registers with ${what}: ${status}`, { timeout: 60_000 }, async () => {
    const made = await register(at(), body)
    assert.equal(made.status, status, JSON.stringify(made.client))
    if (status === 400) assert.equal(made.client['error'], 'invalid_client_metadata')
  })
}

test('31: a client that names no grants has code and refresh, and no scope `roles`', {
  timeout: 60_000,
}, async () => {
  const { client } = await register(usual, {})
  assert.deepEqual(client['grant_types'], ['authorization_code', 'refresh_token'])
  assert.equal(client['scope'], 'openid profile email phone groups offline_access')
  const asked = codeFor(new Browser(usual.issuer), {
    client_id: String(client['client_id']),
    redirect_uri: back,
    scope: 'openid roles',
  })
  await assert.rejects(asked, /invalid_scope/)
  const resource = codeFor(new Browser(usual.issuer), {
    client_id: String(client['client_id']),
    redirect_uri: back,
    resource: docs,
  })
  await assert.rejects(resource, /invalid_target/)
})

test('31: a client that is read and sent back unchanged stays as it is; wider is refused', {
  timeout: 60_000,
}, async () => {
  const { client } = await register(wide, {})
  const { registration_client_uri: url, registration_access_token: token, ...rest } = client
  const put = (body: Metadata, bearer: unknown) =>
    fetch(String(url), {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    })
  const { client_id_issued_at: _, client_secret_expires_at: __, ...own } = rest
  const same = await put(own, token)
  const answered = (await same.json()) as Metadata
  assert.equal(same.status, 200, JSON.stringify(answered))
  assert.deepEqual(answered['grant_types'], client['grant_types'])
  const more = await put(
    { ...own, grant_types: ['authorization_code', jwtBearer] },
    answered['registration_access_token'],
  )
  assert.equal(more.status, 400)
})

test('31: limits hold for clients that registered before the operator set them', {
  timeout: 60_000,
}, async (t) => {
  const { client } = await register(wide, {
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  })
  const form = { grant_type: 'client_credentials', resource: docs, scope: 'docs:read docs:write' }
  const auth = basic(String(client['client_id']), String(client['client_secret']))
  const allowed = await post(`${wide.issuer}/token`, form, auth)
  assert.deepEqual([allowed.status, allowed.body['scope']], [200, 'docs:read'])
  const record = await wide.store.find('artifact', { by: 'model', value: 'Client' }, { limit: 50 })
  for (const one of record.records) await usual.store.create('artifact', one).catch(() => undefined)
  t.diagnostic(`${record.records.length} clients`)
  const refused = await post(`${usual.issuer}/token`, form, auth)
  assert.deepEqual(
    [refused.status, refused.body['error']],
    [400, 'unauthorized_client'],
    JSON.stringify(refused.body),
  )
})

interface Acting {
  readonly what: string
  readonly client: () => Promise<{ readonly id: string; readonly secret: string; readonly back: string }>
  readonly scope: string
  readonly params?: Readonly<Record<string, string>>
  /** Whether consent was asked for the scope `roles`. */
  readonly asked: boolean
  readonly may: boolean
}
const registered = async () => {
  const { client } = await register(wide, {})
  return { id: String(client['client_id']), secret: String(client['client_secret']), back }
}
const operators = (id: string, secret: string) => async () => ({
  id,
  secret,
  back: `https://${id}.example/cb`,
})
// biome-ignore format: a table
const acting: readonly Acting[] = [
  { what: 'a registered client with a consent to openid alone', client: registered, scope: 'openid', asked: false, may: false },
  { what: 'a registered client with a consent to roles', client: registered, scope: 'openid roles', asked: true, may: true },
  { what: 'the operator’s client that asks people, with openid alone', client: operators('third', 'third-secret-third'), scope: 'openid', asked: false, may: false },
  { what: 'a first-party client whose entry names no roles', client: async () => ({ id: 'web', secret: 'web-secret-web-secret', back: 'https://app.example/cb' }), scope: 'openid roles', asked: true, may: true },
  { what: 'a first-party client whose entry names roles', client: operators('acting', 'acting-secret-acting'), scope: 'openid roles', asked: false, may: true },
  { what: 'the same when it did not ask for them', client: operators('acting', 'acting-secret-acting'), scope: 'openid', asked: false, may: false },
]
for (const { what, client, scope, asked, may } of acting) {
  test(`31: ${what} ${may ? 'may' : 'may not'} act as a role`, { timeout: 60_000 }, async () => {
    const { id, secret, back } = await client()
    const browser = new Browser(wide.issuer)
    const { code, verifier } = await codeFor(browser, { client_id: id, redirect_uri: back, scope })
    const tokens = await post(
      `${wide.issuer}/token`,
      { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: back },
      basic(id, secret),
    )
    assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
    const subject = await wide.oidc.findSubject(String(tokens.body['access_token']))
    assert.equal(subject?.mayActAsRoles, may)
    const consents = wide.events.filter((event) => event.what === 'consented' && event.clientId === id)
    assert.equal(
      consents.some((event) => event.scope?.includes('roles')),
      asked,
      JSON.stringify(consents),
    )
    if (!may) return
    // Withdrawn consent ends it.
    await wide.oidc.sessions.withdraw(String(subject?.person.id), id)
    assert.equal(await wide.oidc.findSubject(String(tokens.body['access_token'])), undefined)
  })
}

test('31: a client becomes only the roles that its entry lists', { timeout: 60_000 }, async () => {
  const { client } = await register(wide, { grant_types: ['authorization_code', exchangeGrant] })
  const ask = (role: string) =>
    post(
      `${wide.issuer}/token`,
      {
        grant_type: exchangeGrant,
        subject_token: 'token',
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        role_arn: `arn:aws:iam::123456789012:role/${role}`,
        role_session_name: 'web',
        audience: 'docs',
      },
      basic(String(client['client_id']), String(client['client_secret'])),
    )
  assert.equal((await ask('reader')).status, 200)
  const refused = await ask('admin')
  assert.deepEqual([refused.status, refused.body['error']], [400, 'invalid_target'])
})
