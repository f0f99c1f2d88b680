import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProblemCode } from '../../../src/problem.ts'
import { sessionsOf } from '../../../src/store/audit-lookups.ts'
import {
  account,
  allow,
  audience,
  openStage,
  otherAccount,
  outsideIssuer,
  policy,
  refusedWith,
  roleId,
  type Stage,
  trusting,
} from '../stage.ts'

const provider = `arn:aws:iam::${account}:oidc-provider/ci.example`
const federated = (condition: object = {}, actions = ['sts:AssumeRoleWithWebIdentity']) =>
  trusting({ Federated: provider }, actions, { Condition: condition })
const subject = { StringEquals: { 'ci.example:aud': audience, 'ci.example:sub': 'repo:acme/app' } }
const denied = refusedWith('denied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity')

/** A registered issuer and a role that trusts it. */
async function ready(s: Stage, trust = federated(subject), more: object = {}) {
  await s.provider(more)
  return s.role('deploy', trust)
}

test('a token of a registered issuer becomes the role', async (t) => {
  const s = await openStage(t)
  const roleArn = await ready(s)
  const webIdentityToken = await s.outsideToken()
  const assumed = await s.web({ roleArn, webIdentityToken, policy: policy(allow('docs:GetDocument')) })
  assert.equal(assumed.subjectFromWebIdentityToken, 'repo:acme/app')
  assert.equal(assumed.provider, provider)
  assert.equal(assumed.audience, audience)
  assert.equal(assumed.assumedRoleUser.assumedRoleId, `${roleId('deploy')}:session`)
  assert.equal(typeof assumed.packedPolicySize, 'number')
  const claims = await s.read(assumed.credentials.sessionToken)
  assert.equal(claims.fed, provider)
  assert.deepEqual(claims.act, { iss: outsideIssuer, sub: 'repo:acme/app' })
  assert.deepEqual(claims.sp, [[policy(allow('docs:GetDocument'))]])
  assert.equal(claims.exp, s.state.now + 3600)
  assert.equal(claims.uid, undefined)
  assert.equal(s.state.network, 0)
  const { action, who, outcome, accountId } = s.events[0] ?? {}
  assert.deepEqual(
    [action, who, outcome, accountId],
    ['sts:AssumeRoleWithWebIdentity', `${outsideIssuer} repo:acme/app`, 'done', account],
  )
})

test('an issuer cannot place entries among those of another session by the id of its token', async (t) => {
  const s = await openStage(t)
  const roleArn = await ready(s)
  const { credentials } = await s.web({
    roleArn,
    webIdentityToken: await s.outsideToken({ jti: 'ASIAVICTIM' }),
  })
  const { actor, details } = s.events[0] ?? {}
  assert.deepEqual(sessionsOf({ ...actor }, { ...details }), [credentials.accessKeyId])
  assert.equal(details?.['tokenId'], 'ASIAVICTIM')
})

test('the trust policy sees every claim: plain, nested, many-valued, and our own keys', async (t) => {
  const s = await openStage(t)
  const condition = {
    StringEquals: {
      'ci.example:kubernetes.io/serviceaccount/name': 'web',
      'ci.example:run': '7',
      'sts:RoleSessionName': 'session',
      'aws:FederatedProvider': provider,
    },
    Bool: { 'ci.example:protected': 'true' },
    'ForAnyValue:StringEquals': { 'ci.example:groups': 'deployers' },
    StringLike: { 'ci.example:sub': 'repo:acme/*' },
    IpAddress: { 'aws:SourceIp': '198.51.100.7' },
  }
  const roleArn = await ready(s, federated(condition))
  const claims = {
    run: 7,
    protected: true,
    groups: ['people', 'deployers'],
    'kubernetes.io': { serviceaccount: { name: 'web' } },
  }
  await s.web({ roleArn, webIdentityToken: await s.outsideToken(claims) })
  for (const change of [
    { run: 8 },
    { protected: false },
    { groups: ['people'] },
    { groups: undefined },
    { sub: 'repo:evil/app' },
    { 'kubernetes.io': { serviceaccount: { name: 'web2' } } },
  ]) {
    await assert.rejects(
      s.web({ roleArn, webIdentityToken: await s.outsideToken({ ...claims, ...change }) }),
      denied,
    )
  }
  await assert.rejects(
    s.web({ roleArn, webIdentityToken: await s.outsideToken(claims), roleSessionName: 'other' }),
    denied,
  )
})

const reasons: readonly (readonly [title: string, claims: object, reason: RegExp])[] = [
  [
    'another subject',
    { sub: 'repo:evil/app' },
    /statement 1: StringEquals of `ci\.example:sub` with `repo:acme\/app`; it is `repo:evil\/app`/,
  ],
  [
    'tags nobody allowed',
    { 'https://aws.amazon.com/tags': { principal_tags: { Team: ['blue'] } } },
    /sts:TagSession: no statement of the trust policy is for this principal and action/,
  ],
]
for (const [title, claims, reason] of reasons) {
  test(`a token with ${title} is refused with the reason on record alone`, async (t) => {
    const s = await openStage(t)
    const roleArn = await ready(s)
    await assert.rejects(s.web({ roleArn, webIdentityToken: await s.outsideToken({ ...claims }) }), denied)
    assert.equal(s.events[0]?.outcome, 'denied')
    assert.match(s.events[0]?.reason ?? '', reason)
  })
}

test('trust policies see azp as aud, aud as oaud, and account, type and id of the principal', async (t) => {
  const s = await openStage(t)
  const roleArn = await ready(
    s,
    federated({
      StringEquals: {
        'ci.example:aud': audience,
        'ci.example:oaud': 'the-resource',
        'aws:PrincipalAccount': account,
        'aws:PrincipalType': 'User',
        'aws:userid': provider,
        'sts:RoleAuthorizedByIdp': 'false',
      },
    }),
  )
  const claims = { aud: ['the-resource'], azp: audience, oaud: 'a claim of that name counts for nothing' }
  const assumed = await s.web({ roleArn, webIdentityToken: await s.outsideToken(claims) })
  assert.equal(assumed.audience, audience)
})

const ofRoles = 'https://aws.amazon.com/roles'
const deploy = `arn:aws:iam::${account}:role/deploy`
for (const [title, claim, authorized] of [
  ['the role', deploy, true],
  ['a list with the role', ['x', deploy], true],
  ['nothing', '', false],
  ['an empty list', [], false],
  ['a pattern', `arn:aws:iam::${account}:role/*`, false],
  ['null', null, false],
  ['a list that is not of texts', [deploy, 1], false],
  ['an object', { deploy }, false],
] as const) {
  test(`a roles claim of ${title} ${authorized ? 'lets in' : 'refuses'}`, async (t) => {
    const s = await openStage(t)
    const roleArn = await ready(s, federated({ Bool: { 'sts:RoleAuthorizedByIdp': 'true' } }))
    const run = s.web({ roleArn, webIdentityToken: await s.outsideToken({ [ofRoles]: claim }) })
    if (authorized) await run
    else await assert.rejects(run, refusedWith('invalid_identity_token', /does not name this role/))
  })
}

test('a Deny that applies is named on record, by its Sid', async (t) => {
  const s = await openStage(t)
  const stop = {
    Sid: 'NoForks',
    Effect: 'Deny',
    Principal: { Federated: provider },
    Action: 'sts:*',
    Condition: { Bool: { 'ci.example:fork': 'true' } },
  }
  const letIn = {
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
  }
  const roleArn = await ready(s, policy(letIn, stop))
  await assert.rejects(s.web({ roleArn, webIdentityToken: await s.outsideToken({ fork: true }) }), denied)
  assert.match(s.events[0]?.reason ?? '', /statement `NoForks` of the trust policy denies it/)
})

test('a role that does not trust the provider is refused like one that does not exist', async (t) => {
  const s = await openStage(t)
  await s.provider()
  const webIdentityToken = await s.outsideToken()
  const other = `arn:aws:iam::${account}:oidc-provider/other.example`
  const roles = [
    await s.role('other', trusting({ Federated: other }, ['sts:AssumeRoleWithWebIdentity'])),
    await s.role('users', trusting({ AWS: account }, ['sts:AssumeRole'])),
    await s.role('wrong', trusting({ Federated: provider }, ['sts:TagSession'])),
    `arn:aws:iam::${account}:role/nobody`,
  ]
  for (const roleArn of roles) await assert.rejects(s.web({ roleArn, webIdentityToken }), denied)
})

test('an issuer registered in another account only is unknown here', async (t) => {
  const s = await openStage(t)
  await s.provider({ accountId: otherAccount })
  const roleArn = await s.role('deploy', federated())
  const unknown = refusedWith(
    'invalid_identity_token',
    `No OpenIDConnect provider found in your account for ${outsideIssuer}`,
  )
  await assert.rejects(s.web({ roleArn, webIdentityToken: await s.outsideToken() }), unknown)
  // And a role of the other account that trusts this account's provider gains nothing by it.
  const crossed = await s.role('crossed', federated(), { accountId: otherAccount })
  await assert.rejects(s.web({ roleArn: crossed, webIdentityToken: await s.outsideToken() }), denied)
})

const badTokens: readonly (readonly [title: string, claims: object, code: ProblemCode, message: RegExp])[] = [
  ['expired', { exp: 1_799_999_999 }, 'expired_token', /^Token expired: current date\/time 1800000000/],
  ['for another audience', { aud: 'else' }, 'invalid_identity_token', /^Incorrect token audience$/],
  [
    'of an unknown issuer',
    { iss: 'https://else.example' },
    'invalid_identity_token',
    /^No OpenIDConnect provider/,
  ],
  ['without iat', { iat: undefined }, 'invalid_identity_token', /claim: iat/],
  ['with malformed tags', { 'https://aws.amazon.com/tags': [] }, 'idp_rejected_claim', /tags/],
  [
    'with a malformed source identity',
    { 'https://aws.amazon.com/source_identity': 'a b' },
    'idp_rejected_claim',
    /source/,
  ],
  ['with two claims that read alike', { SUB: 'other' }, 'idp_rejected_claim', /two claims/],
]
for (const [title, claims, code, message] of badTokens) {
  test(`a token ${title} is refused and recorded`, async (t) => {
    const s = await openStage(t)
    const roleArn = await ready(s)
    const webIdentityToken = await s.outsideToken({ ...claims })
    await assert.rejects(s.web({ roleArn, webIdentityToken }), refusedWith(code, message))
    assert.equal(s.events.length, 1)
    assert.equal(s.events[0]?.outcome, 'refused')
    assert.ok(!JSON.stringify(s.events).includes(webIdentityToken))
  })
}

test('an issuer whose keys cannot be had is a failure of communication', async (t) => {
  const s = await openStage(t)
  const roleArn = await ready(s, federated(), { keys: { from: 'discovery' } })
  const webIdentityToken = await s.outsideToken()
  await assert.rejects(s.web({ roleArn, webIdentityToken }), refusedWith('idp_communication_error'))
  assert.equal(s.state.network, 1)
})

test('a provider that was disabled or deleted is refused at once', async (t) => {
  const s = await openStage(t)
  const roleArn = await ready(s)
  const webIdentityToken = await s.outsideToken()
  await s.web({ roleArn, webIdentityToken })
  const unknown = refusedWith('invalid_identity_token', /^No OpenIDConnect provider/)
  await s.store.update('identityProvider', provider, (old) => ({ ...old, disabled: true }))
  await assert.rejects(s.web({ roleArn, webIdentityToken }), unknown)
  await s.store.delete('identityProvider', provider)
  await assert.rejects(s.web({ roleArn, webIdentityToken }), unknown)
})

test('a token may be used again unless the provider is single-use; then exactly one of fifty succeeds', async (t) => {
  const s = await openStage(t)
  const roleArn = await ready(s)
  const again = await s.outsideToken({ jti: 'a' })
  await s.web({ roleArn, webIdentityToken: again })
  await s.web({ roleArn, webIdentityToken: again })
  await s.store.update('identityProvider', provider, (old) => ({ ...old, once: true }))
  const webIdentityToken = await s.outsideToken({ jti: 'b' })
  const all = await Promise.allSettled(Array.from({ length: 50 }, () => s.web({ roleArn, webIdentityToken })))
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
  await assert.rejects(
    s.web({ roleArn, webIdentityToken }),
    refusedWith('invalid_identity_token', 'the token was used before'),
  )
})

test('a refused request does not spend the token', async (t) => {
  const s = await openStage(t)
  const roleArn = await ready(s, federated(subject), { once: true })
  const webIdentityToken = await s.outsideToken({ jti: 'a' })
  await assert.rejects(s.web({ roleArn: `arn:aws:iam::${account}:role/nobody`, webIdentityToken }), denied)
  await assert.rejects(s.web({ roleArn, webIdentityToken, durationSeconds: 7201 }), refusedWith('validation'))
  await s.web({ roleArn, webIdentityToken })
})

test('tags and source identity are read from the token, and each must be allowed by the trust policy', async (t) => {
  const s = await openStage(t)
  const claims = {
    'https://aws.amazon.com/tags': { principal_tags: { Team: ['blue'] }, transitive_tag_keys: ['Team'] },
    'https://aws.amazon.com/source_identity': 'alice',
  }
  await s.provider()
  const web = 'sts:AssumeRoleWithWebIdentity'
  const webIdentityToken = await s.outsideToken(claims)
  for (const [i, actions] of [[web], [web, 'sts:TagSession'], [web, 'sts:SetSourceIdentity']].entries()) {
    const roleArn = await s.role(`partly${i}`, federated({}, actions))
    await assert.rejects(s.web({ roleArn, webIdentityToken }), denied)
  }
  const condition = { StringEquals: { 'aws:RequestTag/Team': 'blue', 'sts:SourceIdentity': 'alice' } }
  const roleArn = await s.role(
    'whole',
    federated(condition, [web, 'sts:TagSession', 'sts:SetSourceIdentity']),
  )
  const { credentials, sourceIdentity } = await s.web({ roleArn, webIdentityToken })
  assert.equal(sourceIdentity, 'alice')
  const read = await s.read(credentials.sessionToken)
  assert.deepEqual([read.tags, read.ttk, read.src], [[['Team', 'blue']], ['Team'], 'alice'])
})

test('an issuer named like one of our own key spaces cannot set our keys', async (t) => {
  const s = await openStage(t)
  const url = 'https://aws'
  const arn = await s.provider({ url })
  const condition = { StringEquals: { 'aws:SourceIp': '10.0.0.1' } }
  const roleArn = await s.role(
    'deploy',
    trusting({ Federated: arn }, ['sts:AssumeRoleWithWebIdentity'], { Condition: condition }),
  )
  const webIdentityToken = await s.outsideToken({ iss: url, SourceIp: '10.0.0.1' })
  await assert.rejects(
    s.web({ roleArn, webIdentityToken }),
    refusedWith('idp_rejected_claim', /condition keys of AWS/),
  )
})

test('only claims that the policies use are copied to the session, as condition keys and variables', async (t) => {
  const s = await openStage(t)
  await s.provider()
  const own = policy(
    allow('docs:Get', {
      Resource: 'docs:${ci.example:sub}/*',
      Condition: { 'ForAnyValue:StringEquals': { 'CI.example:groups': 'writers' } },
    }),
    allow('docs:List'),
  )
  const roleArn = await s.role('reader', federated(), { inline: [{ name: 'own', document: own }] })
  const claims = { sub: 'handbook', groups: ['readers', 'writers'], team: 'blue', secret: 'x' }
  const webIdentityToken = await s.outsideToken(claims)
  const narrow = policy(
    allow(['docs:*', 'sts:AssumeRole'], {
      Condition: { StringEquals: { 'ci.example:team': 'blue' } },
      Resource: '*',
    }),
  )
  const { credentials } = await s.web({ roleArn, webIdentityToken, policy: narrow })
  assert.deepEqual(
    new Map((await s.read(credentials.sessionToken)).ctx),
    new Map<string, unknown>([
      ['ci.example:sub', 'handbook'],
      ['ci.example:groups', ['readers', 'writers']],
      ['ci.example:team', 'blue'],
    ]),
  )
  const caller = await s.become(credentials)
  const run = (resource: string, extra: readonly (readonly [string, string])[] = []) =>
    s.parts.callers.authorize({ caller, circumstances: s.circumstances() }, 'docs:Get', resource, extra)
  await run('docs:handbook/1')
  await assert.rejects(run('docs:other/1'), { code: 'denied' })
  await assert.rejects(run('docs:other/1', [['ci.example:sub', 'other']]), { code: 'denied' })
  const next = await s.role('next', trusting({ AWS: roleId('reader') }))
  const chained = await s.assume(caller, { roleArn: next, policy: undefined })
  assert.equal((await s.read(chained.credentials.sessionToken)).ctx, undefined)
})

test('a malformed session policy is reported only to the holder of a valid token', async (t) => {
  const s = await openStage(t)
  const roleArn = await ready(s)
  const webIdentityToken = await s.outsideToken()
  await assert.rejects(
    s.web({ roleArn, webIdentityToken, policy: '{"Statement":7}' }),
    refusedWith('malformed_policy'),
  )
  await assert.rejects(
    s.web({ roleArn, webIdentityToken: 'abc.def.ghi', policy: '{' }),
    refusedWith('invalid_identity_token'),
  )
})

test('a role ARN that is none, and a provider id, are refused', async (t) => {
  const s = await openStage(t)
  const roleArn = await ready(s)
  const webIdentityToken = await s.outsideToken()
  await assert.rejects(
    s.web({ roleArn: `arn:aws:iam::${account}:user/someone`, webIdentityToken }),
    refusedWith('validation'),
  )
  await assert.rejects(
    s.web({ roleArn, webIdentityToken, providerId: 'www.amazon.com' }),
    refusedWith('invalid_identity_token'),
  )
})

test('a session of an outside token is a chain’s first link like any other', async (t) => {
  const s = await openStage(t)
  const roleArn = await ready(s)
  const next = await s.role('next', trusting({ AWS: roleId('deploy') }))
  const { credentials } = await s.web({ roleArn, webIdentityToken: await s.outsideToken() })
  const session = await s.become(credentials)
  assert.equal(session.federatedProvider, provider)
  const second = await s.assume(session, { roleArn: next })
  const claims = await s.read(second.credentials.sessionToken)
  assert.equal(claims.fed, undefined, 'only the federated session itself is of the provider')
  assert.deepEqual(claims.act, { sub: session.arn, act: { iss: outsideIssuer, sub: 'repo:acme/app' } })
})
