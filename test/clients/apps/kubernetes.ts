// The Kubernetes API server's own verification of ID tokens, with the file of docs/apps.md. `npm run test:clients`; .ci/clients
// builds the program of test/clients/apps/outside/kubernetes.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { AddUserToGroupCommand, CreateGroupCommand, IAMClient } from '@aws-sdk/client-iam'
import { None } from 'oauth4webapi'
import { freePort } from '../../support/free-port.ts'
import { type Enrolled, enrol } from '../../support/person.ts'
import { admin, type Running, rootKey, startServer } from '../../support/server.ts'
import { signIn } from './oauth4webapi.ts'
import { blockOf, sectionOf } from './page.ts'
import { throughPages } from './stage.ts'

const installed = process.env['CHANCERY_TEST_CLIENTS'] ?? join(homedir(), '.cache/chancery-test-clients')
const authenticator = join(installed, 'bin/kubernetes-authenticator')
const skip = existsSync(authenticator) ? false : '.ci/clients has not built the authenticator'
const certificate = resolve(import.meta.dirname, '../../support/tls/cert.pem')
const redirectUri = 'http://localhost:8000'

let server: Running
let person: Enrolled
let dir = ''
before(
  async () => {
    if (skip) return
    setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificate, 'utf8')])
    const port = await freePort()
    const [kubernetes] = sectionOf('Kubernetes').clients
    const es256 = { ...kubernetes, id_token_signed_response_alg: 'ES256' }
    const other = { client_id: 'other', redirect_uris: [redirectUri] }
    server = await startServer({
      config: JSON.stringify({ clients: [kubernetes, { ...es256, client_id: 'kubernetes-es256' }, other] }),
      env: {
        CHANCERY_PORT: String(port),
        CHANCERY_ISSUER: `https://localhost:${port}`,
        CHANCERY_TLS_CERT: certificate,
        CHANCERY_TLS_KEY: resolve(import.meta.dirname, '../../support/tls/key.pem'),
      },
    })
    const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
    const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
    await iam.send(new CreateGroupCommand({ GroupName: 'platform' }))
    await iam.send(new AddUserToGroupCommand({ GroupName: 'platform', UserName: admin.name }))
    person = await enrol(server)
    dir = mkdtempSync(join(tmpdir(), 'chancery-kubernetes-'))
  },
  { timeout: 60_000 },
)
after(async () => {
  await server?.stop()
  if (dir !== '') rmSync(dir, { recursive: true, force: true })
})

async function idTokenOf(clientId: string): Promise<string> {
  const { tokens } = await signIn({
    issuer: new URL(server.url),
    client: {
      client_id: clientId,
      id_token_signed_response_alg: clientId.endsWith('es256') ? 'ES256' : 'RS256',
    },
    auth: None(),
    redirectUri,
    parameters: { scope: 'openid profile groups' },
    pkce: true,
    answer: async (request) =>
      new URL((await throughPages(person, request.href)).location ?? '').searchParams,
  })
  return tokens.id_token ?? ''
}

/** What the authenticator says of a token, by the file of the page for these audiences. */
async function verified(
  token: string,
  audience: string,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const file = join(dir, 'authentication.yaml')
  const text = blockOf('Kubernetes', 'yaml')
    .replaceAll('https://id.example.com', server.url)
    .replace('[kubernetes]', `[${audience}]`)
  writeFileSync(file, text)
  const child = spawn(authenticator, [file, certificate], { timeout: 40_000 })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  child.stdin.on('error', () => {})
  child.stdin.end(token)
  const code = await new Promise((done) => child.once('close', done))
  return { ok: code === 0, text: output }
}

for (const clientId of ['kubernetes', 'kubernetes-es256'])
  test(`the API server accepts the ID tokens of ${clientId} with the file of the page`, {
    skip,
    timeout: 60_000,
  }, async () => {
    const { ok, text } = await verified(await idTokenOf(clientId), clientId)
    assert.ok(ok, text)
    assert.deepEqual(JSON.parse(text), { name: 'chancery:admin', groups: ['chancery:platform'] })
  })

test('the API server refuses the tokens of other clients, and changed ones', {
  skip,
  timeout: 60_000,
}, async () => {
  const [right, other] = [await idTokenOf('kubernetes'), await idTokenOf('other')]
  const [head, body, signature = ''] = right.split('.')
  for (const [what, token, reason] of [
    ['another client', other, /expected audience/],
    [
      'a changed signature',
      `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      /signature/,
    ],
  ] as const) {
    const { ok, text } = await verified(token, 'kubernetes')
    assert.equal(ok, false, what)
    assert.match(text, reason, what)
  }
})
