// Runs a command with one MongoDB for all the processes it starts: `node test/support/databases/with-mongodb.ts COMMAND …`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { testServer } from './mongo-server.ts'

const [command = '', ...args] = process.argv.slice(2)
const server = await testServer()
console.log(`tests of MongoDB run on: ${server?.what ?? 'nothing'}`)
const env = { ...process.env, ...(server && { CHANCERY_TEST_MONGODB: server.url }) }
// Part of the server may be in this process, which therefore goes on while the command runs.
const [code] = await once(spawn(command, args, { stdio: 'inherit', env }), 'exit')
await server?.stop()
process.exit(code ?? 1)
