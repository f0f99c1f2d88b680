// What is proposed after a refusal allows the resource that was refused and no other, whatever its text.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { explain } from '../../../src/policy/engine/decide.ts'
import { resourcePattern } from '../../../src/policy/engine/resource-pattern.ts'
import { contextOf, type Principal } from '../../../src/policy/request.ts'
import { layersOf } from '../support.ts'

const user: Principal = {
  kind: 'user',
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/ann',
  id: 'AIDAANNEXAMPLE',
}

const asked = (resource: string, Resource: readonly string[], Version = '2012-10-17') =>
  explain(
    { principal: user, action: 'docs:Read', resource, context: contextOf([]) },
    layersOf({
      identity:
        Resource.length === 0
          ? []
          : [JSON.stringify({ Version, Statement: [{ Effect: 'Allow', Action: 'docs:Read', Resource }] })],
    }),
  )

const resources = fc
  .array(fc.constantFrom('a', 'b', '*', '?', '$', '{', '}', '/', '${', '${*}', "${aws:username, 'x'}"), {
    maxLength: 7,
  })
  .map((parts) => `arn:aws:docs:::${parts.join('')}`)

test('the pattern of a resource allows it, and no other', () => {
  fc.assert(
    fc.property(resources, resources, (one, other) => {
      const pattern = [resourcePattern(one)]
      assert.equal(asked(one, pattern).effect, 'allow')
      assert.equal(asked(other, pattern).effect, one === other ? 'allow' : 'deny')
    }),
    { numRuns: 1000 },
  )
})

test('what is proposed after a refusal is that pattern', () => {
  fc.assert(
    fc.property(resources, fc.constantFrom('2012-10-17', '2008-10-17'), (resource, version) => {
      const beside = asked(resource, ['arn:aws:docs:::other'], version).nearest?.change
      const proposed =
        beside?.kind === 'widen'
          ? beside.add
          : beside?.kind === 'add'
            ? String(beside.statement.Resource)
            : undefined
      assert.equal(proposed, resourcePattern(resource))
      // A document without variables cannot name it.
      if (version === '2008-10-17') assert.equal(beside?.kind, proposed === resource ? 'widen' : 'add')
    }),
    { numRuns: 1000 },
  )
})

for (const resource of [
  '*',
  'arn:aws:iam::111122223333:user/*',
  'arn:aws:iam::111122223333:role/aws-service-role/*',
  'arn:aws:sts::111122223333:sessions/*',
])
  test(`${resource}, which the server writes itself, stays`, () => {
    assert.equal(resourcePattern(resource), resource)
  })

test('a wildcard of a caller does not stay', () => {
  assert.equal(resourcePattern('arn:aws:docs:::report-*'), 'arn:aws:docs:::report-${*}')
  assert.equal(
    resourcePattern('arn:aws:iam::111122223333:user/*/b*'),
    'arn:aws:iam::111122223333:user/${*}/b${*}',
  )
})
