// Approved access as a statement of a trust policy: written, found again, and removed without a change to anything else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Grant,
  grantsIn,
  withGrant,
  withoutGrants,
} from '../../../src/iam/access-requests/granted-statement.ts'
import { isRequestable } from '../../../src/iam/access-requests/requestable.ts'
import { checkDocument } from '../../../src/policy/language/document.ts'

const now = 1_750_000_000
const grant: Grant = { id: 'AREQABCDEFGHIJKLMNOPQ', userId: 'AIDAABCDEFGHIJKLMNOPQ', until: now + 3600 }
const other: Grant = { id: 'AREQZZZZZZZZZZZZZZZZZ', userId: 'AIDAZZZZZZZZZZZZZZZZZ', until: now + 60 }
const own = { Sid: 'own', Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }
const documentOf = (statement: unknown) =>
  JSON.stringify({ Version: '2012-10-17', Id: 'x', Statement: statement })

test('a grant is added at the end, found again and removed; the rest stays as it was', () => {
  for (const [name, trust] of [
    ['one statement that is no list', documentOf(own)],
    ['a list', documentOf([own, { ...own, Sid: 'two' }])],
    ['written over several lines', JSON.stringify(JSON.parse(documentOf([own])), null, 2)],
  ] as const) {
    const granted = withGrant(trust, grant, now)
    checkDocument(granted, 'trust', { saving: true })
    assert.deepEqual(grantsIn(granted), [grant], name)
    assert.equal(granted.includes('\n'), trust.includes('\n'), name)
    const removed = withoutGrants(granted, ({ id }) => id === grant.id)
    const statements = (text: string) => [JSON.parse(text).Statement].flat()
    assert.deepEqual(statements(removed), statements(trust), name)
    assert.deepEqual({ ...JSON.parse(removed), Statement: 0 }, { ...JSON.parse(trust), Statement: 0 }, name)
  }
})

test('a second grant of the same request replaces the first, and grants that are over go', () => {
  const both = withGrant(withGrant(documentOf(own), other, now), grant, now)
  assert.deepEqual(grantsIn(both), [other, grant])
  const longer = { ...grant, until: now + 7200 }
  assert.deepEqual(grantsIn(withGrant(both, longer, other.until)), [longer])
})

test('a policy keeps one statement: the last grant stays with its end in the past', () => {
  const [alone] = JSON.parse(withGrant(documentOf(own), grant, now)).Statement.slice(1)
  const left = withoutGrants(documentOf([alone]), () => true)
  checkDocument(left, 'trust', { saving: true })
  assert.deepEqual(grantsIn(left), [{ ...grant, until: 0 }])
})

const [, written] = JSON.parse(withGrant(documentOf(own), grant, now)).Statement
for (const [name, change] of [
  ['another action', { Action: 'sts:*' }],
  ['a denial', { Effect: 'Deny' }],
  ['a further condition', { Condition: { ...written.Condition, Bool: { 'aws:SecureTransport': 'true' } } }],
  ['no condition', { Condition: undefined }],
  ['several principals', { Principal: { AWS: [grant.userId, other.userId] } }],
  ['another name', { Sid: 'AccessRequest1' }],
] as const)
  test(`a statement that an administrator wrote is theirs: ${name}`, () => {
    const trust = documentOf([own, { ...written, ...change }])
    assert.deepEqual(grantsIn(trust), [])
    assert.equal(
      withoutGrants(trust, () => true),
      trust,
    )
    assert.equal(JSON.parse(withGrant(trust, other, now)).Statement.length, 3)
  })

for (const [tags, may] of [
  [[], false],
  [[{ key: 'chancery:requestable', value: 'true' }], true],
  [[{ key: 'Chancery:Requestable', value: 'true' }], true],
  [[{ key: 'chancery:requestable', value: 'yes' }], false],
  [[{ key: 'requestable', value: 'true' }], false],
] as const)
  test(`a role with the tags ${JSON.stringify(tags)} can${may ? '' : 'not'} be asked for`, () => {
    assert.equal(isRequestable({ tags }), may)
  })
