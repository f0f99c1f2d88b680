import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Problem } from '../../src/problem.ts'
import { presign, signRequest } from '../../src/secure/sigv4/sign.ts'
import {
  bodyHash,
  checkSignature,
  checkTime,
  deriveSigningKey,
  emptyBodyHash,
  type HttpMessage,
  readSignature,
  SigningKeyCache,
  unsignedPayload,
} from '../../src/secure/sigv4/sigv4.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret }
const at = Date.UTC(2015, 7, 30, 12, 36) / 1000
const key = deriveSigningKey(secret, '20150830', 'us-east-1', 'service')

/** AWS's published suite (aws-sig-v4-test-suite): the request line's target, further headers, body, signature. */
const suite: readonly [
  name: string,
  target: string,
  headers: readonly string[],
  signed: string,
  signature: string,
  body?: string,
][] = [
  ['get-vanilla', '/', [], '', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  [
    'get-unreserved',
    '/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
    [],
    '',
    '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
  ],
  [
    'get-vanilla-query-order-key-case',
    '/?Param2=value2&Param1=value1',
    [],
    '',
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
  [
    'get-vanilla-query-order-value',
    '/?Param1=value2&Param1=value1',
    [],
    '',
    '5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694',
  ],
  [
    'get-vanilla-utf8-query',
    '/?\u1234=bar',
    [],
    '',
    '2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04',
  ],
  [
    'get-header-value-order',
    '/',
    ['My-Header1', 'value4', 'My-Header1', 'value1', 'My-Header1', 'value3', 'My-Header1', 'value2'],
    'my-header1;',
    '08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01',
  ],
  [
    'get-header-key-duplicate',
    '/',
    ['My-Header1', 'value2', 'My-Header1', 'value2', 'My-Header1', 'value1'],
    'my-header1;',
    'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
  ],
  [
    'get-header-value-trim',
    '/',
    ['My-Header1', ' value1', 'My-Header2', '"a   b   c"'],
    'my-header1;my-header2;',
    'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  ],
  [
    'post-x-www-form-urlencoded',
    '/',
    ['Content-Type', 'application/x-www-form-urlencoded'],
    'content-type;',
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    'Param1=value1',
  ],
  [
    'get-vanilla-with-session-token',
    '/',
    ['X-Amz-Security-Token', '6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267'],
    'x-amz-security-token;',
    '07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8',
  ],
]

const scope = 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request'

interface Asked {
  readonly method?: string
  readonly target?: string
  readonly headers?: readonly string[]
  readonly credential?: string
  readonly signed?: string
  readonly signature?: string
  readonly date?: string
}

function message(asked: Asked): HttpMessage {
  const [path = '', query = ''] = (asked.target ?? '/').split('?')
  const signed = asked.signed ?? 'host;x-amz-date'
  const proof = asked.signature ?? suite[0]![4]
  return {
    method: asked.method ?? 'GET',
    path,
    query,
    headers: [
      'Host',
      'example.amazonaws.com',
      'X-Amz-Date',
      asked.date ?? '20150830T123600Z',
      'Authorization',
      `AWS4-HMAC-SHA256 Credential=${asked.credential ?? scope}, SignedHeaders=${signed}, Signature=${proof}`,
      ...(asked.headers ?? []),
    ],
  }
}

/** What happens to a request checked in full: its problem, or undefined. */
function verdict(request: HttpMessage, body = '', now = at): Problem | undefined {
  try {
    const signature = readSignature(request)
    checkTime(signature, now)
    checkSignature(request, signature, { bodyHash: bodyHash(body) }, key)
    return undefined
  } catch (error) {
    assert.ok(error instanceof Problem, String(error))
    return error
  }
}

describe("AWS's published test suite passes", () => {
  for (const [name, target, headers, extra, signature, body] of suite)
    test(name, () => {
      const signed = [...extra.split(';').filter(Boolean), 'host', 'x-amz-date'].sort().join(';')
      const request = message({ method: body ? 'POST' : 'GET', target, headers, signed, signature })
      assert.equal(verdict(request, body), undefined)
      assert.equal(verdict(request, `${body ?? ''}x`)?.code, 'bad_signature')
    })
})

test('our own signer gives what the suite publishes', () => {
  const headers = signRequest({
    method: 'GET',
    url: 'https://example.amazonaws.com/?Param2=value2&Param1=value1',
    credentials,
    region: 'us-east-1',
    service: 'service',
    now: at,
  })
  assert.ok(headers['authorization']?.endsWith(suite[2]![4]))
})

describe('a signature that covers too little or contradicts itself is refused', () => {
  const cases: readonly [title: string, asked: Asked, code: string, says: RegExp][] = [
    ['no host', { signed: 'x-amz-date' }, 'bad_signature', /Host/],
    ['no x-amz-date', { signed: 'host' }, 'bad_signature', /x-amz-date/],
    [
      'an unsigned token',
      { headers: ['X-Amz-Security-Token', 'abc'] },
      'bad_signature',
      /x-amz-security-token/,
    ],
    [
      'an unsigned body hash',
      { headers: ['x-amz-content-sha256', emptyBodyHash] },
      'bad_signature',
      /content/,
    ],
    ['a named header that is not there', { signed: 'host;range;x-amz-date' }, 'bad_signature', /range/],
    [
      'a scope of another day',
      { credential: scope.replace('0830', '0831') },
      'bad_signature',
      /'20150831' != '20150830'/,
    ],
    ['two hosts', { headers: ['host', 'example.amazonaws.com'] }, 'incomplete_signature', /twice/],
    ['two dates', { headers: ['x-amz-date', '20150830T123600Z'] }, 'incomplete_signature', /twice/],
    ['a folded header', { headers: ['my-header', 'a\r\n b'] }, 'incomplete_signature', /folded/],
    ['unsorted headers', { signed: 'x-amz-date;host' }, 'incomplete_signature', /sorted/],
    ['a header named twice', { signed: 'host;host;x-amz-date' }, 'incomplete_signature', /sorted/],
    ['upper case', { signed: 'Host;x-amz-date' }, 'incomplete_signature', /lower case/],
    ['a short scope', { credential: 'AKIDEXAMPLE/20150830/aws4_request' }, 'incomplete_signature', /5/],
    ['a slash in the id', { credential: `A/${scope}` }, 'incomplete_signature', /5/],
    ['a date that is no date', { date: '20150231T123600Z' }, 'incomplete_signature', /ISO-8601/],
    ['a signature that is no hex', { signature: 'g'.repeat(64) }, 'incomplete_signature', /Signature/],
    [
      'a signature in upper case',
      { signature: suite[0]![4].toUpperCase() },
      'incomplete_signature',
      /Signature/,
    ],
    ['another signature', { signature: '0'.repeat(64) }, 'bad_signature', /does not match/],
    ['another method', { method: 'POST' }, 'bad_signature', /does not match/],
    ['another path', { target: '/admin' }, 'bad_signature', /does not match/],
    ['dot segments that come out the same', { target: '/a/..' }, 'bad_signature', /dot segments/],
    ['a further parameter', { target: '/?a=b' }, 'bad_signature', /does not match/],
    ['a broken escape', { target: '/?a=%zz' }, 'invalid_input', /query/],
  ]
  for (const [title, asked, code, says] of cases)
    test(title, () => {
      const problem = verdict(message(asked))
      assert.equal(problem?.code, code)
      assert.match(problem?.message ?? '', says)
    })
})

test('a request without credentials is missing_credentials', () => {
  const request = { method: 'POST', path: '/', query: '', headers: ['host', 'a'] }
  assert.equal(verdict(request)?.code, 'missing_credentials')
})

test('the authorization header takes any order and any white space, and each part once', () => {
  const parts = [`Credential=${scope}`, 'SignedHeaders=host;x-amz-date', `Signature=${suite[0]![4]}`]
  const asked = (text: string) => {
    const request = message({})
    return verdict({
      ...request,
      headers: request.headers.map((v, i) => (i === 5 ? `AWS4-HMAC-SHA256 ${text}` : v)),
    })
  }
  assert.equal(asked(parts.join(',')), undefined)
  assert.equal(asked(parts.toReversed().join(' , ')), undefined)
  assert.equal(asked([...parts, parts[0]].join(','))?.code, 'incomplete_signature')
  assert.equal(asked(parts.slice(1).join(','))?.code, 'incomplete_signature')
  assert.equal(asked([...parts, 'Extra=1'].join(','))?.code, 'incomplete_signature')
})

test('a request holds for fifteen minutes on either side', () => {
  const request = message({})
  assert.equal(verdict(request, '', at + 900), undefined)
  assert.equal(verdict(request, '', at - 900), undefined)
  assert.deepEqual(
    [verdict(request, '', at + 901), verdict(request, '', at - 901)].map((p) => [p?.code, p?.message]),
    [
      [
        'request_expired',
        'Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)',
      ],
      [
        'request_expired',
        'Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T122059Z + 15 min.)',
      ],
    ],
  )
})

test('an HTTP Date serves when x-amz-date is not sent, and must then be signed', () => {
  const headers = ['Host', 'a', 'Date', 'Sun, 30 Aug 2015 12:36:00 GMT', 'Authorization']
  const auth = (signed: string) =>
    `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${signed}, Signature=${'0'.repeat(64)}`
  const asked = { method: 'GET', path: '/', query: '' }
  assert.equal(readSignature({ ...asked, headers: [...headers, auth('date;host')] }).at, at)
  assert.throws(() => readSignature({ ...asked, headers: [...headers, auth('host')] }), /'Date' must be/)
})

describe('a presigned request', () => {
  const asked = {
    method: 'GET',
    url: 'https://example.amazonaws.com/?Action=GetCallerIdentity',
    credentials: { ...credentials, sessionToken: 'a+b/c=' },
    region: 'us-east-1',
    service: 'service',
    now: at,
  }
  const sent = (url: URL, headers: readonly string[] = []): HttpMessage => ({
    method: 'GET',
    path: url.pathname,
    query: url.search.slice(1),
    headers: ['Host', url.host, ...headers],
  })

  test('holds until it expires, not longer', () => {
    const request = sent(presign(asked, 60))
    assert.equal(readSignature(request).securityToken, 'a+b/c=')
    assert.equal(verdict(request, '', at + 60), undefined)
    assert.equal(verdict(request, '', at + 61)?.code, 'request_expired')
    assert.equal(verdict(request, '', at - 901)?.code, 'request_expired')
  })

  test('lives at most seven days', () => {
    assert.equal(verdict(sent(presign(asked, 604_800)), '', at + 604_800), undefined)
    for (const life of [604_801, 0, -1])
      assert.equal(verdict(sent(presign(asked, life)))?.code, 'incomplete_signature')
  })

  test('cannot be changed, extended, doubled or mixed with a header', () => {
    const url = presign(asked, 60)
    const altered = (from: string, to: string) => sent(new URL(url.href.replace(from, to)))
    assert.equal(verdict(altered('Expires=60', 'Expires=600'))?.code, 'bad_signature')
    assert.equal(verdict(altered('GetCaller', 'PutCaller'))?.code, 'bad_signature')
    assert.equal(verdict(altered('Expires=60', 'Expires=60&X-Amz-Expires=600'))?.code, 'incomplete_signature')
    assert.equal(verdict(sent(url, message({}).headers.slice(4, 6)))?.code, 'incomplete_signature')
    assert.equal(verdict(sent(url, ['x-amz-security-token', 'a+b/c=']))?.code, 'incomplete_signature')
  })
})

test('the body hash is computed, whatever the header claims', () => {
  const headers = (hash: string) =>
    signRequest({
      method: 'POST',
      url: 'https://example.amazonaws.com/',
      headers: { 'x-amz-content-sha256': hash },
      body: 'a=b',
      credentials,
      region: 'us-east-1',
      service: 'service',
      now: at,
    })
  const asked = (hash: string): HttpMessage => ({
    method: 'POST',
    path: '/',
    query: '',
    headers: Object.entries(headers(hash)).flat(),
  })
  assert.equal(verdict(asked(bodyHash('a=b')), 'a=b'), undefined)
  assert.equal(verdict(asked(bodyHash('a=c')), 'a=b')?.code, 'bad_signature')
  assert.equal(verdict(asked(unsignedPayload), 'a=b')?.code, 'bad_signature')
  const open = asked(unsignedPayload)
  checkSignature(open, readSignature(open), { bodyHash: undefined, allowUnsigned: true }, key)
})

test('a signing key is derived once, and never found under a changed secret or another scope', () => {
  const cache = new SigningKeyCache(2)
  const first = cache.get('a', 'K', '20150830', 'r', 's')
  assert.equal(cache.get('a', 'K', '20150830', 'r', 's'), first)
  assert.notDeepEqual(cache.get('b', 'K', '20150830', 'r', 's'), first)
  assert.notDeepEqual(cache.get('a', 'K', '20150831', 'r', 's'), first)
  cache.get('a', '__proto__', '20150831', 'r', 's')
  assert.deepEqual(cache.get('a', 'K', '20150830', 'r', 's'), first)
})
