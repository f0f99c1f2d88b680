// The short form of `npm run faults` on SQLite: each kind of fault briefly. faults.long.ts does the same on MongoDB.
import { test } from 'node:test'
import { assertFaultsHold } from './short-run.ts'

test('under faults on SQLite what was acknowledged stays, what may happen once does so once, and nobody gets what is not theirs', (t) =>
  assertFaultsHold(t, 'sqlite'))
