import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { AwsAction } from '../../src/aws/action.ts'
import { serviceModel } from '../../src/aws/model.ts'
import { refusedOperations } from '../../src/aws/refused-operations.ts'
import { Problem, type ProblemCode } from '../../src/problem.ts'
import { presign, signRequest } from '../../src/secure/sigv4/sign.ts'
import { alice, type Harness, root, startAwsEndpoint } from '../support/aws-endpoint.ts'
import { claimsOf } from '../support/session-claims.ts'

const iamVersion = '2010-05-08'
const stsVersion = '2011-06-15'
const plain = 'application/x-www-form-urlencoded; charset=utf-8'

interface Said {
  readonly status: number
  readonly code: string | undefined
  readonly message: string | undefined
  readonly text: string
  readonly headers: Headers
}

let server: Harness
let calls: { input: unknown; caller: unknown; region: string | undefined }[]

const note: AwsAction = async (input, { caller, circumstances }) => {
  calls.push({ input, caller, region: circumstances.region })
  return {}
}
const failing =
  (code: ProblemCode): AwsAction =>
  async () => {
    throw new Problem(code, `a < b ${code}`, { retryAfter: 3 })
  }

before(async () => {
  server = await startAwsEndpoint({
    limits: { timeout: 300 },
    iam: new Map<string, AwsAction>([
      ['DeleteUser', note],
      ['GetUser', failing('not_found')],
      ['GetRole', failing('throttled')],
      [
        'GetGroup',
        async () => {
          throw new TypeError('secret internals')
        },
      ],
    ]),
    sts: new Map<string, AwsAction>([
      ['AssumeRoleWithWebIdentity', note],
      ['GetCallerIdentity', note],
      ['AssumeRole', note],
    ]),
  })
})
after(() => server.close())
beforeEach(() => {
  calls = []
  server.outcomes.length = 0
  server.bugs.length = 0
  server.skew = 0
  server.trailDown = false
})

async function said(response: Response): Promise<Said> {
  const text = await response.text()
  const find = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]
  return {
    status: response.status,
    code: find('Code'),
    message: find('Message'),
    text,
    headers: response.headers,
  }
}

interface Sent {
  readonly as?: { readonly id: string; readonly secret: { reveal(): string } } | undefined
  readonly token?: string
  readonly service?: string
  readonly body?: string | Buffer
  readonly type?: string
  readonly method?: string
  readonly now?: number
  readonly signedBody?: string
}

async function send(form: Record<string, string>, sent: Sent = {}): Promise<Said> {
  const body = sent.body ?? new URLSearchParams(form).toString()
  const key = 'as' in sent ? sent.as : alice
  const service = sent.service ?? (form['Version'] === stsVersion ? 'sts' : 'iam')
  const headers: Record<string, string> = { 'content-type': sent.type ?? plain }
  const signed = key
    ? signRequest({
        method: sent.method ?? 'POST',
        url: server.url,
        headers,
        body: sent.signedBody ?? body,
        credentials: { accessKeyId: key.id, secretAccessKey: key.secret.reveal(), sessionToken: sent.token },
        region: 'eu-central-1',
        service,
        now: sent.now ?? Math.floor(Date.now() / 1000),
      })
    : headers
  return said(await fetch(server.url, { method: sent.method ?? 'POST', headers: signed, body }))
}
const iam = (action: string, more: Record<string, string> = {}) => ({
  Action: action,
  Version: iamVersion,
  ...more,
})
const sts = (action: string, more: Record<string, string> = {}) => ({
  Action: action,
  Version: stsVersion,
  ...more,
})
const webIdentity = sts('AssumeRoleWithWebIdentity', {
  RoleArn: 'arn:aws:iam::123456789012:role/r',
  RoleSessionName: 'ab',
  WebIdentityToken: 'abcd',
})

test('a request for another service is told so, in a form that its clients read', async () => {
  const told =
    /^This server answers requests for sts and iam, and this one is signed for (\S+)\. AWS_ENDPOINT_URL sends .* set AWS_ENDPOINT_URL_STS/
  const query = await send({ Action: 'DescribeInstances', Version: '2016-11-15' }, { service: 'ec2' })
  assert.deepEqual([query.status, query.code], [400, 'InvalidAction'])
  assert.equal(told.exec(query.message ?? '')?.[1], 'ec2')
  const json = await send({}, { service: 'dynamodb', body: '{}', type: 'application/x-amz-json-1.0' })
  const { __type, message } = JSON.parse(json.text)
  assert.deepEqual(
    [json.status, __type, json.headers.get('content-type')],
    [400, 'InvalidAction', 'application/json'],
  )
  assert.equal(told.exec(message)?.[1], 'dynamodb')
  const unsigned = await send({ Action: 'DescribeInstances', Version: '2016-11-15' }, { as: undefined })
  assert.match(unsigned.message ?? '', /^Could not find operation DescribeInstances/)
  // An action of ours with another service in the scope stays a wrong signature.
  const ours = await send(iam('DeleteUser', { UserName: 'bob' }), { service: 's3' })
  assert.equal(ours.code, 'SignatureDoesNotMatch')
})

test('a signed call reaches its action with typed input, its caller and the region of its scope', async () => {
  const { status, text, headers } = await send(iam('DeleteUser', { UserName: 'bob' }))
  assert.equal(status, 200)
  const { caller, ...rest } = calls[0]!
  assert.deepEqual(rest, { input: { UserName: 'bob' }, region: 'eu-central-1' })
  assert.deepEqual(
    [(caller as { kind: string }).kind, (caller as { userName: string }).userName],
    ['user', 'alice'],
  )
  const id = headers.get('x-amzn-requestid') ?? '-'
  assert.ok(text.includes(`<RequestId>${id}</RequestId>`))
  assert.equal(headers.get('content-type'), 'text/xml')
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(server.outcomes[0]?.circumstances.requestId, id)
})

test('the root key makes the root caller', async () => {
  await send(iam('DeleteUser', { UserName: 'bob' }), { as: root })
  assert.equal((calls[0]!.caller as { kind: string }).kind, 'root')
})

test('a session is a caller by its derived secret', async () => {
  const session = await server.session()
  const { accessKeyId, secretAccessKey, token } = session
  const claims = claimsOf(session)
  const answer = await send(iam('DeleteUser', { UserName: 'bob' }), {
    as: { id: accessKeyId, secret: secretAccessKey },
    token,
  })
  assert.equal(answer.status, 200)
  const { kind, arn, sessionId } = calls[0]!.caller as { kind: string; arn: string; sessionId: string }
  assert.deepEqual([kind, arn, sessionId], ['session', claims.sub, claims.jti])
})

test('AssumeRoleWithWebIdentity needs no signature, and is anonymous even with one', async () => {
  assert.equal((await send(webIdentity, { as: undefined })).status, 200)
  assert.equal((await send(webIdentity)).status, 200)
  assert.deepEqual(
    calls.map(({ caller }) => caller),
    [{ kind: 'anonymous' }, { kind: 'anonymous' }],
  )
})

describe('each refusal has its code, status and words', () => {
  const cases: readonly [
    title: string,
    ask: () => Promise<Said>,
    status: number,
    code: string,
    says: RegExp,
  ][] = [
    ['no action', () => send({ Version: iamVersion }), 400, 'MissingAction', /Action/],
    [
      'an unknown action',
      () => send(iam('Frobnicate')),
      400,
      'InvalidAction',
      /^Could not find operation Frobnicate for version 2010-05-08$/,
    ],
    [
      'no version',
      () => send({ Action: 'GetUser' }, { service: 'iam' }),
      400,
      'InvalidAction',
      /for version NO_VERSION_SPECIFIED$/,
    ],
    [
      'the version of the other service',
      () => send(sts('GetUser')),
      400,
      'InvalidAction',
      /GetUser for version 2011/,
    ],
    ['a name from a prototype', () => send(iam('constructor')), 400, 'InvalidAction', /constructor/],
    [
      'a hostile name is not echoed',
      () => send(iam('<script>')),
      400,
      'InvalidAction',
      /operation given for/,
    ],
    [
      'an action not built yet',
      () => send(iam('ListSigningCertificates')),
      400,
      'InvalidAction',
      /not available on this/,
    ],
    [
      'an action that is not implemented, without a signature',
      () => send(iam('ListSigningCertificates'), { as: undefined }),
      403,
      'MissingAuthenticationToken',
      /^Request is missing Authentication Token$/,
    ],
    [
      'no signature',
      () => send(iam('DeleteUser'), { as: undefined }),
      403,
      'MissingAuthenticationToken',
      /missing/,
    ],
    [
      'an unknown key',
      () => send(iam('DeleteUser'), { as: { ...alice, id: 'AKIANOBODY0000000000' } }),
      403,
      'InvalidClientTokenId',
      /^The security token included in the request is invalid.$/,
    ],
    [
      'a wrong secret',
      () => send(iam('DeleteUser'), { as: { ...alice, secret: root.secret } }),
      403,
      'SignatureDoesNotMatch',
      /^The request signature we calculated/,
    ],
    [
      'the scope of the other service',
      () => send(iam('DeleteUser'), { service: 'sts' }),
      403,
      'SignatureDoesNotMatch',
      /correct service: &apos;iam&apos;/,
    ],
    [
      'an old signature',
      () => send(iam('DeleteUser'), { now: Math.floor(Date.now() / 1000) - 1000 }),
      400,
      'RequestExpired',
      /^Signature expired: /,
    ],
    [
      'a body that was not signed',
      () => send(iam('DeleteUser'), { signedBody: 'x' }),
      403,
      'SignatureDoesNotMatch',
      /./,
    ],
    [
      'a bad value',
      () => send(iam('DeleteUser', { UserName: '/' })),
      400,
      'ValidationError',
      /^The specified value for userName is invalid\./,
    ],
    [
      'a parameter twice',
      () => send(iam('DeleteUser'), { body: 'Action=DeleteUser&Action=GetUser' }),
      400,
      'ValidationError',
      /more than once/,
    ],
    [
      'invalid UTF-8',
      () => send(iam('DeleteUser'), { body: Buffer.from([0xff]) }),
      400,
      'ValidationError',
      /UTF-8/,
    ],
    [
      'JSON',
      () => send(iam('DeleteUser'), { type: 'application/json' }),
      400,
      'ValidationError',
      /urlencoded/,
    ],
    [
      'a body above a megabyte',
      () => send(iam('DeleteUser', { UserName: 'a'.repeat(1_100_000) })),
      413,
      'RequestEntityTooLarge',
      /1048576/,
    ],
    ['what the use case refuses', () => send(iam('GetUser')), 404, 'NoSuchEntity', /^a &lt; b not_found$/],
  ]
  for (const [title, ask, status, code, says] of cases)
    test(title, async () => {
      const answer = await ask()
      assert.deepEqual([answer.status, answer.code], [status, code], answer.text)
      assert.match(answer.message ?? '', says)
      assert.equal(calls.length, 0)
      assert.equal(server.bugs.length, 0)
    })
})

test('a throttled call has Retry-After', async () => {
  const answer = await send(iam('GetRole', { RoleName: 'r' }))
  assert.deepEqual([answer.status, answer.code, answer.headers.get('retry-after')], [400, 'Throttling', '3'])
})

test('an internal error is a 500 without details, and is logged', async () => {
  const answer = await send(iam('GetGroup', { GroupName: 'g' }))
  assert.deepEqual([answer.status, answer.code], [500, 'InternalFailure'])
  assert.doesNotMatch(answer.text, /secret internals/)
  assert.match(String(server.bugs[0]), /secret internals/)
})

test('every call to a known action is on record before it is answered, refused or not', async () => {
  await send(iam('DeleteUser', { UserName: 'bob' }))
  await send(iam('GetUser'))
  await send(iam('GetUser', { UserName: '/' }))
  await send(iam('GetUser'), { as: { ...alice, secret: root.secret } })
  assert.deepEqual(
    server.outcomes.map(({ action, fault, caller, useCaseRan }) => [action, fault, caller.kind, useCaseRan]),
    [
      ['DeleteUser', undefined, 'user', true],
      ['GetUser', 'NoSuchEntity', 'user', true],
      ['GetUser', 'ValidationError', 'user', false],
      ['GetUser', 'SignatureDoesNotMatch', 'anonymous', false],
    ],
  )
})

test('what cannot be recorded is not answered', async () => {
  server.trailDown = true
  for (const ask of [iam('DeleteUser', { UserName: 'bob' }), iam('GetUser')]) {
    const answer = await send(ask)
    assert.deepEqual([answer.status, answer.code], [503, 'ServiceUnavailable'])
  }
})

describe('GET and presigned requests prove an identity and do nothing else', () => {
  const url = (
    action: string,
    more = '',
    expires = 60,
    credentials = { accessKeyId: alice.id, secretAccessKey: alice.secret.reveal() },
  ) =>
    presign(
      {
        method: 'GET',
        url: `${server.url}?Action=${action}&Version=${stsVersion}${more}`,
        credentials,
        region: 'us-east-1',
        service: 'sts',
        now: Math.floor(Date.now() / 1000),
      },
      expires,
    )

  test('GetCallerIdentity', async () => {
    assert.equal((await said(await fetch(url('GetCallerIdentity')))).status, 200)
    assert.equal(calls.length, 1)
  })

  test('GetCallerIdentity with a header of its own, as EKS signs the cluster name', async () => {
    const signed = presign(
      {
        method: 'GET',
        url: `${server.url}?Action=GetCallerIdentity&Version=${stsVersion}`,
        headers: { 'x-k8s-aws-id': 'cluster' },
        credentials: { accessKeyId: alice.id, secretAccessKey: alice.secret.reveal() },
        region: 'us-east-1',
        service: 'sts',
        now: Math.floor(Date.now() / 1000),
      },
      60,
    )
    assert.equal((await said(await fetch(signed, { headers: { 'x-k8s-aws-id': 'cluster' } }))).status, 200)
    const other = await said(await fetch(signed, { headers: { 'x-k8s-aws-id': 'another' } }))
    assert.equal(other.code, 'SignatureDoesNotMatch')
  })

  test('nothing else', async () => {
    const more = '&RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=ab&WebIdentityToken=abcd'
    for (const action of ['AssumeRole', 'AssumeRoleWithWebIdentity'])
      assert.equal((await said(await fetch(url(action, more)))).code, 'InvalidAction')
    const posted = presign(
      {
        method: 'POST',
        url: `${server.url}?Action=AssumeRole&Version=${stsVersion}${more}`,
        credentials: { accessKeyId: alice.id, secretAccessKey: alice.secret.reveal() },
        region: 'us-east-1',
        service: 'sts',
        now: Math.floor(Date.now() / 1000),
      },
      60,
    )
    assert.equal((await said(await fetch(posted, { method: 'POST' }))).code, 'AccessDenied')
    assert.equal(calls.length, 0)
  })

  test('not past its own end, nor past the end of its token', async () => {
    const { accessKeyId, secretAccessKey, token } = await server.session()
    const credentials = { accessKeyId, secretAccessKey: secretAccessKey.reveal(), sessionToken: token }
    const long = url('GetCallerIdentity', '', 604_800, credentials)
    const short = url('GetCallerIdentity', '', 60, credentials)
    assert.equal((await said(await fetch(long))).status, 200)
    server.skew = 61
    assert.equal((await said(await fetch(short))).code, 'RequestExpired')
    server.skew = 901
    const expired = await said(await fetch(long))
    assert.deepEqual([expired.status, expired.code], [403, 'ExpiredToken'])
  })
})

test('a slow body is given up, and the connection closed', async () => {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${plain}\r\nContent-Length: 100\r\n\r\nAction=`)
  let text = ''
  for await (const part of socket) text += part
  assert.match(text, /^HTTP\/1.1 400 /)
  assert.match(text, /too slowly/)
})

test('a parameter may not stand in the query and in the body', async () => {
  const answer = await said(
    await fetch(`${server.url}?Action=GetCallerIdentity`, {
      method: 'POST',
      headers: { 'content-type': plain },
      body: 'Action=AssumeRole',
    }),
  )
  assert.equal(answer.code, 'ValidationError')
})

test('an operation that is refused by design says why, to authenticated callers only', async () => {
  for (const [name, reason] of refusedOperations) {
    const form = serviceModel('sts').actions.has(name) ? sts(name) : iam(name)
    const refused = await send(form)
    assert.deepEqual([refused.status, refused.code], [400, 'InvalidAction'], name)
    assert.match(
      refused.message ?? '',
      new RegExp(`The operation ${name} .* is refused by this server: ${reason}`),
    )
    assert.equal((await send(form, { as: undefined })).code, 'MissingAuthenticationToken', name)
  }
})
