import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { selfSigned } from '../support/certificate.ts'
import { runCommandHere } from '../support/command-line.ts'
import { freePort } from '../support/free-port.ts'
import { startServer } from '../support/server.ts'

test('`chancery health` says what answered, and without a server what to do', {
  timeout: 60_000,
}, async (t) => {
  const server = await startServer()
  t.after(() => server.stop())
  const { port } = new URL(server.url)
  const ready = await runCommandHere(['health'], { env: { CHANCERY_PORT: port } })
  assert.deepEqual([ready.code, ready.out], [0, `ready at http://127.0.0.1:${port}\n`])
  const none = await freePort()
  const { code, out, err } = await runCommandHere(['health'], { env: { CHANCERY_PORT: String(none) } })
  assert.deepEqual([code, out], [1, ''])
  assert.match(
    err,
    new RegExp(`no server that is ready answers at http://127\\.0\\.0\\.1:${none}: \`chancery start\``),
  )
})

test('`chancery config` refuses TLS files with which no server starts', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-config-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const file = (name: string, text: string) => {
    writeFileSync(join(dir, name), text)
    return join(dir, name)
  }
  const { certificate, privateKey } = selfSigned('localhost')
  const cert = file('cert.pem', certificate)
  const key = file('key.pem', privateKey)
  const check = (tls: { cert: string; key: string }) =>
    runCommandHere(['config'], {
      env: { CHANCERY_DATA: dir, CHANCERY_TLS_CERT: tls.cert, CHANCERY_TLS_KEY: tls.key },
    })
  const fine = await check({ cert, key })
  assert.equal(fine.code, 0, fine.err)
  for (const [tls, why] of [
    [{ cert, key: join(dir, 'gone.pem') }, /ENOENT.*gone\.pem/],
    [{ cert: file('text', 'no PEM'), key }, /text` or `.*key\.pem` is not in PEM form/],
    [{ cert, key: file('other.pem', selfSigned('localhost').privateKey) }, /mismatch/],
  ] as const) {
    const { code, out, err } = await check(tls)
    assert.deepEqual([code, out], [1, ''])
    assert.match(err, /^chancery: CHANCERY_TLS_CERT and CHANCERY_TLS_KEY cannot be used: /)
    assert.match(err, why)
  }
})
