// A request signed for the issuer's host that a proxy sends on with another Host (issue: behind proxies), on the running
// server, for SigV4 in headers; and every way the host can be spelt, on the check itself.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Problem } from '../../../src/problem.ts'
import { signRequest } from '../../../src/secure/sigv4/sign.ts'
import { readSignature } from '../../../src/secure/sigv4/sigv4.ts'
import { checkSignatureForHosts } from '../../../src/sts/authentication/signed-host.ts'
import { formOf, sendRaw, signed } from '../../support/aws-call.ts'
import { freePort } from '../../support/free-port.ts'
import { type Running, startServer } from '../../support/server.ts'

let server: Running
let port: number

before(async () => {
  port = await freePort()
  server = await startServer({ env: { CHANCERY_ISSUER: 'https://sso.example', CHANCERY_PORT: String(port) } })
})
after(() => server.stop())

const received = '10.0.0.5:3000'
const body = formOf('sts', 'GetCallerIdentity')

interface Row {
  readonly what: string
  readonly signedFor: string
  readonly extra?: Readonly<Record<string, string>>
  readonly secret?: string
  readonly status: number
  readonly message?: RegExp
}

const rows: readonly Row[] = [
  { what: 'the host that is received', signedFor: `https://${received}`, status: 200 },
  { what: "the issuer's host", signedFor: 'https://sso.example', status: 200 },
  {
    what: "the issuer's host with another secret",
    signedFor: 'https://sso.example',
    secret: 'not-the-root-secret',
    status: 403,
    message: /^The request signature we calculated/,
  },
  {
    what: 'another host',
    signedFor: 'https://other.example',
    status: 403,
    message: /^The request signature we calculated/,
  },
  {
    what: 'another host that the proxy names',
    signedFor: 'https://other.example',
    extra: { 'x-forwarded-host': 'other.example' },
    status: 403,
    message:
      /signed for host `other\.example`, received as `10\.0\.0\.5:3000`.*`sso\.example`: set CHANCERY_ISSUER/,
  },
  {
    what: 'another host that the proxy names, with another secret',
    signedFor: 'https://other.example',
    extra: { forwarded: 'for=1.2.3.4;host=other.example' },
    secret: 'not-the-root-secret',
    status: 403,
    message: /^The request signature we calculated/,
  },
]

for (const { what, signedFor, extra = {}, secret, status, message } of rows)
  test(`signed for ${what}, received as another: ${status}`, { timeout: 60_000 }, async () => {
    const { id, secret: own } = server.rootKey
    const credentials = { accessKeyId: id, secretAccessKey: secret ?? own }
    const headers = signed({ url: `${signedFor}/`, service: 'sts', credentials, body })
    const sent = Object.entries({ ...headers, host: received, ...extra })
    const said = await sendRaw(`http://127.0.0.1:${port}`, sent, body)
    assert.equal(said.status, status, said.text)
    if (message) assert.match(said.message ?? '', message)
  })

test('a signature that does not cover the host is checked once, as it is', async () => {
  const headers = signRequest({
    method: 'POST',
    url: 'https://sso.example/',
    headers: {},
    body,
    credentials: { accessKeyId: 'AKIAONE', secretAccessKey: 'secret-of-one' },
    region: 'us-east-1',
    service: 'sts',
    now: 1_800_000_000,
  })
  const message = { method: 'POST', path: '/', query: '', headers: Object.entries(headers).flat() }
  const signature = { ...readSignature(message), signedHeaders: ['x-amz-date'] }
  let checks = 0
  const prove = async () => {
    checks++
    throw new Problem('bad_signature', 'no')
  }
  await assert.rejects(checkSignatureForHosts(signature, 'other.example', prove), { code: 'bad_signature' })
  assert.equal(checks, 1)
})
