// Whether somebody may do something to every user: never true where a question about one user would be denied.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayForEveryUser } from '../../../src/iam/authorization/every-user.ts'
import { openMarkers } from '../../../src/iam/paging.ts'
import { People } from '../../../src/iam/people/people.ts'
import { isProblem } from '../../../src/problem.ts'
import { accountId, openIamFixture, otherAccountId } from '../fixture.ts'

const action = 'chancery:CreateSignInLink'
const users = (rest: string, account = accountId) => `arn:aws:iam::${account}:user/${rest}`
const allow = { Effect: 'Allow', Action: '*', Resource: '*' }
const deny = (Resource: string, rest: object = {}) => ({ Effect: 'Deny', Action: action, Resource, ...rest })

const cases: readonly (readonly [name: string, statements: readonly object[], every: boolean])[] = [
  ['an administrator', [allow], true],
  ['a deny on another action', [allow, { Effect: 'Deny', Action: 'iam:*', Resource: '*' }], true],
  ['a deny on users of another account', [allow, deny(users('*', otherAccountId))], true],
  [
    'with a condition that holds',
    [{ ...allow, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    false,
  ],
  ['nothing', [], false],
  ['a deny on one user', [allow, deny(users('ceo'))], false],
  ['a deny on a path', [allow, deny(users('board/*'))], false],
  ['a deny on everybody', [allow, deny('*')], false],
  ['users of one path', [{ ...allow, Resource: users('staff/*') }], false],
  [
    'a deny by a tag',
    [allow, deny('*', { Condition: { StringEquals: { 'aws:ResourceTag/vip': 'yes' } } })],
    false,
  ],
  ['everybody by NotResource but one', [{ Effect: 'Allow', Action: '*', NotResource: users('ceo') }], false],
]

test('exceptions among users are seen, also of users who are not there yet', {
  timeout: 120_000,
}, async (t) => {
  const at = await openIamFixture(t)
  assert.equal(await mayForEveryUser(at.authorizer, at.root, action), true)
  for (const [index, [name, Statement, every]] of cases.entries()) {
    const policy = Statement.length === 0 ? undefined : { Version: '2012-10-17', Statement }
    const call = await at.userWho(`caller${index}`, policy)
    assert.equal(await mayForEveryUser(at.authorizer, call, action), every, name)
    const allowed = await Promise.all(
      ['ceo', 'ann', 'board/bob', 'staff/eve', 'a/b/c/d'].map((user) =>
        at.authorizer.authorize(call, action, users(user)).then(
          () => true,
          (error: unknown) => !isProblem(error, 'denied') && assert.fail(String(error)),
        ),
      ),
    )
    if (every) assert.ok(!allowed.includes(false), name)
  }
})

test('users are named one by one up to a bound', { timeout: 60_000 }, async (t) => {
  const at = await openIamFixture(t)
  const people = new People({ store: at.store, markers: openMarkers(() => Buffer.alloc(32)) })
  for (const name of ['ann', 'bob', 'eve']) await at.userWho(name)
  const arns = await people.arnsOf(at.root, () => true, { most: 3 })
  assert.deepEqual([...(arns ?? [])].sort(), [users('ann'), users('bob'), users('eve')])
  assert.deepEqual(await people.arnsOf(at.root, ({ email }) => email !== undefined, { most: 3 }), [])
  assert.equal(await people.arnsOf(at.root, () => true, { most: 2 }), undefined)
})
