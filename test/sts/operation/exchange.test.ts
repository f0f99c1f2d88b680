import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mintBearer, mintSession } from '../../../src/secure/session/session-token.ts'
import type { ExchangeRequest, SignedInSubject } from '../../../src/sts/operation/exchange.ts'
import { tokenExchange } from '../../../src/sts/operation/token-exchange.ts'
import {
  account,
  allow,
  openStage,
  ourIssuer,
  outsideIssuer,
  policy,
  refusedWith,
  roleId,
  type Stage,
  trusting,
  userId,
} from '../stage.ts'

const docs = 'https://docs.example'
const files = 'https://files.example'
const provider = `arn:aws:iam::${account}:oidc-provider/ci.example`
const web = (condition: object = {}) =>
  trusting({ Federated: provider }, ['sts:AssumeRoleWithWebIdentity'], { Condition: condition })
/** What the role may be granted: two scopes at each of the two services. */
const scopesOfRole = policy(
  allow('oauth:GrantScope', {
    Resource: [docs, files].flatMap((id) => [`${id}/docs.read`, `${id}/docs.write`]),
  }),
)
/** A session policy that lets the session keep those scopes. */
const inline = policy(allow(['docs:*', 'oauth:GrantScope']))
const badSubject = refusedWith('invalid_identity_token')

/** A bearer session of an outside token, issued to `app` for two services and two scopes. */
async function bearer(s: Stage, more: Partial<ExchangeRequest> = {}) {
  await s.provider()
  const roleArn = await s.role('deploy', web(), { inline: [{ name: 'scopes', document: scopesOfRole }] })
  const subjectToken = await s.outsideToken()
  return s.exchange({
    subjectToken,
    roleArn,
    roleSessionName: 'job',
    audience: [docs, files],
    scope: 'docs.read docs.write',
    ...more,
  })
}

async function signedIn(s: Stage, more: Partial<SignedInSubject> = {}): Promise<SignedInSubject> {
  const user = await s.user('alice')
  return {
    caller: s.callerOf(user, { temporary: true, issuedAt: s.state.now - 60, mfaAge: 60 }),
    expiresAt: s.state.now + 600,
    clientId: 'app',
    audience: [docs],
    scope: 'docs.read',
    authentication: { amr: ['pwd', 'otp'], acr: 'mfa', authTime: s.state.now - 60 },
    jkt: undefined,
    mayActAsRoles: true,
    policies: [],
    ...more,
  }
}

test('an outside token becomes a bearer session, decided as AssumeRoleWithWebIdentity would', async (t) => {
  const s = await openStage(t)
  const { accessToken, tokenType, expiration, scope } = await bearer(s, {
    policy: inline,
    durationSeconds: 900,
  })
  assert.equal(tokenType, 'Bearer')
  assert.equal(expiration, s.state.now + 900)
  assert.equal(scope, 'docs.read docs.write')
  const claims = await s.read(accessToken, 'at+jwt')
  assert.equal(claims.sub, `arn:aws:sts::${account}:assumed-role/deploy/job`)
  assert.deepEqual(claims.aud, [docs, files])
  assert.equal(claims.client_id, 'app')
  assert.equal(claims.fed, provider)
  assert.deepEqual(claims.sp, [[inline]])
  assert.equal(claims.cnf, undefined)
  assert.deepEqual(
    s.events.map(({ action, outcome }) => [action, outcome]),
    [['sts:ExchangeToken', 'done']],
  )
})

test('the exchanged token is bound to the DPoP key', async (t) => {
  const s = await openStage(t)
  const { accessToken, tokenType } = await bearer(s, { jkt: 'thumb' })
  assert.equal(tokenType, 'DPoP')
  assert.deepEqual((await s.read(accessToken, 'at+jwt')).cnf, { jkt: 'thumb' })
})

test('the trust policy decides as on the other way in', async (t) => {
  const s = await openStage(t)
  await s.provider()
  const roleArn = await s.role('deploy', web({ StringEquals: { 'ci.example:sub': 'repo:other' } }))
  const denied = refusedWith('denied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity')
  await assert.rejects(
    s.exchange({ subjectToken: await s.outsideToken(), roleArn, roleSessionName: 'job' }),
    denied,
  )
})

const missing: readonly (readonly [what: string, change: Partial<ExchangeRequest>])[] = [
  ['a role', { roleArn: undefined }],
  ['a session name', { roleSessionName: undefined }],
  ['a service', { audience: [] }],
]
for (const [what, change] of missing) {
  test(`an outside token without ${what} in the request is refused`, async (t) => {
    const s = await openStage(t)
    await assert.rejects(bearer(s, change), refusedWith('validation'))
  })
}

test('a token that names its actors is for those clients alone', async (t) => {
  const s = await openStage(t)
  await s.provider()
  const roleArn = await s.role('deploy', web())
  const asked = { roleArn, roleSessionName: 'job' }
  const by = async (may_act: unknown) =>
    s.exchange({ ...asked, subjectToken: await s.outsideToken({ may_act }) })
  await assert.rejects(by({ sub: 'other' }), refusedWith('denied', /another actor/))
  await assert.rejects(by('app'), badSubject)
  await assert.rejects(by([]), badSubject)
  await by({ sub: 'app' })
  await by({ client_id: 'app' })
})

test('a person’s own token becomes a role session through AssumeRole, no longer than the token', async (t) => {
  const s = await openStage(t)
  const subject = await signedIn(s)
  const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }
  const roleArn = await s.role('reader', trusting({ AWS: userId('alice') }, ['sts:AssumeRole'], mfa))
  const asked = {
    subjectToken: 'opaque-token',
    roleArn,
    roleSessionName: 'web',
    signedIn: async () => subject,
  }
  const { accessToken, expiration } = await s.exchange(asked)
  assert.equal(expiration, s.state.now + 600)
  const claims = await s.read(accessToken, 'at+jwt')
  assert.equal(claims.uid, userId('alice'))
  assert.deepEqual([claims.amr, claims.acr, claims.auth_time], [['pwd', 'otp'], 'mfa', s.state.now - 60])
  assert.equal(claims.scope, 'docs.read')
  await assert.rejects(s.exchange({ ...asked, durationSeconds: 900 }), refusedWith('validation', /lifetime/))
  await assert.rejects(
    s.exchange({ ...asked, scope: 'docs.write' }),
    refusedWith('invalid_scope', /no scope/),
  )
  await assert.rejects(s.exchange({ ...asked, clientId: 'other' }), badSubject)
  await s.exchange({
    ...asked,
    clientId: 'other',
    signedIn: async () => ({ ...subject, audience: ['other', docs] }),
  })
  await assert.rejects(s.exchange({ ...asked, signedIn: async () => undefined }), badSubject)
  await assert.rejects(
    s.exchange({ ...asked, signedIn: async () => ({ ...subject, mayActAsRoles: false }) }),
    refusedWith('denied', /scope `roles` is missing/),
  )
  await assert.rejects(s.exchange({ ...asked, signedIn: async () => ({ ...subject, jkt: 'k' }) }), badSubject)
  await assert.rejects(
    s.exchange({ ...asked, jkt: 'l', signedIn: async () => ({ ...subject, jkt: 'k' }) }),
    badSubject,
  )
  await s.exchange({ ...asked, jkt: 'k', signedIn: async () => ({ ...subject, jkt: 'k' }) })
})

test('a session of ours is narrowed: one more policy, fewer services, less scope, no longer', async (t) => {
  const s = await openStage(t)
  const first = await bearer(s, { policy: inline, durationSeconds: 900 })
  s.state.now += 100
  const more = policy(allow('docs:GetDocument'))
  const narrow = { subjectToken: first.accessToken, audience: [docs], scope: 'docs.read', policy: more }
  const { accessToken, expiration, scope } = await s.exchange(narrow)
  assert.equal(expiration, first.expiration)
  assert.equal(scope, 'docs.read')
  const [before, claims] = [await s.read(first.accessToken, 'at+jwt'), await s.read(accessToken, 'at+jwt')]
  assert.deepEqual(claims.sp, [[inline], [more]])
  assert.deepEqual(claims.aud, [docs])
  assert.deepEqual(
    [claims.sub, claims.role, claims.fed, claims.act],
    [before.sub, before.role, before.fed, before.act],
  )
  assert.notEqual(claims.jti, before.jti)
  // What is not asked for stays as it is, and never grows.
  const same = await s.read(
    (await s.exchange({ subjectToken: accessToken, audience: [] })).accessToken,
    'at+jwt',
  )
  assert.deepEqual([same.aud, same.scope, same.sp, same.exp], [[docs], 'docs.read', claims.sp, claims.exp])
})

const wider: readonly (readonly [
  what: string,
  change: Partial<ExchangeRequest>,
  code: 'invalid_target' | 'invalid_scope' | 'validation' | 'invalid_identity_token',
])[] = [
  ['a service it is not for', { audience: ['https://else.example'] }, 'invalid_target'],
  ['a scope it has not', { scope: 'docs.read admin' }, 'invalid_scope'],
  ['more time', { durationSeconds: 901 }, 'validation'],
  ['another session name', { roleSessionName: 'other' }, 'invalid_identity_token'],
  ['another client’s hands', { clientId: 'thief' }, 'invalid_identity_token'],
]
for (const [what, change, code] of wider) {
  test(`a session of ours does not get ${what}`, async (t) => {
    const s = await openStage(t)
    const { accessToken } = await bearer(s, { durationSeconds: 900 })
    await assert.rejects(
      s.exchange({ subjectToken: accessToken, audience: [], ...change }),
      refusedWith(code),
    )
  })
}

test('another client in the audience of the session becomes its actor', async (t) => {
  const s = await openStage(t)
  const { accessToken } = await bearer(s, { audience: ['backend'], scope: undefined })
  const handed = await s.exchange({ subjectToken: accessToken, clientId: 'backend', audience: [] })
  const claims = await s.read(handed.accessToken, 'at+jwt')
  assert.equal(claims.client_id, 'backend')
  assert.deepEqual(claims.act, {
    iss: ourIssuer,
    sub: 'backend',
    act: { iss: outsideIssuer, sub: 'repo:acme/app' },
  })
})

test('a session bound to a DPoP key stays with that key', async (t) => {
  const s = await openStage(t)
  const { accessToken } = await bearer(s, { jkt: 'mine' })
  await assert.rejects(s.exchange({ subjectToken: accessToken, audience: [] }), badSubject)
  await assert.rejects(s.exchange({ subjectToken: accessToken, audience: [], jkt: 'yours' }), badSubject)
  const { tokenType } = await s.exchange({ subjectToken: accessToken, audience: [], jkt: 'mine' })
  assert.equal(tokenType, 'DPoP')
})

test('a signed session token is no subject token, however it is presented', async (t) => {
  const s = await openStage(t)
  const { accessToken } = await bearer(s)
  const { jti: _, client_id, ...grant } = await s.read(accessToken, 'at+jwt')
  const signers = s.parts.signers()
  const { token } = await mintSession({ ...grant, client_id: client_id ?? '' }, signers)
  await assert.rejects(s.exchange({ subjectToken: token, audience: [] }), badSubject)
})

test('exchange for another role is role chaining: trust policy checked, policies and actors kept, no later expiry', async (t) => {
  const s = await openStage(t)
  const outer = policy(allow('sts:AssumeRole'), allow(['docs:*', 'oauth:GrantScope']))
  const first = await bearer(s, { policy: outer, durationSeconds: 900 })
  const closed = await s.role('closed', trusting({ AWS: userId('nobody') }))
  const next = await s.role('next', trusting({ AWS: roleId('deploy') }))
  const asked = { subjectToken: first.accessToken, audience: [docs], roleSessionName: 'two' }
  await assert.rejects(s.exchange({ ...asked, roleArn: closed }), refusedWith('denied'))
  const { accessToken, expiration } = await s.exchange({ ...asked, roleArn: next })
  assert.equal(expiration, first.expiration)
  const claims = await s.read(accessToken, 'at+jwt')
  assert.deepEqual(claims.sp, [[outer]])
  assert.deepEqual(claims.act, {
    sub: `arn:aws:sts::${account}:assumed-role/deploy/job`,
    act: { iss: outsideIssuer, sub: 'repo:acme/app' },
  })
  // The first role's scopes are not the next one's.
  assert.equal(claims.scope, undefined)
  await assert.rejects(
    s.exchange({ ...asked, roleArn: next, scope: 'docs.read' }),
    refusedWith('invalid_scope', /oauth:GrantScope/),
  )
})

interface ScopeCase {
  readonly what: string
  readonly ask: Partial<ExchangeRequest>
  /** The scope of the answer, or the code of the refusal. */
  readonly scope?: string | undefined
  readonly code?: 'invalid_scope' | 'invalid_target'
}
const configured: ExchangeRequest['targets'] = (audience) =>
  new Map(audience.includes(docs) ? [[docs, ['docs.read', 'docs.admin']]] : [])
const only = (resource: string) => policy(allow('oauth:GrantScope', { Resource: resource }))
// biome-ignore format: a table
const scopeCases: readonly ScopeCase[] = [
  { what: 'a scope that the role is granted', ask: { scope: 'docs.read' }, scope: 'docs.read' },
  { what: 'a scope that no policy grants', ask: { scope: 'docs.admin' }, code: 'invalid_scope' },
  { what: 'one of both', ask: { scope: 'docs.read docs.admin' }, code: 'invalid_scope' },
  { what: 'a scope the resource does not have', ask: { scope: 'docs.write' }, code: 'invalid_scope' },
  { what: 'a configured resource without a scope', ask: { scope: undefined }, code: 'invalid_target' },
  { what: 'a service without a scope', ask: { scope: undefined, audience: [files] }, scope: undefined },
  { what: 'a scope of a service that policies grant', ask: { scope: 'docs.write', audience: [files] }, scope: 'docs.write' },
  { what: 'a scope of a service that none grants', ask: { scope: 'docs.write', audience: ['other'] }, code: 'invalid_scope' },
  { what: 'a scope granted at one of two services', ask: { scope: 'docs.write', audience: [files, 'other'] }, code: 'invalid_scope' },
  { what: 'a scope within the session policy', ask: { scope: 'docs.read', policy: only(`${docs}/docs.read`) }, scope: 'docs.read' },
  { what: 'a scope outside the session policy', ask: { scope: 'docs.read', policy: only(`${docs}/docs.write`) }, code: 'invalid_scope' },
  { what: 'a session policy that grants what the role has not', ask: { scope: 'docs.admin', policy: only('*') }, code: 'invalid_scope' },
]
for (const { what, ask, scope, code } of scopeCases) {
  test(`an outside token that requests ${what}: ${code ?? scope ?? 'no scope'}`, async (t) => {
    const s = await openStage(t)
    const work = bearer(s, { audience: [docs], targets: configured, ...ask })
    if (code !== undefined) return assert.rejects(work, refusedWith(code))
    const { accessToken } = await work
    assert.equal((await s.read(accessToken, 'at+jwt')).scope, scope)
  })
}

test('16: a role of another account grants itself no scope of a configured resource', async (t) => {
  const s = await openStage(t)
  const accountId = '444455556666'
  const Federated = await s.provider({ accountId })
  const trust = trusting({ Federated }, ['sts:AssumeRoleWithWebIdentity'])
  const inline = [{ name: 'scopes', document: scopesOfRole }]
  const roleArn = await s.role('deploy', trust, { accountId, inline })
  const ask = async (audience: string, scope: string) => {
    const subjectToken = await s.outsideToken()
    const request = { subjectToken, roleArn, roleSessionName: 'job', targets: configured }
    return s.exchange({ ...request, audience: [audience], scope })
  }
  await assert.rejects(ask(docs, 'docs.read'), refusedWith('invalid_scope'))
  const { accessToken } = await ask(files, 'docs.write')
  assert.equal((await s.read(accessToken, 'at+jwt')).scope, 'docs.write', 'a service that is not configured')
})

test('a person’s scope stays at the resources that their token is for', async (t) => {
  const s = await openStage(t)
  const subject = await signedIn(s)
  const roleArn = await s.role('reader', trusting({ AWS: userId('alice') }))
  const ask = (more: Partial<ExchangeRequest>) =>
    s.exchange({
      subjectToken: 'opaque-token',
      roleArn,
      roleSessionName: 'web',
      signedIn: async () => subject,
      ...more,
    })
  assert.equal((await ask({ audience: [docs] })).scope, 'docs.read')
  assert.equal((await ask({ audience: [files] })).scope, undefined)
  assert.equal((await ask({ audience: [docs, files] })).scope, undefined)
  await assert.rejects(ask({ audience: [files], scope: 'docs.read' }), refusedWith('invalid_scope'))
  // A configured resource whose scopes they consented to nowhere: not even without any scope.
  const targets = (audience: readonly string[]) => new Map(audience.map((id) => [id, ['docs.read']]))
  assert.equal((await ask({ audience: [docs], targets })).scope, 'docs.read')
  await assert.rejects(ask({ audience: [files], targets }), refusedWith('invalid_target'))
  await assert.rejects(ask({ audience: [docs, files], targets }), refusedWith('invalid_target'))
})

const ends: readonly (readonly [what: string, end: (s: Stage, jti: string) => Promise<unknown>])[] = [
  ['revoked', (s, jti) => s.revoke('session', jti, root)],
  ['of a role revoked since', (s) => s.revoke('role', roleId('deploy'), root)],
  ['of a deleted role', (s) => s.store.delete('role', roleId('deploy'))],
  [
    'of a disabled provider',
    (s) => s.store.update('identityProvider', provider, (old) => ({ ...old, disabled: true })),
  ],
  ['of a deleted provider', (s) => s.store.delete('identityProvider', provider)],
]
const root = {
  kind: 'root',
  accountId: account,
  arn: `arn:aws:iam::${account}:root`,
  accessKeyId: 'ROOT',
} as const
for (const [what, end] of ends) {
  test(`a session ${what} is exchanged for nothing`, async (t) => {
    const s = await openStage(t)
    const { accessToken, jti } = await bearer(s)
    await s.exchange({ subjectToken: accessToken, audience: [] })
    await end(s, jti)
    await assert.rejects(s.exchange({ subjectToken: accessToken, audience: [] }), badSubject)
  })
}

test('a session of a user who was disabled since cannot be exchanged', async (t) => {
  const s = await openStage(t)
  const subject = await signedIn(s)
  const roleArn = await s.role('reader', trusting({ AWS: userId('alice') }))
  const asked = { subjectToken: 'opaque', roleArn, roleSessionName: 'web', signedIn: async () => subject }
  const { accessToken } = await s.exchange(asked)
  await s.exchange({ subjectToken: accessToken, audience: [] })
  await s.store.update('user', userId('alice'), (old) => ({ ...old, disabled: true }))
  await assert.rejects(s.exchange({ subjectToken: accessToken, audience: [] }), badSubject)
  await assert.rejects(s.exchange(asked), refusedWith('unauthenticated'))
})

test('an expired session, a forged one and one of a role recreated under its name are refused', async (t) => {
  const s = await openStage(t)
  const { accessToken } = await bearer(s, { durationSeconds: 900 })
  const { jti: _, cnf: __, ...grant } = await s.read(accessToken, 'at+jwt')
  const other = await mintBearer({ ...grant, role: { ...grant.role, id: roleId('gone') } }, s.parts.signers())
  await assert.rejects(s.exchange({ subjectToken: other.token, audience: [] }), badSubject)
  await assert.rejects(
    s.exchange({ subjectToken: `${accessToken.slice(0, -4)}AAAA`, audience: [] }),
    badSubject,
  )
  s.state.now += 900
  await assert.rejects(s.exchange({ subjectToken: accessToken, audience: [] }), refusedWith('expired_token'))
})

test('the token endpoint’s spelling: types are held to what we take, an actor token is never passed over', async (t) => {
  const s = await openStage(t)
  await s.provider()
  const roleArn = await s.role('deploy', web(), { inline: [{ name: 'scopes', document: scopesOfRole }] })
  const run = tokenExchange({ ...s.parts, signedIn: async () => undefined, secure: true })
  const type = (name: string) => `urn:ietf:params:oauth:token-type:${name}`
  const request = {
    grant: 'token-exchange' as const,
    subjectToken: await s.outsideToken(),
    subjectTokenType: type('jwt'),
    actorToken: undefined,
    requestedTokenType: undefined,
    audience: [],
    resource: [docs],
    targets: () => new Map([[docs, ['docs.read']]]),
    scope: ['docs.read'],
    roleArn,
    roleSessionName: 'job',
    policy: undefined,
    policyArns: [],
    durationSeconds: undefined,
    clientId: 'app',
    jkt: undefined,
    sourceIp: '198.51.100.7',
    userAgent: undefined,
    requestId: 'r',
  }
  const { accessToken, ...answer } = await run(request)
  assert.deepEqual(answer, { issuedTokenType: type('access_token'), expiresIn: 3600, scope: 'docs.read' })
  assert.deepEqual((await s.read(accessToken, 'at+jwt')).aud, [docs])
  const invalid = refusedWith('invalid_input')
  await assert.rejects(run({ ...request, actorToken: 'x' }), invalid)
  await assert.rejects(run({ ...request, subjectTokenType: type('saml2') }), invalid)
  await assert.rejects(run({ ...request, requestedTokenType: type('refresh_token') }), invalid)
})

test('a token refused for its actor or a missing audience is not marked as used', async (t) => {
  const s = await openStage(t)
  const provider = await s.provider({ once: true })
  const roleArn = await s.role('deploy', trusting({ Federated: provider }, ['sts:AssumeRoleWithWebIdentity']))
  const subjectToken = await s.outsideToken({ jti: 'one', may_act: { sub: 'app' } })
  const asked = { subjectToken, roleArn, roleSessionName: 'job' }
  await assert.rejects(s.exchange({ ...asked, clientId: 'else' }), refusedWith('denied'))
  await assert.rejects(s.exchange({ ...asked, audience: [] }), refusedWith('validation'))
  await s.exchange(asked)
  await assert.rejects(s.exchange(asked), refusedWith('invalid_identity_token', 'the token was used before'))
})
