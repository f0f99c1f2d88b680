// What AWS says of a policy document it refuses, by the order of its checks and not of the document.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse, trusting } from './house.ts'

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }
const policy = (change: object, more: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...change }], ...more })
const bare = ({ Action: _action, Resource: _resource, ...rest }: typeof statement, more: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ ...rest, ...more }] })

const syntax = 'Syntax errors in policy.'
const cases: readonly (readonly [title: string, document: string, sentence: string])[] = [
  ['no JSON', '{', syntax],
  ['a list', '[]', syntax],
  ['a version that does not exist', policy({}, { Version: '2013-10-17' }), syntax],
  ['no statement', policy({}, { Statement: [] }), syntax],
  ['an element nobody knows', policy({}, { Extra: 1 }), syntax],
  ['an element of a statement nobody knows', policy({ Extra: 1 }), syntax],
  ['a number as action', policy({ Action: [1] }), syntax],
  ['no effect', policy({ Effect: undefined }), syntax],
  ['another effect', policy({ Effect: 'Maybe' }), syntax],
  ['Action with NotAction', policy({ NotAction: 's3:*' }), syntax],
  ['Resource with NotResource', policy({ NotResource: '*' }), syntax],
  ['an operator that does not exist', policy({ Condition: { Like: { 'aws:username': 'a' } } }), syntax],
  [
    'no version',
    policy({}, { Version: undefined }),
    'Policy document must be version 2012-10-17 or greater.',
  ],
  [
    'an old version before missing actions',
    policy({ Action: [] }, { Version: '2008-10-17' }),
    'Policy document must be version 2012-10-17 or greater.',
  ],
  ['no actions', bare(statement, { Resource: '*' }), 'Policy statement must contain actions.'],
  ['an empty list of actions', policy({ Action: [] }), 'Policy statement must contain actions.'],
  ['no resources', bare(statement, { Action: 's3:*' }), 'Policy statement must contain resources.'],
  [
    'an action without vendor',
    policy({ Action: 'invalid' }),
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ],
  ['a vendor with a blank', policy({ Action: 'a a:ListBucket' }), 'Vendor a a is not valid'],
  ['an empty resource', policy({ Resource: '' }), 'Resource  must be in ARN format or "*".'],
  [
    'half an ARN',
    policy({ Resource: 'arn:aws' }),
    'Resource vendor must be fully qualified and cannot contain regexes.',
  ],
  [
    'one Sid twice',
    policy(
      {},
      {
        Statement: [
          { ...statement, Sid: 'a' },
          { ...statement, Sid: 'a' },
        ],
      },
    ),
    'Statement IDs (SID) in a single policy must be unique.',
  ],
  ['an effect in another case', policy({ Effect: 'denY' }), 'The policy failed legacy parsing'],
  [
    'an ARN of five parts',
    policy({ Resource: 'arn:aws:s3:::'.slice(0, -1) }),
    'The policy failed legacy parsing',
  ],
  [
    'a value that is no date',
    policy({ Condition: { DateLessThan: { 'aws:CurrentTime': 'soon' } } }),
    'The policy failed legacy parsing',
  ],
]
test('a refused managed policy is refused in the words of AWS, and says where', async (t) => {
  const { iam, root } = await openHouse(t)
  for (const [title, document, sentence] of cases)
    await t.test(title, async () => {
      const made = iam.createPolicy(root, { policyName: 'p', document })
      await assert.rejects(made, (error: Error & { code: string }) => {
        assert.equal(error.code, 'malformed_policy')
        assert.ok(error.message.startsWith(`${sentence} policy document has `), error.message)
        return true
      })
    })
})

const trusts: readonly (readonly [title: string, trust: string, sentence: string])[] = [
  ['no JSON', '{', 'This policy contains invalid Json'],
  ['a resource', trusting('*', { Resource: '*' }), 'Has prohibited field Resource'],
  [
    'another action',
    trusting('*', { Action: 's3:GetObject' }),
    'AssumeRole policy may only specify STS AssumeRole actions.',
  ],
]
test('a refused trust policy is refused in the words of AWS', async (t) => {
  const { iam, root } = await openHouse(t)
  for (const [title, trust, sentence] of trusts)
    await t.test(title, async () => {
      await assert.rejects(iam.createRole(root, { roleName: 'r', trust }), (error: Error) => {
        assert.ok(error.message.startsWith(`${sentence} `), error.message)
        return true
      })
    })
})
