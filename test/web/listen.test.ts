// The TLS listener by real handshakes: which suites it takes, which it refuses, and that a new certificate is taken.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type ConnectionOptions, connect } from 'node:tls'
import { cipherSuites, httpServer } from '../../src/web/listen.ts'

/** A server with a certificate for RSA or ECDSA suites, in files of its own. */
async function serving(t: TestContext, kind: 'rsa' | 'ecdsa') {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-tls-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const files = { cert: join(dir, 'cert.pem'), key: join(dir, 'key.pem') }
  if (kind === 'ecdsa')
    for (const name of ['cert', 'key'] as const)
      copyFileSync(join(import.meta.dirname, `../support/tls/${name}.pem`), files[name])
  else {
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-days', '2']
    execFileSync('openssl', [...made, '-keyout', files.key, '-out', files.cert], { stdio: 'ignore' })
  }
  const server = httpServer(files, (_req, res) => void res.end('ok'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => server.close())
  return { port: (server.address() as AddressInfo).port, cert: readFileSync(files.cert) }
}

/** The suite that was agreed on, or undefined when the server refused. */
function handshake(port: number, options: ConnectionOptions): Promise<string | undefined> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options }, () => {
      const { name } = socket.getCipher()
      socket.destroy()
      done(name)
    })
    socket.once('error', () => done(undefined))
  })
}

const tls12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const
const suitesOf = (kind: string) => cipherSuites.filter((name) => name.startsWith(`ECDHE-${kind}-`))

for (const [kind, name] of [
  ['rsa', 'RSA'],
  ['ecdsa', 'ECDSA'],
] as const)
  test(`40: a listener with an ${name} key takes forward-secret AEAD suites alone`, async (t) => {
    const { port } = await serving(t, kind)
    assert.match((await handshake(port, {})) ?? '', /^TLS_/)
    assert.equal(suitesOf(name).length, 3)
    for (const ciphers of suitesOf(name)) assert.equal(await handshake(port, { ...tls12, ciphers }), ciphers)
    const refused = [
      ...['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA', 'AES256-SHA256'],
      ...['AES128-SHA', 'AES256-SHA', 'AES128-SHA256', 'AES256-SHA384'].map((mac) => `ECDHE-${name}-${mac}`),
      ...['DHE-RSA-AES128-GCM-SHA256', 'DHE-RSA-AES256-SHA'],
    ]
    for (const suite of refused)
      assert.equal(await handshake(port, { ...tls12, ciphers: `${suite}@SECLEVEL=0` }), undefined, suite)
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    assert.equal(await handshake(port, old), undefined)
  })
