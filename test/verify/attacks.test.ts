// attacks.md 8, 14 and 27 on the verifier: each is a request that must be refused by a service in front of real sessions.
import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { after, before, test } from 'node:test'
import { sha256base64url } from '../../src/secure/digest.ts'
import { thumbprint } from '../../src/secure/dpop.ts'
import { signJws } from '../../src/secure/jws.ts'
import { presign, signRequest } from '../../src/secure/sigv4/sign.ts'
import { bodyHash } from '../../src/secure/sigv4/sigv4.ts'
import { accountId, roleId, SmallChancery } from '../support/small-chancery.ts'
import { type Credentials, type Documents, send, startDocuments } from './documents.ts'

const issuer = new SmallChancery()
let service: Documents
before(async () => {
  await issuer.start()
  const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
  issuer.roles.set(roleId, {
    accountId,
    version: 'v9',
    identity: [{ name: 'all', document }],
    boundary: undefined,
    tags: [],
  })
  service = await startDocuments(issuer, { origin: 'https://docs.example' })
})
after(() => Promise.all([service.stop(), issuer.stop()]))

const now = () => Date.now() / 1000
const signed = (credentials: Credentials, path = '/documents/1', over: object = {}) =>
  signRequest({
    method: 'GET',
    url: service.url + path,
    credentials,
    region: 'us-east-1',
    service: 'docs',
    now: now(),
    ...over,
  })
const get = (headers: Record<string, string>, path = '/documents/1', init: RequestInit = {}) =>
  fetch(service.url + path, { headers, ...init })

/** As raw lines, for what fetch would not send. */
const raw = (
  lines: readonly (readonly [string, string])[],
  path = '/documents/1',
  method = 'GET',
): Promise<number> =>
  new Promise((done, fail) => {
    const { port } = new URL(service.url)
    const req = httpRequest(
      { port, host: '127.0.0.1', path, method, headers: lines.flat(), setHost: false },
      (res) => {
        res.resume()
        done(res.statusCode ?? 0)
      },
    )
    req.on('error', fail).end()
  })

test('14: the session token as a bearer token', async () => {
  const { sessionToken } = await issuer.assume()
  for (const scheme of ['Bearer', 'DPoP', 'bearer'])
    assert.equal((await get({ authorization: `${scheme} ${sessionToken}` })).status, 401)
})

test('14: a secret guessed from the token', async () => {
  const { accessKeyId, sessionToken } = await issuer.assume()
  for (const secretAccessKey of [sessionToken, sha256base64url(sessionToken), sessionToken.slice(0, 40), ''])
    assert.equal(
      (await send(service, '/documents/1', { accessKeyId, secretAccessKey, sessionToken })).status,
      401,
    )
})

test('14: access key id and token of different sessions', async () => {
  const [one, two] = [await issuer.assume(), await issuer.assume()]
  assert.equal((await send(service, '/documents/1', { ...one, sessionToken: two.sessionToken })).status, 401)
  assert.equal((await send(service, '/documents/1', { ...one, accessKeyId: two.accessKeyId })).status, 401)
})

test('14: no token, an empty token, a long-term key', async () => {
  const { accessKeyId, secretAccessKey } = await issuer.assume()
  assert.equal((await send(service, '/documents/1', { accessKeyId, secretAccessKey })).status, 401)
  assert.equal(
    (await send(service, '/documents/1', { accessKeyId, secretAccessKey, sessionToken: '' })).status,
    401,
  )
  const key = { accessKeyId: 'AKIADOCUMENTSSERVICE', secretAccessKey: 'the documents service, its secret' }
  assert.equal((await send(service, '/documents/1', key)).status, 401)
})

test('14: a signature for another service, region, path, query, method or host', async () => {
  const session = await issuer.assume()
  assert.equal((await get(signed(session, '/documents/1', { service: 'payments' }))).status, 401)
  assert.equal((await get(signed(session, '/documents/1', { region: 'eu-west-1' }))).status, 401)
  assert.equal((await get(signed(session), '/documents/2')).status, 401)
  assert.equal((await get(signed(session), '/documents/1?as=admin')).status, 401)
  assert.equal((await get(signed(session), '/documents/1', { method: 'DELETE' })).status, 401)
  const elsewhere = signed(session, '/documents/1', { url: 'http://evil.example/documents/1' })
  assert.equal(await raw(Object.entries({ ...elsewhere, host: new URL(service.url).host })), 401)
})

test('14: a signature over too few headers', async () => {
  const headers = signed(await issuer.assume())
  const { authorization = '' } = headers
  const fewer = authorization.replace(/SignedHeaders=[^,]+/, 'SignedHeaders=x-amz-date')
  assert.equal((await get({ ...headers, authorization: fewer })).status, 401)
  assert.equal((await get({ ...headers, 'x-amz-added': 'later' })).status, 401)
})

test('14: a date outside the window, and a scope of another day', async () => {
  const session = await issuer.assume()
  assert.equal((await get(signed(session, '/documents/1', { now: now() - 301 }))).status, 401)
  assert.equal((await get(signed(session, '/documents/1', { now: now() + 301 }))).status, 401)
  const headers = signed(session)
  const { authorization = '' } = headers
  const shifted = authorization.replace(/\/\d{8}\//, '/20200101/')
  assert.equal((await get({ ...headers, authorization: shifted })).status, 401)
})

test('14: repeated and whitespace headers', async () => {
  const lines = Object.entries(signed(await issuer.assume()))
  const repeated = ['authorization', 'x-amz-date', 'x-amz-security-token', 'host']
  for (const name of repeated) {
    const again = lines.filter(([key]) => key === name)
    assert.ok([400, 401].includes(await raw([...lines, ...again])), name)
  }
  assert.equal(
    await raw(lines.map(([key, value]) => [key, key === 'x-amz-date' ? `  ${value}  ` : value])),
    200,
  )
})

test('14: a body other than the signed one, and an unsigned one', async () => {
  const session = await issuer.assume()
  const put = (headers: Record<string, string>, body: string) =>
    get(headers, '/documents/1', { method: 'PUT', body })
  assert.equal(
    (await put(signed(session, '/documents/1', { method: 'PUT', body: 'one' }), 'two')).status,
    401,
  )
  const hash = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  assert.equal(
    (await put(signed(session, '/documents/1', { method: 'PUT', headers: hash }), 'any')).status,
    401,
  )
  const streaming = { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }
  assert.equal(
    (await put(signed(session, '/documents/1', { method: 'PUT', headers: streaming }), 'any')).status,
    401,
  )
  const of = bodyHash('one')
  const claimed = signed(session, '/documents/1', { method: 'PUT', headers: { 'x-amz-content-sha256': of } })
  assert.equal((await put(claimed, 'two')).status, 401)
})

test('14: a body above the bound is refused, signed or not', async () => {
  const session = await issuer.assume()
  const body = 'x'.repeat(1_048_577)
  assert.equal((await send(service, '/documents/1', session, { method: 'PUT', body })).status, 413)
})

test('14: a write replayed inside the window, also in another spelling', async () => {
  const session = await issuer.assume()
  const headers = signed(session, '/documents/1', { method: 'POST', body: 'once' })
  const post = (path = '/documents/1') => get(headers, path, { method: 'POST', body: 'once' })
  assert.equal((await post()).status, 200)
  assert.equal((await post()).status, 401)
  const racers = signed(session, '/documents/2', { method: 'POST', body: 'race' })
  const race = await Promise.all(
    Array.from({ length: 10 }, () => get(racers, '/documents/2', { method: 'POST', body: 'race' })),
  )
  assert.equal(race.filter(({ status }) => status === 200).length, 1)
})

test('14: a presigned URL past its end, past the token’s end, and with a changed parameter', async () => {
  const session = await issuer.assume()
  const url = (at: number, expires: number) =>
    presign(
      {
        method: 'GET',
        url: `${service.url}/documents/1?x=1`,
        credentials: session,
        region: 'us-east-1',
        service: 'docs',
        now: at,
      },
      expires,
    )
  assert.equal((await fetch(url(now(), 60))).status, 200)
  assert.equal((await fetch(url(now() - 61, 60))).status, 401)
  assert.equal((await fetch(`${url(now(), 60)}&x=2`)).status, 401)
  assert.equal((await fetch(String(url(now(), 60)).replace('Expires=60', 'Expires=6000'))).status, 401)
  const past = Math.floor(now())
  const ended = await issuer.assume({ iat: past - 900, nbf: past - 900, exp: past - 60 })
  const late = presign(
    {
      method: 'GET',
      url: `${service.url}/documents/1`,
      credentials: ended,
      region: 'us-east-1',
      service: 'docs',
      now: past - 100,
    },
    3600,
  )
  assert.equal((await fetch(late)).status, 401)
})

test('14: query order does not matter, a moved byte does', async () => {
  const session = await issuer.assume()
  assert.equal((await get(signed(session, '/documents/1?a=1&b=2'), '/documents/1?b=2&a=1')).status, 200)
  assert.equal((await get(signed(session, '/documents/1?a=1&b=2'), '/documents/1?a=12&b=')).status, 401)
})

test('14: paths that mean two things', async () => {
  const session = await issuer.assume()
  const headers = Object.entries(signed(session, '/documents/1'))
  for (const path of ['/documents/x/../1', '/documents//1', '/./documents/1'])
    assert.equal(await raw(headers, path), 400, path)
})

test('8: tokens of another kind, issuer, audience, key and algorithm', async () => {
  const bearer = (token: string) => get({ authorization: `Bearer ${token}` })
  const [key] = issuer.tokenKeys
  assert.ok(key)
  const claims = issuer.grant({ aud: 'docs' })
  const jti = randomUUID()
  assert.equal((await bearer(await signJws('at+jwt', { ...claims, jti }, key))).status, 200, 'the honest one')
  assert.equal((await bearer(await signJws('JWT', { ...claims, jti }, key))).status, 401, 'an ID token')
  assert.equal((await bearer(await signJws('sts+jwt', { ...claims, jti }, key))).status, 401)
  assert.equal(
    (await bearer(await signJws('at+jwt', { ...claims, jti, iss: 'http://evil' }, key))).status,
    401,
  )
  assert.equal((await bearer(await signJws('at+jwt', { ...claims, jti, aud: 'payments' }, key))).status, 401)
  assert.equal((await bearer(await signJws('at+jwt', { ...claims, jti, aud: '*' }, key))).status, 401)
  assert.equal((await bearer(await signJws('at+jwt', { ...claims, jti, later: 'claim' }, key))).status, 401)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  assert.equal(
    (await bearer(await signJws('at+jwt', { ...claims, jti }, { kid: key.kid, alg: 'ES256', privateKey })))
      .status,
    401,
  )
  assert.equal(
    (await bearer(await signJws('at+jwt', { ...claims, jti }, { kid: 'unknown', alg: 'ES256', privateKey })))
      .status,
    401,
  )
  const parts = (await signJws('at+jwt', { ...claims, jti }, key)).split('.')
  const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
  for (const broken of [
    `${none}.${parts[1]}.`,
    `${parts[0]}.${parts[1]}.`,
    `${parts.join('.')}A`,
    `${parts.join('.')}=`,
    parts.slice(0, 2).join('.'),
  ])
    assert.equal((await bearer(broken)).status, 401)
})

test('8: a token bound to a key is no bearer token, and its proof is for one request, once', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' }) as Record<string, unknown>
  const { token } = await issuer.bearer({}, thumbprint(jwk))
  const proof = async (over: object = {}, key = privateKey, embedded: object = jwk) => {
    const claims = {
      htm: 'GET',
      htu: 'https://docs.example/documents/1',
      iat: Math.floor(now()),
      jti: randomUUID(),
      ath: sha256base64url(token),
      ...over,
    }
    return dpopJws({ typ: 'dpop+jwt', alg: 'ES256', jwk: embedded }, claims, key)
  }
  const use = (dpop: string, scheme = 'DPoP') => get({ authorization: `${scheme} ${token}`, dpop })
  const good = await proof()
  assert.equal((await use(good)).status, 200)
  assert.equal((await use(good)).status, 401, 'spent')
  assert.equal((await use(await proof(), 'Bearer')).status, 401)
  assert.equal((await get({ authorization: `DPoP ${token}` })).status, 401)
  const wrong = [
    { htm: 'PUT' },
    { htu: 'https://evil.example/documents/1' },
    { iat: Math.floor(now()) - 100 },
    { ath: sha256base64url('x') },
    { jti: undefined },
  ]
  for (const over of wrong) assert.equal((await use(await proof(over))).status, 401, JSON.stringify(over))
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  assert.equal(
    (await use(await proof({}, other.privateKey, other.publicKey.export({ format: 'jwk' })))).status,
    401,
  )
  assert.equal((await use(await proof({}, other.privateKey))).status, 401)
})

function dpopJws(header: object, claims: object, key: KeyObject): string {
  const body = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${body}.${sign('sha256', Buffer.from(body), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

test('14: a session for other services, or for the issuer alone', async () => {
  for (const aud of ['payments', ['payments', 'mail'], issuer.issuer])
    assert.equal((await send(service, '/documents/1', await issuer.assume({ aud }))).status, 401)
  assert.equal(
    (await send(service, '/documents/1', await issuer.assume({ aud: ['payments', 'docs'] }))).status,
    200,
  )
})

test('14: an access token and a signature together', async () => {
  const { token } = await issuer.bearer()
  const session = await issuer.assume()
  const url = presign(
    {
      method: 'GET',
      url: `${service.url}/documents/1`,
      credentials: session,
      region: 'us-east-1',
      service: 'docs',
      now: now(),
    },
    60,
  )
  assert.equal((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status, 401)
})

test('28: malformed Authorization headers are refused quickly', async () => {
  const hostile = [
    'AWS4-HMAC-SHA256',
    'AWS4-HMAC-SHA256 Credential=',
    `AWS4-HMAC-SHA256 ${'a=b,'.repeat(2000)}`,
    'Bearer',
    'Bearer ',
    'Basic eDp5',
    `Bearer ${'x'.repeat(5000)}`,
    '\u00e9',
  ]
  for (const authorization of hostile)
    assert.ok([400, 401].includes((await get({ authorization })).status), authorization.slice(0, 40))
})

test('27: action, resource and context are set by the service, never by the credential', async () => {
  const session = await issuer.assume({
    tags: [
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ],
  })
  assert.equal((await send(service, '/documents/__proto__', session)).status, 200)
})
