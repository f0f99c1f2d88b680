import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import type { CheckStep, ProviderDependencies, SignInOptions } from '../../../src/federation/kind.ts'
import { openIdRecord, openIdSettings } from '../../../src/federation/openid/settings.ts'
import { openIdUpstream } from '../../../src/federation/openid/sign-in.ts'
import { guardedFetch } from '../../../src/federation/outbound/guarded-fetch.ts'
import { Problem } from '../../../src/problem.ts'
import type { OpenIdProvider } from '../../../src/store/records.ts'
import { forgedToken } from '../../support/upstreams/issuer.ts'
import {
  type OpenIdQuirks,
  type OpenIdUpstream,
  type OpenIdUpstreamOptions,
  signInThere,
  startOpenIdUpstream,
} from '../../support/upstreams/openid-upstream.ts'

const callback = 'https://chancery.example/federation/corp/callback'
const options: SignInOptions = {
  callback,
  state: 'state-of-ours',
  loginHint: undefined,
  strong: false,
  fresh: false,
}
const allow = new Set(['127.0.0.1'])
const seconds = () => Math.floor(Date.now() / 1000)
const owner = { accountId: '123456789012', now: 0 }

let up: OpenIdUpstream
before(async () => {
  up = await startOpenIdUpstream({
    redirectUris: [callback],
    postLogoutRedirectUris: ['https://chancery.example/bye'],
  })
})
after(() => up.close())
beforeEach(() => {
  for (const name of Object.keys(up.quirks)) delete up.quirks[name as keyof OpenIdQuirks]
})

interface More {
  readonly signIn?: object
  readonly top?: object
  readonly from?: OpenIdUpstream
}

function providerOf({ signIn = {}, top = {}, from = up }: More = {}): OpenIdProvider {
  const settings = openIdSettings.parse({
    kind: 'openid',
    name: 'corp',
    url: from.issuer,
    sign_in: { title: 'Corp', client_id: from.client.id, client_secret: from.client.secret, ...signIn },
    ...top,
  })
  return openIdRecord(settings, owner)
}

function stage(more: More = {}, parts: Partial<ProviderDependencies> = {}) {
  const provider = providerOf(more)
  const kind = openIdUpstream({ fetch: guardedFetch({ allow }), now: seconds, allow, ...parts })
  const from = more.from ?? up
  return {
    kind,
    provider,
    /** Goes there, signs in, and gives what the callback would. */
    async away(there: Partial<SignInOptions> = {}, fields: Readonly<Record<string, string>> = {}) {
      const { to, memory } = await kind.beginSignIn(provider, { ...options, ...there })
      const back = await signInThere(from, to, fields)
      return { to: new URL(to), returned: { parameters: new Map(back.searchParams), callback, memory } }
    },
    async signIn(there: Partial<SignInOptions> = {}) {
      return kind.completeSignIn(provider, (await this.away(there)).returned)
    },
  }
}

const problem = (code: Problem['code'], detail?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Problem, String(error instanceof Error ? error.stack : error))
  assert.equal(error.code, code, `${error.message}: ${error.detail}`)
  if (detail) assert.match(`${error.message}: ${error.detail}`, detail)
  return true
}

test('a person who signs in there arrives with who they are, and nothing of them twice', async () => {
  const { away, kind, provider } = stage({ signIn: { sign_out: true } })
  const { to, returned } = await away({ loginHint: 'ada' })
  assert.equal(to.origin, up.origin)
  for (const [name, value] of Object.entries({
    response_type: 'code',
    client_id: 'chancery',
    redirect_uri: callback,
    state: options.state,
    code_challenge_method: 'S256',
    login_hint: 'ada',
    scope: 'openid profile email',
  }))
    assert.equal(to.searchParams.get(name), value)
  assert.equal(to.searchParams.get('response_mode'), null)
  assert.ok((to.searchParams.get('nonce') ?? '').length >= 43)
  assert.ok(returned.memory.length <= 1500)
  const person = await kind.completeSignIn(provider, returned)
  assert.equal(person.issuer, up.issuer)
  assert.equal(person.subject, 'upstream-ada')
  assert.equal(person.claims['email'], 'ada@corp.example')
  assert.equal(person.claims['email_verified'], true)
  assert.ok(person.spend && person.spend.until > seconds())
  const bye = new URL(
    (await kind.signOutUrl?.(provider, person.leave ?? '', 'https://chancery.example/bye')) ?? '',
  )
  assert.equal(bye.pathname, '/logout')
  assert.equal(bye.searchParams.get('id_token_hint'), person.leave)
  assert.equal(bye.searchParams.get('post_logout_redirect_uri'), 'https://chancery.example/bye')
  assert.equal((await fetch(bye)).status, 200)
  // A code is good once.
  await assert.rejects(
    kind.completeSignIn(provider, returned),
    problem('invalid_identity_token', /refused the code/),
  )
})

test('each departure has a state, nonce and verifier of its own; the answer to one does not fit another', async () => {
  const here = stage()
  const one = await here.away()
  const other = await here.kind.beginSignIn(here.provider, options)
  await assert.rejects(
    here.kind.completeSignIn(here.provider, { ...one.returned, memory: other.memory }),
    problem('invalid_identity_token'),
  )
  const { nonce } = JSON.parse(other.memory) as { readonly nonce: string }
  const again = await here.away()
  const mixed = JSON.stringify({ ...(JSON.parse(again.returned.memory) as object), nonce })
  await assert.rejects(
    here.kind.completeSignIn(here.provider, { ...again.returned, memory: mixed }),
    problem('invalid_identity_token'),
  )
})

type Claims = Record<string, unknown>
const without = (name: string) => (claims: Claims) => {
  const { [name]: _gone, ...rest } = claims
  return rest
}
const withClaim = (more: Claims) => (claims: Claims) => ({ ...claims, ...more })

/** OIDC Core §3.1.3.6; oidc-provider leaves it out in this flow. */
const withHash = (claims: Claims, accessToken: string) => ({
  ...claims,
  at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
})

/** ID tokens, signed by the provider itself, that must not be believed. */
const badTokens: readonly (readonly [title: string, OpenIdQuirks, code: Problem['code']])[] = [
  ...['iss', 'aud', 'exp', 'iat', 'nonce', 'sub'].map(
    (name) => [`without ${name}`, { idToken: without(name) }, 'invalid_identity_token'] as const,
  ),
  ['of another issuer', { idToken: withClaim({ iss: 'https://evil.example' }) }, 'invalid_identity_token'],
  [
    'of the issuer with a slash more',
    { idToken: (c) => ({ ...c, iss: `${String(c['iss'])}/` }) },
    'invalid_identity_token',
  ],
  ['for another client', { idToken: withClaim({ aud: 'other' }) }, 'invalid_identity_token'],
  ['for an empty list of clients', { idToken: withClaim({ aud: [] }) }, 'invalid_identity_token'],
  [
    'for us and another, without azp',
    { idToken: withClaim({ aud: ['chancery', 'other'] }) },
    'invalid_identity_token',
  ],
  [
    'for us and another, of the other',
    { idToken: withClaim({ aud: ['chancery', 'other'], azp: 'other' }) },
    'invalid_identity_token',
  ],
  ['for us, of another', { idToken: withClaim({ azp: 'other' }) }, 'invalid_identity_token'],
  [
    'that expired',
    { idToken: (c) => ({ ...c, iat: seconds() - 900, exp: seconds() - 300 }) },
    'expired_token',
  ],
  ['with exp as text', { idToken: withClaim({ exp: '9999999999' }) }, 'invalid_identity_token'],
  ['with a negative exp', { idToken: withClaim({ exp: -1 }) }, 'expired_token'],
  ['that lives for ever', { idToken: withClaim({ exp: 9_999_999_999 }) }, 'invalid_identity_token'],
  [
    'of the future',
    { idToken: (c) => ({ ...c, iat: seconds() + 300, exp: seconds() + 900 }) },
    'invalid_identity_token',
  ],
  ['not valid yet', { idToken: (c) => ({ ...c, nbf: seconds() + 300 }) }, 'invalid_identity_token'],
  ['with another nonce', { idToken: withClaim({ nonce: 'other' }) }, 'invalid_identity_token'],
  ['with a list as nonce', { idToken: (c) => ({ ...c, nonce: [c['nonce']] }) }, 'invalid_identity_token'],
  ['with an empty sub', { idToken: withClaim({ sub: '' }) }, 'invalid_identity_token'],
  ['with a number as sub', { idToken: withClaim({ sub: 7 }) }, 'invalid_identity_token'],
  ['with a sub too long', { idToken: withClaim({ sub: 'x'.repeat(256) }) }, 'invalid_identity_token'],
  [
    'made with another access token',
    { idToken: withClaim({ at_hash: 'x'.repeat(22) }) },
    'invalid_identity_token',
  ],
  ['signed by a foreign key', { signedBy: 'foreign' }, 'invalid_identity_token'],
  ['not signed', { signedBy: 'none' }, 'invalid_identity_token'],
  ['signed by HMAC under our secret', { signedBy: 'HS256' }, 'invalid_identity_token'],
  ['that is none', { tokens: withClaim({ id_token: 'x.y.z' }) }, 'invalid_identity_token'],
  ['that is a number', { tokens: withClaim({ id_token: 1 }) }, 'invalid_identity_token'],
  ['left out', { tokens: without('id_token') }, 'invalid_identity_token'],
  [
    'of another access token',
    { idToken: withHash, tokens: withClaim({ access_token: 'swapped' }) },
    'invalid_identity_token',
  ],
]
for (const [title, quirks, code] of badTokens) {
  test(`an ID token ${title} is refused`, async () => {
    Object.assign(up.quirks, quirks)
    await assert.rejects(stage().signIn(), problem(code))
  })
}

test('an algorithm the provider offers but the record does not allow is refused', async () => {
  await assert.rejects(
    stage({ signIn: { algorithms: ['ES256'] } }).signIn(),
    problem('invalid_identity_token'),
  )
  up.quirks.discovery = withClaim({ id_token_signing_alg_values_supported: ['none', 'HS256', 'RS256'] })
  assert.equal((await stage().signIn()).subject, 'upstream-ada')
  up.quirks.signedBy = 'none'
  await assert.rejects(stage().signIn(), problem('invalid_identity_token'))
})

const bearable: readonly (readonly [title: string, OpenIdQuirks])[] = [
  ['an audience in a list', { idToken: withClaim({ aud: ['chancery'] }) }],
  ['several audiences and azp', { idToken: withClaim({ aud: ['chancery', 'other'], azp: 'chancery' }) }],
  ['no RFC 9207 iss', { withoutIss: true }],
  ['the right at_hash', { idToken: withHash }],
  ['no algorithms in discovery', { discovery: without('id_token_signing_alg_values_supported') }],
  ['a clock that is ahead a little', { idToken: (c) => ({ ...c, iat: seconds() + 10 }) }],
]
for (const [title, quirks] of bearable) {
  test(`bears ${title}`, async () => {
    Object.assign(up.quirks, quirks)
    assert.equal((await stage().signIn()).subject, 'upstream-ada')
  })
}

const badAnswers: readonly (readonly [
  title: string,
  change: (parameters: Map<string, string>) => unknown,
  code: Problem['code'],
])[] = [
  ['without a code', (p) => p.delete('code'), 'invalid_identity_token'],
  ['with an empty code', (p) => p.set('code', ''), 'invalid_identity_token'],
  ['with another code', (p) => p.set('code', 'x'.repeat(43)), 'invalid_identity_token'],
  ['without the iss it promised', (p) => p.delete('iss'), 'invalid_identity_token'],
  ['with another iss', (p) => p.set('iss', 'https://evil.example'), 'invalid_identity_token'],
  ['with an ID token in it', (p) => p.set('id_token', 'x'), 'invalid_identity_token'],
  ['with a JARM response', (p) => p.set('response', 'x'), 'invalid_identity_token'],
  ['with an error', (p) => p.set('error', 'server_error'), 'denied'],
  [
    'with an error of another issuer',
    (p) => p.set('error', 'x').set('iss', 'https://e.example'),
    'invalid_identity_token',
  ],
]
for (const [title, change, code] of badAnswers) {
  test(`an answer ${title} is refused`, async () => {
    const here = stage()
    const { returned } = await here.away()
    change(returned.parameters)
    await assert.rejects(here.kind.completeSignIn(here.provider, returned), problem(code))
  })
}

test('a user who denies the request at the provider is denied; the provider’s message is logged in one line', async () => {
  const here = stage()
  const { returned } = await here.away({}, { refuse: '1' })
  await assert.rejects(here.kind.completeSignIn(here.provider, returned), (error: unknown) => {
    problem('denied', /access_denied: the person said no/)(error)
    assert.doesNotMatch((error as Problem).message, /access_denied/)
    return true
  })
})

test("a sign-in that began before the provider's endpoints changed is refused", async () => {
  const here = stage()
  const { returned } = await here.away()
  const elsewhere = { ...here.provider, url: 'https://evil.example' }
  await assert.rejects(
    here.kind.completeSignIn(elsewhere, returned),
    problem('invalid_identity_token', /changed/),
  )
})

const auths: readonly (readonly [title: string, Partial<OpenIdUpstreamOptions>, object, OpenIdQuirks])[] = [
  [
    'client_secret_basic, form-encoded',
    { clientAuth: 'client_secret_basic' },
    { client_auth: 'client_secret_basic' },
    {},
  ],
  [
    'client_secret_basic, not decoded there',
    { clientAuth: 'client_secret_basic' },
    { client_auth: 'client_secret_basic' },
    { rawBasic: true },
  ],
  [
    'client_secret_basic, not decoded there, with a plain secret',
    { clientAuth: 'client_secret_basic', clientSecret: 'a-plain_secret.of*ours' },
    { client_auth: 'client_secret_basic' },
    { rawBasic: true },
  ],
]
for (const [title, options, signIn, quirks] of auths) {
  test(`proves itself by ${title}`, async (t) => {
    const from = await startOpenIdUpstream({ redirectUris: [callback], ...options })
    t.after(() => from.close())
    Object.assign(from.quirks, quirks)
    const here = stage({ from, signIn })
    assert.equal((await here.signIn()).subject, 'upstream-ada')
    // The way that worked is the first one the next time.
    const before = from.requests.length
    assert.equal((await here.signIn()).subject, 'upstream-ada')
    assert.equal(from.requests.slice(before).filter((one) => one === 'POST /token').length, 1)
  })
}

test('proves itself by private_key_jwt, from a JWK', async () => {
  const { id, jwk } = up.keyClient
  const signIn = { client_id: id, client_secret: undefined, private_key: JSON.stringify(jwk) }
  assert.equal((await stage({ signIn }).signIn()).subject, 'upstream-ada')
})

test('a private key that is none is refused with the settings', () => {
  const signIn = { client_secret: undefined, private_key: 'not a key' }
  assert.throws(() => providerOf({ signIn }), /private_key must be a private key as JWK or PEM/)
})

test('a wrong client secret is an error of the configuration, tried at most twice, and signs nobody in', async () => {
  const here = stage({ signIn: { client_secret: 'wrong secret' } })
  const { returned } = await here.away()
  const before = up.requests.length
  await assert.rejects(
    here.kind.completeSignIn(here.provider, returned),
    problem('idp_communication_error', /invalid_client/),
  )
  assert.ok(up.requests.slice(before).filter((one) => one === 'POST /token').length <= 2)
})

test('an issuer with a trailing slash is that issuer, and no other spelling is', async (t) => {
  const from = await startOpenIdUpstream({ redirectUris: [callback], trailingSlash: true })
  t.after(() => from.close())
  assert.equal((await stage({ from }).signIn()).issuer, `${from.origin}/`)
  const bare = stage({ from, top: { url: from.origin } })
  await assert.rejects(
    bare.kind.beginSignIn(bare.provider, options),
    problem('idp_communication_error', /another issuer/),
  )
})

test('a sign-in that must be fresh requests max_age and checks auth_time', async () => {
  const here = stage()
  const { to, returned } = await here.away({ fresh: true })
  assert.equal(to.searchParams.get('prompt'), 'login')
  assert.equal(to.searchParams.get('max_age'), '0')
  assert.equal((await here.kind.completeSignIn(here.provider, returned)).subject, 'upstream-ada')
  for (const idToken of [
    without('auth_time'),
    withClaim({ auth_time: seconds() - 3600 }),
    withClaim({ auth_time: seconds() + 3600 }),
  ]) {
    up.quirks.idToken = idToken
    await assert.rejects(here.signIn({ fresh: true }), problem('invalid_identity_token'))
  }
})

test('a second factor is requested by the provider’s acr value, and its answer passed on', async () => {
  const here = stage({ signIn: { second_factor: { acr: ['urn:two-factors'] } } })
  up.quirks.idToken = withClaim({ acr: 'urn:two-factors', amr: ['pwd', 7, 'otp'] })
  const { to, returned } = await here.away({ strong: true })
  assert.equal(to.searchParams.get('acr_values'), 'urn:two-factors')
  const person = await here.kind.completeSignIn(here.provider, returned)
  assert.equal(person.acr, 'urn:two-factors')
  assert.deepEqual(person.amr, ['pwd', 'otp'])
  assert.equal((await here.away()).to.searchParams.get('acr_values'), null)
})

const addresses: readonly (readonly [
  title: string,
  token: Claims,
  userinfo: Claims,
  email: unknown,
  verified: unknown,
])[] = [
  ['the ID token alone', { email: 'a@corp.example', email_verified: true }, {}, 'a@corp.example', true],
  ['userinfo alone', {}, { email: 'b@corp.example', email_verified: true }, 'b@corp.example', true],
  [
    'an address of userinfo and the ID token’s word',
    { email_verified: true },
    { email: 'b@corp.example' },
    'b@corp.example',
    undefined,
  ],
  [
    'an address of the ID token and userinfo’s word',
    { email: 'a@corp.example' },
    { email_verified: true },
    'a@corp.example',
    undefined,
  ],
  [
    'two addresses',
    { email: 'a@corp.example', email_verified: true },
    { email: 'b@corp.example', email_verified: false },
    'b@corp.example',
    false,
  ],
]
for (const [title, token, userinfo, email, verified] of addresses) {
  test(`of ${title} no address is verified by another answer`, async () => {
    const stripped = (claims: Claims) => without('email')(without('email_verified')(claims))
    up.quirks.idToken = (claims) => ({ ...stripped(claims), ...token })
    up.quirks.userinfo = (claims) => ({ ...stripped(claims), ...userinfo })
    const { claims } = await stage({ signIn: { userinfo: true } }).signIn()
    assert.equal(claims['email'], email)
    assert.equal(claims['email_verified'], verified)
  })
}

test('userinfo adds claims and never changes what the ID token says of itself', async () => {
  up.quirks.userinfo = withClaim({
    department: 'engines',
    iss: 'x',
    aud: 'x',
    amr: ['mfa'],
    acr: 'x',
    nonce: 'x',
    name: 'Other',
  })
  const person = await stage({ signIn: { userinfo: true } }).signIn()
  assert.equal(person.claims['department'], 'engines')
  assert.equal(person.claims['iss'], up.issuer)
  assert.equal(person.claims['aud'], 'chancery')
  assert.equal(person.claims['name'], 'Ada Lovelace')
  assert.equal(person.acr, undefined)
  assert.deepEqual(person.amr, [])
})

for (const [title, userinfo] of [
  ['another person', withClaim({ sub: 'someone-else' })],
  ['nobody', without('sub')],
] as const) {
  test(`userinfo of ${title} ends the sign-in`, async () => {
    up.quirks.userinfo = userinfo
    await assert.rejects(stage({ signIn: { userinfo: true } }).signIn(), problem('invalid_identity_token'))
  })
}

test('userinfo as a JWT is refused: nobody asked for one, and its signature would count for nothing', async () => {
  for (const alg of ['none', 'RS256']) {
    up.quirks.userinfo = (claims) => forgedToken({ alg }, claims, alg === 'none' ? undefined : 'x')
    await assert.rejects(stage({ signIn: { userinfo: true } }).signIn(), problem('invalid_identity_token'))
  }
})

const evil = 'javascript:alert(1)'
const badDocuments: readonly (readonly [title: string, change: (document: Claims) => Claims, why: RegExp])[] =
  [
    ['of another issuer', withClaim({ issuer: 'https://evil.example' }), /another issuer/],
    ['without issuer', without('issuer'), /no issuer/],
    [
      'of many tenants',
      withClaim({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }),
      /many tenants/,
    ],
    [
      'without an authorization endpoint',
      without('authorization_endpoint'),
      /names no authorization_endpoint/,
    ],
    ['without a token endpoint', without('token_endpoint'), /names no token_endpoint/],
    ['that sends browsers to a script', withClaim({ authorization_endpoint: evil }), /must be an https URL/],
    ['that signs out to a script', withClaim({ end_session_endpoint: evil }), /must be an https URL/],
    [
      'that sends browsers over plain http',
      withClaim({ authorization_endpoint: 'http://idp.example/' }),
      /must be an https URL/,
    ],
    ['with a list as endpoint', withClaim({ token_endpoint: ['https://a.example'] }), /must be an https URL/],
  ]
for (const [title, change, why] of badDocuments) {
  test(`a discovery document ${title} is refused`, async () => {
    up.quirks.discovery = change
    const { kind, provider } = stage()
    await assert.rejects(kind.beginSignIn(provider, options), problem('idp_communication_error', why))
  })
}

for (const path of ['/.well-known/openid-configuration', '/token', '/jwks', '/userinfo']) {
  for (const how of ['hangs', 'garbage', 'fails', 'huge'] as const) {
    test(`a provider whose ${path} ${how} fails in time, as a fault between the servers`, async () => {
      const fetch = guardedFetch({ allow, timeoutMs: 250 })
      const here = stage({ signIn: { userinfo: true } }, { fetch })
      up.quirks.broken = new Map([[path, how]])
      await assert.rejects(here.signIn(), problem('idp_communication_error'))
    })
  }
}

test('a provider that is down is soon left alone, and asked again later', async (t) => {
  const from = await startOpenIdUpstream({ redirectUris: [callback] })
  t.after(() => from.close())
  let now = 1000
  const here = stage({ from }, { now: () => now })
  from.quirks.broken = new Map([['/.well-known/openid-configuration', 'fails']])
  for (let i = 0; i < 100; i++) {
    now++
    await assert.rejects(here.kind.beginSignIn(here.provider, options), problem('idp_communication_error'))
  }
  assert.ok(from.requests.length <= 10, `${from.requests.length} requests`)
  from.quirks.broken = undefined
  now += 60
  assert.ok(await here.kind.beginSignIn(here.provider, options))
})

test('a token endpoint that fails five times is asked no sixth time for a while', async (t) => {
  const from = await startOpenIdUpstream({ redirectUris: [callback] })
  t.after(() => from.close())
  const here = stage({ from })
  const answers = await Promise.all(Array.from({ length: 7 }, () => here.away()))
  from.quirks.broken = new Map([['/token', 'fails']])
  for (const { returned } of answers.slice(1))
    await assert.rejects(
      here.kind.completeSignIn(here.provider, returned),
      problem('idp_communication_error'),
    )
  assert.equal(from.requests.filter((one) => one === 'POST /token').length, 5)
  from.quirks.broken = undefined
  await assert.rejects(
    here.kind.completeSignIn(here.provider, answers[0]?.returned ?? assert.fail()),
    problem('idp_communication_error', /left alone/),
  )
})

test('while one provider hangs, people sign in with another', async (t) => {
  const hung = await startOpenIdUpstream({ redirectUris: [callback] })
  t.after(() => hung.close())
  hung.quirks.broken = new Map([['/.well-known/openid-configuration', 'hangs']])
  const kind = openIdUpstream({ fetch: guardedFetch({ allow, timeoutMs: 120_000 }), now: seconds, allow })
  const stuck = { ...providerOf({ from: hung }), id: 'arn:hung' }
  let ended = 0
  const waiting = Array.from({ length: 100 }, () => kind.beginSignIn(stuck, options).catch(() => ended++))
  const provider = providerOf()
  const { to, memory } = await kind.beginSignIn(provider, options)
  const parameters = new Map((await signInThere(up, to)).searchParams)
  assert.equal(
    (await kind.completeSignIn(provider, { parameters, callback, memory })).subject,
    'upstream-ada',
  )
  assert.equal(ended, 0)
  assert.equal(hung.requests.length, 1)
  // Whoever waits is let go when the provider ends its connections.
  hung.close()
  await Promise.all(waiting)
  assert.equal(ended, 100)
})

test('discovery is asked for once by a hundred at a time, kept ten minutes, and an hour more while the provider is down', async () => {
  let now = seconds()
  const here = stage({}, { now: () => now })
  const depart = () => here.kind.beginSignIn(here.provider, options)
  const asked = () => up.requests.filter((one) => one.endsWith('openid-configuration')).length
  const before = asked()
  await Promise.all(Array.from({ length: 100 }, depart))
  now += 599
  await depart()
  assert.equal(asked() - before, 1)
  up.quirks.broken = new Map([['/.well-known/openid-configuration', 'fails']])
  now += 3600
  await depart()
  now += 2
  await assert.rejects(depart(), problem('idp_communication_error'))
})

test('keys of the record are used, and not those the provider names', async () => {
  const foreign = {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  }
  const here = stage({ top: { jwks: { keys: [foreign] } } })
  await assert.rejects(here.signIn(), problem('invalid_identity_token', /not signed by a key/))
  up.quirks.discovery = withClaim({ jwks_uri: `${up.origin}/nowhere` })
  assert.equal((await stage({ top: { jwks_uri: `${up.origin}/jwks` } }).signIn()).subject, 'upstream-ada')
})

test('one ID token has one id to spend, by its jti or its text', async () => {
  const jti = randomUUID()
  up.quirks.idToken = withClaim({ jti })
  const one = await stage().signIn()
  const two = await stage().signIn()
  assert.equal(one.spend?.id, two.spend?.id)
  up.quirks.idToken = undefined
  assert.notEqual((await stage().signIn()).spend?.id, (await stage().signIn()).spend?.id)
})

const steps = async (all: AsyncIterable<CheckStep>) => {
  const found: CheckStep[] = []
  for await (const step of all) found.push(step)
  return found
}

test('the check goes through every step of a sound provider', async () => {
  const { kind, provider } = stage({ signIn: { sign_out: true } })
  const found = await steps(kind.check(provider))
  assert.deepEqual(
    found.map(({ step, ok }) => [step, ok]),
    [
      ['resolve, connect and TLS', true],
      ['discovery document and its issuer', true],
      ['signature algorithms', true],
      ['PKCE', true],
      ['keys', true],
      ['client authentication', true],
      ['sign-out', true],
    ],
  )
  assert.match(found[5]?.said ?? '', /invalid_grant/)
  assert.match(found[6]?.said ?? '', /https:\/\/<your Chancery>\/signed-out/)
})

const failing: readonly (readonly [title: string, More, OpenIdQuirks, step: string, said: RegExp])[] = [
  ['nobody answers', { top: { url: 'http://127.0.0.1:1' } }, {}, 'resolve, connect and TLS', /ECONNREFUSED/],
  [
    'it is not allowed out',
    { top: { url: 'http://10.0.0.1' } },
    {},
    'resolve, connect and TLS',
    /CHANCERY_OUTBOUND_ALLOW/,
  ],
  [
    'the issuer is another',
    {},
    { discovery: withClaim({ issuer: 'https://x.example' }) },
    'discovery document and its issuer',
    /x\.example/,
  ],
  ['no algorithm is allowed', { signIn: { algorithms: ['ES256'] } }, {}, 'signature algorithms', /RS256/],
  [
    'PKCE is plain alone',
    {},
    { discovery: withClaim({ code_challenge_methods_supported: ['plain'] }) },
    'PKCE',
    /plain/,
  ],
  ['there are no keys', {}, { broken: new Map([['/jwks', 'garbage']]) }, 'keys', /unusable/],
  [
    'the secret is wrong',
    { signIn: { client_secret: 'wrong' } },
    {},
    'client authentication',
    /invalid_client/,
  ],
  [
    'there is no sign-out',
    { signIn: { sign_out: true } },
    { discovery: without('end_session_endpoint') },
    'sign-out',
    /end_session/,
  ],
]
for (const [title, more, quirks, step, said] of failing) {
  test(`the check says where it ends when ${title}`, async () => {
    Object.assign(up.quirks, quirks)
    const { kind, provider } = stage(more)
    const last = (await steps(kind.check(provider))).at(-1)
    assert.deepEqual([last?.step, last?.ok], [step, false])
    assert.match(last?.said ?? '', said)
  })
}
