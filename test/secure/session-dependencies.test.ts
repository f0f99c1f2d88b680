import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Dependency,
  dependenciesOf,
  dependencyName,
  earliest,
  isWrittenDependency,
  type RevocationScope,
  revocationScopes,
  revokedDependency,
  writtenDependencies,
} from '../../src/secure/session/session-dependencies.ts'

const scopes = Object.keys(revocationScopes) as RevocationScope[]
const dependency = fc.record({
  scope: fc.constantFrom(...scopes),
  value: fc.constantFrom('one', 'two', 'three'),
  since: fc.integer({ min: 0, max: 1000 }),
})
const own = fc.record({
  jti: fc.constantFrom('one', 'four'),
  iat: fc.integer({ min: 500, max: 1500 }),
  role: fc.record({ id: fc.constantFrom('one', 'two') }),
  uid: fc.constantFrom('one', 'two'),
})

const ended = (all: readonly Dependency[], name: string, before: number): boolean =>
  revokedDependency(all, (one) => (one === name ? before : undefined)) !== undefined

test('a child ends with every revocation that ends what it was made with, whatever was written down', () => {
  fc.assert(
    fc.property(fc.array(dependency), own, dependency, (parent, claims, { scope, value, since: before }) => {
      const dep = writtenDependencies(parent, claims)
      assert.ok(dep.every(isWrittenDependency))
      const child = dependenciesOf({ ...claims, dep })
      const name = dependencyName({ scope, value })
      if (ended(parent, name, before)) assert.ok(ended(child, name, before))
      assert.equal(ended(child, name, before), ended([...parent, ...dependenciesOf(claims)], name, before))
    }),
  )
})

test('of two instants of one thing the earlier counts', () => {
  const user = { scope: 'user', value: 'AIDA' } as const
  assert.deepEqual(
    earliest([
      { ...user, since: 5 },
      { ...user, since: 3 },
    ]),
    [{ ...user, since: 3 }],
  )
})

test('codes of scopes are distinct', () => {
  assert.equal(new Set(scopes.map((scope) => revocationScopes[scope].code)).size, scopes.length)
})

test('what is no dependency of this version is refused', () => {
  for (const bad of [
    ['z', 'x', 1],
    ['r', '', 1],
    ['r', 'x', -1],
    ['r', 'x', 1.5],
    ['r', 'x'],
    'r',
    null,
    ['toString', 'x', 1],
  ])
    assert.equal(isWrittenDependency(bad), false, JSON.stringify(bad))
})
