// Access tokens of persons at a service (secure/session/person-token.ts), and the metadata by which clients find the issuer (RFC 9728).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signJws } from '../../src/secure/jws.ts'
import { createVerifier } from '../../src/verify/index.ts'
import { accountId, bundleOf, SmallChancery, serviceKey } from '../support/small-chancery.ts'
import { until } from '../support/waiting.ts'
import { apps, type Documents, startDocuments } from './documents.ts'

const userId = 'AIDAEXAMPLEALICE0001'
const arn = `arn:aws:iam::${accountId}:user/alice`
const resource = 'https://docs.example/api'
const allow = (action: string, where: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: where }],
})
const handbook = { type: 'session_policy', policy: allow('docs:*', 'arn:aws:docs:::handbook/*') }

let issuer: SmallChancery
let service: Documents
before(async () => {
  issuer = await new SmallChancery().start()
  issuer.roles.set(userId, bundleOf('u1', allow('docs:GetDocument', '*')))
  service = await startDocuments(issuer, { audience: resource, scopes: ['docs:read'], name: 'Documents' })
})
after(async () => {
  await service.stop()
  await issuer.stop()
})

const token = (
  more: Readonly<Record<string, unknown>> = {},
  typ: 'at+jwt' | 'sts+jwt' = 'at+jwt',
): Promise<string> => {
  const iat = Math.floor(Date.now() / 1000)
  const claims = {
    iss: issuer.issuer,
    aud: resource,
    sub: userId,
    iat,
    exp: iat + 300,
    jti: crypto.randomUUID(),
    client_id: 'https://agent.example/client.json',
    grant_id: 'a-grant',
    user_arn: arn,
    auth_time: iat,
    amr: ['pwd', 'otp', 'mfa'],
    dep: [['u', userId, iat]],
    authorization_details: [handbook],
    ...more,
  }
  return signJws(typ, claims, issuer.tokenKeys[0]!)
}
const get = (at: Documents, path: string, bearer: string) =>
  fetch(at.url + path, { headers: { authorization: `Bearer ${bearer}` } })

test('a person’s token is decided by their policies within what they consented to', async () => {
  const bearer = await token()
  const read = await get(service, '/handbook/intro', bearer)
  assert.equal(read.status, 200)
  assert.deepEqual(await read.json(), { arn, scheme: 'bearer', effect: 'allow' })
  const outside = await get(service, '/payroll/june', bearer)
  assert.equal(outside.status, 403)
  assert.equal(((await outside.json()) as { layer: string }).layer, 'session')
  const written = await fetch(`${service.url}/handbook/intro`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${bearer}` },
  })
  assert.equal(written.status, 403)
  assert.equal(((await written.json()) as { layer: string }).layer, 'identity')
})

test('several details are what each of them allows', async () => {
  const second = { type: 'session_policy', policy: allow('docs:GetDocument', 'arn:aws:docs:::minutes/*') }
  const bearer = await token({ authorization_details: [handbook, second] })
  for (const path of ['/handbook/a', '/minutes/a'])
    assert.equal((await get(service, path, bearer)).status, 200)
  assert.equal((await get(service, '/payroll/a', bearer)).status, 403)
})

test('the caller is the user, with the client that acts for them', async () => {
  const verifier = createVerifier({
    issuer: issuer.issuer,
    service: 'docs',
    audience: resource,
    credentials: serviceKey,
  })
  const { caller } = await verifier.authenticate({
    method: 'GET',
    path: '/handbook/a',
    query: '',
    headers: ['authorization', `Bearer ${await token()}`],
    body: async () => Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    secure: true,
  })
  verifier.close()
  assert.equal(caller.principalType, 'User')
  assert.equal(caller.userId, userId)
  assert.equal(caller.clientId, 'https://agent.example/client.json')
  assert.equal(caller.roleArn, undefined)
})

test('a token without a session policy needs the scope of the route', async (t) => {
  const bearer = await token({ authorization_details: undefined, scope: 'docs:read' })
  const refused = await get(service, '/handbook/a', bearer)
  assert.equal(refused.status, 403)
  assert.match(
    refused.headers.get('www-authenticate') ?? '',
    /^Bearer realm="docs", error="insufficient_scope"/,
  )
  const express = (await import('express')).default
  const { protect } = await import('../../src/verify/middleware/express.ts')
  const scoped = await startDocuments(issuer, { audience: resource }, (verifier) =>
    express()
      .use('/read', protect(verifier, { action: 'docs:GetDocument', resource: '*', scope: 'docs:read' }))
      .use(
        '/admin',
        protect(verifier, { action: 'docs:GetDocument', resource: '*', scope: 'docs:read docs:admin' }),
      )
      .use((_req, res) => void res.json({ ok: true })),
  )
  t.after(() => scoped.stop())
  assert.equal((await get(scoped, '/read', bearer)).status, 200)
  const more = await get(scoped, '/admin', bearer)
  assert.equal(more.status, 403)
  assert.match(
    more.headers.get('www-authenticate') ?? '',
    /error="insufficient_scope".*scope="docs:read docs:admin"/,
  )
  const without = await fetch(`${scoped.url}/read`)
  assert.match(
    without.headers.get('www-authenticate') ?? '',
    /^Bearer realm="docs", scope="docs:read", resource_metadata="/,
  )
  const { token: role } = await issuer.bearer({ aud: resource })
  assert.equal(
    (await get(scoped, '/read', role)).status,
    403,
    'its policies decide: the role may read documents/ alone',
  )
})

const refusedClaims: readonly (readonly [why: string, more: Readonly<Record<string, unknown>>])[] = [
  ['for another resource', { aud: 'https://other.example/' }],
  ['of another issuer', { iss: 'https://other.example' }],
  ['that has ended', { exp: Math.floor(Date.now() / 1000) - 1 }],
  ['without the ARN of the user', { user_arn: undefined }],
  ['with the ARN of a role', { user_arn: `arn:aws:iam::${accountId}:role/admin` }],
  ['without what it depends on', { dep: undefined }],
  ['that depends on something unknown', { dep: [['zz', 'x', 1]] }],
  ['without a client', { client_id: undefined }],
  ['of a client itself', { sub: 'a-client', user_arn: undefined }],
  ['with details of another type', { authorization_details: [handbook, { type: 'payment' }] }],
  ['with a detail that holds more', { authorization_details: [{ ...handbook, locations: ['x'] }] }],
  ['with details that are no list', { authorization_details: handbook }],
  ['with no details in the list', { authorization_details: [] }],
  ['with claims of a session', { acct: accountId, rsn: 'x' }],
  ['with session policies of its own', { sp: [] }],
  ['that is bound to a key', { cnf: { jkt: 'x'.repeat(43) } }],
]
for (const [why, more] of refusedClaims)
  test(`a person’s token ${why} is refused`, async () => {
    assert.equal((await get(service, '/handbook/a', await token(more))).status, 401)
  })

test('a policy that cannot be read allows nothing', async () => {
  const bearer = await token({
    authorization_details: [{ type: 'session_policy', policy: { Statement: 'all' } }],
  })
  assert.notEqual((await get(service, '/handbook/a', bearer)).status, 200)
})

for (const [scope, value] of [
  ['user', userId],
  ['client', 'https://agent.example/client.json'],
  ['consent', `${userId}/https://agent.example/client.json`],
] as const)
  test(`a revocation of the ${scope} ends the token`, async (t) => {
    const fresh = await new SmallChancery().start()
    fresh.roles.set(userId, bundleOf('u1', allow('docs:GetDocument', '*')))
    const at = await startDocuments(fresh, { audience: resource })
    t.after(() => Promise.all([at.stop(), fresh.stop()]))
    const iat = Math.floor(Date.now() / 1000)
    const bearer = await signJws(
      'at+jwt',
      {
        ...{ iss: fresh.issuer, aud: resource, sub: userId, iat, exp: iat + 300, jti: crypto.randomUUID() },
        ...{ client_id: 'https://agent.example/client.json', grant_id: 'g', user_arn: arn },
        dep: [
          ['u', userId, iat],
          ['o', `${userId}/https://agent.example/client.json`, iat],
        ],
        authorization_details: [handbook],
      },
      fresh.tokenKeys[0]!,
    )
    assert.equal((await get(at, '/handbook/a', bearer)).status, 200)
    fresh.revoke(scope, value)
    await until('the token is refused', async () => (await get(at, '/handbook/a', bearer)).status === 401)
  })

for (const name of Object.keys(apps) as (keyof typeof apps)[])
  test(`${name}: the metadata of the resource is public, and a 401 names it`, async (t) => {
    const at = await startDocuments(issuer, { audience: resource, scopes: ['docs:read'] }, apps[name])
    t.after(() => at.stop())
    const refused = await fetch(`${at.url}/handbook/a`)
    assert.equal(refused.status, 401)
    assert.match(
      refused.headers.get('www-authenticate') ?? '',
      /^Bearer realm="docs", resource_metadata="https:\/\/docs\.example\/\.well-known\/oauth-protected-resource\/api", DPoP/,
    )
    const metadata = await fetch(`${at.url}/.well-known/oauth-protected-resource/api`)
    assert.equal(metadata.status, 200)
    assert.equal(metadata.headers.get('access-control-allow-origin'), '*')
    assert.match(metadata.headers.get('content-type') ?? '', /^application\/json/)
    assert.deepEqual(await metadata.json(), {
      resource,
      authorization_servers: [issuer.issuer],
      bearer_methods_supported: ['header'],
      dpop_signing_alg_values_supported: ['ES256'],
      authorization_details_types_supported: ['session_policy'],
      scopes_supported: ['docs:read'],
    })
    assert.equal(
      (await fetch(`${at.url}/.well-known/oauth-protected-resource/api`, { method: 'POST' })).status,
      401,
    )
  })

const audiences: readonly (readonly [audience: string | undefined, path: string | undefined | 'refused'])[] =
  [
    [undefined, undefined],
    ['docs', undefined],
    ['urn:example:docs', undefined],
    ['https://docs.example', '/.well-known/oauth-protected-resource'],
    ['https://docs.example/', '/.well-known/oauth-protected-resource'],
    ['https://docs.example/mcp', '/.well-known/oauth-protected-resource/mcp'],
    ['http://localhost:4000/mcp', '/.well-known/oauth-protected-resource/mcp'],
    ['http://docs.example/mcp', 'refused'],
    ['https://docs.example/mcp#x', 'refused'],
    ['https://user@docs.example/mcp', 'refused'],
  ]
for (const [audience, path] of audiences)
  test(`the metadata of the audience ${audience} is ${path === 'refused' ? path : `at ${path}`}`, () => {
    const make = () =>
      createVerifier({
        issuer: 'https://id.example',
        service: 'docs',
        credentials: serviceKey,
        ...(audience !== undefined && { audience }),
      })
    if (path === 'refused') return assert.throws(make, TypeError)
    const verifier = make()
    verifier.close()
    assert.equal(verifier.metadata?.path, path)
  })
