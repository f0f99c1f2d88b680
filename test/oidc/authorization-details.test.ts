// Session policies that a person consents to (docs/agents.md): asked for by `authorization_details`, kept in every token.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decodeJwt } from 'jose'
import { clientsSchema, resourcesSchema } from '../../src/oidc/clients/settings.ts'
import { Browser, basic, codeFor, post } from './browser.ts'
import { alice, auditorSecret, clients, open, type Running } from './open.ts'

const secret = 'agent-secret-agent-secret'
const back = 'https://agent.example/cb'
const docs = 'https://docs.example/'
const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'docs:GetDocument', Resource: 'arn:aws:docs:::handbook/*' }],
}
const detail = { type: 'session_policy', policy }
const asked = (...details: readonly unknown[]): string => JSON.stringify(details)

let mayConsent = true
let at: Running
before(async () => {
  const agent = {
    client_id: 'agent',
    client_secret: secret,
    redirect_uris: [back],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  }
  at = await open({
    mayConsent: () => mayConsent,
    clients: [...clients, ...clientsSchema.parse([agent, { ...agent, client_id: 'own', first_party: true }])],
    resources: resourcesSchema.parse([
      { id: docs, scopes: ['docs:read'] },
      { id: 'https://vault.example/', format: 'opaque' },
    ]),
  })
})
after(() => at.close())

const signIn = async (params: Readonly<Record<string, string>> = {}, browser = new Browser(at.issuer)) => {
  const client = params['client_id'] ?? 'agent'
  const { code, verifier } = await codeFor(browser, {
    client_id: client,
    redirect_uri: back,
    resource: docs,
    authorization_details: asked(detail),
    ...params,
  })
  const redeem = (more: Readonly<Record<string, string>> = {}) =>
    post(
      `${at.issuer}/token`,
      { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: back, ...more },
      basic(client, secret),
    )
  return { browser, redeem }
}
const details = (token: unknown): unknown => decodeJwt(String(token))['authorization_details']

test('what the person consented to is in the token, and in each token of its refreshes', async () => {
  const { redeem } = await signIn()
  const { status, body } = await redeem({ resource: docs })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body['authorization_details'], [detail])
  assert.deepEqual(details(body['access_token']), [detail])
  assert.equal(decodeJwt(String(body['access_token']))['user_arn'], alice.arn)
  const consented = at.events.find(({ what }) => what === 'consented')
  assert.deepEqual(consented?.policies, [JSON.stringify(policy)], 'the audit trail has it')
  const again = await post(
    `${at.issuer}/token`,
    { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']), resource: docs },
    basic('agent', secret),
  )
  assert.equal(again.status, 200, JSON.stringify(again.body))
  assert.deepEqual(details(again.body['access_token']), [detail])
})

test('consent is asked each time, of first-party clients too, and not while nobody may be asked', async () => {
  const browser = new Browser(at.issuer)
  const pages = () => browser.visited.filter((path) => path.startsWith('/sign-in/')).length
  await signIn({ client_id: 'own' }, browser)
  assert.equal(pages(), 2)
  await signIn({ client_id: 'own' }, browser)
  assert.equal(pages(), 3)
  await assert.rejects(
    signIn({ client_id: 'own', prompt: 'none' }, browser),
    /consent_required|interaction_required/,
  )
})

test('introspection gives the details to the resource server', async () => {
  const { redeem } = await signIn({ resource: 'https://vault.example/' })
  const { body } = await redeem({ resource: 'https://vault.example/' })
  const seen = await post(
    `${at.issuer}/introspect`,
    { token: String(body['access_token']) },
    basic('auditor', auditorSecret),
  )
  assert.deepEqual(seen.body['authorization_details'], [detail])
})

test('a token request may repeat the details and cannot change them', async () => {
  const other = {
    type: 'session_policy',
    policy: { ...policy, Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  }
  const same = await (await signIn()).redeem({ authorization_details: asked(detail), resource: docs })
  assert.equal(same.status, 200, JSON.stringify(same.body))
  const wider = await (await signIn()).redeem({ authorization_details: asked(other), resource: docs })
  assert.equal(wider.status, 400)
  assert.equal(wider.body['error'], 'invalid_authorization_details')
  const { code, verifier } = await codeFor(new Browser(at.issuer), {
    client_id: 'own',
    redirect_uri: back,
    resource: docs,
    scope: 'openid docs:read',
  })
  const added = await post(
    `${at.issuer}/token`,
    {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: back,
      resource: docs,
      authorization_details: asked(detail),
    },
    basic('own', secret),
  )
  assert.equal(added.body['error'], 'invalid_authorization_details')
})

test('a client has no consent to act on', async () => {
  const { body } = await post(
    `${at.issuer}/token`,
    { grant_type: 'client_credentials', resource: docs, authorization_details: asked(detail) },
    basic('agent', secret),
  )
  assert.equal(body['error'], 'invalid_authorization_details')
})

test('what is made of the token in an exchange has the policies', async () => {
  const { redeem } = await signIn()
  const found = await at.oidc.findSubject(String((await redeem({ resource: docs })).body['access_token']))
  assert.deepEqual(found?.policies, [JSON.stringify(policy)])
})

test('details that allow more than the person may do are refused before consent', async (t) => {
  mayConsent = false
  t.after(() => {
    mayConsent = true
  })
  const browser = new Browser(at.issuer)
  await assert.rejects(signIn({}, browser), /error=invalid_authorization_details/)
  assert.equal(browser.visited.filter((path) => path.startsWith('/sign-in/')).length, 1, 'the sign-in alone')
})

const reads = (Resource: string): string =>
  asked({ ...detail, policy: { ...policy, Statement: [{ ...policy.Statement[0], Resource }] } })
const refused: readonly (readonly [why: string, details: string])[] = [
  ['no JSON', '['],
  ['no list', JSON.stringify(detail)],
  ['another type', asked({ type: 'payment', amount: 1 })],
  ['no policy', asked({ type: 'session_policy' })],
  ['a policy that is text', asked({ type: 'session_policy', policy: JSON.stringify(policy) })],
  ['a list as policy', asked({ type: 'session_policy', policy: [policy] })],
  ['a member that would not be shown', asked({ ...detail, locations: [docs] })],
  ['a second detail of another type', asked(detail, { type: 'payment' })],
  [
    'a condition',
    asked({
      type: 'session_policy',
      policy: {
        ...policy,
        Statement: [{ ...policy.Statement[0], Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
      },
    }),
  ],
  ['an element nobody knows', asked({ type: 'session_policy', policy: { ...policy, Extra: 1 } })],
  [
    'a prototype',
    `[{"type":"session_policy","policy":{"__proto__":{"Version":"2012-10-17"},"Statement":[]}}]`,
  ],
  [
    'NotAction',
    asked({
      ...detail,
      policy: { ...policy, Statement: [{ Effect: 'Allow', NotAction: 'docs:Get', Resource: '*' }] },
    }),
  ],
  ['null', '[null]'],
  ['a resource with a bidirectional override', reads('arn:aws:docs:::handbook/\u202e*')],
  ['a resource with a letter of another script', reads('arn:aws:docs:::h\u0430ndbook/*')],
  ['a resource with a variable', reads(`arn:aws:docs:::\${aws:username}/*`)],
  ['a type of the prototype', asked({ ...detail, type: 'constructor' })],
  [
    'more than can be kept',
    asked({
      type: 'session_policy',
      policy: {
        ...policy,
        Statement: [{ ...policy.Statement[0], Resource: `arn:aws:docs:::${'a'.repeat(1600)}` }],
      },
    }),
  ],
]
for (const [why, text] of refused)
  test(`authorization_details with ${why} are refused before anybody signs in`, async () => {
    const browser = new Browser(at.issuer)
    await assert.rejects(signIn({ authorization_details: text }, browser), /invalid_authorization_details/)
    assert.equal(browser.visited.filter((path) => path.startsWith('/sign-in/')).length, 0)
  })

const large: readonly (readonly [why: string, details: string])[] = [
  [
    '300 statements',
    asked({ ...detail, policy: { ...policy, Statement: Array(300).fill(policy.Statement[0]) } }),
  ],
  ['a hundred details', asked(...Array(100).fill(detail))],
  [
    'lists in lists',
    `[{"type":"session_policy","policy":{"Statement":${'['.repeat(20_000)}${']'.repeat(20_000)}}}]`,
  ],
  ['lists of details in lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['members in members', `[{"type":"session_policy","policy":${'{"a":'.repeat(8000)}1${'}'.repeat(8000)}}]`],
]
for (const [why, authorization_details] of large)
  test(`a pushed request with ${why} is refused`, async () => {
    const { status, body } = await post(
      `${at.issuer}/par`,
      {
        response_type: 'code',
        redirect_uri: back,
        scope: 'openid',
        code_challenge: 'a'.repeat(43),
        code_challenge_method: 'S256',
        authorization_details,
      },
      basic('agent', secret),
    )
    assert.equal(status, 400, String(status))
    assert.match(String(body['error']), /^invalid_(authorization_details|request)$/)
  })

test('discovery names the type', async () => {
  const metadata = (await (await fetch(`${at.issuer}/.well-known/openid-configuration`)).json()) as Record<
    string,
    unknown
  >
  assert.deepEqual(metadata['authorization_details_types_supported'], ['session_policy'])
})
