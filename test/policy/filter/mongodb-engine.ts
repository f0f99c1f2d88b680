// A MongoDB server as an engine for live-engine.ts: columns are fields of a document, JSON texts are sub-documents.
import { createConnection } from 'mongoose'
import type { MongoFilter } from '../../../src/policy/filter.ts'
import { testDatabase, testServer } from '../../support/databases/mongo-server.ts'
import type { LiveEngine } from './live-engine.ts'
import type { StoredRow } from './stored-row.ts'

/** FerretDB and mongo-java-server have not all of MongoDB's expressions; they refuse those they do not have. */
const notImplemented = /unknown operator|not implemented|not supported|unrecognized expression/i

export async function mongodbEngine(): Promise<{
  readonly engine: LiveEngine<MongoFilter>
  close(): Promise<void>
}> {
  const { url, drop } = await testDatabase()
  const connection = await createConnection(url).asPromise()
  const rowsOf = connection.collection('docs')
  return {
    engine: {
      name: (await testServer())?.what ?? 'MongoDB',
      dialect: 'mongodb',
      condition: (made) => made.mongodb(),
      holdsNul: true,
      holdsInfinity: false,
      async find(rows, _id, wheres) {
        await rowsOf.deleteMany({})
        await rowsOf.insertMany(rows.map((row, place) => ({ place, ...documentOf(row) })))
        const found: (Set<number> | undefined)[] = []
        for (const where of wheres) {
          try {
            const answer = await rowsOf.find({ ...where }).toArray()
            found.push(new Set(answer.map((one) => Number(one['place']))))
          } catch (error) {
            if (!(error instanceof Error && notImplemented.test(error.message))) throw error
            found.push(undefined)
          }
        }
        return found
      },
    },
    async close() {
      await connection.close()
      await drop()
    },
  }
}

const documentOf = (row: StoredRow): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      (name === 'tags' || name === 'readers') && typeof value === 'string'
        ? (JSON.parse(value) as unknown)
        : value,
    ]),
  )
