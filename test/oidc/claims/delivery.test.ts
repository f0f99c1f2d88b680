// Standard and mapped claims over HTTP: ID token, userinfo, introspection and JWT access token.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clientsSchema } from '../../../src/oidc/clients/settings.ts'
import { attributeClaims } from '../../../src/store/person.ts'
import { Browser, basic, codeFor, post } from '../browser.ts'
import { alice, auditorSecret, clients, open, type Running } from '../open.ts'

const secret = 'a-secret-of-some-length'
const back = 'https://rp.example/cb'
const docs = 'https://docs.example/'
const attributes = {
  givenName: 'Alice',
  familyName: 'Example',
  locale: 'de-AT',
  timeZone: 'Europe/Vienna',
  picture: 'https://img.example/alice.png',
  phoneNumber: '+43 1 234567',
} as const
const client = (client_id: string, more: object = {}) => ({
  client_id,
  client_secret: secret,
  redirect_uris: [back],
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  first_party: true,
  ...more,
})

let at: Running
before(
  async () => {
    const mapping = {
      login: 'preferred_username',
      tenant: { value: 'acme' },
      teams: { from: 'groups', match: 'w*' },
      preferred_username: 'email',
      here: { value: 'id', in: ['id_token'] },
      there: { value: 'info', in: ['userinfo', 'introspection'] },
    }
    at = await open({
      clients: [...clients, ...clientsSchema.parse([client('plain'), client('mapped', { claims: mapping })])],
      registration: { claims: true },
    })
    at.people.set(alice.id, { ...alice, attributes })
  },
  { timeout: 60_000 },
)
after(() => at?.close())

const payload = (jwt: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString())

async function signIn(client_id: string, params: Record<string, string> = {}, from = secret) {
  const { code, verifier } = await codeFor(new Browser(at.issuer), {
    client_id,
    redirect_uri: back,
    ...params,
  })
  const { resource } = params
  const grant = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: back }
  const form = resource === undefined ? grant : { ...grant, resource }
  const { status, body } = await post(`${at.issuer}/token`, form, basic(client_id, from))
  assert.equal(status, 200, JSON.stringify(body))
  return { idToken: body['id_token'] ? payload(body['id_token']) : {}, access: String(body['access_token']) }
}

const userinfo = async (access: string): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${at.issuer}/userinfo`, { headers: { authorization: `Bearer ${access}` } })
  return (await answer.json()) as Record<string, unknown>
}

const introspect = async (token: string) =>
  (await post(`${at.issuer}/introspect`, { token }, basic('auditor', auditorSecret))).body

test('claims_supported lists exactly the claims that can be delivered', { timeout: 60_000 }, async () => {
  const answer = await fetch(`${at.issuer}/.well-known/openid-configuration`)
  const { claims_supported: supported, scopes_supported: scopes } = (await answer.json()) as {
    claims_supported: string[]
    scopes_supported: string[]
  }
  const requested = JSON.stringify({ id_token: { sid: null, acr: null } })
  const { idToken, access } = await signIn('plain', { scope: scopes.join(' '), claims: requested })
  const delivered = new Set([...Object.keys(idToken), ...Object.keys(await userinfo(access))])
  // Not about the user: validity of the ID token itself (OIDC Core §2).
  for (const name of ['aud', 'exp', 'iat', 'jti', 'nonce', 'at_hash']) delivered.delete(name)
  assert.deepEqual([...delivered].sort(), [...supported].sort())
})

test('each scope delivers its claims, with the values of the user', { timeout: 60_000 }, async () => {
  const standard: Readonly<Record<string, Record<string, unknown>>> = {
    profile: {
      name: alice.displayName,
      preferred_username: alice.name,
      given_name: attributes.givenName,
      family_name: attributes.familyName,
      locale: attributes.locale,
      zoneinfo: attributes.timeZone,
      picture: attributes.picture,
    },
    email: { email: alice.email, email_verified: true },
    phone: { phone_number: attributes.phoneNumber },
    groups: { groups: alice.groups },
  }
  for (const [scope, claims] of Object.entries(standard)) {
    const { access } = await signIn('plain', { scope: `openid ${scope}` })
    assert.deepEqual(await userinfo(access), { sub: alice.id, ...claims }, scope)
  }
  assert.deepEqual(
    Object.values(attributeClaims(attributes)).length,
    Object.keys(attributes).length,
    'every attribute is among them',
  )
})

const everywhere = { login: 'alice', tenant: 'acme', teams: ['writers'], preferred_username: alice.email }

test('a mapping sets the same claims in ID token, userinfo and introspection', {
  timeout: 60_000,
}, async () => {
  const { idToken, access } = await signIn('mapped')
  const { iss, sub, aud, exp, iat, auth_time, acr, amr, at_hash, ...rest } = idToken
  assert.deepEqual(rest, { ...everywhere, here: 'id' })
  assert.deepEqual([iss, sub, aud], [at.issuer, alice.id, 'mapped'])
  assert.deepEqual(await userinfo(access), { sub: alice.id, ...everywhere, there: 'info' })
  const found: Record<string, unknown> = await introspect(access)
  for (const [name, value] of Object.entries({ ...everywhere, there: 'info' }))
    assert.deepEqual(found[name], value, name)
  assert.deepEqual([found['active'], found['here'], found['grant_id']], [true, undefined, undefined])
})

test('introspection has the groups that the user has now', { timeout: 60_000 }, async () => {
  const { access } = await signIn('mapped')
  at.people.set(alice.id, { ...alice, attributes, groups: ['wheel'] })
  const found: Record<string, unknown> = await introspect(access)
  at.people.set(alice.id, { ...alice, attributes })
  assert.deepEqual(found['teams'], ['wheel'])
})

test('a JWT access token has the mapped claims, of a user and of the client alone', {
  timeout: 60_000,
}, async () => {
  const { access } = await signIn('mapped', { resource: docs, scope: 'openid docs:read' })
  const { sub, aud, client_id, login, tenant, teams, here, there } = payload(access)
  assert.deepEqual(
    { sub, aud, client_id, login, tenant, teams, here, there },
    {
      sub: alice.id,
      aud: docs,
      client_id: 'mapped',
      login: 'alice',
      tenant: 'acme',
      teams: ['writers'],
      here: undefined,
      there: undefined,
    },
  )
  const own = await post(
    `${at.issuer}/token`,
    { grant_type: 'client_credentials', resource: docs },
    basic('mapped', secret),
  )
  const claims = payload(own.body['access_token'])
  assert.deepEqual([claims['sub'], claims['tenant'], claims['login']], ['mapped', 'acme', undefined])
})

test('a mapping of one client is not in the tokens of another, nor in discovery', {
  timeout: 60_000,
}, async () => {
  const requested = JSON.stringify({ userinfo: { tenant: null, login: null } })
  const { access } = await signIn('plain', { claims: requested })
  assert.deepEqual(await userinfo(access), { sub: alice.id })
  const text = await (await fetch(`${at.issuer}/.well-known/openid-configuration`)).text()
  assert.doesNotMatch(text, /tenant/)
})

test('a registered client maps what it was granted where the operator allows it, and nothing else', {
  timeout: 60_000,
}, async () => {
  const token = await at.oidc.createInitialAccessToken({ expiresIn: 600 })
  const register = async (claims: object) => {
    const answer = await fetch(`${at.issuer}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ redirect_uris: [back], claims }),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  for (const claims of [{ email_verified: { value: true } }, { iss: { value: 'x' } }, { a: 'password' }, []])
    assert.equal((await register(claims)).body['error'], 'invalid_client_metadata', JSON.stringify(claims))
  const { status, body } = await register({ mail: 'email', tenant: { value: 'acme' } })
  assert.equal(status, 201, JSON.stringify(body))
  const { access } = await signIn(String(body['client_id']), {}, String(body['client_secret']))
  assert.deepEqual(await userinfo(access), { sub: alice.id, tenant: 'acme' })
})
