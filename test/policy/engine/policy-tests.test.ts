// Tests of a policy document: what is a test, and what it says.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  describeTest,
  mostTestBytes,
  mostTests,
  type PolicyTest,
  parseTests,
  runTests,
} from '../../../src/policy/engine/policy-tests.ts'
import { runCommand } from '../../support/command-line.ts'

const accountId = '123456789012'
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'docs:*', Resource: 'arn:aws:docs:::drafts/${aws:username}/*' },
    {
      Effect: 'Deny',
      Action: 'docs:Delete*',
      Resource: '*',
      Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['legal'] } },
    },
  ],
})
const get = { action: 'docs:Get', resource: 'arn:aws:docs:::drafts/example/1', expect: 'allow' } as const
const drop = { ...get, action: 'docs:Delete' }

describe('a document answers its tests', () => {
  const rows: readonly (readonly [string, PolicyTest, boolean])[] = [
    ['a user of the account by default', get, true],
    ['somebody else', { ...get, principal: `arn:aws:iam::${accountId}:user/ada` }, false],
    [
      'somebody else is denied',
      { ...get, principal: `arn:aws:iam::${accountId}:user/ada`, expect: 'deny' },
      true,
    ],
    ['a role has no user name', { ...get, principal: `arn:aws:iam::${accountId}:role/job` }, false],
    ['a list is a list', { ...drop, context: { 'aws:TagKeys': ['draft', 'legal'] } }, false],
    ['keys have no case', { ...drop, context: { 'AWS:tagkeys': ['draft'] } }, true],
    [
      'a key of the context comes before the one of the principal',
      { ...get, context: { 'aws:username': 'bob' } },
      false,
    ],
  ]
  for (const [name, one, passes] of rows)
    test(name, () => {
      const [result] = runTests(document, [one], { accountId })
      assert.equal(result?.passes, passes, describeTest(one))
    })
})

describe('what is no test is refused, by its place', () => {
  const rows: readonly (readonly [unknown, RegExp])[] = [
    [undefined, /expected a list/],
    [{}, /expected a list/],
    [[null], /0.*an object/],
    [[{ ...get, action: 'docs:*' }], /0 action.*without wildcards/],
    [[get, { ...get, resource: '' }], /1 resource/],
    [[{ ...get, resource: 'x'.repeat(2049) }], /0 resource/],
    [[{ ...get, principal: 'ada' }], /0 principal.*ARN of a user/],
    [[{ ...get, expect: 'maybe' }], /0 expect/],
    [[{ ...get, context: { a: 1 } }], /0 context/],
    [[{ ...get, context: [] }], /0 context/],
    [[{ ...get, expcet: 'deny' }], /no member `expcet`/],
    [JSON.parse(`[{"__proto__":{},"action":"a:B","resource":"*","expect":"deny"}]`), /no member `__proto__`/],
    [Array.from({ length: mostTests + 1 }, () => get), /at most 100 tests/],
    [Array.from({ length: 20 }, () => ({ ...get, resource: 'é'.repeat(1000) })), /at most 32768 bytes/],
  ]
  for (const [value, message] of rows)
    test(String(message), () => {
      const { faults = [] } = parseTests(value)
      const found = faults.map((one) => `${one.test ?? ''} ${one.member ?? ''} ${one.message}`).join('; ')
      assert.match(found, message)
    })
})

test('whatever is given, parsing ends, and what it accepts runs and stays the same', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom('a:B', '*', 'anonymous', `${accountId}`),
  )
  const anything = fc.record(
    {
      principal: text,
      action: text,
      resource: text,
      context: fc.oneof(fc.dictionary(text, fc.oneof(text, fc.array(text))), fc.anything()),
      expect: fc.oneof(fc.constantFrom('allow', 'deny'), text),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(anything, fc.anything()), { maxLength: 5 }), (given) => {
      const { tests } = parseTests(given)
      if (tests === undefined) return
      assert.equal(runTests(document, tests, { accountId }).length, given.length)
      const kept = JSON.stringify(tests)
      assert.equal(JSON.stringify(parseTests(JSON.parse(kept)).tests), kept)
      assert.ok(new TextEncoder().encode(kept).length <= mostTestBytes)
    }),
  )
})

test('`chancery policy test` prints the tests, why one fails, and ends with 1 then', async () => {
  const files: Readonly<Record<string, string>> = {
    'policy.json': document,
    'good.json': JSON.stringify([get]),
    'bad.json': JSON.stringify({ tests: [get, { ...get, expect: 'deny' }] }),
    'broken.json': JSON.stringify([{ ...get, action: 'docs:*' }]),
  }
  const run = (...args: string[]) =>
    runCommand(['policy', 'test', 'policy.json', ...args], { read: (name) => files[name] ?? '' })
  const good = await run('--tests', 'good.json')
  assert.deepEqual(
    [good.code, good.out.trim()],
    [0, `pass  ${describeTest(get).replaceAll('`', '')}\nall 1 pass`],
  )
  const bad = await run('--tests', 'bad.json')
  assert.equal(bad.code, 1)
  assert.match(bad.out, /FAIL .* is denied\n\nALLOWED {2}docs:Get on[\s\S]*1 of 2 fail/)
  const broken = await run('--tests', 'broken.json')
  assert.deepEqual([broken.code, broken.out], [2, ''])
  assert.match(broken.err, /broken\.json: test 1: `action` must have the form/)
  assert.match((await run()).err, /say which tests/)
  const stored = await runCommand(['policy', 'test', 'policy.json', '--stored', 'docs', '--json'], {
    read: (name) => files[name] ?? '',
    callAdmin: async (_, { path }) => {
      assert.equal(path, '/v1/admin/policies/docs/tests')
      const body = { policy: `arn:aws:iam::${accountId}:policy/docs`, tests: [get], failing: 0 }
      return { status: 200, body, cursor: undefined, etag: undefined }
    },
  })
  assert.equal(JSON.parse(stored.out)[0].passes, true)
})
