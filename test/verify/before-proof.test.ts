// attacks.md 36 and 43 at a service: what nobody has proved costs a size check, and nothing is asked, read or remembered for it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createVerifier, type IncomingRequest, Problem, type Verifier } from '../../src/verify/index.ts'
import {
  maxCredentialLength,
  maxHeaderCharacters,
  maxHeaderFields,
} from '../../src/verify/request-headers.ts'
import { maxTargetLength } from '../../src/verify/request-path.ts'
import { SmallChancery, serviceKey } from '../support/small-chancery.ts'
import { type Documents, serveDocuments } from './documents.ts'
import { sendRaw } from './file-servers.ts'

const issuer = new SmallChancery()
let verifier: Verifier
let service: Documents
before(async () => {
  await issuer.start()
  verifier = createVerifier({
    issuer: issuer.issuer,
    service: 'docs',
    credentials: serviceKey,
    origin: 'https://docs.example',
    feed: 30,
    replay: { remember: () => assert.fail('nothing was proved that could be remembered') },
  })
  service = await serveDocuments(verifier)
})
after(async () => {
  await service.stop()
  await issuer.stop()
})

const host = ['host', 'docs.example']
const long = (size: number) => 'x'.repeat(size)
const credential = 'Credential=ASIAX/20260101/us-east-1/docs/aws4_request'
const signature = long(64).replaceAll('x', 'a')
const signed = (names: string) =>
  `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`
const many = (count: number, name = (i: number) => `x-${i}`) =>
  Array.from({ length: count }, (_, i) => [name(i), 'x']).flat()

const hostile: readonly (readonly [
  name: string,
  request: Partial<IncomingRequest>,
  codes: readonly string[],
])[] = [
  ['10,000 headers', { headers: [...host, ...many(10_000)] }, ['invalid_input']],
  ['one header too many', { headers: [...host, ...many(maxHeaderFields)] }, ['invalid_input']],
  ['a header of a megabyte', { headers: [...host, 'x-a', long(2 ** 20)] }, ['invalid_input']],
  [
    'headers that are too long together',
    { headers: [...many(20), 'x', long(maxHeaderCharacters)] },
    ['invalid_input'],
  ],
  [
    'a bearer token of a megabyte',
    { headers: [...host, 'authorization', `Bearer ${long(2 ** 20)}`] },
    ['invalid_input'],
  ],
  [
    'a bearer token of 5,000 characters',
    { headers: [...host, 'authorization', `Bearer ${long(5000)}`] },
    ['unauthenticated'],
  ],
  [
    'a DPoP proof of a megabyte',
    { headers: [...host, 'authorization', 'DPoP x', 'dpop', long(2 ** 20)] },
    ['invalid_input'],
  ],
  [
    'a session token of a megabyte',
    { headers: [...host, 'x-amz-security-token', long(2 ** 20)] },
    ['invalid_input'],
  ],
  [
    'a credential of the longest size',
    { headers: [...host, 'authorization', `Bearer ${long(maxCredentialLength - 7)}`] },
    ['unauthenticated'],
  ],
  [
    'an Authorization of commas',
    { headers: [...host, 'authorization', `AWS4-HMAC-SHA256 ${long(8000).replaceAll('x', ',')}`] },
    ['incomplete_signature'],
  ],
  [
    'an Authorization of white space',
    { headers: [...host, 'authorization', `Bearer ${long(8000).replaceAll('x', ' ')}`] },
    ['unauthenticated'],
  ],
  [
    'the answer that refused a token, sent as the token',
    { headers: [...host, 'authorization', 'Bearer {"error":"invalid_target"}'] },
    ['unauthenticated'],
  ],
  ...['Bearer', 'Bearer\tabc', 'Basic YTpi', 'Digest username="a"', ','].map(
    (value) =>
      [
        `the Authorization \`${value}\``,
        { headers: [...host, 'authorization', value] },
        ['unauthenticated'],
      ] as const,
  ),
  [
    '4,000 signed headers',
    {
      headers: [
        ...host,
        'authorization',
        signed(Array.from({ length: 1500 }, (_, i) => `a${String(i).padStart(4, '0')}`).join(';')),
      ],
    },
    ['incomplete_signature', 'bad_signature', 'invalid_input'],
  ],
  ['a target of a megabyte', { path: `/${long(2 ** 20)}`, headers: host }, ['invalid_input']],
  ['a query of a megabyte', { query: long(2 ** 20), headers: host }, ['invalid_input']],
  [
    '8,000 query parameters',
    { query: 'a&'.repeat(maxTargetLength / 2 - 10), headers: host },
    ['missing_credentials'],
  ],
  [
    'a presigned query with 1,000 parameters twice',
    { query: 'X-Amz-Signature=a&'.repeat(800), headers: host },
    ['incomplete_signature'],
  ],
  ['10,000 segments', { path: '/a'.repeat(10_000), headers: host }, ['invalid_input']],
]

for (const [name, request, codes] of hostile)
  test(`43: ${name}: refused before any request, read or check`, async () => {
    const asked = issuer.asked.length
    const presented: IncomingRequest = {
      method: 'POST',
      path: '/documents/1',
      query: '',
      headers: [],
      sourceIp: '',
      secure: true,
      body: () => assert.fail('the body was read'),
      ...request,
    }
    await assert.rejects(verifier.authenticate(presented), (error) => {
      assert.ok(error instanceof Problem, String(error))
      assert.ok(codes.includes(error.code), `${error.code}: ${error.message}`)
      // What is no signature is not refused as one would be.
      if (error.code === 'unauthenticated') assert.doesNotMatch(error.message, /AWS/)
      assert.ok(error.message.length < 300, 'what was sent is not repeated at length')
      return true
    })
    const since = issuer.asked.slice(asked).filter((line) => !line.includes('revocations'))
    assert.deepEqual(since, [])
  })

test('43: over HTTP a hostile header section is refused, and the next request is answered', {
  timeout: 60_000,
}, async () => {
  const port = Number(new URL(service.url).port)
  const lines = (count: number, size: number) =>
    Array.from({ length: count }, (_, i) => `x-${i}: ${long(size)}`)
  for (const [headers, status] of [
    [lines(10_000, 1), 431],
    [lines(1, 2 ** 20), 431],
    [lines(300, 8), 400],
    [[`Authorization: Bearer ${long(9000)}`], 400],
  ] as const)
    assert.equal((await sendRaw(port, '/documents/1', headers)).status, status)
  assert.equal((await sendRaw(port, '/documents/1')).status, 401)
})
