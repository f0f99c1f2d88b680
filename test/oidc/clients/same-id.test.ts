// A client that was created with the id of a deleted one gets nothing that the earlier client had: no consent, no grant, no
// refresh token; and a client's own token does not outlive what ended the client.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clientIdFactory } from '../../../src/oidc/clients/registration.ts'
import { uniqueIdForm } from '../../../src/oidc/clients/settings.ts'
import { Consents } from '../../../src/oidc/session/consents.ts'
import { uniqueId } from '../../../src/secure/random.ts'
import { Browser, basic, codeFor, post } from '../browser.ts'
import { alice, clients, open, type Running, resources } from '../open.ts'

const resource = 'https://docs.example/'
const epoch = (): number => Math.floor(Date.now() / 1000)
/** What was revoked of each client, in epoch seconds. */
const revoked = new Map<string, number>()
let at: Running
before(
  async () => {
    at = await open({ clients, resources, clientRevokedBefore: async (id) => revoked.get(id) })
  },
  { timeout: 60_000 },
)
after(() => at.close())

const created = async (id: string, entry: object, when: number): Promise<string> =>
  (await at.oidc.clients.create(id, { ...entry }, when)).secret?.value ?? ''

async function removed(id: string): Promise<void> {
  const client = await at.oidc.clients.find(id)
  assert.ok(client)
  await at.oidc.clients.remove(client, () => undefined, epoch())
}

const redirect_uri = 'https://again.example/cb'
const application = { redirect_uris: [redirect_uri], grant_types: ['authorization_code', 'refresh_token'] }

test('a client with the id of a deleted one inherits no consent and no refresh token', async () => {
  const params = { client_id: 'again', redirect_uri }
  const first = await created('again', application, epoch() - 100)
  const browser = new Browser(at.issuer)
  const { code, verifier } = await codeFor(browser, {
    ...params,
    scope: 'openid offline_access',
    prompt: 'consent',
  })
  const other = new Browser(at.issuer)
  await codeFor(other, { client_id: 'web', redirect_uri: 'https://app.example/cb' })
  for (const one of [browser, other]) await codeFor(one, { ...params, prompt: 'none' })
  const exchanged = await post(
    `${at.issuer}/token`,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri },
    basic('again', first),
  )
  const refreshToken = String(exchanged.body['refresh_token'])
  assert.equal(exchanged.status, 200, JSON.stringify(exchanged.body))
  await removed('again')
  // Later than the grants, which are of this second.
  const second = await created('again', application, epoch() + 1)
  for (const one of [browser, other])
    await assert.rejects(codeFor(one, { ...params, prompt: 'none' }), /consent_required/)
  const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const refused = await post(`${at.issuer}/token`, refresh, basic('again', second))
  assert.deepEqual([refused.status, refused.body['error']], [400, 'invalid_grant'])
})

test('a consent to a deleted client neither counts for a later one nor is added to its consent', async () => {
  let now = 1_900_000_000
  const consents = new Consents(at.store, () => now * 1000)
  const agree = (scope: string) => consents.remember(alice.id, 'later', { openid: { scope } })
  const agreed = async () => (await consents.find(alice.id, 'later'))?.openid?.scope
  await agree('openid email')
  assert.equal(await agreed(), 'openid email')
  now += 10
  await created('later', application, now)
  assert.equal(await agreed(), undefined)
  // Within the second in which a process may still know the earlier client.
  now += 1
  await agree('openid phone')
  assert.equal(await agreed(), undefined)
  now += 1
  await agree('openid')
  assert.equal(await agreed(), 'openid')
})

/** Seconds from the token's `iat` to the client's creation and to the end of a revocation. */
const cases: readonly [
  what: string,
  createdAfter: number,
  revokedAfter: number | undefined,
  live: boolean,
][] = [
  ['a token of a client', -60, undefined, true],
  ['a token of the second in which its client was created', 0, undefined, true],
  ['a token issued before its client was created', 1, undefined, false],
  ['a token issued after the client was revoked', -60, 0, true],
  ['a token issued before the client was revoked', -60, 1, false],
  ['a token issued before an earlier client was deleted', 0, 2, false],
]
test("a client's own token is valid when it was issued after the event that ended the client", async () => {
  const entry = { grant_types: ['client_credentials'], resources: [resource] }
  const secret = await created('robot', entry, epoch() - 100)
  const asked = { grant_type: 'client_credentials', resource, scope: 'docs:read' }
  const { body } = await post(`${at.issuer}/token`, asked, basic('robot', secret))
  const token = String(body['access_token'])
  const { iat } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    iat: number
  }
  for (const [what, createdAfter, revokedAfter, live] of cases) {
    await at.store.update('client', 'robot', (old) => ({ ...old, createdAt: iat + createdAfter }))
    revoked.clear()
    if (revokedAfter !== undefined) revoked.set('robot', iat + revokedAfter)
    const found = await at.oidc.findClientToken(token, resource)
    assert.equal(found?.clientId, live ? 'robot' : undefined, what)
  }
})

test('no id that the server chooses for a client has the form of a unique id of a user', () => {
  assert.match(uniqueId('AIDA'), uniqueIdForm)
  const chosen = Array.from({ length: 10_000 }, clientIdFactory)
  assert.deepEqual(
    chosen.filter((id) => uniqueIdForm.test(id)),
    [],
  )
})
