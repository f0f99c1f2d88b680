// FAPI 2.0 Security Profile (Final) and Message Signing over HTTP: a row for each module of the OpenID Foundation's
// conformance plan `fapi2-security-profile-final-test-plan` (private_key_jwt, DPoP), named as its class without the prefix
// FAPI2SPFinal.
import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  compactVerify,
  createRemoteJWKSet,
  decodeJwt,
  type JWK,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import { clientsSchema } from '../../src/oidc/clients/settings.ts'
import { Browser, pkce, post } from './browser.ts'
import { type ProofKey, proofKey } from './dpop.ts'
import { type Changes, FapiClient, type SigningKey, seconds, signed, signingKey } from './fapi-client.ts'
import { clients, open, type Running } from './open.ts'

const back = 'https://fapi.example/cb'
const hmacSecret = 'a-secret-of-some-length-for-an-hmac'
let at: Running
/** Seconds that the server's clock is ahead. */
let ahead = 0
let client: FapiClient
let other: FapiClient
let signing: FapiClient
let rsa: SigningKey
let otherProof: ProofKey
const unknownJkt = 'x'.repeat(43)

before(
  async () => {
    const key = await signingKey('ES256')
    const [ofOther, ofSigning] = [await signingKey('PS256'), await signingKey('EdDSA')]
    rsa = await signingKey('RS256')
    otherProof = await proofKey()
    const entry = (client_id: string, keys: readonly JWK[], more: object = {}) => ({
      client_id,
      profile: 'fapi2',
      jwks: { keys },
      redirect_uris: [back],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      first_party: true,
      ...more,
    })
    const own = clientsSchema.parse([
      entry('fapi', [key.jwk, rsa.jwk]),
      entry('other', [ofOther.jwk]),
      entry('asks', [key.jwk], { first_party: false }),
      { client_id: 'signer', jwks: { keys: [key.jwk] }, grant_types: ['client_credentials'] },
      {
        client_id: 'hmac',
        client_secret: hmacSecret,
        token_endpoint_auth_method: 'client_secret_jwt',
        grant_types: ['client_credentials'],
      },
      entry('signing', [ofSigning.jwk, rsa.jwk], { profile: 'fapi2-message-signing' }),
    ])
    at = await open({ clients: [...clients, ...own], clock: () => Date.now() + ahead * 1000 })
    const make = (clientId: string, of: SigningKey) =>
      FapiClient.make(at.issuer, { clientId, key: of, redirectUri: back })
    client = await make('fapi', key)
    other = await make('other', ofOther)
    signing = await make('signing', ofSigning)
  },
  { timeout: 60_000 },
)
after(() => at?.close())

const inSeconds = (n: number): number => seconds() + n

interface Row {
  readonly module: string
  readonly changes?: () => Changes
  /** The step at which the flow ends, and the OAuth error there. */
  readonly want: 'done' | readonly [step: 'par' | 'authorize' | 'token', error: string | RegExp]
}
// biome-ignore format: a table
const rows: readonly Row[] = [
  { module: 'HappyFlow', want: 'done' },
  { module: 'EnsureAuthorizationRequestWithoutStateSuccess', changes: () => ({ par: { state: undefined } }), want: 'done' },
  { module: 'EnsureAuthorizationRequestWithoutNonceSuccess', changes: () => ({ par: { nonce: undefined } }), want: 'done' },
  { module: 'EnsureAuthorizationRequestWith64CharNonceSuccess', changes: () => ({ par: { nonce: 'n'.repeat(64) } }), want: 'done' },
  { module: 'EnsureAuthorizationRequestWithLongNonce', changes: () => ({ par: { nonce: 'n'.repeat(384) } }), want: 'done' },
  { module: 'EnsureAuthorizationRequestWithLongState', changes: () => ({ par: { state: 's'.repeat(128) } }), want: 'done' },
  { module: 'EnsureOtherScopeOrderSucceeds', changes: () => ({ par: { scope: 'email openid' } }), want: 'done' },
  { module: 'TestClaimsParameterIdentityClaims', changes: () => ({ par: { claims: '{"userinfo":{"name":null}}' } }), want: 'done' },
  { module: 'CheckDpopProofNbfExp', changes: () => ({ proof: { claims: { nbf: inSeconds(-5), exp: inSeconds(60) } } }), want: 'done' },
  { module: 'EnsureDpopProofWithIat10SecondsBeforeSucceeds', changes: () => ({ proof: { claims: { iat: inSeconds(-10) } } }), want: 'done' },
  { module: 'EnsureDpopProofWithIat10SecondsAfterSucceeds', changes: () => ({ proof: { claims: { iat: inSeconds(10) } } }), want: 'done' },
  { module: 'EnsureDpopProofAtParEndpointBindingSuccess', changes: () => ({ parProof: {} }), want: 'done' },
  { module: 'EnsureDpopAuthCodeBindingSuccess', changes: () => ({ par: { dpop_jkt: client.dpopKey.jkt } }), want: 'done' },
  { module: 'PAREnsureJWTClientAssertionWithIatNbf8SecondsInTheFutureIsAccepted', changes: () => ({ assertion: { iat: inSeconds(8), nbf: inSeconds(8) } }), want: 'done' },

  { module: 'EnsureMismatchedDpopJktFails', changes: () => ({ parProof: {}, par: { dpop_jkt: unknownJkt } }), want: ['par', 'invalid_request'] },
  { module: 'EnsureTokenEndpointFailsWithMismatchedDpopProofJkt', changes: () => ({ parProof: {}, proof: { key: otherProof } }), want: ['token', 'invalid_grant'] },
  { module: 'EnsureTokenEndpointFailsWithMismatchedDpopJkt', changes: () => ({ par: { dpop_jkt: unknownJkt } }), want: ['token', 'invalid_grant'] },
  { module: 'EnsureRegisteredRedirectUri', changes: () => ({ par: { redirect_uri: `${back}/other` } }), want: ['par', 'invalid_request'] },
  { module: 'EnsureRedirectUriInAuthorizationRequest', changes: () => ({ par: { redirect_uri: undefined } }), want: ['par', 'invalid_request'] },
  { module: 'EnsureResponseTypeCodeIdTokenFails', changes: () => ({ par: { response_type: 'code id_token' } }), want: ['par', 'unsupported_response_type'] },
  { module: 'EnsureResponseTypeTokenFails', changes: () => ({ par: { response_type: 'token' } }), want: ['par', 'unsupported_response_type'] },
  { module: 'EnsureClientIdInTokenEndpoint', changes: () => ({ token: { client_id: 'other' } }), want: ['token', /^invalid_(client|request)$/] },
  { module: 'EnsureHolderOfKeyRequired', changes: () => ({ proof: null }), want: ['token', /^invalid_(grant|request|dpop_proof)$/] },
  { module: 'EnsureSignedClientAssertionWithRS256Fails', changes: () => ({ assertionKey: rsa }), want: ['par', 'invalid_client'] },
  { module: 'EnsureClientAssertionInTokenEndpoint', changes: () => ({ token: { client_assertion: undefined, client_assertion_type: undefined, client_id: 'fapi' } }), want: ['token', 'invalid_client'] },
  { module: 'EnsureClientAssertionWithExpIs5MinutesInPastFails', changes: () => ({ tokenAssertion: { exp: inSeconds(-300), iat: inSeconds(-360) } }), want: ['token', 'invalid_client'] },
  { module: 'EnsureClientAssertionWithWrongAudFails', changes: () => ({ tokenAssertion: { aud: 'https://other.example' } }), want: ['token', 'invalid_client'] },
  { module: 'EnsureClientAssertionWithNoSubFails', changes: () => ({ tokenAssertion: { sub: undefined } }), want: ['token', 'invalid_client'] },
  { module: 'PAREnsureJWTClientAssertionWithIatNbfOver60SecondsInTheFutureFails', changes: () => ({ assertion: { iat: inSeconds(61), nbf: inSeconds(61), exp: inSeconds(120) } }), want: ['par', 'invalid_client'] },
  { module: 'the same with `iat` alone', changes: () => ({ assertion: { iat: inSeconds(61), exp: inSeconds(120) } }), want: ['par', 'invalid_client'] },
  { module: 'PARRejectRequestUriInParAuthorizationFormParams', changes: () => ({ par: { request_uri: 'urn:ietf:params:oauth:request_uri:x' } }), want: ['par', /^(invalid_request|request_uri_not_supported)$/] },
  { module: 'PAREnsurePKCERequired', changes: () => ({ par: { code_challenge: undefined, code_challenge_method: undefined } }), want: ['par', 'invalid_request'] },
  { module: 'PAREnsurePKCECodeVerifierRequired', changes: () => ({ token: { code_verifier: undefined } }), want: ['token', 'invalid_grant'] },
  { module: 'PARIncorrectPKCECodeVerifierRejected', changes: () => ({ token: { code_verifier: 'y'.repeat(43) } }), want: ['token', 'invalid_grant'] },
  { module: 'PAREnsurePlainPKCERejected', changes: () => ({ par: { code_challenge_method: 'plain' } }), want: ['par', 'invalid_request'] },
  { module: 'PAREndpointAsArrayAudienceFails', changes: () => ({ assertion: { aud: [at.issuer, `${at.issuer}/par`] } }), want: ['par', 'invalid_client'] },
  { module: 'the issuer alone in an array', changes: () => ({ assertion: { aud: [at.issuer] } }), want: ['par', 'invalid_client'] },
  { module: 'PAREndpointAsAudienceFails', changes: () => ({ assertion: { aud: `${at.issuer}/par` } }), want: ['par', 'invalid_client'] },
  { module: 'PARTokenEndpointAsAudienceFails', changes: () => ({ assertion: { aud: `${at.issuer}/token` } }), want: ['par', 'invalid_client'] },
]
for (const { module, changes, want } of rows)
  test(`fapi2: ${module}: ${want === 'done' ? want : `${want[1]} at ${want[0]}`}`, {
    timeout: 60_000,
  }, async () => {
    const { step, answer } = await client.run(changes?.())
    const error = String(answer.body['error'])
    if (want === 'done') return assert.equal(step, 'done', JSON.stringify(answer))
    assert.equal(step, want[0], JSON.stringify(answer))
    if (typeof want[1] === 'string') assert.equal(error, want[1], JSON.stringify(answer))
    else assert.match(error, want[1])
  })

const usual = { htm: 'POST', jti: 'x', iat: 0 }
const proofOf = (claims: object, header: object = {}) => ({
  proof: { claims: { ...claims }, header: { ...header } },
})
const privateJwk = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
// biome-ignore format: a table
const proofs: readonly (readonly [what: string, changes: () => Changes | Promise<Changes>])[] = [
  ['no typ', () => proofOf({}, { typ: undefined })],
  ['another typ', () => proofOf({}, { typ: 'JWT' })],
  ['no jwk', () => proofOf({}, { jwk: undefined })],
  ['a private key as jwk', () => proofOf({}, { jwk: privateJwk() })],
  ['the key of somebody else as jwk', () => proofOf({}, { jwk: otherProof.jwk })],
  ['no jti', () => proofOf({ jti: undefined })],
  ['no htm', () => proofOf({ htm: undefined })],
  ['another htm', () => proofOf({ htm: 'GET' })],
  ['no htu', () => proofOf({ htu: undefined })],
  ['another htu', () => proofOf({ htu: `${at.issuer}/par` })],
  ['no iat', () => proofOf({ iat: undefined })],
  ['an iat of an hour ago', () => proofOf({ iat: inSeconds(-3600) })],
  ['an iat 61 seconds ahead', () => proofOf({ iat: inSeconds(61) })],
  ['an expired proof', () => proofOf({ exp: inSeconds(-60) })],
  ['a proof that is not valid yet', () => proofOf({ nbf: inSeconds(60) })],
  ['alg none', () => ({ rawProof: new UnsecuredJWT({ ...usual, htu: `${at.issuer}/token`, iat: seconds() }).encode() })],
  ['no JWT', () => ({ rawProof: 'a.b' })],
]
for (const [what, changes] of proofs)
  test(`fapi2: DpopNegativeTests: ${what}`, { timeout: 60_000 }, async () => {
    const { step, answer } = await client.run(await changes())
    assert.deepEqual([step, answer.body['error']], ['token', 'invalid_dpop_proof'], JSON.stringify(answer))
  })

/** A code with its verifier. */
async function code(of = client, changes: Changes = {}) {
  const { verifier, challenge } = pkce()
  const pushed = await of.push(challenge, changes)
  assert.equal(pushed.status, 201, JSON.stringify(pushed.body))
  const answer = await of.authorize(String(pushed.body['request_uri']))
  return { verifier, code: String(answer.back.searchParams.get('code')), back: answer.back }
}

test('fapi2: HappyFlow: what the answers hold', { timeout: 60_000 }, async () => {
  const found = await code()
  assert.equal(found.back.searchParams.get('iss'), at.issuer)
  const { body } = await client.redeem(found.code, found.verifier)
  assert.equal(body['token_type'], 'DPoP')
  const keys = createRemoteJWKSet(new URL(`${at.issuer}/jwks`))
  const { protectedHeader } = await jwtVerify(String(body['id_token']), keys, { audience: 'fapi' })
  assert.equal(protectedHeader.alg, 'ES256')
  const access = String(body['access_token'])
  // AccessTokenTypeHeaderCaseSensitivity
  for (const scheme of ['DPoP', 'dpop', 'DPOP'])
    assert.equal((await client.userinfo(access, { scheme })).status, 200, scheme)
  // DpopNegativeTests at a resource, EnsureHolderOfKeyRequired
  const refused = [{ scheme: 'Bearer' }, { proof: { key: otherProof } }, { proof: { claims: { ath: 'x' } } }]
  for (const changes of refused)
    assert.ok([400, 401].includes((await client.userinfo(access, changes)).status), JSON.stringify(changes))
  const bare = await fetch(`${at.issuer}/userinfo`, { headers: { authorization: `Bearer ${access}` } })
  assert.equal(bare.status, 401)
})

test('fapi2: DpopNegativeTests: a proof is accepted once', { timeout: 60_000 }, async () => {
  const rawProof = await client.proof('POST', '/token')
  assert.equal((await client.run({ rawProof })).step, 'done')
  assert.equal((await client.run({ rawProof })).step, 'token')
})

test('fapi2: EnsureUnsignedAuthorizationRequestWithoutUsingParFails', { timeout: 60_000 }, async () => {
  const { challenge } = pkce()
  const query = new URLSearchParams({
    client_id: 'fapi',
    response_type: 'code',
    redirect_uri: back,
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const answer = await new Browser(at.issuer).go(`/authorize?${query}`)
  assert.equal(new URL(answer.url).searchParams.get('code'), null)
  assert.match(`${answer.url} ${answer.body}`, /invalid_request/)
})

test('fapi2: UserRejectsAuthentication', { timeout: 60_000 }, async (t) => {
  at.script = { ...at.script, consent: false }
  t.after(() => {
    at.script = { ...at.script, consent: true }
  })
  const asking = new FapiClient(at.issuer, { ...client.identity, clientId: 'asks' }, client.dpopKey)
  const { step, answer } = await asking.run()
  assert.deepEqual(
    [step, answer.body['error'], answer.body['iss']],
    ['authorize', 'access_denied', at.issuer],
  )
})

test('fapi2: EnsureAuthorizationCodeIsBoundToClient', { timeout: 60_000 }, async () => {
  const found = await code()
  const { body } = await other.redeem(found.code, found.verifier)
  assert.equal(body['error'], 'invalid_grant')
})

test('fapi2: AttemptReuseAuthorizationCodeAfterOneSecond: a code is accepted once, and its token ends', {
  timeout: 60_000,
}, async () => {
  const found = await code()
  const first = await client.redeem(found.code, found.verifier)
  assert.equal(first.status, 200)
  const again = await client.redeem(found.code, found.verifier)
  assert.equal(again.body['error'], 'invalid_grant')
  assert.equal((await client.userinfo(String(first.body['access_token']))).status, 401)
})

test('fapi2: AttemptToUseExpiredAuthCode, PARAttemptToUseExpiredRequestUri: both end after 60 seconds', {
  timeout: 60_000,
}, async (t) => {
  t.after(() => {
    ahead = 0
  })
  const found = await code()
  const { challenge } = pkce()
  const pushed = await client.push(challenge)
  assert.ok(Number(pushed.body['expires_in']) <= 60)
  ahead = 61
  assert.equal((await client.redeem(found.code, found.verifier)).body['error'], 'invalid_grant')
  const answer = await client.authorize(String(pushed.body['request_uri']))
  assert.match(answer.body, /invalid_request_uri/)
})

test('fapi2: PARAttemptReuseRequestUri, …AcceptsReusedRequestUriBeforeAuthenticationCompletion', {
  timeout: 60_000,
}, async () => {
  const { challenge } = pkce()
  const { body } = await client.push(challenge)
  const uri = String(body['request_uri'])
  // Opened once before anybody has signed in, as a link preview does.
  const first = await new Browser(at.issuer).step(
    `/authorize?${new URLSearchParams({ client_id: 'fapi', request_uri: uri })}`,
  )
  assert.equal(first.status, 303)
  assert.ok((await client.authorize(uri)).back.searchParams.get('code'))
  const again = await client.authorize(uri)
  assert.equal(again.back.searchParams.get('code'), null)
  assert.match(`${again.url} ${again.body}`, /invalid_request_uri/)
})

test('fapi2: PAREnsureRequestUriIsBoundToClient', { timeout: 60_000 }, async () => {
  const { challenge } = pkce()
  const { body } = await client.push(challenge)
  const answer = await other.authorize(String(body['request_uri']))
  assert.equal(answer.back.searchParams.get('code'), null)
  assert.match(`${answer.url} ${answer.body}`, /invalid_request/)
})

test('fapi2: ParWithoutDuplicateParameters: parameters beside request_uri are not used', {
  timeout: 60_000,
}, async () => {
  const { challenge } = pkce()
  const { body } = await client.push(challenge)
  const answer = await client.authorize(String(body['request_uri']), {
    state: 'other',
    redirect_uri: 'https://evil.test/',
  })
  assert.equal(answer.back.origin + answer.back.pathname, back)
  assert.equal(answer.back.searchParams.get('state'), 'state-1')
})

test('fapi2: PARRejectInvalidHttpVerb', { timeout: 60_000 }, async () => {
  for (const method of ['GET', 'PUT', 'DELETE'])
    assert.equal((await fetch(`${at.issuer}/par`, { method })).status, 405, method)
})

test('fapi2: RefreshToken: it is not rotated, and bound to client and key', { timeout: 60_000 }, async () => {
  const found = await code()
  const { body } = await client.redeem(found.code, found.verifier)
  const token = String(body['refresh_token'])
  for (let i = 0; i < 2; i += 1) {
    const again = await client.refresh(token)
    assert.equal(again.status, 200, JSON.stringify(again.body))
    assert.equal(again.body['refresh_token'], token)
    assert.equal((await client.userinfo(String(again.body['access_token']))).status, 200)
  }
  assert.equal((await other.refresh(token)).body['error'], 'invalid_grant')
  // FAPI 2.0 §5.3.2.1: another key of the same client is taken, since the client proves itself by its own key (RFC 9449 §5).
  assert.equal((await client.refresh(token, { key: otherProof })).status, 200)
})

const own = { grant_type: 'client_credentials', resource: 'https://docs.example/', scope: 'docs:read' }
const noCode = { code: undefined, code_verifier: undefined, redirect_uri: undefined }
// The modules of FAPI2SPFinalClientCredentialsGrantTestPlan that concern the token endpoint.
// biome-ignore format: a table
const clientCredentials: readonly (readonly [module: string, changes: () => Changes, want: string | RegExp | undefined])[] = [
  ['HappyFlow', () => ({}), undefined],
  ['EnsureHolderOfKeyRequired', () => ({ proof: null }), /^invalid_(grant|request|dpop_proof)$/],
  ['EnsureClientAssertionWithExpIs5MinutesInPastFails', () => ({ tokenAssertion: { exp: inSeconds(-300) } }), 'invalid_client'],
  ['EnsureClientAssertionWithWrongAudFails', () => ({ tokenAssertion: { aud: `${at.issuer}/token` } }), 'invalid_client'],
  ['EnsureClientAssertionWithNoSubFails', () => ({ tokenAssertion: { sub: undefined } }), 'invalid_client'],
]
for (const [module, changes, want] of clientCredentials)
  test(`fapi2, client credentials: ${module}`, { timeout: 60_000 }, async () => {
    const { status, body } = await client.redeem('', '', { ...changes(), token: { ...own, ...noCode } })
    if (want instanceof RegExp) return assert.match(String(body['error']), want)
    assert.equal(body['error'], want, JSON.stringify(body))
    if (want !== undefined) return
    assert.equal(status, 200)
    const { cnf, aud } = decodeJwt(String(body['access_token']))
    assert.deepEqual([cnf, aud, body['token_type']], [{ jkt: client.dpopKey.jkt }, own.resource, 'DPoP'])
  })

test('fapi2: DiscoveryEndpointVerification', { timeout: 60_000 }, async () => {
  const answer = await fetch(`${at.issuer}/.well-known/openid-configuration`)
  const found = (await answer.json()) as Record<string, unknown>
  assert.equal(found['authorization_response_iss_parameter_supported'], true)
  assert.equal(found['request_parameter_supported'], true)
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['token_endpoint_auth_methods_supported', ['private_key_jwt']],
    ['token_endpoint_auth_signing_alg_values_supported', ['PS256', 'ES256', 'EdDSA']],
    ['code_challenge_methods_supported', ['S256']],
    ['dpop_signing_alg_values_supported', ['ES256', 'EdDSA']],
    ['id_token_signing_alg_values_supported', ['ES256', 'EdDSA']],
    ['response_modes_supported', ['query', 'jwt', 'query.jwt']],
  ]
  for (const [name, least] of lists)
    for (const value of least) assert.ok((found[name] as string[]).includes(value), `${name}: ${value}`)
  // Every algorithm that we are said to sign with has a key.
  const { keys } = (await (await fetch(`${at.issuer}/jwks`)).json()) as { keys: JWK[] }
  const signs = new Set(keys.map(({ alg }) => alg))
  for (const kind of ['id_token', 'authorization', 'introspection'])
    for (const alg of found[`${kind}_signing_alg_values_supported`] as string[])
      assert.ok(signs.has(alg), `${kind}: ${alg}`)
})

/** A request object of the message signing client (RFC 9101). */
function requestObject(claims: object, { key = signing.identity.key, header = {} } = {}): Promise<string> {
  const { challenge } = pkce()
  return signed(
    key,
    {
      iss: 'signing',
      aud: at.issuer,
      client_id: 'signing',
      nbf: seconds(),
      exp: inSeconds(60),
      jti: randomUUID(),
      response_type: 'code',
      redirect_uri: back,
      scope: 'openid',
      state: 'inside',
      nonce: 'inside',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...claims,
    },
    header,
  )
}

// biome-ignore format: a table
const objects: readonly (readonly [module: string, object: () => Promise<string> | string | undefined, error: string | undefined, more?: Readonly<Record<string, string>>])[] = [
  ['HappyFlow', () => requestObject({}), undefined],
  ['EnsureServerAcceptsRequestObjectWithMultipleAud', () => requestObject({ aud: ['https://other.example', at.issuer] }), undefined],
  ['EnsureRequestObjectWithNbf8SecondsInTheFutureIsAccepted', () => requestObject({ nbf: inSeconds(8) }), undefined],
  ['EnsureDifferentStateInsideAndOutsideRequestObject, …Nonce…', () => requestObject({}), undefined, { state: 'outside', nonce: 'outside' }],
  ['StateOnlyOutsideRequestObjectNotUsed', () => requestObject({ state: undefined }), undefined, { state: 'outside' }],
  ['EnsureRequestObjectWithoutExpFails', () => requestObject({ exp: undefined }), 'invalid_request_object'],
  ['EnsureRequestObjectWithoutNbfFails', () => requestObject({ nbf: undefined }), 'invalid_request_object'],
  ['EnsureExpiredRequestObjectFails', () => requestObject({ nbf: inSeconds(-600), exp: inSeconds(-300) }), 'invalid_request_object'],
  ['EnsureRequestObjectWithBadAudFails', () => requestObject({ aud: 'https://other.example' }), 'invalid_request_object'],
  ['a request object without aud', () => requestObject({ aud: undefined }), 'invalid_request_object'],
  ['EnsureRequestObjectWithExpOver60Fails', () => requestObject({ exp: inSeconds(3700) }), 'invalid_request_object'],
  ['EnsureRequestObjectWithNbfOver60Fails', () => requestObject({ nbf: inSeconds(-3700) }), 'invalid_request_object'],
  ['an nbf 61 seconds ahead', () => requestObject({ nbf: inSeconds(61), exp: inSeconds(120) }), 'invalid_request_object'],
  ['an iat 61 seconds ahead', () => requestObject({ iat: inSeconds(61), exp: inSeconds(120) }), 'invalid_request_object'],
  ['EnsureSignedRequestObjectWithRS256Fails', () => requestObject({}, { key: rsa }), 'invalid_request_object'],
  ['EnsureRequestObjectSignatureAlgorithmIsNotNone', () => new UnsecuredJWT({ client_id: 'signing', iss: 'signing', aud: at.issuer, exp: inSeconds(60), nbf: seconds() }).encode(), 'invalid_request_object'],
  ['EnsureRequestObjectWithInvalidSignatureFails', async () => (await requestObject({})).replace(/.{8}$/, 'AAAAAAAA'), 'invalid_request_object'],
  ['EnsureMatchingKeyInAuthorizationRequest', () => requestObject({}, { key: other.identity.key }), 'invalid_request_object'],
  ['EnsureRequestObjectWithoutRedirectUriFails', () => requestObject({ redirect_uri: undefined }), 'invalid_request'],
  ['PARRejectRequestUriInParAuthorizationRequest', () => requestObject({ request_uri: 'urn:x' }), 'invalid_request_object'],
  ['the request object of another client', () => requestObject({ client_id: 'fapi' }), 'invalid_request_object'],
  ['EnsureUnsignedRequestAtParEndpointFails', () => undefined, 'invalid_request'],
]
for (const [module, object, error, more = {}] of objects)
  test(`fapi2-message-signing: ${module}: ${error ?? 'a code'}`, { timeout: 60_000 }, async () => {
    const request = await object()
    const pushed = await signing.push('c'.repeat(43), { par: { ...more, request } })
    assert.equal(pushed.body['error'], error, JSON.stringify(pushed.body))
    if (error !== undefined) return
    const { back: to } = await signing.authorize(String(pushed.body['request_uri']))
    assert.ok(to.searchParams.get('code'), to.href)
    assert.notEqual(to.searchParams.get('state'), 'outside')
  })

test('fapi2-message-signing: a response by JARM is signed for the client alone', {
  timeout: 60_000,
}, async () => {
  const request = await requestObject({ response_mode: 'jwt' })
  const pushed = await signing.push('', { par: { request } })
  const { back: to } = await signing.authorize(String(pushed.body['request_uri']))
  assert.deepEqual([...to.searchParams.keys()], ['response'])
  const keys = createRemoteJWKSet(new URL(`${at.issuer}/jwks`))
  const { payload, protectedHeader } = await jwtVerify(String(to.searchParams.get('response')), keys, {
    issuer: at.issuer,
    audience: 'signing',
  })
  assert.equal(protectedHeader.alg, 'ES256')
  assert.ok(payload['code'])
  assert.equal(payload['state'], 'inside')
})

test('fapi2-message-signing: an introspection response is signed, without internal claims (RFC 9701)', {
  timeout: 60_000,
}, async () => {
  const { challenge, verifier } = pkce()
  const request = await requestObject({ code_challenge: challenge })
  const pushed = await signing.push('', { par: { request } })
  const { back: to } = await signing.authorize(String(pushed.body['request_uri']))
  const { body } = await signing.redeem(String(to.searchParams.get('code')), verifier)
  const answer = await signing.introspect(String(body['access_token']))
  assert.match(answer.headers.get('content-type') ?? '', /^application\/token-introspection\+jwt/)
  const keys = createRemoteJWKSet(new URL(`${at.issuer}/jwks`))
  const { payload, protectedHeader } = await compactVerify(await answer.text(), keys)
  assert.deepEqual([protectedHeader.alg, protectedHeader.typ], ['ES256', 'token-introspection+jwt'])
  const found = JSON.parse(new TextDecoder().decode(payload)).token_introspection
  assert.equal(found.active, true)
  assert.equal(found.cnf.jkt, signing.dpopKey.jkt)
  for (const name of ['grant_id', 'session', 'dep', 'sid']) assert.equal(found[name], undefined, name)
})

const settings = { client_id: 'x', profile: 'fapi2', redirect_uris: [back] }
const keys = () => ({ keys: [generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })] })
// biome-ignore format: a table
const faults: readonly (readonly [what: string, entry: () => object, fault: RegExp])[] = [
  ['a secret', () => ({ client_secret: 'a-secret-of-some-length' }), /must be private_key_jwt/],
  ['no authentication', () => ({}), /must be private_key_jwt/],
  ['RS256 ID tokens', () => ({ jwks: keys(), id_token_signed_response_alg: 'RS256' }), /must be one of PS256/],
  ['the device grant', () => ({ jwks: keys(), grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'] }), /not part of this profile/],
  ['no PAR', () => ({ jwks: keys(), require_pushed_authorization_requests: false }), /required by this profile/],
  ['tokens without a key', () => ({ jwks: keys(), dpop_bound_access_tokens: false }), /required by this profile/],
  ['no PKCE', () => ({ jwks: keys(), require_pkce: false }), /required by this profile/],
  ['http redirects', () => ({ jwks: keys(), allow_insecure_redirects: true }), /not for this profile/],
  ['an unknown profile', () => ({ jwks: keys(), profile: 'fapi1' }), /profile|nvalid/],
]
for (const [what, entry, fault] of faults)
  test(`fapi2: an entry with ${what} is refused`, () => {
    const { success, error } = clientsSchema.safeParse([{ ...settings, ...entry() }])
    assert.equal(success, false)
    assert.match(JSON.stringify(error?.issues), fault)
  })

for (const [clientId, make] of [
  ['signer', async () => client.identity.key],
  ['hmac', async () => ({ alg: 'HS256', privateKey: new TextEncoder().encode(hmacSecret), jwk: {} })],
] as const)
  test(`the audience of an assertion of the client \`${clientId}\`, without a profile, is the issuer alone too`, {
    timeout: 60_000,
  }, async () => {
    const { issuer } = at
    const key = await make()
    const ask = async (aud: string | string[]) => {
      const claims = { iss: clientId, sub: clientId, aud, jti: randomUUID(), exp: inSeconds(60) }
      const { status, body } = await post(`${issuer}/token`, {
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await new SignJWT(claims).setProtectedHeader({ alg: key.alg }).sign(key.privateKey),
      })
      return status === 200 ? 'token' : `${body['error']} ${body['error_description']}`
    }
    assert.equal(await ask(issuer), 'token')
    for (const aud of [[issuer], [issuer, 'https://other.example'], `${issuer}/token`, `${issuer}/`])
      assert.match(
        String(await ask(aud)),
        /^invalid_client .*client_assertion must have the audience/,
        JSON.stringify(aud),
      )
  })
