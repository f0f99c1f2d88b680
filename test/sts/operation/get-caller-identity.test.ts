import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getCallerIdentity } from '../../../src/sts/operation/get-caller-identity.ts'
import { account, openStage, refusedWith, roleId, trusting } from '../stage.ts'

test('GetCallerIdentity returns the identity of each kind of caller', async (t) => {
  const s = await openStage(t)
  const arn = `arn:aws:iam::${account}:root`
  assert.deepEqual(getCallerIdentity({ kind: 'root', accountId: account, arn, accessKeyId: 'ROOT' }), {
    userId: account,
    account,
    arn,
  })
  const caller = s.callerOf(await s.user('alice'))
  assert.deepEqual(getCallerIdentity(caller), { userId: caller.userId, account, arn: caller.arn })
  const roleArn = await s.role('reader', trusting({ AWS: caller.userId }))
  const session = await s.become((await s.assume(caller, { roleArn })).credentials)
  assert.deepEqual(getCallerIdentity(session), {
    userId: `${roleId('reader')}:session`,
    account,
    arn: `arn:aws:sts::${account}:assumed-role/reader/session`,
  })
})

test('an anonymous caller has no identity', () => {
  assert.throws(() => getCallerIdentity({ kind: 'anonymous' }), refusedWith('missing_credentials'))
})
