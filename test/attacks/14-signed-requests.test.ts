// attacks.md 14, on the running server's AWS wire: session credentials taken apart, signatures that cover too little,
// requests changed after they were signed.
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { type Credentials, presign } from '../../src/secure/sigv4/sign.ts'
import {
  call,
  formOf,
  makeWorker,
  type Said,
  type Session,
  saidBy,
  sendRaw,
  signed,
} from '../support/aws-call.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let root: Credentials
let one: Session
let two: Session
let usersBefore: string

const users = async () =>
  (await call(server.url, root, 'iam', 'ListUsers')).text.match(/<Users>.*<\/Users>/s)?.[0] ?? ''

before(async () => {
  server = await startServer()
  root = { accessKeyId: server.rootKey.id, secretAccessKey: server.rootKey.secret }
  const worker = await makeWorker(server.url, root, 'worker')
  one = await worker.assume('one')
  two = await worker.assume('two')
  usersBefore = await users()
})
after(() => server.stop())

const identity = (credentials: Credentials) => call(server.url, credentials, 'sts', 'GetCallerIdentity')

test('14: the session itself works', async () => {
  const { status, text } = await identity(one.credentials)
  assert.equal(status, 200)
  assert.ok(text.includes(one.arn))
})

describe('14: the secret cannot be made from what the token or its bearer shows', () => {
  const recipes: readonly [string, (token: string, id: string) => string][] = [
    ['a hash of the token', (token) => createHash('sha256').update(token).digest('hex')],
    [
      'a hash of the token, 40 characters of base64',
      (token) => createHash('sha256').update(token).digest('base64').slice(0, 40),
    ],
    [
      'an HMAC of the id under the token',
      (token, id) => createHmac('sha256', token).update(id).digest('base64'),
    ],
    ['the token', (token) => token],
    ['the signature of the token', (token) => token.split('.')[2] ?? ''],
    ['nothing', () => ''],
  ]
  for (const [title, recipe] of recipes)
    test(title, async () => {
      const { accessKeyId, sessionToken = '' } = one.credentials
      const secretAccessKey = recipe(sessionToken, accessKeyId)
      assert.equal(
        (await identity({ accessKeyId, secretAccessKey, sessionToken })).code,
        'SignatureDoesNotMatch',
      )
    })
})

describe('14: parts of different credentials do not go together', () => {
  const cases: readonly [string, () => Credentials, string][] = [
    [
      'token of another session',
      () => ({ ...one.credentials, sessionToken: two.credentials.sessionToken }),
      'InvalidClientTokenId',
    ],
    [
      'secret of another session',
      () => ({ ...one.credentials, secretAccessKey: two.credentials.secretAccessKey }),
      'SignatureDoesNotMatch',
    ],
    [
      'id of another session',
      () => ({ ...one.credentials, accessKeyId: two.credentials.accessKeyId }),
      'InvalidClientTokenId',
    ],
    ['no token', () => ({ ...one.credentials, sessionToken: undefined }), 'InvalidClientTokenId'],
    [
      'root with a token',
      () => ({ ...root, sessionToken: one.credentials.sessionToken }),
      'InvalidClientTokenId',
    ],
    [
      'a token cut short',
      () => ({ ...one.credentials, sessionToken: one.credentials.sessionToken?.slice(0, -1) }),
      'InvalidClientTokenId',
    ],
  ]
  for (const [title, credentials, code] of cases)
    test(title, async () => {
      const said = await identity(credentials())
      assert.deepEqual([said.status, said.code], [403, code])
    })
})

test('14: a session token is no bearer token', async () => {
  const headers = { authorization: `Bearer ${one.credentials.sessionToken}` }
  for (const [method, path] of [
    ['GET', '/userinfo'],
    ['POST', '/access/v1/evaluation'],
    ['POST', '/v1/signing-key'],
  ] as const) {
    const response = await fetch(new URL(path, server.url), { method, headers })
    await response.text()
    assert.ok([400, 401, 403].includes(response.status), `${path}: ${response.status}`)
  }
})

describe('14: a request that is not the one that was signed', () => {
  const body = formOf('iam', 'CreateUser', { UserName: 'mallory' })
  const url = () => new URL('/', server.url).href
  const honest = (more: { now?: number; headers?: Record<string, string> } = {}) =>
    Object.entries(signed({ url: url(), service: 'iam', credentials: root, body, ...more }))
  const without = (headers: [string, string][], name: string): [string, string][] =>
    headers.map(([n, v]) =>
      n === 'authorization'
        ? [n, v.replace(new RegExp(`SignedHeaders=([^,]*?)${name};?`), 'SignedHeaders=$1').replace(';,', ',')]
        : [n, v],
    )
  const set = (headers: [string, string][], name: string, value: string): [string, string][] =>
    headers.map(([n, v]) => [n, n === name ? value : v])
  const yesterday = Math.floor(Date.now() / 1000) - 86_400

  const cases: readonly [title: string, send: () => Promise<Said>, code: RegExp][] = [
    ['host not signed', () => sendRaw(url(), without(honest(), 'host'), body), /SignatureDoesNotMatch/],
    ['date not signed', () => sendRaw(url(), without(honest(), 'x-amz-date'), body), /SignatureDoesNotMatch/],
    [
      'another body',
      () => sendRaw(url(), honest(), body.replace('mallory', 'mallet')),
      /SignatureDoesNotMatch/,
    ],
    ['a longer body', () => sendRaw(url(), honest(), `${body}&Path=/x/`), /SignatureDoesNotMatch/],
    [
      'a body whose hash is claimed to be another',
      () =>
        sendRaw(
          url(),
          honest({ headers: { 'x-amz-content-sha256': createHash('sha256').update('x').digest('hex') } }),
          body,
        ),
      /SignatureDoesNotMatch/,
    ],
    [
      'an unsigned payload',
      () => sendRaw(url(), honest({ headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }), body),
      /SignatureDoesNotMatch/,
    ],
    ['a parameter in the query', () => sendRaw(url(), honest(), body, '/?Path=/x/'), /SignatureDoesNotMatch/],
    [
      'another date',
      () =>
        sendRaw(
          url(),
          set(honest({ now: yesterday }), 'x-amz-date', new Date().toISOString().replace(/[-:]|\.\d+/g, '')),
          body,
        ),
      /SignatureDoesNotMatch/,
    ],
    ['yesterday', () => sendRaw(url(), honest({ now: yesterday }), body), /RequestExpired/],
    ['tomorrow', () => sendRaw(url(), honest({ now: yesterday + 2 * 86_400 }), body), /RequestExpired/],
    [
      'a second x-amz-date',
      () => sendRaw(url(), [...honest(), ['X-Amz-Date', '20200101T000000Z']], body),
      /IncompleteSignature/,
    ],
    [
      'a second authorization',
      () => sendRaw(url(), [...honest(), ...honest().filter(([n]) => n === 'authorization')], body),
      /IncompleteSignature/,
    ],
    [
      'an added token',
      () => sendRaw(url(), [...honest(), ['x-amz-security-token', one.credentials.sessionToken ?? '']], body),
      /SignatureDoesNotMatch/,
    ],
    [
      'the other service',
      () => sendRaw(url(), honest(), formOf('sts', 'GetCallerIdentity')),
      /SignatureDoesNotMatch/,
    ],
  ]
  for (const [title, send, code] of cases)
    test(title, async () => {
      const said = await send()
      assert.match(said.code ?? said.text, code)
      assert.ok(said.status >= 400)
    })

  test('a second host, or a folded header, does not reach us at all', async () => {
    assert.ok((await sendRaw(url(), [...honest(), ['Host', 'evil.example']], body)).status >= 400)
    assert.ok((await sendRaw(url(), [...honest(), ['x-folded', 'a\r\n b']], body)).status >= 400)
  })

  test('white space around header values does not matter, the order of headers neither', async () => {
    const asked = formOf('iam', 'ListUsers')
    const headers = Object.entries(signed({ url: url(), service: 'iam', credentials: root, body: asked }))
    const loose = headers.map(([n, v]) => [n, ` ${v}  `] as const).toReversed()
    assert.equal((await sendRaw(url(), loose, asked)).status, 200)
  })
})

test('14: a leaked presigned URL shows who signed it and permits nothing else', async () => {
  const presigned = (action: string, params: string) =>
    presign(
      {
        method: 'GET',
        url: new URL(`/?Action=${action}&Version=2011-06-15${params}`, server.url),
        credentials: one.credentials,
        region: 'us-east-1',
        service: 'sts',
        now: Math.floor(Date.now() / 1000),
      },
      60,
    )
  const get = async (url: URL) => {
    const response = await fetch(url)
    return saidBy(response.status, await response.text())
  }
  const url = presigned('GetCallerIdentity', '')
  assert.equal((await get(url)).status, 200)
  assert.equal(
    (await get(new URL(url.href.replace('Expires=60', 'Expires=600')))).code,
    'SignatureDoesNotMatch',
  )
  assert.equal((await get(new URL(url.href.replace('GetCallerIdentity', 'GetSessionToken')))).status, 400)
  const role = `&RoleArn=arn:aws:iam::${server.accountId}:role/worker-role&RoleSessionName=three`
  assert.equal((await get(presigned('AssumeRole', role))).status, 400)
})

test('14: nothing of all this changed anything', async () => {
  assert.equal(await users(), usersBefore)
})
