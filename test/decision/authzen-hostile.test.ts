// AuthZEN with a bearer token: what a refusal is explained by, and batches and contexts that are made to cost much or to be read
// otherwise than they are written (docs/attacks.md 27, 28, 36).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { explanationText } from '../../src/cli/audit/entry-text.ts'
import { evaluateBatch, readBatch } from '../../src/decision/authzen-batch.ts'
import { callAdmin } from '../admin/call.ts'
import { freePort } from '../support/free-port.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { found } from '../support/waiting.ts'

const port = await freePort()
const issuer = `http://localhost:${port}`
const secret = 'the secret of the gateway'
let server: Running
let token = ''
before(
  async () => {
    server = await startServer({
      config: `
resources:
  - id: ${issuer}/access/v1
    scopes: [authzen]
clients:
  - client_id: gateway
    client_secret: ${secret}
    grant_types: [client_credentials]
    resources: [${issuer}/access/v1]
`,
      env: { CHANCERY_PORT: String(port), CHANCERY_ISSUER: issuer },
    })
    const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
    const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
    await iam.send(new CreateUserCommand({ UserName: 'alice' }))
    const Statement = { Effect: 'Allow', Action: 'record:read', Resource: 'arn:aws:record:::record/1' }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    await iam.send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'records', PolicyDocument }))
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`gateway:${encodeURIComponent(secret)}`)}` },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'authzen',
        resource: `${issuer}/access/v1`,
      }),
    })
    token = ((await response.json()) as { access_token: string }).access_token
  },
  { timeout: 60_000 },
)
after(() => server.stop())

const post = async (path: string, body: string, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(`${issuer}/access/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body,
  })
  return { status: response.status, body: JSON.parse(await response.text()), headers: response.headers }
}
const subject = { type: 'user', id: 'alice' }
const action = { name: 'read' }
const record = (id: string) => ({ type: 'record', id })
const question = (more: object = {}) => JSON.stringify({ subject, action, resource: record('1'), ...more })

/** The entries under a reference, once they are written: decisions do not wait for them. */
const entriesOf = (reference: string) =>
  found('the decision is on record', async () => {
    const { status, body } = await callAdmin(server.url, { path: `/audit/requests/${reference}` })
    return status === 200 ? (body.entries as Readonly<Record<string, unknown>>[]) : undefined
  })

const refusals: readonly [why: string, more: object, explained: RegExp][] = [
  [
    'a missing statement',
    { resource: record('2') },
    /subject {3}user\/alice\n {2}reason {4}denied because .*\n {2}decision {2}record:read on arn:aws:record:::record\/2\n {4}identity {2}does not allow it\n {2}nearest /,
  ],
  ['nobody', { subject: { type: 'user', id: 'mallory' } }, /reason {4}there is no such subject/],
]
for (const [why, more, explained] of refusals)
  test(`a refusal for ${why} has a reference, and \`chancery why\` explains it, whatever id the caller gave`, {
    timeout: 60_000,
  }, async () => {
    const { body, headers } = await post('evaluation', question(more), { 'x-request-id': 'gw-42' })
    assert.equal(headers.get('x-request-id'), 'gw-42')
    assert.equal(body.decision, false)
    const [entry, ...others] = await entriesOf(headers.get('x-chancery-reference') ?? '')
    assert.deepEqual(others, [])
    assert.match(explanationText(entry ?? {}), explained)
  })

const list = (count: number, value: unknown) => Array(count).fill(value)
const members = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 'v']))
const deep = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`
const text = question().slice(0, -1)

/** Path, body, status, and the decisions of the answer. */
const inputs: Readonly<Record<string, [string, string, number, (readonly boolean[])?]>> = {
  '10,000 evaluations': ['evaluations', question({ evaluations: list(10_000, {}) }), 400],
  'evaluations that are no list': ['evaluations', question({ evaluations: { length: 2, 0: {} } }), 400],
  'an evaluation that is null': ['evaluations', question({ evaluations: [{}, null] }), 400],
  'an evaluation that is a list': ['evaluations', question({ evaluations: [[]] }), 400],
  'the resource in a prototype': [
    'evaluations',
    `{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"evaluations":[{"__proto__":{"resource":{"type":"record","id":"1"}}}]}`,
    200,
    [false],
  ],
  'a constructor beside the resource': [
    'evaluations',
    `${text},"evaluations":[{"constructor":{"prototype":{"decision":true}},"resource":{"type":"record","id":"2"}},{}]}`,
    200,
    [false, true],
  ],
  'a subject whose members are in its prototype': [
    'evaluation',
    `{"subject":{"__proto__":{"type":"user","id":"alice"}},"action":{"name":"read"},"resource":{"type":"record","id":"1"}}`,
    400,
  ],
  'a subject that occurs twice': ['evaluation', `${text},"subject":{"type":"user","id":"admin"}}`, 400],
  'a semantic of the prototype': [
    'evaluations',
    question({ evaluations: [{}], options: { evaluations_semantic: 'constructor' } }),
    400,
  ],
  'lists 100,000 deep': ['evaluation', `${text},"context":{"a":${deep('[', ']')}}}`, 400],
  'objects 100,000 deep': ['evaluation', `${text},"context":{"a":${deep('{"a":', '}')}}}`, 400],
  '40,000 members of the context, for 1,000 evaluations': [
    'evaluations',
    question({ context: members(40_000), evaluations: list(1000, {}) }),
    200,
    list(1000, false),
  ],
  '251 members': ['evaluation', question({ context: members(251) }), 400],
  '250 members': ['evaluation', question({ context: members(250) }), 200, [true]],
  'a list of 251': ['evaluation', question({ context: { k: list(251, 'v') } }), 400],
  '251 properties of the resource': [
    'evaluation',
    question({ resource: { ...record('1'), properties: members(251) } }),
    400,
  ],
  'a list of 100,000 in a list': [
    'evaluations',
    question({ context: { k: [list(100_000, 1)] }, evaluations: list(100, {}) }),
    200,
    list(100, true),
  ],
  'a value of 4,097 characters': ['evaluation', question({ context: { k: 'v'.repeat(4097) } }), 400],
  'a name of 4,097 characters': ['evaluation', question({ context: { ['k'.repeat(4097)]: 'v' } }), 400],
  'a number that overflows, which a Deny above a limit would not see': [
    'evaluation',
    `${text},"context":{"amount":1e400}}`,
    400,
  ],
  'a number that is rounded to another one': [
    'evaluation',
    `${text},"context":{"id":9007199254740993}}`,
    400,
  ],
  'a list with such a number': ['evaluation', `${text},"context":{"id":[1,-9007199254740993]}}`, 400],
  'the largest number that is exact': [
    'evaluation',
    `${text},"context":{"id":9007199254740991}}`,
    200,
    [true],
  ],
  'bytes that are not UTF-8 as an escape': [
    'evaluation',
    question().replace('alice', 'ali\\ud800ce'),
    200,
    [false],
  ],
  'a byte order mark': ['evaluation', `\ufeff${question()}`, 400],
  'a principal in the context': [
    'evaluation',
    question({ context: { 'aws:PrincipalArn': 'arn:aws:iam::1:root' }, resource: record('2') }),
    200,
    [false],
  ],
}
for (const [what, [path, body, status, decisions]] of Object.entries(inputs))
  test(`${what}: ${status}`, { timeout: 60_000 }, async () => {
    const answer = await post(path, body)
    assert.equal(answer.status, status, JSON.stringify(answer.body).slice(0, 300))
    if (decisions === undefined) return
    const given: { decision: boolean }[] = answer.body.evaluations ?? [answer.body]
    assert.deepEqual(
      given.map(({ decision }) => decision),
      decisions,
    )
  })

test('other requests have their turn during a batch', async () => {
  const batch = readBatch(JSON.parse(question({ evaluations: list(1000, {}) })))
  assert.ok(batch)
  let turns = 0
  let over = false
  const count = (): void => {
    turns++
    if (!over) setImmediate(count)
  }
  setImmediate(count)
  await evaluateBatch(batch, async () => ({ decision: true, context: {} }))
  over = true
  assert.ok(turns >= 90, String(turns))
})
