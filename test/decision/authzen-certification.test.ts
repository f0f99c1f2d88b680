// The checks of the OpenID conformance suite's AuthZEN plans (evaluation, evaluations, subject, action and resource search), as
// data. Their fixtures are set up by IAM documents alone, and the caller is an OAuth client with a bearer token.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { callAdmin } from '../admin/call.ts'
import { freePort } from '../support/free-port.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'

const port = await freePort()
const issuer = `http://localhost:${port}`
const resource = `${issuer}/access/v1`
const client = (id: string, resources: string | undefined) => `
  - client_id: ${id}
    client_secret: the secret of ${id}
    grant_types: [client_credentials]${resources === undefined ? '' : `\n    resources: [${resources}]`}`
const config = `
resources:
  - id: ${resource}
    scopes: [authzen, other]
clients:${client('gateway', resource)}${client('unlisted', undefined)}
`

const record = (...ids: string[]) => ids.map((id) => `arn:aws:record:::record/${id}`)
const documents: Readonly<Record<string, readonly object[]>> = {
  alice: [
    { Effect: 'Allow', Action: ['record:read', 'record:write'], Resource: record('record-1', 'record-2') },
    {
      Effect: 'Deny',
      Action: 'record:write',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/status': 'archived' } },
    },
    {
      Effect: 'Allow',
      Action: 'record:delete',
      Resource: record('record-1'),
      Condition: { Bool: { 'authzen:ActionProperty/soft': 'true' } },
    },
  ],
  bob: [
    { Effect: 'Allow', Action: 'record:read', Resource: record('record-1') },
    {
      Effect: 'Allow',
      Action: 'record:write',
      Resource: record('record-2'),
      Condition: { StringEquals: { 'authzen:SubjectProperty/role': 'admin' } },
    },
  ],
}

let server: Running
let token: string
let otherScope: string
let unlisted: string
before(
  async () => {
    server = await startServer({ config, env: { CHANCERY_PORT: String(port), CHANCERY_ISSUER: issuer } })
    const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
    const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
    for (const [UserName, Statement] of Object.entries(documents)) {
      await iam.send(new CreateUserCommand({ UserName }))
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'records', PolicyDocument }))
    }
    await iam.send(new CreateUserCommand({ UserName: 'build', Path: '/service/' }))
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'record:read', Resource: '*' }],
    })
    await iam.send(new PutUserPolicyCommand({ UserName: 'build', PolicyName: 'records', PolicyDocument }))
    token = await tokenOf('gateway', 'authzen')
    otherScope = await tokenOf('gateway', 'other')
    unlisted = await tokenOf('unlisted', 'authzen')
  },
  { timeout: 60_000 },
)
after(() => server.stop())

async function tokenOf(id: string, scope: string, secret = `the secret of ${id}`): Promise<string> {
  const response = await fetch(`${server.url}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${encodeURIComponent(secret)}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope, resource }),
  })
  const body = (await response.json()) as { access_token?: string }
  assert.equal(response.status, 200, JSON.stringify(body))
  return body.access_token ?? ''
}

interface Sent {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

async function send(path: string, { method = 'POST', body, headers = {} }: Sent) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${server.url}/access/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(method === 'GET' ? {} : { body: text }),
  })
  const answer = await response.text()
  return { status: response.status, headers: response.headers, text: answer, json: parsed(answer) }
}
const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

const alice = { type: 'user', id: 'alice' }
const bob = { type: 'user', id: 'bob' }
const [read, write] = [{ name: 'read' }, { name: 'write' }]
const one = { type: 'record', id: 'record-1' }
const two = { type: 'record', id: 'record-2' }
const archived = { ...two, properties: { status: 'archived' } }
const admin = { ...bob, properties: { role: 'admin' } }
const asks = { subject: alice, action: read, resource: one }
const remove = (soft: boolean) => ({ name: 'delete', properties: { soft } })

// Evaluation: request over the fixture, the decision or the status of the refusal.
const evaluations: readonly [name: string, over: object, expected: boolean | 400][] = [
  ['fixture request, permit', {}, true],
  ['fixture request, deny', { subject: bob, action: write }, false],
  ['optional context', { context: { time: '2025-06-27T18:03-07:00', ip: '192.0.2.1' } }, true],
  [
    'additional properties',
    {
      subject: { ...alice, properties: { department: 'Sales' } },
      resource: { ...one, properties: { a: [1] } },
    },
    true,
  ],
  [
    'unknown fields everywhere',
    { foo: 'bar', subject: { ...alice, x: 1 }, action: { ...read, x: {} } },
    true,
  ],
  ['unknown top-level fields', { futureField: { nested: true } }, true],
  ['unknown subject fields', { subject: { ...alice, customAttr: 'ignored' } }, true],
  ['unknown action fields', { action: { ...read, customAttr: 'ignored' } }, true],
  ['unknown resource fields', { resource: { ...one, customAttr: 'ignored' } }, true],
  ['deny by resource properties', { action: write, resource: archived }, false],
  ['permit without them', { action: write, resource: two }, true],
  ['permit by subject properties', { subject: admin, action: write, resource: archived }, true],
  [
    'deny by other subject properties',
    { subject: { ...bob, properties: { role: 'user' } }, action: write, resource: two },
    false,
  ],
  ['permit by action properties', { action: remove(true) }, true],
  ['deny by action properties', { action: remove(false) }, false],
  ['unknown subject', { subject: { type: 'user', id: 'nobody' } }, false],
  ['unknown subject type', { subject: { type: 'spaceship', id: 'alice' } }, false],
  ['a type that is the path of the user', { subject: { type: 'service', id: 'build' } }, true],
  ['a user of another path', { subject: { type: 'service', id: 'alice' } }, false],
  ['unknown resource type', { resource: { type: 'spaceship', id: 'record-1' } }, false],
  ['unknown action', { action: { name: 'teleport' } }, false],
  [
    'names of wildcards are literal',
    { subject: bob, action: { name: '*' }, resource: { type: 'record', id: '*' } },
    false,
  ],
  ['a name of two colons', { action: { name: 'a:b:c' } }, false],
  [
    'context that claims another subject',
    { subject: bob, action: write, resource: two, context: { 'authzen:SubjectProperty/role': 'admin' } },
    false,
  ],
  ['missing subject', { subject: undefined }, 400],
  ['missing action', { action: undefined }, 400],
  ['missing resource', { resource: undefined }, 400],
  ['subject without type', { subject: { id: 'alice' } }, 400],
  ['subject without id', { subject: { type: 'user' } }, 400],
  ['subject is a string', { subject: 'alice' }, 400],
  ['action without name', { action: {} }, 400],
  ['action name is a number', { action: { name: 7 } }, 400],
  ['resource without type', { resource: { id: 'record-1' } }, 400],
  ['resource without id', { resource: { type: 'record' } }, 400],
  ['properties are a list', { subject: { ...alice, properties: [] } }, 400],
  ['context is a string', { context: 'now' }, 400],
]
for (const [name, over, expected] of evaluations)
  test(`evaluation: ${name}`, async () => {
    const { status, json } = await send('evaluation', { body: { ...asks, ...over } })
    assert.equal(status, expected === 400 ? 400 : 200, JSON.stringify(json))
    if (expected !== 400) assert.equal(json['decision'], expected)
  })

const semantic = (name: string) => ({ options: { evaluations_semantic: name } })
const mixed = [{ action: read }, { subject: bob, action: write }, { action: write }]
// Evaluations: request, the decisions in order, or one decision, or the status of the refusal.
const batches: readonly [name: string, body: object, expected: readonly boolean[] | boolean | 400][] = [
  [
    'batch of two',
    { subject: alice, action: read, evaluations: [{ resource: one }, { resource: two }] },
    [true, true],
  ],
  ['fixture decisions', { resource: one, subject: alice, evaluations: mixed }, [true, false, true]],
  ['fully specified', { evaluations: [asks, { subject: bob, action: write, resource: one }] }, [true, false]],
  [
    'context inheritance',
    {
      subject: alice,
      action: read,
      context: { time: 'a' },
      evaluations: [{ resource: one }, { resource: two, context: { time: 'b' } }],
    },
    [true, true],
  ],
  ['an evaluation that is not valid', { ...asks, evaluations: [{ resource: {} }, {}] }, [false, true]],
  ['execute_all', { ...asks, evaluations: mixed, ...semantic('execute_all') }, [true, false, true]],
  ['default semantic', { ...asks, evaluations: mixed }, [true, false, true]],
  ['deny_on_first_deny', { ...asks, evaluations: mixed, ...semantic('deny_on_first_deny') }, [true, false]],
  ['permit_on_first_permit', { ...asks, evaluations: mixed, ...semantic('permit_on_first_permit') }, [true]],
  ['unknown semantic', { ...asks, evaluations: mixed, ...semantic('maybe') }, 400],
  [
    'an own member overrides the default',
    { ...asks, evaluations: [{ subject: bob, action: write }] },
    [false],
  ],
  ['no subject anywhere', { action: read, resource: one, evaluations: [{}] }, [false]],
  ['no evaluations member', asks, true],
  ['empty evaluations', { ...asks, evaluations: [] }, true],
  ['unknown top-level fields', { ...asks, foo: 1, evaluations: [{ bar: 2 }] }, [true]],
  [
    'resource properties',
    { subject: alice, action: write, evaluations: [{ resource: two }, { resource: archived }] },
    [true, false],
  ],
  [
    'subject properties',
    { action: write, resource: archived, evaluations: [{ subject: admin }, { subject: bob }] },
    [true, false],
  ],
  [
    'defaults are replaced whole',
    {
      subject: alice,
      action: write,
      resource: { type: 'record' },
      evaluations: [{ resource: one }, { resource: archived }],
    },
    [true, false],
  ],
  ['a member that is no object', { ...asks, evaluations: [1] }, 400],
  ['more than fit', { ...asks, evaluations: Array.from({ length: 1001 }, () => ({})) }, 400],
]
for (const [name, body, expected] of batches)
  test(`evaluations: ${name}`, async () => {
    const { status, json } = await send('evaluations', { body })
    assert.equal(status, expected === 400 ? 400 : 200, JSON.stringify(json))
    if (typeof expected === 'boolean') assert.equal(json['decision'], expected)
    if (Array.isArray(expected))
      assert.deepEqual(
        (json['evaluations'] as { decision: boolean }[]).map(({ decision }) => decision),
        expected,
      )
  })

const who = { subject: { type: 'user' }, action: read, resource: one }
const what = { subject: alice, resource: one }
const which = { subject: alice, action: read, resource: { type: 'record' } }
const both = [bob, alice]
const isRecord1 = [one]
// Searches: results that must be among the found ones, exactly these when `exact`, or the status of the refusal.
const searches: readonly [
  path: string,
  name: string,
  body: object,
  expected: readonly object[] | 400,
  exact?: true,
][] = [
  ['subject', 'non-empty results', who, both],
  ['subject', 'context', { ...who, context: { time: 'now' } }, both],
  ['subject', 'page limit', { ...who, page: { limit: 1 } }, both],
  ['subject', 'unknown entity type', { ...who, subject: { type: 'spaceship' } }, [], true],
  [
    'subject',
    'a type that is a path',
    { ...who, subject: { type: 'service' } },
    [{ type: 'service', id: 'build' }],
    true,
  ],
  ['subject', 'unknown page fields', { ...who, page: { limit: 10, customAttr: 'ignored' } }, both],
  ['subject', 'unknown top-level fields', { ...who, foo: 'bar' }, both],
  ['subject', 'extra subject id', { ...who, subject: alice }, both],
  [
    'subject',
    'resource properties',
    { ...who, action: write, resource: archived },
    [{ type: 'user', id: 'admin' }],
    true,
  ],
  ['subject', 'missing subject', { ...who, subject: undefined }, 400],
  ['subject', 'missing action', { ...who, action: undefined }, 400],
  ['subject', 'missing resource', { ...who, resource: undefined }, 400],
  ['subject', 'subject without type', { ...who, subject: {} }, 400],
  ['subject', 'action without name', { ...who, action: {} }, 400],
  ['subject', 'resource without type', { ...who, resource: { id: 'record-1' } }, 400],
  ['subject', 'resource without id', { ...who, resource: { type: 'record' } }, 400],
  ['action', 'non-empty results', what, [read, write]],
  ['action', 'context', { ...what, context: { time: 'now' } }, [read, write]],
  ['action', 'unknown entity', { ...what, subject: { type: 'user', id: 'nonexistent-user' } }, [], true],
  ['action', 'extra action', { ...what, action: read }, [read, write], true],
  ['action', 'unknown top-level fields', { ...what, foo: 'bar' }, [read, write]],
  ['action', 'properties', { subject: admin, resource: archived }, [write]],
  ['action', 'missing subject', { resource: one }, 400],
  ['action', 'missing resource', { subject: alice }, 400],
  ['action', 'subject without type', { ...what, subject: { id: 'alice' } }, 400],
  ['action', 'subject without id', { ...what, subject: { type: 'user' } }, 400],
  ['action', 'subject is a string', { ...what, subject: 'alice' }, 400],
  ['action', 'resource without type', { ...what, resource: { id: 'record-1' } }, 400],
  ['action', 'resource without id', { ...what, resource: { type: 'record' } }, 400],
  ['resource', 'non-empty results', which, isRecord1],
  ['resource', 'extra resource id', { ...which, resource: two }, isRecord1],
  ['resource', 'unknown top-level fields', { ...which, futureField: { nested: true } }, isRecord1],
  ['resource', 'subject properties', { ...which, subject: admin, action: write }, [two]],
  [
    'resource',
    'resource properties',
    { ...which, action: write, resource: { type: 'record', properties: { status: 'archived' } } },
    [],
    true,
  ],
  ['resource', 'missing subject', { ...which, subject: undefined }, 400],
  ['resource', 'missing action', { ...which, action: undefined }, 400],
  ['resource', 'missing resource', { ...which, resource: undefined }, 400],
  ['resource', 'subject without id', { ...which, subject: { type: 'user' } }, 400],
  ['resource', 'subject without type', { ...which, subject: { id: 'alice' } }, 400],
  ['resource', 'action without name', { ...which, action: {} }, 400],
  ['resource', 'resource without type', { ...which, resource: {} }, 400],
]
for (const [path, name, body, expected, exact] of searches)
  test(`search ${path}: ${name}`, async () => {
    if (expected === 400) {
      assert.equal((await send(`search/${path}`, { body })).status, 400)
      return
    }
    const found: object[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page: object =
        next === ''
          ? {}
          : { page: { ...('page' in body && isObject(body.page) ? body.page : {}), token: next } }
      const { status, json } = await send(`search/${path}`, { body: { ...body, ...page } })
      assert.equal(status, 200, JSON.stringify(json))
      found.push(...(json['results'] as object[]))
      next = (json['page'] as { next_token: string }).next_token || undefined
    }
    for (const one of expected)
      assert.ok(
        found.some((other) => JSON.stringify(other) === JSON.stringify(pick(one))),
        `${JSON.stringify(one)} is not in ${JSON.stringify(found)}`,
      )
    if (exact) assert.equal(found.length, expected.length, JSON.stringify(found))
  })
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const pick = ({ type, id, name }: { type?: string; id?: string; name?: string }) =>
  name === undefined ? { type, id } : { name }

const endpoints: readonly [path: string, body: object][] = [
  ['evaluation', asks],
  ['evaluations', { ...asks, evaluations: mixed }],
  ['search/subject', who],
  ['search/action', what],
  ['search/resource', which],
]
// What holds for the transport of every endpoint (section 10.1).
const transport: readonly [name: string, sent: (body: object) => Sent, status: number][] = [
  ['GET', () => ({ method: 'GET' }), 405],
  ['PUT', (body) => ({ method: 'PUT', body }), 405],
  ['a list at the top level', (body) => ({ body: [body] }), 400],
  ['another content type', (body) => ({ body, headers: { 'content-type': 'text/plain' } }), 400],
  [
    'a content type with charset',
    (body) => ({ body, headers: { 'content-type': 'application/json; charset=utf-8' } }),
    200,
  ],
  ['malformed JSON', () => ({ body: '{"subject": {' }), 400],
  ['an empty body', () => ({ body: '' }), 400],
  ['no credentials', (body) => ({ body, headers: { authorization: '' } }), 401],
  ['invalid credentials', (body) => ({ body, headers: { authorization: 'Bearer nonsense' } }), 401],
  ['another scheme', (body) => ({ body, headers: { authorization: 'Digest nonsense' } }), 401],
]
for (const [path, body] of endpoints) {
  for (const [name, sent, status] of transport)
    test(`${path}: ${name} is ${status}`, async () => {
      const answer = await send(path, sent(body))
      assert.equal(answer.status, status, answer.text)
      assert.equal(answer.headers.has('www-authenticate'), status === 401)
    })
  test(`${path}: the request id is returned, also with a refusal`, async () => {
    const headers = { 'x-request-id': 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716' }
    for (const sent of [
      { body, headers },
      { body: {}, headers },
    ])
      assert.equal((await send(path, sent)).headers.get('x-request-id'), headers['x-request-id'])
  })
  test(`${path}: the same request has the same answer`, async () => {
    const answers = await Promise.all([1, 2, 3].map(async () => (await send(path, { body })).text))
    assert.equal(new Set(answers).size, 1)
  })
  test(`${path}: a token needs the scope, and a client whose entry names the resource`, async () => {
    const as = async (bearer: string) =>
      (await send(path, { body, headers: { authorization: `Bearer ${bearer}` } })).status
    assert.deepEqual([await as(otherScope), await as(unlisted)], [403, 401])
  })
}

test('the metadata names the endpoints of the issuer', async () => {
  const response = await fetch(`${server.url}/.well-known/authzen-configuration`)
  const metadata = (await response.json()) as Record<string, string>
  assert.equal(metadata['policy_decision_point'], issuer)
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/)
  for (const [name, url] of Object.entries(metadata))
    if (name.endsWith('_endpoint')) assert.equal((await fetch(url, { method: 'POST' })).status, 401, name)
})

// What ends a client at run time, and whether its tokens then still count. The secret that is removed is the older of two.
const managed = { grant_types: ['client_credentials'], resources: [resource] }
const post = async (path: string, body: object = {}) => {
  const answer = await callAdmin(server.url, { method: 'POST', path, body })
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}
const removal = (path: string) => callAdmin(server.url, { method: 'DELETE', path })
const endings: readonly [id: string, status: 200 | 401, end: (secretId: string) => Promise<unknown>][] = [
  [
    'rotated',
    200,
    async (secretId) => {
      await post('/clients/rotated/secrets')
      await removal(`/clients/rotated/secrets/${secretId}`)
    },
  ],
  [
    'paused',
    401,
    async () => {
      await post('/clients/paused/disable')
      await post('/clients/paused/enable')
    },
  ],
  ['revoked', 401, () => post('/revocations', { scope: 'client', value: 'revoked' })],
  [
    'recreated',
    401,
    async () => {
      await removal('/clients/recreated')
      await post('/clients', { client_id: 'recreated', ...managed })
    },
  ],
]
for (const [id, status, end] of endings)
  test(`the token of a ${id} client is ${status === 200 ? 'accepted' : 'refused'}`, async () => {
    const { secret } = await post('/clients', { client_id: id, ...managed })
    const authorization = `Bearer ${await tokenOf(id, 'authzen', secret.value)}`
    const asked = { body: asks, headers: { authorization } }
    assert.equal((await send('evaluation', asked)).status, 200)
    await end(secret.id)
    assert.equal((await send('evaluation', asked)).status, status)
  })
