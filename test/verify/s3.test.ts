// Services shaped like S3: what the SDK for JavaScript and botocore sign for S3 is accepted, the path as S3 reads it.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { SignatureV4 } from '@smithy/signature-v4'
import { createVerifier, fromNodeRequest, Problem, type VerifierOptions } from '../../src/verify/index.ts'
import { lacking, run } from '../support/outside-tool.ts'
import { bundleOf, roleId, SmallChancery, serviceKey } from '../support/small-chancery.ts'
import { type Credentials, Sha256 } from './documents.ts'

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
const issuer = new SmallChancery()
before(async () => {
  await issuer.start()
  issuer.roles.set(roleId, bundleOf('all', everything))
  for (const name of ['s3', 'objects']) issuer.services.add(name)
})
after(() => issuer.stop())

interface Answer {
  readonly status: number
  readonly text: string
}
interface Shown {
  readonly path: string
  readonly body?: string
  readonly unsignedBody?: string
}

/** An object store on the core alone: answers what it would store, under which key. */
async function startStore(t: { after(fn: () => unknown): void }, options: Partial<VerifierOptions>) {
  const credentials = serviceKey
  const verifier = createVerifier({ issuer: issuer.issuer, service: 's3', credentials, feed: 30, ...options })
  const server = createServer(async (req, res) => {
    try {
      const { path, body, unsignedBody } = await verifier.verify(fromNodeRequest(req), {
        action: 's3:Any',
        resource: '*',
      })
      const shown = { path, body: body?.toString(), unsignedBody: unsignedBody?.toString() }
      res.end(JSON.stringify(shown))
    } catch (error) {
      req.resume()
      res.writeHead(error instanceof Problem && error.code === 'invalid_input' ? 400 : 401).end(String(error))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    verifier.close()
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** The target goes out as it is: no client library resolves its dots. */
const send = (
  port: number,
  target: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<Answer> =>
  new Promise((done, fail) => {
    const options = { port, host: '127.0.0.1', path: target, method, headers, agent: false }
    const req = httpRequest(options, async (res) => {
      const text = (await res.toArray()).join('')
      done({ status: res.statusCode ?? 0, text })
    })
    req.on('error', fail).end(body)
  })

const shownBy = ({ status, text }: Answer): Shown => {
  assert.equal(status, 200, text)
  return JSON.parse(text) as Shown
}

const signerOf = (credentials: Credentials, service: string) =>
  new SignatureV4({
    service,
    region: 'us-east-1',
    credentials,
    sha256: Sha256 as never,
    uriEscapePath: false,
  })

interface Sending {
  readonly method?: string
  readonly body?: string
  readonly headers?: Record<string, string>
}
const unsignedRequest = (port: number, path: string, { method = 'GET', body, headers }: Sending) => ({
  method,
  protocol: 'http:',
  hostname: '127.0.0.1',
  port,
  path,
  query: {},
  headers: { host: `127.0.0.1:${port}`, ...headers },
  ...(body === undefined ? {} : { body }),
})

async function sendSigned(port: number, path: string, sending: Sending = {}, service = 's3') {
  const signed = await signerOf(await issuer.assume(), service).sign(unsignedRequest(port, path, sending))
  return send(port, path, { ...sending, headers: signed.headers })
}

/** As `getSignedUrl` of the SDK does: the hash UNSIGNED-PAYLOAD moves into the query. */
async function presignedTarget(port: number, path: string, method: string, service = 's3') {
  const headers = { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' }
  const request = unsignedRequest(port, path, { method, headers })
  const signed = await signerOf(await issuer.assume(), service).presign(request, { expiresIn: 60 })
  const query = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  )
  return `${path}?${query.join('&')}`
}

const keys: readonly (readonly [path: string, decoded: string])[] = [
  ['/bucket/plain.txt', '/bucket/plain.txt'],
  ['/bucket/a%20b/%C3%BC~x%2By', '/bucket/a b/ü~x+y'],
  ['/bucket/dt%3D1%252F2', '/bucket/dt=1%2F2'],
]

for (const options of [{ service: 's3' }, { service: 'objects', pathEncoding: 's3' as const }]) {
  const { service } = options
  test(`${service}: what the SDK signs for S3 is accepted, header and presigned`, {
    timeout: 60_000,
  }, async (t) => {
    const port = await startStore(t, options)
    for (const [path, decoded] of keys) {
      assert.equal(shownBy(await sendSigned(port, path, {}, service)).path, decoded)
      const put = await sendSigned(port, path, { method: 'PUT', body: 'bytes' }, service)
      assert.deepEqual(shownBy(put), { path: decoded, body: 'bytes' })
      const get = await send(port, await presignedTarget(port, path, 'GET', service), {})
      assert.equal(shownBy(get).path, decoded)
      const target = await presignedTarget(port, path, 'PUT', service)
      const upload = await send(port, target, { method: 'PUT', body: 'any bytes' })
      assert.deepEqual(shownBy(upload), { path: decoded, unsignedBody: 'any bytes' })
      assert.equal((await send(port, target.replace('bucket', 'other'), { method: 'PUT' })).status, 401)
    }
  })
}

test('a service of any other kind reads the same signatures as it always did', {
  timeout: 60_000,
}, async (t) => {
  const port = await startStore(t, { service: 'docs' })
  const [, [odd]] = keys as [unknown, readonly [string, string]]
  assert.equal((await sendSigned(port, odd, {}, 'docs')).status, 401)
  assert.equal((await send(port, await presignedTarget(port, '/bucket/a', 'GET', 'docs'), {})).status, 401)
})

test('an unsigned payload in a header needs the option, for S3 too', { timeout: 60_000 }, async (t) => {
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const put = { method: 'PUT', body: 'any', headers }
  assert.equal((await sendSigned(await startStore(t, {}), '/bucket/a', put)).status, 401)
  assert.equal(
    (await sendSigned(await startStore(t, { unsignedPayload: true }), '/bucket/a', put)).status,
    200,
  )
})

const literal = [
  '/bucket/a/../b',
  '/bucket/./b',
  '/bucket//b',
  '/bucket/a%2Fb',
  '/bucket/%2e%2e/b',
  '/bucket/..',
]

test('dot segments are signed as they are, and refused unless keys are opaque', {
  timeout: 60_000,
}, async (t) => {
  const [strict, raw] = [await startStore(t, {}), await startStore(t, { objectKeys: true })]
  for (const path of literal) {
    assert.equal((await sendSigned(strict, path)).status, 400, path)
    assert.equal((await send(strict, await presignedTarget(strict, path, 'GET'), {})).status, 400, path)
  }
  for (const path of literal) {
    // The signer would encode a second time what is encoded already; S3's clients hand it keys, never `%2F`.
    if (path.includes('%')) continue
    assert.equal(shownBy(await sendSigned(raw, path)).path, path)
  }
  for (const path of ['/bucket/%00', '/bucket/%ff', '/bucket/%', 'http://127.0.0.1/bucket/b'])
    assert.equal((await send(raw, path, {})).status, 400, path)
})

const python = lacking('python3', '-c', 'import botocore')

const signByBotocore = `
import json, sys
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
given = json.load(sys.stdin)
credentials = Credentials(given['accessKeyId'], given['secretAccessKey'], given['sessionToken'])
out = []
for path in given['paths']:
    for auth, method, body in ((S3SigV4Auth(credentials, 's3', 'us-east-1'), 'GET', b''), (S3SigV4Auth(credentials, 's3', 'us-east-1'), 'PUT', b'bytes'),
                               (S3SigV4QueryAuth(credentials, 's3', 'us-east-1', expires=60), 'GET', b''), (S3SigV4QueryAuth(credentials, 's3', 'us-east-1', expires=60), 'PUT', b'')):
        request = AWSRequest(method=method, url=given['origin'] + path, data=body)
        auth.add_auth(request)
        prepared = request.prepare()
        prepared.headers.pop('Content-Length', None)
        headers = {name: value.decode() if isinstance(value, bytes) else value for name, value in prepared.headers.items()}
        out.append({'method': method, 'target': prepared.url[len(given['origin']):], 'headers': headers})
print(json.dumps(out))
`

test('what botocore signs for S3 is accepted, header and presigned', {
  skip: python,
  timeout: 60_000,
}, async (t) => {
  const port = await startStore(t, { objectKeys: true })
  const paths = [...keys.map(([path]) => path), ...literal.filter((path) => !path.includes('%'))]
  const { claims: _, ...session } = await issuer.assume()
  const given = { ...session, origin: `http://127.0.0.1:${port}`, paths }
  const { out, err } = await run('python3', ['-c', signByBotocore], {}, JSON.stringify(given))
  assert.notEqual(out, '', err)
  const requests = JSON.parse(out) as { method: string; target: string; headers: Record<string, string> }[]
  assert.equal(requests.length, 4 * paths.length)
  for (const { method, target, headers } of requests) {
    const body = method === 'PUT' ? 'bytes' : ''
    const answer = await send(port, target, { method, headers, body })
    const shown = shownBy(answer)
    if (method === 'PUT') assert.equal(target.includes('X-Amz-') ? shown.unsignedBody : shown.body, 'bytes')
  }
})
