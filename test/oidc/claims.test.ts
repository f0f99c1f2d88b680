import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPasswordCurrent } from '../../src/oidc/claims.ts'

const cases: readonly (readonly [
  string,
  number | undefined,
  { passwordChangedAt: number | undefined } | undefined,
  boolean,
])[] = [
  ['the password of the sign-in', 5, { passwordChangedAt: 5 }, true],
  ['replaced since the sign-in', 5, { passwordChangedAt: 6 }, false],
  ['changed by the sign-in itself, and the user read here is older', 6, { passwordChangedAt: 5 }, true],
  ['the user has no password any more', 5, { passwordChangedAt: undefined }, false],
  ['the user does not exist', 5, undefined, false],
  ['a sign-in without a password', undefined, { passwordChangedAt: 5 }, true],
]

for (const [title, password, user, current] of cases)
  test(`22: ${title}: ${current ? 'current' : 'not current'}`, () => {
    assert.equal(isPasswordCurrent(password, user), current)
  })
