import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RevocationScope, revocationScopes } from '../../../src/secure/session/session-dependencies.ts'
import {
  account,
  allow,
  openStage,
  otherAccount,
  policy,
  refusedWith,
  roleId,
  trusting,
  userId,
} from '../stage.ts'

const root = (accountId: string) =>
  ({ kind: 'root', accountId, arn: `arn:aws:iam::${accountId}:root`, accessKeyId: 'ROOT' }) as const

test('sessions issued until now are over, later ones are not', async (t) => {
  const s = await openStage(t)
  const caller = s.callerOf(await s.user('alice'))
  const roleArn = await s.role('reader', trusting({ AWS: caller.userId }))
  const before = await s.become((await s.assume(caller, { roleArn })).credentials)
  const floor = await s.revoke('role', roleId('reader'), root(account))
  assert.deepEqual([floor.before, floor.at], [s.state.now + 1, s.state.now])
  assert.ok(floor.expiresAt >= s.state.now + 43_200)
  await assert.rejects(s.parts.callers.ensureLive(before), refusedWith('unauthenticated'))
  s.state.now += 1
  const after = await s.become((await s.assume(caller, { roleArn })).credentials)
  await s.parts.callers.ensureLive(after)
  await assert.rejects(s.parts.callers.ensureLive(before), refusedWith('unauthenticated'))
})

test('a second revocation moves the floor up, never down', async (t) => {
  const s = await openStage(t)
  const first = await s.revoke('source-identity', 'alice', root(account))
  s.state.now += 100
  await s.revoke('source-identity', 'alice', root(account))
  assert.equal((await s.store.get('revocation', first.id))?.before, first.before + 100)
  s.state.now -= 50
  await s.revoke('source-identity', 'alice', root(account))
  assert.equal((await s.store.get('revocation', first.id))?.before, first.before + 100)
})

test('one account’s revocation does not end another’s sessions', async (t) => {
  const s = await openStage(t)
  const caller = s.callerOf(await s.user('alice'))
  const actions = ['sts:AssumeRole', 'sts:SetSourceIdentity']
  const roleArn = await s.role('reader', trusting({ AWS: caller.userId }, actions))
  const session = await s.become((await s.assume(caller, { roleArn, sourceIdentity: 'alice' })).credentials)
  await s.revoke('source-identity', 'alice', root(otherAccount))
  await s.revoke('role', roleId('reader'), root(otherAccount))
  await s.revoke('session', session.sessionId, root(otherAccount))
  await s.parts.callers.ensureLive(session)
  await s.revoke('source-identity', 'alice', root(account))
  await assert.rejects(s.parts.callers.ensureLive(session), refusedWith('unauthenticated'))
})

test('it needs sts:RevokeSessions on what is revoked, and each try is on record', async (t) => {
  const s = await openStage(t)
  const resource = `arn:aws:sts::${account}:sessions/role/${roleId('reader')}`
  const own = policy(allow('sts:RevokeSessions', { Resource: resource }))
  const allowed = s.callerOf(await s.user('alice', own))
  const not = s.callerOf(await s.user('bob'))
  await s.revoke('role', roleId('reader'), allowed)
  await assert.rejects(s.revoke('role', roleId('other'), allowed), refusedWith('denied'))
  await assert.rejects(s.revoke('role', roleId('reader'), not), refusedWith('denied'))
  await assert.rejects(
    s.revoke('role', roleId('reader'), { kind: 'anonymous' }),
    refusedWith('missing_credentials'),
  )
  assert.deepEqual(
    s.events.map(({ outcome }) => outcome),
    ['done', 'denied', 'denied', 'refused'],
  )
})

const forms: readonly (readonly [scope: RevocationScope, good: string, bad: string])[] = [
  ['role', roleId('reader'), 'reader'],
  ['user', userId('alice'), 'alice'],
  ['session', 'AAAAAAAAAAAAAAAAAAAAAA', 'short'],
  ['source-identity', 'alice', 'a b'],
  ['client', 'app', ''],
  ['provider', `arn:aws:iam::${account}:oidc-provider/ci.example`, 'https://ci.example'],
  ['access-key', 'AKIAIOSFODNN7EXAMPLE', 'not a key'],
  ['sign-in', userId('alice'), 'alice'],
  ['browser-session', 'AAAAAAAAAAAAAAAAAAAAA', 'short'],
  ['password', userId('alice'), 'alice'],
  ['factor', `arn:aws:iam::${account}:mfa/phone`, 'phone'],
  ['consent', `${userId('alice')}/app`, 'app'],
]

test('every scope is in the table of forms', () => {
  const inTable = forms.map(([scope]) => scope)
  assert.deepEqual([...inTable].sort(), Object.keys(revocationScopes).sort())
})

for (const [scope, good, bad] of forms) {
  test(`a ${scope} is named by what cannot be someone else’s tomorrow`, async (t) => {
    const s = await openStage(t)
    const { id, value } = await s.revoke(scope, good, root(account))
    assert.equal((await s.store.get('revocation', id))?.value, value)
    await assert.rejects(s.revoke(scope, bad, root(account)), refusedWith('validation'))
  })
}

test('44: a revocation with a time in the future is refused', async (t) => {
  const s = await openStage(t)
  const { now } = s.state
  await assert.rejects(
    s.revoke('role', roleId('reader'), root(account), { before: now + 86_400 }),
    refusedWith('validation'),
  )
  assert.equal(
    (await s.revoke('role', roleId('reader'), root(account), { before: now - 60 })).before,
    now - 60,
  )
})

test('44: what a clock a day ahead revoked is lifted, and can be revoked again', async (t) => {
  const s = await openStage(t)
  const caller = s.callerOf(await s.user('alice'))
  const roleArn = await s.role('reader', trusting({ AWS: caller.userId }))
  s.state.now += 86_400
  await s.revoke('role', roleId('reader'), root(account))
  s.state.now -= 86_400
  const session = await s.become((await s.assume(caller, { roleArn })).credentials)
  await assert.rejects(s.parts.callers.ensureLive(session), refusedWith('unauthenticated'))
  await assert.rejects(s.lift('role', roleId('reader'), caller), refusedWith('denied'))
  await s.lift('role', roleId('reader'), root(account))
  await s.parts.callers.ensureLive(session)
  await assert.rejects(s.lift('role', roleId('reader'), root(account)), refusedWith('not_found'))
  await s.revoke('role', roleId('reader'), root(account))
  await assert.rejects(s.parts.callers.ensureLive(session), refusedWith('unauthenticated'))
  s.state.now += 5
  await s.parts.callers.ensureLive(await s.become((await s.assume(caller, { roleArn })).credentials))
  const actions = s.events.map(({ action, outcome }) => `${action} ${outcome}`)
  assert.ok(actions.includes('sts:LiftRevocation done') && actions.includes('sts:LiftRevocation refused'))
})

test('34: a session stays invalid when a role is created again under the old name', async (t) => {
  const s = await openStage(t)
  const caller = s.callerOf(await s.user('alice'))
  const roleArn = await s.role('reader', trusting({ AWS: caller.userId }))
  const session = await s.become((await s.assume(caller, { roleArn })).credentials)
  const old = await s.store.get('role', roleId('reader'))
  assert.ok(old)
  await s.store.delete('role', old.id)
  await s.store.create('role', { ...old, id: 'AROAMADEAGAINUNDERITSNAME' })
  await assert.rejects(s.parts.callers.ensureLive(session), refusedWith('unauthenticated'))
})
