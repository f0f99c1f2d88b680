// The authorization server scenarios of the MCP conformance suite (@modelcontextprotocol/conformance), with a person who
// answers the pages. `npm run test:clients`; .ci/clients installs the suite.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { enrol } from '../../support/person.ts'
import { startServer } from '../../support/server.ts'

const installed = process.env['CHANCERY_TEST_CLIENTS'] ?? join(homedir(), '.cache/chancery-test-clients')
const suite = join(installed, 'mcp/node_modules/@modelcontextprotocol/conformance/dist/index.js')
const missing = existsSync(suite) ? false : 'the MCP conformance suite is not installed (.ci/clients)'
if (missing && process.env['CI'] === 'true') throw new Error(`${missing}, and CI allows no skip`)

const port = 40_317

test('the authorization server scenarios of the MCP conformance suite pass', {
  skip: missing,
  timeout: 120_000,
}, async (t) => {
  const server = await startServer({
    config: `
clients:
  - client_id: conformance
    redirect_uris: ['http://127.0.0.1:${port}/callback']
    application_type: native
resources:
  - id: https://mcp.example/mcp
    scopes: [mcp]
registration:
  metadata_documents: true
`,
  })
  t.after(() => server.stop())
  const person = await enrol(server)
  const child = spawn(
    process.execPath,
    [
      ...[suite, 'authorization', '--url', server.url, '--port', String(port), '--output-dir', 'results'],
      ...['--client-id', 'conformance', '--resource', 'https://mcp.example/mcp'],
    ],
    { cwd: server.dir, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  t.after(() => child.kill('SIGKILL'))
  let output = ''
  let opened = false
  const read = (chunk: Buffer): void => {
    output += chunk.toString()
    const request = new RegExp(`^${server.url}/authorize\\?\\S+(?=\\n)`, 'm').exec(output)?.[0]
    if (request === undefined || opened) return
    opened = true
    person.browser
      .open(request)
      .then((page) => person.browser.submit(page, {}, '/allow'))
      .then(({ location = '' }) => fetch(location))
      .then((response) => response.body?.cancel())
      .catch((error: unknown) => {
        output += String(error)
        child.kill('SIGKILL')
      })
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  const code = await new Promise((done) => child.once('exit', done))
  for (const file of globSync('results/**/*.json', { cwd: server.dir }))
    output += readFileSync(join(server.dir, file), 'utf8')
  assert.equal(code, 0, output)
  assert.ok(opened, output)
  assert.match(output, /"status": ?"SUCCESS"/)
  assert.doesNotMatch(output, /"status": ?"(?:FAILURE|WARNING|SKIPPED)"/, output)
})
