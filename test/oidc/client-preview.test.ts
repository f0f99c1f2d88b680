// The preview of a client's tokens says what a sign-in delivers: same claims, same values.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openClientPreview, type PreviewedClaim } from '../../src/oidc/client-preview.ts'
import { registrationSchema } from '../../src/oidc/clients/registration-limits.ts'
import { clientsSchema } from '../../src/oidc/clients/settings.ts'
import { isProblem } from '../../src/problem.ts'
import { Browser, basic, codeFor, post } from './browser.ts'
import { alice, auditorSecret, clients, open, type Running, resources } from './open.ts'

const secret = 'a-secret-of-some-length'
const back = 'https://rp.example/cb'
const own = clientsSchema.parse([
  {
    client_id: 'mapped',
    client_secret: secret,
    redirect_uris: [back],
    first_party: true,
    claims: {
      login: 'preferred_username',
      preferred_username: 'email',
      tenant: { value: 'acme', in: ['access_token', 'introspection'] },
      teams: { from: 'groups', match: 'w*', scope: 'groups' },
    },
  },
  { client_id: 'narrow', client_secret: secret, redirect_uris: [back], scope: 'openid email' },
])
const registration = registrationSchema.parse({})

let at: Running
before(
  async () => {
    at = await open({ clients: [...clients, ...own] })
  },
  { timeout: 60_000 },
)
after(() => at?.close())

const previewer = () =>
  openClientPreview({
    store: at.store,
    clients: own,
    resources,
    registration,
    issuer: at.issuer,
    findPerson: async (id) => at.people.get(id),
    now: () => 1_800_000_000,
  })

const payload = (jwt: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString())

/** Names and values, without what differs from one sign-in to the next. */
function comparable(claims: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const changing = ['iat', 'exp', 'auth_time', 'jti', 'nonce', 'at_hash']
  // Ids of the grant and session, and their dependencies: for this server alone.
  const internal = ['grant_id', 'session', 'dep']
  return Object.fromEntries(
    Object.entries(claims)
      .filter(([name]) => ![...changing, ...internal].includes(name))
      .sort(([a], [b]) => a.localeCompare(b)),
  )
}
const shown = (claims: readonly PreviewedClaim[]) =>
  comparable(Object.fromEntries(claims.map(({ claim, value }) => [claim, value])))

async function signIn(scope: string, resource?: string) {
  const asked = { client_id: 'mapped', redirect_uri: back, scope, ...(resource ? { resource } : {}) }
  const { code, verifier } = await codeFor(new Browser(at.issuer), asked)
  const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: back }
  const { status, body } = await post(
    `${at.issuer}/token`,
    resource ? { ...form, resource } : form,
    basic('mapped', secret),
  )
  assert.equal(status, 200, JSON.stringify(body))
  return { idToken: payload(body['id_token']), access: String(body['access_token']) }
}

for (const scope of ['openid', 'openid profile email groups'])
  test(`the preview of \`${scope}\` has the claims that a sign-in delivers`, {
    timeout: 60_000,
  }, async () => {
    const preview = await previewer()({ clientId: 'mapped', userId: alice.id, scopes: scope.split(' ') })
    const { idToken, access } = await signIn(scope)
    assert.deepEqual(shown(preview.idToken), comparable(idToken))
    const userinfo = await fetch(`${at.issuer}/userinfo`, { headers: { authorization: `Bearer ${access}` } })
    assert.deepEqual(shown(preview.userinfo), comparable((await userinfo.json()) as Record<string, unknown>))
    const found = await post(`${at.issuer}/introspect`, { token: access }, basic('auditor', auditorSecret))
    assert.deepEqual(shown(preview.accessToken.claims), comparable(found.body))
  })

test('the preview of a JWT access token is the token', { timeout: 60_000 }, async () => {
  const resource = 'https://docs.example/'
  const scope = 'openid docs:read'
  const preview = await previewer()({
    clientId: 'mapped',
    userId: alice.id,
    scopes: scope.split(' '),
    resource,
  })
  const { access } = await signIn(scope, resource)
  assert.equal(preview.accessToken.format, 'jwt')
  assert.deepEqual(shown(preview.accessToken.claims), comparable(payload(access)))
})

test('each claim has its source', async () => {
  const preview = await previewer()({ clientId: 'mapped', userId: alice.id })
  const origins = new Map(preview.idToken.map(({ claim, origin, detail }) => [claim, `${origin} ${detail}`]))
  assert.equal(origins.get('iss'), 'protocol ')
  assert.equal(origins.get('email'), 'user scope email')
  assert.equal(origins.get('preferred_username'), 'mapping from email')
  assert.deepEqual(preview.scopes, ['openid', 'profile', 'email', 'phone', 'groups'])
  assert.deepEqual((await previewer()({ clientId: 'narrow', userId: alice.id })).scopes, ['openid', 'email'])
})

test('an unknown client, user or resource is named, and nothing is stored', async () => {
  const unknown = [
    { clientId: 'nobody', userId: alice.id },
    { clientId: 'mapped', userId: 'AIDANOBODY' },
    { clientId: 'mapped', userId: alice.id, resource: 'https://unknown.example/' },
  ]
  const { records: before } = await at.store.find('artifact', { by: 'model', value: 'Grant' }, { limit: 100 })
  for (const request of unknown)
    await assert.rejects(previewer()(request), (error) => isProblem(error, 'not_found'))
  await previewer()({ clientId: 'mapped', userId: alice.id })
  const { records } = await at.store.find('artifact', { by: 'model', value: 'Grant' }, { limit: 100 })
  assert.equal(records.length, before.length)
})
