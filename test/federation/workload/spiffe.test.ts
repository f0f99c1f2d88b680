// JWT-SVIDs and bundles as SPIRE writes them: no `alg` in keys, `use: jwt-svid` beside `x509-svid`, tokens without `iss`.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { SignJWT } from 'jose'
import { identityProvidersSchema, recordOf } from '../../../src/federation/kinds.ts'
import { checkOpenId } from '../../../src/federation/openid/check.ts'
import { openIdSettings } from '../../../src/federation/openid/settings.ts'
import type { Fetched } from '../../../src/federation/outbound/guarded-fetch.ts'
import { IssuerKeys } from '../../../src/federation/workload/issuer-keys.ts'
import { readOutsideToken, verifyOutsideToken } from '../../../src/federation/workload/outside-token.ts'
import { trustDomainOf } from '../../../src/federation/workload/spiffe.ts'
import { Problem } from '../../../src/problem.ts'
import type { OpenIdProvider } from '../../../src/store/records.ts'
import { outsideContext } from '../../../src/sts/outside/outside-context.ts'

const now = 1_900_000_000
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwtKey = pair()
const authority = pair()
const bundleUrl = 'https://spire.acme.example/bundle'
const workload = 'spiffe://acme.example/ns/web/sa/api'

const bundle = (hint?: number) =>
  JSON.stringify({
    keys: [
      { use: 'x509-svid', ...authority.publicKey.export({ format: 'jwk' }), kid: 'x', x5c: ['MIIB'] },
      { use: 'jwt-svid', ...jwtKey.publicKey.export({ format: 'jwk' }), kid: 'k1' },
      { ...authority.publicKey.export({ format: 'jwk' }), kid: 'without-use' },
    ],
    spiffe_sequence: 7,
    ...(hint === undefined ? {} : { spiffe_refresh_hint: hint }),
  })

const svid = (claims: object = {}, { key = jwtKey, kid = 'k1' } = {}) =>
  new SignJWT({ sub: workload, aud: ['chancery'], iat: now - 1, exp: now + 300, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
    .sign(key.privateKey)

const providerOf = (given: object = {}): OpenIdProvider => {
  const entry = {
    kind: 'openid',
    url: 'spiffe://acme.example',
    jwks_uri: bundleUrl,
    client_ids: ['chancery'],
    ...given,
  }
  const [parsed] = identityProvidersSchema.parse([entry])
  const record = parsed && recordOf(parsed, { accountId: '123456789012', now })
  return record?.kind === 'openid' ? record : assert.fail('no provider')
}

function keysFrom(text: () => string) {
  const state = { now, fetched: 0 }
  const fetch = async (url: string): Promise<Fetched> => {
    assert.equal(url, bundleUrl)
    state.fetched++
    return { status: 200, headers: new Map(), body: Buffer.from(text()) }
  }
  return { state, fetch, keys: new IssuerKeys({ fetch, now: () => state.now }) }
}

const verify = (token: string, provider = providerOf(), { keys } = keysFrom(() => bundle())) =>
  verifyOutsideToken(readOutsideToken(token), provider, keys, now)

test('a JWT-SVID without `iss` is verified with the bundle of its trust domain', async () => {
  const provider = providerOf()
  assert.equal(provider.id, 'arn:aws:iam::123456789012:oidc-provider/acme.example')
  const identity = await verify(await svid())
  assert.equal(identity.issuer, 'spiffe://acme.example')
  assert.equal(identity.subject, workload)
  assert.equal(outsideContext(identity).get('acme.example:sub'), workload)
  assert.equal(outsideContext(identity).get('acme.example:aud'), 'chancery')
})

test('a JWT-SVID with `iss` is verified with a bundle as well', async () => {
  const iss = 'https://oidc.spire.example'
  const provider = providerOf({ url: iss, bundle_format: 'spiffe' })
  assert.equal((await verify(await svid({ iss }), provider)).issuer, iss)
  await assert.rejects(verify(await svid({ iss, sub: 'alice' }), provider), /not a SPIFFE ID/)
})

test('refused: keys of another use, other trust domains, and what is no SPIFFE ID', async (t) => {
  const cases: readonly (readonly [string, Promise<string>, RegExp])[] = [
    ['a key for X.509-SVIDs', svid({}, { key: authority, kid: 'x' }), /not signed by a key/],
    ['a key without use', svid({}, { key: authority, kid: 'without-use' }), /not signed by a key/],
    ['another trust domain', svid({ sub: 'spiffe://other.example/a' }), /No OpenIDConnect provider/],
    [
      'another trust domain under our `iss`',
      svid({ iss: 'spiffe://acme.example', sub: 'spiffe://other.example/a' }),
      /another trust domain/,
    ],
    ['an unknown issuer', svid({ iss: 'https://oidc.spire.example' }), /No OpenIDConnect provider/],
    ['no subject', svid({ sub: undefined }), /Missing a required claim: iss/],
    ['a subject that is none, and no iss', svid({ sub: 'alice' }), /Missing a required claim: iss/],
    ['another audience', svid({ aud: ['elsewhere'] }), /Incorrect token audience/],
    ['no end', svid({ exp: undefined }), /Missing a required claim: exp/],
  ]
  for (const [title, token, message] of cases)
    await t.test(title, async () => {
      const text = await token
      await assert.rejects(
        async () => verify(text),
        (error) => {
          assert.ok(error instanceof Problem, String(error))
          assert.match(error.message, message)
          return true
        },
      )
    })
})

test('without `bundle_format: spiffe`, a key for JWT-SVIDs is not a key for tokens', async () => {
  const iss = 'https://oidc.spire.example'
  await assert.rejects(verify(await svid({ iss }), providerOf({ url: iss })), /not signed by a key/)
})

test('the trust domain of a SPIFFE ID', () => {
  const cases: readonly (readonly [unknown, string | undefined])[] = [
    [workload, 'spiffe://acme.example'],
    ['spiffe://acme.example', undefined],
    ['spiffe://acme.example/', undefined],
    ['spiffe://acme.example/a/', undefined],
    ['spiffe://acme.example/a//b', undefined],
    ['spiffe://acme.example/../b', undefined],
    ['spiffe://acme.example/a/./b', undefined],
    ['spiffe://acme.example/..a', 'spiffe://acme.example'],
    ['spiffe://ACME.example/a', undefined],
    ['spiffe://user@acme.example/a', undefined],
    ['spiffe://acme.example:8443/a', undefined],
    ['spiffe://acme.example/a?b', undefined],
    ['spiffe://acme.example/a%2fb', undefined],
    ['SPIFFE://acme.example/a', undefined],
    ['https://acme.example/a', undefined],
    [`spiffe://acme.example/${'a'.repeat(2048)}`, undefined],
    [7, undefined],
  ]
  for (const [subject, domain] of cases) assert.equal(trustDomainOf(subject), domain, String(subject))
})

test('`spiffe_refresh_hint` says when the bundle is fetched again, within bounds', async () => {
  for (const [hint, age] of [
    [undefined, 300],
    [120, 120],
    [1, 60],
    [2_419_200, 3600],
    [-5, 300],
  ] as const) {
    const { state, keys } = keysFrom(() => bundle(hint))
    const provider = providerOf()
    await keys.find(provider, 'k1', 'ES256')
    state.now += age - 1
    await keys.find(provider, 'k1', 'ES256')
    assert.equal(state.fetched, 1, String(hint))
    state.now += 1
    await keys.find(provider, 'k1', 'ES256')
    assert.equal(state.fetched, 2, String(hint))
  }
})

test('settings of trust domains that cannot work are refused', () => {
  const of = (given: object) => openIdSettings.safeParse({ kind: 'openid', ...given }).success
  assert.ok(of({ url: 'spiffe://acme.example', jwks_uri: bundleUrl }))
  assert.ok(of({ preset: 'spiffe', url: 'spiffe://acme.example', jwks: JSON.parse(bundle()) }))
  assert.ok(!of({ url: 'spiffe://acme.example' }))
  assert.ok(!of({ url: 'spiffe://acme.example/path', jwks_uri: bundleUrl }))
  assert.ok(!of({ url: 'spiffe://acme.example', jwks_uri: bundleUrl, bundle_format: 'jwks' }))
  assert.ok(
    !of({
      url: 'spiffe://acme.example',
      jwks_uri: bundleUrl,
      name: 'a',
      sign_in: { title: 'A', client_id: 'a' },
    }),
  )
  const same = ['spiffe://acme.example', 'https://acme.example'].map((url) => ({
    kind: 'openid',
    url,
    jwks_uri: bundleUrl,
  }))
  assert.ok(!identityProvidersSchema.safeParse(same).success)
})

test('`provider check` of configured keys asks nobody for a discovery document', async () => {
  const never = () => assert.fail('no network')
  const deps = { now: () => now, allow: new Set<string>() }
  const uploaded = providerOf({
    url: 'https://kubernetes.default.svc',
    jwks_uri: undefined,
    jwks: { keys: [{ ...jwtKey.publicKey.export({ format: 'jwk' }), kid: 'k1' }] },
  })
  assert.deepEqual(await Array.fromAsync(checkOpenId(uploaded, { ...deps, fetch: never })), [
    { step: 'keys', ok: true, said: '1 usable, from the configuration' },
  ])
  const { fetch } = keysFrom(() => bundle())
  assert.deepEqual(await Array.fromAsync(checkOpenId(providerOf(), { ...deps, fetch })), [
    { step: 'keys', ok: true, said: '1 usable' },
  ])
})
