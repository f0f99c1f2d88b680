import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem, type ProblemCode } from '../../src/problem.ts'
import { type AssumeRoleRequest, checkRequest, type WebIdentityRequest } from '../../src/sts/input.ts'

type Fields = Partial<AssumeRoleRequest & WebIdentityRequest>
const tags = (n: number) => Array.from({ length: n }, (_, i) => ({ key: `k${i}`, value: '' }))
const arn = 'arn:aws:iam::123456789012:policy/p'

// Semantics §5, one row per bound: the last good value and the first bad one.
const good: readonly (readonly [title: string, fields: Fields])[] = [
  ['a session name of 2', { roleSessionName: 'ab' }],
  ['a session name of 64', { roleSessionName: 'a'.repeat(64) }],
  ['every character of a session name', { roleSessionName: 'aZ09_+=,.@-' }],
  ['an external id of 2', { externalId: 'ab' }],
  ['an external id of 1224', { externalId: 'a'.repeat(1224) }],
  ['every character of an external id', { externalId: 'a_+=,.@:/-' }],
  ['a source identity of 64', { sourceIdentity: 'a'.repeat(64) }],
  ['a policy of 2048', { policy: 'a'.repeat(2048) }],
  ['ten policy ARNs', { policyArns: Array(10).fill(arn) }],
  ['fifty tags', { tags: tags(50) }],
  ['a key of 128 and a value of 256', { tags: [{ key: 'k'.repeat(128), value: 'v'.repeat(256) }] }],
  ['an empty tag value', { tags: [{ key: 'k', value: '' }] }],
  ['a tag in any letters', { tags: [{ key: 'Büro Straße', value: '東京 1' }] }],
  [
    'a transitive key among the tags in other case',
    { tags: [{ key: 'Team', value: 'x' }], transitiveTagKeys: ['team'] },
  ],
  ['900 s', { durationSeconds: 900 }],
  ['43200 s', { durationSeconds: 43_200 }],
  ['a code of six digits', { serialNumber: 'arn:aws:iam::1:mfa/x', tokenCode: '012345' }],
  ['a token of 4', { webIdentityToken: 'abcd' }],
  ['a token of 20000', { webIdentityToken: 'a'.repeat(20_000) }],
]
for (const [title, fields] of good) test(`takes ${title}`, () => checkRequest(fields))

const validation: readonly (readonly [title: string, fields: Fields, message: RegExp])[] = [
  [
    'a role ARN of 19',
    { roleArn: 'a'.repeat(19) },
    /^1 validation error detected: Value at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20$/,
  ],
  ['a role ARN of 2049', { roleArn: 'a'.repeat(2049) }, /less than or equal to 2048/],
  [
    'a session name of 1',
    { roleSessionName: 'a' },
    /Value at 'roleSessionName' .* greater than or equal to 2/,
  ],
  ['a session name of 65', { roleSessionName: 'a'.repeat(65) }, /less than or equal to 64/],
  [
    'a session name with a space',
    { roleSessionName: 'a b' },
    /regular expression pattern: \[\\w\+=,\.@-\]\*/,
  ],
  ['a session name with a slash', { roleSessionName: 'a/b' }, /pattern/],
  ['a session name with a line break', { roleSessionName: 'ab\n' }, /pattern/],
  ['an external id of 1', { externalId: 'a' }, /greater than or equal to 2/],
  ['an external id of 1225', { externalId: 'a'.repeat(1225) }, /less than or equal to 1224/],
  ['an external id with a star', { externalId: 'a*' }, /pattern/],
  ['a source identity of 1', { sourceIdentity: 'a' }, /sourceIdentity/],
  ['a source identity with a colon', { sourceIdentity: 'aws:x' }, /sourceIdentity/],
  ['a policy of 2049', { policy: 'a'.repeat(2049) }, /less than or equal to 2048/],
  ['an empty policy', { policy: '' }, /greater than or equal to 1/],
  ['a policy with a letter above ÿ', { policy: '{"Ā":1}' }, /pattern/],
  ['a policy with NUL', { policy: '{"a\u0000":1}' }, /Value at 'policy'/],
  ['eleven policy ARNs', { policyArns: Array(11).fill(arn) }, /policyArns/],
  ['a short policy ARN', { policyArns: ['arn'] }, /policyArns\.1\.member\.arn/],
  ['fifty-one tags', { tags: tags(51) }, /'tags'/],
  ['an empty tag key', { tags: [{ key: '', value: '' }] }, /tags\.1\.member\.key/],
  ['a tag key of 129', { tags: [{ key: 'k'.repeat(129), value: '' }] }, /less than or equal to 128/],
  ['a tag value of 257', { tags: [{ key: 'k', value: 'v'.repeat(257) }] }, /less than or equal to 256/],
  ['a tag key with a semicolon', { tags: [{ key: 'a;b', value: '' }] }, /pattern/],
  [
    'fifty-one transitive keys',
    { tags: tags(50), transitiveTagKeys: Array(51).fill('k1') },
    /transitiveTagKeys/,
  ],
  ['899 s', { durationSeconds: 899 }, /Value at 'durationSeconds' .* greater than or equal to 900/],
  ['43201 s', { durationSeconds: 43_201 }, /less than or equal to 43200/],
  ['a fraction of seconds', { durationSeconds: 900.5 }, /whole number/],
  ['NaN seconds', { durationSeconds: Number.NaN }, /whole number/],
  ['a code of five', { tokenCode: '12345' }, /Value at 'tokenCode'/],
  ['a code with a letter', { tokenCode: '12345a' }, /Value at 'tokenCode' .*pattern/],
  ['a serial number of 8', { serialNumber: 'a'.repeat(8) }, /serialNumber/],
  ['a token of 3', { webIdentityToken: 'abc' }, /Value at 'webIdentityToken'/],
  ['a token of 20001', { webIdentityToken: 'a'.repeat(20_001) }, /Value at 'webIdentityToken'/],
  [
    'several faults at once',
    { roleSessionName: 'a', durationSeconds: 1 },
    /^2 validation errors detected: Value at .*; Value at /,
  ],
]
const refused = (fields: Fields, code: ProblemCode, message: RegExp) =>
  assert.throws(
    () => checkRequest(fields),
    (error) => {
      assert.ok(error instanceof Problem)
      assert.equal(error.code, code)
      assert.match(error.message, message)
      return true
    },
  )
for (const [title, fields, message] of validation) {
  test(`refuses ${title}`, () => refused(fields, 'validation', message))
}

const invalid: readonly (readonly [title: string, fields: Fields, message: RegExp])[] = [
  ['a tag key of AWS', { tags: [{ key: 'aws:x', value: '' }] }, /aws:/],
  ['a tag key of AWS in other case', { tags: [{ key: 'AWS:x', value: '' }] }, /aws:/],
  [
    'two keys that differ in case only',
    {
      tags: [
        { key: 'a', value: '1' },
        { key: 'A', value: '2' },
      ],
    },
    /Duplicate tag keys/,
  ],
  [
    'a transitive key that is no tag',
    { tags: [{ key: 'a', value: '' }], transitiveTagKeys: ['b'] },
    /must be included/,
  ],
  ['a transitive key without tags', { transitiveTagKeys: ['b'] }, /must be included/],
]
for (const [title, fields, message] of invalid) {
  test(`refuses ${title}`, () => refused(fields, 'invalid_parameter', message))
}

test('a provider id makes the token another kind of token', () => {
  refused({ providerId: 'graph.facebook.com' }, 'invalid_identity_token', /ProviderId/)
})

test('an answer stays short whatever was sent', () => {
  const roleSessionName = 'x y'.repeat(100_000)
  assert.throws(
    () => checkRequest({ roleSessionName }),
    (error) => error instanceof Problem && error.message.length < 400,
  )
})
