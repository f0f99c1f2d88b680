// Runs a command with one MongoDB for all the processes it starts: `node test/support/with-mongodb.ts COMMAND …`.
import { spawnSync } from 'node:child_process'
import { testServer } from './mongo-server.ts'

const [command = '', ...args] = process.argv.slice(2)
const server = await testServer()
console.log(`tests of MongoDB run on: ${server?.what ?? 'nothing'}`)
const env = { ...process.env, ...(server && { CHANCERY_TEST_MONGODB: server.url }) }
const { status } = spawnSync(command, args, { stdio: 'inherit', env })
await server?.stop()
process.exit(status ?? 1)
