import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../../src/problem.ts'
import { sessionCaller } from '../../../src/sts/session/session-caller.ts'
import { embedPolicies } from '../../../src/sts/session/session-policy.ts'
import { sessionTags } from '../../../src/sts/session/session-tags.ts'
import {
  account,
  allow,
  openStage,
  otherAccount,
  policy,
  refusedWith,
  type Stage,
  trusting,
  userId,
} from '../stage.ts'

async function ready(s: Stage) {
  const caller = s.callerOf(await s.user('alice'))
  const roleArn = await s.role(
    'reader',
    trusting({ AWS: userId('alice') }, ['sts:AssumeRole', 'sts:TagSession']),
  )
  return { caller, roleArn }
}
/** A policy of exactly `size` characters, none of them white space between tokens. */
function policyOf(size: number): string {
  const empty = policy(allow('docs:GetDocument', { Resource: '' }))
  return policy(allow('docs:GetDocument', { Resource: 'arn:aws:docs:::'.padEnd(size - empty.length, 'x') }))
}

test('inline and managed session policies of one call are one link', async (t) => {
  const s = await openStage(t)
  const { caller, roleArn } = await ready(s)
  const managed = policy(allow('docs:List*'))
  const arn = await s.managed('lister', managed)
  const inline = policy(allow('docs:GetDocument'))
  const { credentials, packedPolicySize } = await s.assume(caller, {
    roleArn,
    policy: inline,
    policyArns: [arn],
  })
  assert.deepEqual((await s.read(credentials.sessionToken)).sp, [[inline, arn]])
  assert.ok(packedPolicySize !== undefined && packedPolicySize > 0 && packedPolicySize <= 100)
  const only = await s.assume(caller, { roleArn, policyArns: [arn] })
  assert.deepEqual((await s.read(only.credentials.sessionToken)).sp, [[arn]])
})

test('a managed session policy is read when the session is used; deleted it allows nothing', async (t) => {
  const s = await openStage(t)
  const { caller } = await ready(s)
  const own = policy(allow('docs:*'))
  const roleArn = await s.role('worker', trusting({ AWS: userId('alice') }), {
    inline: [{ name: 'own', document: own }],
  })
  const arn = await s.managed('live', policy(allow('docs:Get*')))
  const { credentials } = await s.assume(caller, { roleArn, policyArns: [arn] })
  const session = await s.become(credentials)
  const run = (action: string) =>
    s.parts.callers.authorize({ caller: session, circumstances: s.circumstances() }, action, 'docs:handbook')
  await run('docs:GetDocument')
  await assert.rejects(run('docs:PutDocument'), { code: 'denied' })
  const id = `ANPA${account}live`
  await s.store.update('policy', id, (old) => ({
    ...old,
    versions: [{ id: 'v1', document: policy(allow('docs:Put*')), createdAt: 0 }],
  }))
  await assert.rejects(run('docs:GetDocument'), { code: 'denied' })
  await run('docs:PutDocument')
  await s.store.delete('policy', id)
  await assert.rejects(run('docs:PutDocument'), { code: 'denied' })
})

test('inline and managed policies count together against 2,048', async (t) => {
  const s = await openStage(t)
  const { caller, roleArn } = await ready(s)
  const arn = await s.managed('half', policyOf(1048))
  await s.assume(caller, { roleArn, policy: policyOf(1000), policyArns: [arn] })
  const above = refusedWith('packed_policy_too_large', /Packed policy consumes 101% of allotted space/)
  await assert.rejects(s.assume(caller, { roleArn, policy: policyOf(1001), policyArns: [arn] }), above)
})

const wrongArns: readonly (readonly [title: string, arn: string])[] = [
  ['of another account', `arn:aws:iam::${otherAccount}:policy/theirs`],
  ['of no policy', `arn:aws:iam::${account}:policy/nobody`],
  ['of another service', `arn:aws:docs::${account}:policy/x`],
  ['that is none', 'x'.repeat(20)],
]
for (const [title, arn] of wrongArns) {
  test(`a policy ARN ${title} is refused`, async (t) => {
    const s = await openStage(t)
    const { caller, roleArn } = await ready(s)
    await s.managed('theirs', policyOf(200), otherAccount)
    await assert.rejects(s.assume(caller, { roleArn, policyArns: [arn] }), refusedWith('invalid_input'))
  })
}

const malformed: readonly string[] = [
  '{',
  '[]',
  '{"Version":"2012-10-17"}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"x","Resource":"*"}]}',
  policy({ Effect: 'Allow', Principal: '*', Action: 'docs:*', Resource: '*' }),
  '{"Version":"2012-10-17","Statement":[],"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
]
for (const text of malformed) {
  test(`the session policy ${text.slice(0, 50)} is malformed`, async (t) => {
    const s = await openStage(t)
    const { caller, roleArn } = await ready(s)
    await assert.rejects(s.assume(caller, { roleArn, policy: text }), refusedWith('malformed_policy'))
  })
}

test('the largest policy is stored by hash before the token exists, and read back unchanged', async (t) => {
  const s = await openStage(t)
  const { caller, roleArn } = await ready(s)
  const large = policyOf(2048)
  const { credentials } = await s.assume(caller, { roleArn, policy: large })
  assert.ok(credentials.sessionToken.length <= 4096)
  const claims = await s.read(credentials.sessionToken)
  const link = claims.sp?.[0]
  assert.ok(link && 'h' in link)
  assert.deepEqual((await s.become(credentials)).sessionPolicies, [[large]])
  assert.equal(await s.parts.longPolicies.textOf(otherAccount, link.h), undefined)
  // Again, and once it is about to go.
  await s.assume(caller, { roleArn, policy: large })
  s.state.now += 86_400
  const later = await s.assume(caller, { roleArn, policy: large, durationSeconds: 7200 })
  s.state.now += 7199
  assert.deepEqual((await s.become(later.credentials)).sessionPolicies, [[large]])
})

test('a policy that goes by hash and cannot be had never counts as none', async (t) => {
  const s = await openStage(t)
  const { caller, roleArn } = await ready(s)
  const { credentials } = await s.assume(caller, { roleArn, policy: policyOf(2048) })
  const claims = await s.read(credentials.sessionToken)
  const unavailable = (error: unknown) => error instanceof Problem && error.code === 'unavailable'
  await assert.rejects(sessionCaller(claims, { textOf: async () => undefined }), unavailable)
  await assert.rejects(sessionCaller(claims, { textOf: async () => '["{}"]' }), unavailable)
})

test('the longest links travel by hash, and only as many as needed', () => {
  const short = ['a'.repeat(300)]
  const long = ['b'.repeat(1500)]
  assert.deepEqual(embedPolicies([short, short]), { links: [short, short], long: [] })
  const { links, long: kept } = embedPolicies([short, long, short])
  assert.deepEqual([links[0], links[2]], [short, short])
  assert.equal(kept.length, 1)
  assert.deepEqual(links[1], { h: kept[0]?.hash })
  assert.equal(kept[0]?.text, JSON.stringify(long))
})

test('a link is embedded up to 1,400 bytes as a JSON string inside a JSON string', () => {
  const bytesOf = (link: readonly string[]) => Buffer.byteLength(JSON.stringify(JSON.stringify(link)))
  for (const end of ['', '"', '\\', '\n', '\u0001', 'é', '🦊', '\ud800']) {
    const link = [`{"Sid":"${end}"}`, '', `${end}arn:aws:iam::aws:policy/"ReadOnly"`]
    const filled = (bytes: number) => [...link, 'x'.repeat(bytes - bytesOf([...link, '']))]
    assert.equal(bytesOf(filled(1400)), 1400)
    for (let twice = 0; twice < 2; twice++) {
      assert.deepEqual(embedPolicies([filled(1400)]).long, [], JSON.stringify(end))
      assert.equal(embedPolicies([filled(1401)]).long.length, 1, JSON.stringify(end))
    }
  }
})

test('tags that do not fit are too large, in percent', async (t) => {
  const s = await openStage(t)
  const { caller, roleArn } = await ready(s)
  const tags = Array.from({ length: 50 }, (_, i) => ({ key: `k${i}`, value: 'v'.repeat(100) }))
  const above = refusedWith('packed_policy_too_large', /consumes \d{3}% of allotted space/)
  await assert.rejects(s.assume(caller, { roleArn, tags }), above)
  const many = Array.from({ length: 30 }, (_, i) => ({ key: `k${i}`, value: 'v'.repeat(100) }))
  await assert.rejects(s.assume(caller, { roleArn, tags: many }), refusedWith('packed_policy_too_large'))
  const some = await s.assume(caller, { roleArn, tags: tags.slice(0, 10) })
  assert.equal((await s.read(some.credentials.sessionToken)).tags?.length, 10)
})

test('tags are inherited only when transitive', () => {
  const inherited = {
    tags: [
      { key: 'A', value: '1' },
      { key: 'B', value: '2' },
    ],
    transitiveKeys: ['b'],
  }
  assert.deepEqual(sessionTags({ tags: [{ key: 'C', value: '3' }], transitiveKeys: ['C'] }, inherited), {
    tags: [
      { key: 'B', value: '2' },
      { key: 'C', value: '3' },
    ],
    transitiveKeys: ['b', 'C'],
  })
})
