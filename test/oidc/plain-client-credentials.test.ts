// Each request is sent twice: with its length, which may be answered by oidc/library/plain-client-credentials.ts, and in chunks,
// which never is. The responses, audit events and log lines are the same.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { artifactOf } from '../../src/oidc/artifacts/artifact.ts'
import { clientsSchema } from '../../src/oidc/clients/settings.ts'
import { plainLength, plainRequest } from '../../src/oidc/library/plain-client-credentials.ts'
import { clients, open, type Running } from './open.ts'

/** Some characters must be encoded in Basic credentials. */
const secret = 'secret-of-a-machine:/'
const docs = 'https://docs.example/'
const machine = (client_id: string, more: object = {}) => ({
  client_id,
  client_secret: secret,
  grant_types: ['client_credentials'],
  ...more,
})
const configured = clientsSchema.parse([
  machine('basic'),
  machine('post', { token_endpoint_auth_method: 'client_secret_post' }),
  machine('signs', { token_endpoint_auth_method: 'client_secret_jwt' }),
  machine('bound', { dpop_bound_access_tokens: true }),
  machine('narrow', { resources: [{ id: docs, scopes: ['docs:read'] }] }),
  machine('elsewhere', { resources: ['https://vault.example/'] }),
  machine('scoped', { scope: 'openid' }),
  machine('mapped', { claims: { team: { value: 'blue', in: ['access_token'] } } }),
  machine('browser', {
    grant_types: ['authorization_code', 'client_credentials'],
    redirect_uris: ['https://app.example/cb'],
    allowed_origins: ['https://app.example'],
  }),
  { client_id: 'people', client_secret: secret, redirect_uris: ['https://app.example/cb'] },
  { client_id: 'public', redirect_uris: ['https://app.example/cb'] },
])

let at: Running
/** Secrets of the clients that are managed at run time. */
const stored = { rotated: '', older: '', disabled: '' }
const epoch = () => Math.floor(Date.now() / 1000)

before(
  async () => {
    at = await open({
      clients: [...clients, ...configured],
      registration: { grant_types: ['client_credentials'], resources: [docs] },
    })
    const entry = { grant_types: ['client_credentials'] }
    const rotated = await at.oidc.clients.create('rotated', entry, epoch())
    stored.older = rotated.secret?.value ?? ''
    stored.rotated = (await at.oidc.clients.addSecret(rotated.client, () => undefined, epoch())).secret.value
    const disabled = await at.oidc.clients.create('disabled', entry, epoch())
    stored.disabled = disabled.secret?.value ?? ''
    await at.oidc.clients.setDisabled(disabled.client, true, () => undefined, epoch())
    for (const [id, client_secret_expires_at] of [
      ['expired', 1_000_000_000],
      ['expiring', 4_000_000_000],
    ] as const) {
      const metadata = { ...machine(id), client_secret_expires_at, redirect_uris: [], response_types: [] }
      await at.store.create('artifact', artifactOf('Client', id, metadata, undefined))
    }
  },
  { timeout: 60_000 },
)
after(() => at?.close())

interface TokenRequest {
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

interface Response {
  readonly status: string
  readonly headers: readonly string[]
  readonly body: string
}

/** One request on a connection of its own, written at once. */
function send(
  { target, headers, body }: TokenRequest,
  framing: readonly [head: string, body: string],
): Promise<Response> {
  const lines = [...headers, ['host', 'localhost'], ['connection', 'close']].map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return new Promise((done, fail) => {
    const socket = connect(at.port, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', fail)
    socket.on('end', () => {
      const [head = '', ...rest] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n')
      const [status = '', ...fields] = head.split('\r\n')
      done({ status, headers: fields, body: rest.join('\r\n\r\n') })
    })
    assert.equal(body, Buffer.from(body, 'latin1').toString('latin1'))
    socket.write(
      Buffer.from(`POST ${target} HTTP/1.1\r\n${lines.join('')}${framing[0]}\r\n\r\n${framing[1]}`, 'latin1'),
    )
  })
}

const withLength = (request: TokenRequest) =>
  send(request, [`content-length: ${request.body.length}`, request.body])

const inChunks = (request: TokenRequest) =>
  send(request, [
    'transfer-encoding: chunked',
    `${request.body === '' ? '' : `${request.body.length.toString(16)}\r\n${request.body}\r\n`}0\r\n\r\n`,
  ])

/** Without what is of one request alone: its id, its time, and the id of the token. */
function comparable({ status, headers, body }: Response) {
  const kept = headers
    .filter((line) => !/^(date|x-request-id|content-length|retry-after):/i.test(line))
    .map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase()))
  return { status, headers: kept.toSorted(), body: comparableBody(body) }
}

function comparableBody(text: string): unknown {
  if (!text.startsWith('{')) return text
  const { access_token: token, ...body } = JSON.parse(text)
  if (typeof token !== 'string') return body
  if (!token.includes('.')) return { ...body, opaque: token.length }
  const { jti, iat, exp, ...claims } = decodeJwt(token)
  const lifetime = Number(exp) - Number(iat)
  return { ...body, header: decodeProtectedHeader(token), claims, lifetime, jti: String(jti).length }
}

/** What a request left in the audit events and the log. */
async function leaving<T>(run: () => Promise<T>) {
  at.events.length = 0
  at.logged.length = 0
  const result = await run()
  const text = JSON.stringify([at.events, at.logged]).replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, '<request>')
  return { result, left: JSON.parse(text) as unknown }
}

const encoded = encodeURIComponent
const basicOf = (id: string, value: string, scheme = 'Basic') =>
  `${scheme} ${Buffer.from(`${id}:${value}`).toString('base64')}`

/** The plain value most of the time, so that most requests are plain but for one part. */
const mostly = <T>(plain: T, ...others: readonly T[]) =>
  fc.oneof(
    { weight: 12 * others.length, arbitrary: fc.constant(plain) },
    ...others.map((value) => ({ weight: 1, arbitrary: fc.constant(value) })),
  )

const clientIds = [
  'basic post signs bound narrow elsewhere scoped mapped browser people public rotated disabled expired expiring nobody'.split(
    ' ',
  ),
  ['', 'basic ', 'BASIC', '__proto__', 'https://client.example/metadata'],
].flat()

const requests = fc.record({
  clientId: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom('basic', 'post', 'rotated', 'mapped', 'narrow', 'scoped') },
    { weight: 1, arbitrary: fc.constantFrom(...clientIds) },
  ),
  secretIs: mostly('right', 'wrong', 'empty', 'older'),
  by: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('basic', 'encoded basic', 'form') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('both', 'none', 'basic and id', 'other id', 'lower', 'not base64', 'bearer'),
    },
  ),
  grantType: mostly(
    'grant_type=client_credentials',
    '',
    'grant_type=',
    'grant_type=password',
    'grant_type=authorization_code',
    'grant_type=client_credentials&grant_type=client_credentials',
    'grant_type=client%5Fcredentials',
  ),
  scope: mostly(
    'scope=docs%3Aread',
    '',
    'scope=',
    'scope=docs:read+docs:write',
    'scope=openid',
    'scope=openid+docs:read+profile',
    'scope=docs:delete',
    'scope=+docs:read',
    'scope=docs:read++docs:write',
    'scope=%22',
    'scope=%C3%A9',
    'scope=docs:read&scope=docs:write',
  ),
  resource: mostly(
    `resource=${encoded(docs)}`,
    `resource=${docs}`,
    '',
    'resource=',
    'resource=https://vault.example/',
    'resource=https://unknown.example/',
    'resource=docs',
    `resource=${encoded(`${docs}#part`)}`,
    'resource=HTTPS://DOCS.EXAMPLE/',
    `resource=${docs}&resource=${docs}`,
    `resource=${docs}&resource=https://vault.example/`,
    `audience=${docs}`,
  ),
  extra: mostly(
    '',
    'foo=bar',
    'authorization_details=%5B%5D',
    'client_assertion=x.y.z',
    'client_assertion_type=x',
    'code=1',
    '__proto__=1',
    'client_id=other',
    `scope=${'x'.repeat(3000)}`,
    `foo=${'x'.repeat(5000)}`,
    '%',
    'é',
    ' ',
  ),
  header: mostly<readonly [string, string] | undefined>(
    undefined,
    ['origin', 'https://app.example'],
    ['origin', 'https://evil.example'],
    ['dpop', 'x.y.z'],
    ['oauth-client-attestation', 'x'],
    ['oauth-client-attestation-pop', 'x'],
    ['accept', 'text/html'],
    ['accept', 'application/json'],
    ['cookie', 'a=b'],
    ['user-agent', 'curl/8'],
    ['content-encoding', 'gzip'],
    ['x-forwarded-for', '192.0.2.1'],
    ['authorization', 'Bearer x'],
  ),
  type: mostly(
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded; charset=utf-8',
    'application/x-www-form-urlencoded;charset=UTF-8',
    'application/x-www-form-urlencoded; charset=utf-16le',
    'application/x-www-form-urlencoded; charset=nothing',
    'Application/X-WWW-Form-Urlencoded',
    'application/json',
    '',
  ),
  target: mostly('/token', '/token?scope=docs:read', '/TOKEN', '/token/', '/token?', '/%74oken'),
})

type Choice = typeof requests extends fc.Arbitrary<infer T> ? T : never

/** Every client, with its secret and nothing that is not plain. */
const everyClient: [Choice][] = clientIds.flatMap((clientId) =>
  (['basic', 'encoded basic', 'form'] as const).map((by): [Choice] => [
    {
      clientId,
      secretIs: 'right',
      by,
      grantType: 'grant_type=client_credentials',
      scope: 'scope=docs:read',
      resource: `resource=${docs}`,
      extra: '',
      header: undefined,
      type: 'application/x-www-form-urlencoded',
      target: '/token',
    },
  ]),
)

function secretOf({ clientId, secretIs }: Choice): string {
  if (secretIs === 'empty') return ''
  if (secretIs === 'wrong') return 'wrong-secret-wrong-secret'
  if (clientId === 'rotated') return secretIs === 'older' ? stored.older : stored.rotated
  return clientId === 'disabled' ? stored.disabled : secret
}

function authentication(choice: Choice): { readonly authorization?: string; readonly form: string } {
  const { clientId: id, by } = choice
  const value = secretOf(choice)
  const form = `client_id=${encoded(id)}&client_secret=${encoded(value)}`
  const authorization = basicOf(encoded(id), encoded(value))
  switch (by) {
    case 'basic':
      return { authorization: basicOf(id, value), form: '' }
    case 'encoded basic':
      return { authorization, form: '' }
    case 'both':
      return { authorization, form }
    case 'none':
      return { form: `client_id=${encoded(id)}` }
    case 'basic and id':
      return { authorization, form: `client_id=${encoded(id)}` }
    case 'other id':
      return { authorization, form: 'client_id=somebody' }
    case 'lower':
      return { authorization: basicOf(encoded(id), encoded(value), 'basic'), form: '' }
    case 'not base64':
      return { authorization: `${authorization}!`, form: '' }
    case 'bearer':
      return { authorization: 'Bearer x', form: '' }
    default:
      return { form }
  }
}

function requestOf(choice: Choice): TokenRequest {
  const { authorization, form } = authentication(choice)
  const { grantType, scope, resource, extra, header, type, target } = choice
  return {
    target,
    headers: [
      ...(type === '' ? [] : [['content-type', type] as const]),
      ...(authorization === undefined ? [] : [['authorization', authorization] as const]),
      ...(header === undefined ? [] : [header]),
    ],
    body: [grantType, form, scope, resource, extra].filter((part) => part !== '').join('&'),
  }
}

/** As Node gives them: of several `authorization` headers the first. */
function isPlain({ target: url, headers, body }: TokenRequest): boolean {
  const given = { ...Object.fromEntries(headers.toReversed()), 'content-length': String(body.length) }
  return (
    plainLength({ method: 'POST', url, headers: given }) === body.length &&
    plainRequest(given, Buffer.from(body, 'latin1')) !== undefined
  )
}

test('a request that comes whole gets the response, events and log lines of one that comes in chunks', {
  timeout: 240_000,
}, async (t) => {
  // oidc-provider reads a body by this and nothing else here does.
  const reads = t.mock.method(Readable.prototype, 'iterator')
  const seen = { short: 0, refused: 0 }
  const answered = new Set<string>()
  await fc.assert(
    fc.asyncProperty(requests, async (choice) => {
      const request = requestOf(choice)
      const before = reads.mock.callCount()
      const whole = await leaving(() => withLength(request))
      const issued = whole.result.body.includes('"access_token"')
      const short = issued && reads.mock.callCount() === before
      const chunked = await leaving(() => inChunks(request))
      assert.deepEqual(comparable(whole.result), comparable(chunked.result))
      assert.deepEqual(whole.left, chunked.left)
      const plain = isPlain(request)
      if (short) assert.ok(plain, 'answered without being plain')
      if (short) answered.add(choice.clientId)
      seen.short += Number(short)
      seen.refused += Number(plain && !issued)
    }),
    { numRuns: 500, examples: everyClient },
  )
  // What is said above is said of enough requests of each kind.
  assert.ok(seen.short > 40 && seen.refused > 20, JSON.stringify(seen))
  const may = ['basic', 'browser', 'expiring', 'mapped', 'narrow', 'post', 'rotated', 'scoped']
  assert.deepEqual([...answered].toSorted(), may)
})
