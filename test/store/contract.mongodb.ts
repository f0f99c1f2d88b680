// The store contract on MongoDB (`npm run test:mongodb`); on SQLite: sqlite.test.ts.
import { test } from 'node:test'
import { withoutServer } from '../support/databases/mongo-server.ts'
import { storeContract } from './contract.ts'
import { mongoPlace } from './mongo-place.ts'

const skip = await withoutServer()
if (skip) test('mongodb: the store contract', { skip })
else storeContract('mongodb', mongoPlace)
