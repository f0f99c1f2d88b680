// The short form of `npm run faults` on MongoDB.
import { test } from 'node:test'
import { withoutServer } from '../support/databases/mongo-server.ts'
import { assertFaultsHold } from './short-run.ts'

test('under faults on MongoDB what was acknowledged stays, what may happen once does so once, and nobody gets what is not theirs', {
  // Three servers make their places in FerretDB first, which takes three minutes where everything else runs too.
  timeout: 480_000,
}, async (t) => {
  const why = await withoutServer()
  if (why) return t.skip(why)
  await assertFaultsHold(t, 'mongodb')
})
