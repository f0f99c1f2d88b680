// Our reading of SigV4 against the signers people use: @smithy/signature-v4 and botocore, on generated requests.
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import {
  bodyHash,
  checkSignature,
  deriveSigningKey,
  type HttpMessage,
  readSignature,
} from '../../src/secure/sigv4/sigv4.ts'
import { lacking, run } from '../support/outside-tool.ts'

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}
const at = new Date('2026-01-02T03:04:05Z')
const keyFor = (service: string) =>
  deriveSigningKey(credentials.secretAccessKey, '20260102', 'eu-central-1', service)

type Source = string | ArrayBuffer | ArrayBufferView
const bytesOf = (data: Source): string | Uint8Array => {
  if (typeof data === 'string') return data
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data)
}

/** The hash the SDK is given, on node:crypto. */
class Sha256 {
  readonly #made
  constructor(key?: Source) {
    this.#made = key === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(key))
  }
  update(data: Source): void {
    this.#made.update(bytesOf(data))
  }
  async digest(): Promise<Uint8Array> {
    return this.#made.digest()
  }
  reset(): void {}
}

interface Made {
  readonly method: string
  /** Decoded segments. */
  readonly segments: readonly string[]
  readonly query: readonly (readonly [string, string])[]
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
const ascii = fc.stringMatching(/^[!-~](?:[ -~]{0,12}[!-~])?$/)
const made: fc.Arbitrary<Made> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  segments: fc.array(
    text.filter((s) => s !== '.' && s !== '..' && s.isWellFormed()),
    { maxLength: 4 },
  ),
  query: fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name, maxLength: 4 }),
  headers: fc.uniqueArray(fc.tuple(fc.stringMatching(/^my-[a-z]{1,6}$/), ascii), {
    selector: ([name]) => name,
    maxLength: 3,
  }),
  body: text,
})

const encoded = (value: string) =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
const pathOf = ({ segments }: Made) => `/${segments.map(encoded).join('/')}`
const queryOf = ({ query }: Made) =>
  query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')

function accept(request: Made, service: string, headers: Readonly<Record<string, string>>): void {
  const message: HttpMessage = {
    method: request.method,
    path: pathOf(request),
    query: queryOf(request),
    headers: Object.entries(headers).flat(),
  }
  const rule = { bodyHash: bodyHash(request.body) }
  checkSignature(message, readSignature(message), rule, keyFor(service))
  const other = { ...message, query: message.query === '' ? 'x=1' : `${message.query}x` }
  assert.throws(() => checkSignature(other, readSignature(other), rule, keyFor(service)), {
    code: 'bad_signature',
  })
}

for (const service of ['documents', 's3'])
  test(`what @smithy/signature-v4 signs for ${service} we accept, and not when changed`, async () => {
    const signer = new SignatureV4({
      credentials,
      region: 'eu-central-1',
      service,
      sha256: Sha256,
      uriEscapePath: service !== 's3',
    })
    await fc.assert(
      fc.asyncProperty(made, async (request) => {
        const signed = await signer.sign(
          {
            method: request.method,
            protocol: 'https:',
            hostname: 'example.com',
            path: pathOf(request),
            query: Object.fromEntries(request.query),
            headers: { host: 'example.com', ...Object.fromEntries(request.headers) },
            body: request.body,
          },
          { signingDate: at },
        )
        accept(request, service, signed.headers)
      }),
      { numRuns: 200 },
    )
  })

const python = `
import sys, json, datetime
from botocore.auth import SigV4Auth, S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
import botocore.auth
now = datetime.datetime(2026, 1, 2, 3, 4, 5)
for name in ('get_current_datetime',):
    if hasattr(botocore.auth, name): setattr(botocore.auth, name, lambda *a, **k: now)
class Fixed(datetime.datetime):
    @classmethod
    def utcnow(cls): return now
    @classmethod
    def now(cls, tz=None): return now
botocore.auth.datetime = type('m', (), {'datetime': Fixed, 'timezone': datetime.timezone}) if not isinstance(botocore.auth.datetime, type) else Fixed
keys = Credentials('AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')
out = []
for r in json.load(sys.stdin):
    request = AWSRequest(method=r['method'], url='https://example.com' + r['target'], headers=dict(r['headers']), data=r['body'].encode())
    SigV4Auth(keys, 'documents', 'eu-central-1').add_auth(request)
    out.append(dict(request.headers.items()))
print(json.dumps(out))
`

test('what botocore signs we accept, and not when changed', {
  skip: lacking('python3', '-c', 'import botocore'),
}, async () => {
  const requests = fc.sample(made, 100)
  const input = requests.map((request) => {
    const query = queryOf(request)
    return { ...request, target: pathOf(request) + (query && `?${query}`) }
  })
  const { code, out, err } = await run('python3', ['-c', python], {}, JSON.stringify(input))
  assert.equal(code, 0, err)
  const headers = JSON.parse(out) as Record<string, string>[]
  for (const [i, request] of requests.entries())
    accept(request, 'documents', { host: 'example.com', ...headers[i] })
})
