import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessKeyIdOf } from '../../../src/secure/session/session-token.ts'
import {
  account,
  allow,
  deny,
  mfaSerial,
  openStage,
  otherAccount,
  policy,
  refusedWith,
  roleId,
  type Stage,
  trusting,
  userId,
} from '../stage.ts'

const alice = userId('alice')
const all = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']
const denied = (roleArn: string, who = `arn:aws:iam::${account}:user/alice`) =>
  refusedWith('denied', `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`)

test('a user named by the trust policy becomes the role, with no identity policy at all', async (t) => {
  const s = await openStage(t)
  const user = await s.user('alice')
  const roleArn = await s.role('reader', trusting({ AWS: alice }))
  const { credentials, assumedRoleUser, packedPolicySize, sourceIdentity } = await s.assume(
    s.callerOf(user),
    { roleArn },
  )
  const sub = `arn:aws:sts::${account}:assumed-role/reader/session`
  assert.equal(assumedRoleUser.arn, sub)
  assert.equal(assumedRoleUser.assumedRoleId, `${roleId('reader')}:session`)
  assert.equal(packedPolicySize, undefined)
  assert.equal(sourceIdentity, undefined)
  assert.equal(credentials.expiration, s.state.now + 3600)
  const claims = await s.read(credentials.sessionToken)
  assert.equal(claims.sub, sub)
  assert.equal(claims.uid, alice)
  assert.deepEqual(claims.act, { sub: `arn:aws:iam::${account}:user/alice` })
  assert.equal(claims.pb && 'id' in claims.pb && claims.pb.id, roleId('reader'))
  assert.equal(claims.sp, undefined)
  assert.equal(accessKeyIdOf(claims.jti), credentials.accessKeyId)
})

test('a trust in the account only delegates: the user’s own policy must allow as well', async (t) => {
  const s = await openStage(t)
  const roleArn = await s.role('reader', trusting({ AWS: account }))
  const without = await s.user('alice')
  await assert.rejects(s.assume(s.callerOf(without), { roleArn }), denied(roleArn))
  const bob = await s.user('bob', policy(allow('sts:AssumeRole', { Resource: roleArn })))
  await s.assume(s.callerOf(bob), { roleArn })
})

test('an explicit deny in the trust or in the user’s policy wins', async (t) => {
  const s = await openStage(t)
  const mine = await s.user('alice', policy(deny('sts:AssumeRole')))
  const roleArn = await s.role('reader', trusting({ AWS: alice }))
  await assert.rejects(s.assume(s.callerOf(mine), { roleArn }), denied(roleArn))
  const bob = await s.user('bob', policy(allow('*')))
  const both = policy(
    { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' },
    { Effect: 'Deny', Principal: { AWS: bob.id }, Action: 'sts:AssumeRole' },
  )
  const closed = await s.role('closed', both)
  await assert.rejects(s.assume(s.callerOf(bob), { roleArn: closed }), refusedWith('denied'))
})

test('a role that is not there answers like one that refuses, of whatever account or spelling', async (t) => {
  const s = await openStage(t)
  const user = await s.user('alice', policy(allow('*')))
  await s.role('Reader', trusting({ AWS: alice }))
  for (const roleArn of [
    `arn:aws:iam::${account}:role/nobody`,
    `arn:aws:iam::${account}:role/reader`,
    `arn:aws:iam::${account}:role/path/Reader`,
    `arn:aws:iam::${otherAccount}:role/Reader`,
  ]) {
    await assert.rejects(s.assume(s.callerOf(user), { roleArn }), denied(roleArn))
  }
  for (const roleArn of [`arn:aws:iam::${account}:user/alice-and-more`, 'not an ARN but long enough'])
    await assert.rejects(s.assume(s.callerOf(user), { roleArn }), {
      code: 'validation',
      message: `${roleArn} is invalid`,
    })
})

test('another account needs both: the role’s trust and the user’s policy', async (t) => {
  const s = await openStage(t)
  const user = await s.user('alice')
  const more = { accountId: otherAccount }
  const roleArn = await s.role('reader', trusting({ AWS: alice }), more)
  await assert.rejects(s.assume(s.callerOf(user), { roleArn }), denied(roleArn))
  const bob = await s.user('bob', policy(allow('sts:AssumeRole')))
  await assert.rejects(s.assume(s.callerOf(bob), { roleArn }), refusedWith('denied'))
  const open = await s.role('open', trusting({ AWS: account }), more)
  const { credentials } = await s.assume(s.callerOf(bob), { roleArn: open })
  assert.equal((await s.read(credentials.sessionToken)).acct, otherAccount)
})

test('an anonymous caller assumes no role', async (t) => {
  const s = await openStage(t)
  const roleArn = await s.role('reader', trusting({ AWS: account }))
  const refused = refusedWith('missing_credentials', 'Request is missing Authentication Token')
  await assert.rejects(s.assume({ kind: 'anonymous' }, { roleArn }), refused)
  assert.equal(s.events.length, 1)
})

test('the account root assumes a role that trusts its account, and no other', async (t) => {
  const s = await openStage(t)
  const root = {
    kind: 'root',
    accountId: account,
    arn: `arn:aws:iam::${account}:root`,
    accessKeyId: 'ROOT',
  } as const
  const assumed = await s.assume(root, { roleArn: await s.role('reader', trusting({ AWS: account })) })
  assert.match(assumed.assumedRoleUser.arn, /:assumed-role\/reader\//)
  const roleArn = await s.role('guarded', trusting({ AWS: alice }))
  await assert.rejects(s.assume(root, { roleArn }), refusedWith('denied'))
})

test('a disabled user, a deleted one, and one of another account cannot assume a role', async (t) => {
  const s = await openStage(t)
  const roleArn = await s.role('reader', trusting({ AWS: alice }))
  const user = await s.user('alice', undefined, { disabled: true })
  await assert.rejects(s.assume(s.callerOf(user), { roleArn }), refusedWith('unauthenticated'))
  await s.store.update('user', user.id, (old) => ({ ...old, disabled: false }))
  await s.assume(s.callerOf(user), { roleArn })
  await assert.rejects(
    s.assume(s.callerOf(user, { accountId: otherAccount }), { roleArn }),
    refusedWith('unauthenticated'),
  )
  await s.store.delete('user', user.id)
  await assert.rejects(s.assume(s.callerOf(user), { roleArn }), refusedWith('unauthenticated'))
})

test('the external id must be the one that the trust policy requires', async (t) => {
  const s = await openStage(t)
  const caller = s.callerOf(await s.user('alice'))
  const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'shared/42' } } }
  const roleArn = await s.role('vendor', trusting({ AWS: alice }, ['sts:AssumeRole'], condition))
  await assert.rejects(s.assume(caller, { roleArn }), denied(roleArn))
  await assert.rejects(s.assume(caller, { roleArn, externalId: 'shared/43' }), denied(roleArn))
  await s.assume(caller, { roleArn, externalId: 'shared/42' })
  assert.ok(!JSON.stringify(s.events).includes('shared/4'), 'the record holds no external id')
})

test('conditions see the session name, the duration and the request', async (t) => {
  const s = await openStage(t)
  const caller = s.callerOf(await s.user('alice'))
  const roleArn = await s.role(
    'reader',
    trusting({ AWS: alice }, ['sts:AssumeRole'], {
      Condition: {
        StringLike: { 'sts:RoleSessionName': 'ci-${aws:username}-*' },
        NumericLessThanEquals: { 'sts:DurationSeconds': '1800' },
        IpAddress: { 'aws:SourceIp': '198.51.100.0/24' },
        Bool: { 'aws:SecureTransport': 'true' },
      },
    }),
  )
  await assert.rejects(
    s.assume(caller, { roleArn, roleSessionName: 'ci-bob-1', durationSeconds: 900 }),
    denied(roleArn),
  )
  await assert.rejects(
    s.assume(caller, { roleArn, roleSessionName: 'ci-alice-1', durationSeconds: 3600 }),
    denied(roleArn),
  )
  await assert.rejects(s.assume(caller, { roleArn, roleSessionName: 'ci-alice-1' }), denied(roleArn))
  await s.assume(caller, { roleArn, roleSessionName: 'ci-alice-1', durationSeconds: 900 })
})

test('MFA required by the trust policy is checked, once, and does not count for the session', async (t) => {
  const s = await openStage(t)
  const caller = s.callerOf(await s.user('alice'))
  const mfa = {
    Condition: {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      NumericLessThan: { 'aws:MultiFactorAuthAge': '60' },
    },
  }
  const roleArn = await s.role('admin', trusting({ AWS: alice }, ['sts:AssumeRole'], mfa))
  const invalid = refusedWith(
    'denied',
    'MultiFactorAuthentication failed with invalid MFA one time pass code.',
  )
  await assert.rejects(s.assume(caller, { roleArn }), denied(roleArn))
  await assert.rejects(s.assume(caller, { roleArn, serialNumber: mfaSerial, tokenCode: '000000' }), invalid)
  const half = refusedWith('denied', /must provide both/)
  await assert.rejects(s.assume(caller, { roleArn, serialNumber: mfaSerial }), half)
  await assert.rejects(s.assume(caller, { roleArn, tokenCode: '123456' }), half)
  const { credentials } = await s.assume(caller, { roleArn, serialNumber: mfaSerial, tokenCode: '123456' })
  await assert.rejects(s.assume(caller, { roleArn, serialNumber: mfaSerial, tokenCode: '123456' }), invalid)
  assert.ok(!JSON.stringify(s.events).includes('123456'), 'the record holds no code')

  const next = await s.role('next', trusting({ AWS: roleId('admin') }, ['sts:AssumeRole'], mfa))
  const session = await s.become(credentials)
  await assert.rejects(s.assume(session, { roleArn: next }), refusedWith('denied'))
  await assert.rejects(
    s.assume(session, { roleArn: next, serialNumber: mfaSerial, tokenCode: '123456' }),
    invalid,
  )
})

const separately: readonly (readonly [what: string, request: object, action: string])[] = [
  ['session tags', { tags: [{ key: 'Team', value: 'blue' }] }, 'sts:TagSession'],
  ['a source identity', { sourceIdentity: 'alice' }, 'sts:SetSourceIdentity'],
]
for (const [what, request, action] of separately) {
  test(`${what} need ${action}, in the trust and in the caller’s policy where one applies`, async (t) => {
    const s = await openStage(t)
    const caller = s.callerOf(await s.user('alice'))
    const bare = await s.role('bare', trusting({ AWS: alice }))
    await assert.rejects(s.assume(caller, { roleArn: bare, ...request }), denied(bare))
    const tagging = await s.role('tagging', trusting({ AWS: alice }, ['sts:AssumeRole', action]))
    await s.assume(caller, { roleArn: tagging, ...request })

    const delegating = await s.role('delegating', trusting({ AWS: account }, ['sts:AssumeRole', action]))
    const bob = s.callerOf(await s.user('bob', policy(allow('sts:AssumeRole'))))
    await s.assume(bob, { roleArn: delegating })
    await assert.rejects(s.assume(bob, { roleArn: delegating, ...request }), refusedWith('denied'))
    const carol = s.callerOf(await s.user('carol', policy(allow(['sts:AssumeRole', action]))))
    await s.assume(carol, { roleArn: delegating, ...request })
  })
}

test('conditions see request tags, tag keys and transitive keys', async (t) => {
  const s = await openStage(t)
  const caller = s.callerOf(await s.user('alice'))
  const roleArn = await s.role(
    'tagged',
    trusting({ AWS: alice }, all, {
      Condition: {
        StringEquals: { 'aws:RequestTag/Team': 'blue' },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team', 'Cost'], 'sts:TransitiveTagKeys': ['Team'] },
      },
    }),
  )
  const team = { key: 'Team', value: 'blue' }
  await assert.rejects(s.assume(caller, { roleArn }), denied(roleArn))
  await assert.rejects(s.assume(caller, { roleArn, tags: [{ key: 'Team', value: 'red' }] }), denied(roleArn))
  await assert.rejects(
    s.assume(caller, { roleArn, tags: [team, { key: 'Else', value: '' }] }),
    denied(roleArn),
  )
  const cost = { key: 'Cost', value: '1' }
  await assert.rejects(
    s.assume(caller, { roleArn, tags: [team, cost], transitiveTagKeys: ['Cost'] }),
    denied(roleArn),
  )
  const { credentials } = await s.assume(caller, { roleArn, tags: [team, cost], transitiveTagKeys: ['Team'] })
  const claims = await s.read(credentials.sessionToken)
  assert.deepEqual(claims.tags, [
    ['Team', 'blue'],
    ['Cost', '1'],
  ])
  assert.deepEqual(claims.ttk, ['Team'])
})

async function chain(s: Stage, request: object = {}, trust = all) {
  const caller = s.callerOf(await s.user('alice'))
  const first = await s.role('first', trusting({ AWS: alice }, all), { maxSessionDuration: 43_200 })
  const second = await s.role('second', trusting({ AWS: roleId('first') }, trust), {
    maxSessionDuration: 43_200,
  })
  const { credentials } = await s.assume(caller, { roleArn: first, ...request })
  return { session: await s.become(credentials), second }
}

test('a chained session lives one hour at most, whatever the role allows', async (t) => {
  const s = await openStage(t)
  const { session, second } = await chain(s)
  const long = refusedWith(
    'validation',
    /exceeds the 1 hour session limit for roles assumed by role chaining/,
  )
  await assert.rejects(s.assume(session, { roleArn: second, durationSeconds: 3601 }), long)
  const { credentials } = await s.assume(session, { roleArn: second, durationSeconds: 3600 })
  assert.equal(credentials.expiration, s.state.now + 3600)
})

test('a chain hands on transitive tags, source identity, user and actors; other tags end', async (t) => {
  const s = await openStage(t)
  const tags = [
    { key: 'Team', value: 'blue' },
    { key: 'Cost', value: '1' },
  ]
  const { session, second } = await chain(s, { tags, transitiveTagKeys: ['team'], sourceIdentity: 'alice' })
  const { credentials, sourceIdentity } = await s.assume(session, {
    roleArn: second,
    tags: [{ key: 'Run', value: '7' }],
  })
  assert.equal(sourceIdentity, 'alice')
  const claims = await s.read(credentials.sessionToken)
  assert.deepEqual(claims.tags, [
    ['Team', 'blue'],
    ['Run', '7'],
  ])
  assert.deepEqual(claims.ttk, ['team'])
  assert.equal(claims.src, 'alice')
  assert.equal(claims.uid, alice)
  assert.deepEqual(claims.act, { sub: session.arn, act: { sub: `arn:aws:iam::${account}:user/alice` } })
})

test('an inherited transitive tag cannot be overridden, in any case', async (t) => {
  const s = await openStage(t)
  const { session, second } = await chain(s, {
    tags: [{ key: 'Team', value: 'blue' }],
    transitiveTagKeys: ['Team'],
  })
  const conflict = refusedWith(
    'invalid_parameter',
    /conflicts with a transitive tag key from the calling session/,
  )
  await assert.rejects(
    s.assume(session, { roleArn: second, tags: [{ key: 'TEAM', value: 'red' }] }),
    conflict,
  )
})

test('a source identity once set cannot be changed, and saying it again is no change', async (t) => {
  const s = await openStage(t)
  const { session, second } = await chain(s, { sourceIdentity: 'alice' })
  const fixed = refusedWith('denied', /SourceIdentity was set for the calling session/)
  await assert.rejects(s.assume(session, { roleArn: second, sourceIdentity: 'bob' }), fixed)
  await s.assume(session, { roleArn: second, sourceIdentity: 'alice' })
})

test('inherited tags and source identity are authorised on every link', async (t) => {
  const s = await openStage(t)
  const tagged = await chain(s, { tags: [{ key: 'Team', value: 'b' }], transitiveTagKeys: ['Team'] }, [
    'sts:AssumeRole',
  ])
  await assert.rejects(s.assume(tagged.session, { roleArn: tagged.second }), refusedWith('denied'))
  const s2 = await openStage(t)
  const named = await chain(s2, { sourceIdentity: 'alice' }, ['sts:AssumeRole', 'sts:TagSession'])
  await assert.rejects(s2.assume(named.session, { roleArn: named.second }), refusedWith('denied'))
})

test('session policies only add up along a chain', async (t) => {
  const s = await openStage(t)
  const outer = policy(allow('sts:AssumeRole'))
  const inner = policy(allow('docs:GetDocument'))
  const { session, second } = await chain(s, { policy: outer })
  const { credentials } = await s.assume(session, { roleArn: second, policy: inner })
  assert.deepEqual((await s.read(credentials.sessionToken)).sp, [[outer], [inner]])
  const without = await s.assume(session, { roleArn: second })
  assert.deepEqual((await s.read(without.credentials.sessionToken)).sp, [[outer]])
})

test('a session policy that does not allow sts:AssumeRole stops a chain the trust only delegates', async (t) => {
  const s = await openStage(t)
  const { session } = await chain(s, { policy: policy(allow('docs:*')) })
  const third = await s.role('third', trusting({ AWS: account }))
  await assert.rejects(s.assume(session, { roleArn: third }), refusedWith('denied'))
})

test('duration stays within the role’s bound, and above it is an error', async (t) => {
  const s = await openStage(t)
  const caller = s.callerOf(await s.user('alice'))
  const roleArn = await s.role('reader', trusting({ AWS: alice }))
  const { credentials } = await s.assume(caller, { roleArn, durationSeconds: 7200 })
  assert.equal(credentials.expiration, s.state.now + 7200)
  const above = refusedWith(
    'validation',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  )
  await assert.rejects(s.assume(caller, { roleArn, durationSeconds: 7201 }), above)
  const closed = await s.role('closed', trusting({ AWS: userId('bob') }))
  // Who is not trusted does not learn the role's bound.
  await assert.rejects(s.assume(caller, { roleArn: closed, durationSeconds: 7201 }), denied(closed))
})

test('a revoked session, and one whose role was deleted, cannot assume a role', async (t) => {
  const s = await openStage(t)
  const { session, second } = await chain(s)
  await s.assume(session, { roleArn: second })
  const root = {
    kind: 'root',
    accountId: account,
    arn: `arn:aws:iam::${account}:root`,
    accessKeyId: 'ROOT',
  } as const
  await s.revoke('session', session.sessionId, root)
  await assert.rejects(s.assume(session, { roleArn: second }), refusedWith('unauthenticated'))
  const dependencies = session.dependencies?.filter(({ scope }) => scope !== 'session')
  const other = { ...session, sessionId: 'another-session-of-it', dependencies }
  await s.assume(other, { roleArn: second })
  await s.store.delete('role', session.roleId)
  await assert.rejects(s.assume(other, { roleArn: second }), refusedWith('unauthenticated'))
})

test('every success and every refusal is on record once, before the answer', async (t) => {
  const s = await openStage(t)
  const caller = s.callerOf(await s.user('alice'))
  const roleArn = await s.role('reader', trusting({ AWS: alice }))
  await s.assume(caller, { roleArn, policy: policy(allow('docs:*')) })
  await assert.rejects(s.assume(caller, { roleArn: `${roleArn}s` }))
  await assert.rejects(s.assume(caller, { roleArn, roleSessionName: '!' }))
  assert.deepEqual(
    s.events.map(({ action, accountId, who, outcome, reason }) => [
      action,
      accountId,
      who,
      outcome,
      reason?.split(':')[0],
    ]),
    [
      ['sts:AssumeRole', account, caller.arn, 'done', undefined],
      ['sts:AssumeRole', account, caller.arn, 'denied', 'denied'],
      ['sts:AssumeRole', account, caller.arn, 'refused', 'validation'],
    ],
  )
  assert.ok(!JSON.stringify(s.events).includes('eyJ'), 'the record holds no token')
})

test('what cannot be recorded is not answered', async (t) => {
  const s = await openStage(t)
  const caller = s.callerOf(await s.user('alice'))
  const roleArn = await s.role('reader', trusting({ AWS: alice }))
  s.state.auditDown = true
  await assert.rejects(s.assume(caller, { roleArn }), refusedWith('unavailable'))
  await assert.rejects(s.assume(caller, { roleArn: `${roleArn}s` }), refusedWith('unavailable'))
})
