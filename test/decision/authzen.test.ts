import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accountId, bundleOf, roleId, SmallChancery } from '../support/small-chancery.ts'
import { ask } from './ask.ts'

const issuer = new SmallChancery()
const alice = 'AIDAALICE'
before(async () => {
  await issuer.start()
  issuer.roles.set(
    alice,
    bundleOf('v1', {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Read',
          Effect: 'Allow',
          Action: ['docs:GetDocument', 'docs:ListDocuments'],
          Resource: 'arn:aws:docs:::document/*',
        },
        {
          Sid: 'One',
          Effect: 'Allow',
          Action: 'docs:PutDocument',
          Resource: ['arn:aws:docs:::document/7', 'arn:aws:docs:::document/8'],
        },
        {
          Sid: 'NotEight',
          Effect: 'Deny',
          Action: 'docs:PutDocument',
          Resource: 'arn:aws:docs:::document/8',
        },
      ],
    }),
  )
})
after(() => issuer.stop())

const subject = { type: 'user', id: alice }
const document = (id: string) => ({ type: 'document', id })
const put = { name: 'docs:PutDocument' }
const post = async (path: string, body: unknown) => {
  const response = await ask(issuer, { method: 'POST', path, body })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const evaluation = (over: object) =>
  post('/access/v1/evaluation', { subject, action: put, resource: document('7'), ...over })

test('one evaluation is a decision with its reason', async () => {
  assert.equal((await evaluation({})).body['decision'], true)
  const refused = await evaluation({ resource: document('8') })
  assert.equal(refused.status, 200)
  assert.equal(refused.body['decision'], false)
  const { statements } = refused.body['context'] as { statements: { sid: string }[] }
  assert.equal(statements[0]?.sid, 'NotEight')
})

test('an ARN stands for itself, and a subject of another account or none is refused', async () => {
  assert.equal((await evaluation({ resource: document('arn:aws:docs:::document/7') })).body['decision'], true)
  assert.equal((await evaluation({ subject: { type: 'user', id: 'AIDANOBODY' } })).body['decision'], false)
  issuer.roles.set('AIDAELSEWHERE', { ...bundleOf('v1', everything), accountId: '999988887777' })
  assert.equal((await evaluation({ subject: { type: 'user', id: 'AIDAELSEWHERE' } })).body['decision'], false)
})
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

test('what is malformed is 400 and names the member', async () => {
  const wrong: readonly [object, RegExp][] = [
    [{ subject: undefined }, /subject/],
    [{ subject: [] }, /subject/],
    [{ action: {} }, /action\.name/],
    [{ resource: { type: 'document' } }, /resource\.id/],
    [{ context: 'x' }, /context/],
  ]
  for (const [over, named] of wrong) {
    const { status, body } = await evaluation(over)
    assert.equal(status, 400)
    assert.match(String(body['detail']), named)
  }
})

const batch = [document('7'), document('8'), document('7')].map((resource) => ({ resource }))
const semantics: readonly [string | undefined, readonly boolean[]][] = [
  [undefined, [true, false, true]],
  ['execute_all', [true, false, true]],
  ['deny_on_first_deny', [true, false]],
  ['permit_on_first_permit', [true]],
]
for (const [semantic, expected] of semantics) {
  test(`evaluations, ${semantic ?? 'no semantic named'}: ${expected}`, async () => {
    const options = semantic === undefined ? {} : { options: { evaluations_semantic: semantic } }
    const { body } = await post('/access/v1/evaluations', {
      subject,
      action: put,
      evaluations: batch,
      ...options,
    })
    assert.deepEqual(
      (body['evaluations'] as { decision: boolean }[]).map(({ decision }) => decision),
      expected,
    )
  })
}

test('a batch of none is one evaluation; a question that cannot be read is refused alone', async () => {
  const one = await post('/access/v1/evaluations', { subject, action: put, resource: document('7') })
  assert.equal(one.body['decision'], true)
  const evaluations = [{ resource: {} }, { resource: document('7') }]
  const { body } = await post('/access/v1/evaluations', { subject, action: put, evaluations })
  const [broken, good] = body['evaluations'] as {
    decision: boolean
    context: { error?: { status: number } }
  }[]
  assert.deepEqual([broken?.decision, broken?.context.error?.status, good?.decision], [false, 400, true])
  const unknown = { subject, action: put, evaluations, options: { evaluations_semantic: 'maybe' } }
  assert.equal((await post('/access/v1/evaluations', unknown)).status, 400)
})

test('searches find the actions, resources and subjects that the same decision allows', async () => {
  const actions = await post('/access/v1/search/action', { subject, resource: document('7') })
  assert.deepEqual(
    actions.body['results'],
    ['docs:GetDocument', 'docs:ListDocuments', 'docs:PutDocument'].map((name) => ({ name })),
  )
  const eight = await post('/access/v1/search/action', { subject, resource: document('8') })
  assert.deepEqual(
    eight.body['results'],
    ['docs:GetDocument', 'docs:ListDocuments'].map((name) => ({ name })),
  )
  const resources = await post('/access/v1/search/resource', {
    subject,
    action: put,
    resource: { type: 'document' },
  })
  assert.deepEqual(resources.body['results'], [{ type: 'document', id: 'arn:aws:docs:::document/7' }])
  const subjects = await post('/access/v1/search/subject', {
    subject: { type: 'user' },
    action: put,
    resource: document('7'),
  })
  assert.deepEqual(subjects.body['results'], [{ type: 'user', id: 'alice' }])
  const roles = await post('/access/v1/search/subject', {
    subject: { type: 'role' },
    action: put,
    resource: document('7'),
  })
  assert.deepEqual(roles.body['results'], [])
  assert.ok(roleId)
})

test('a search is paged', async () => {
  const first = await post('/access/v1/search/action', {
    subject,
    resource: document('7'),
    page: { limit: 2 },
  })
  const { next_token: token } = first.body['page'] as { next_token: string }
  assert.equal((first.body['results'] as unknown[]).length, 2)
  const second = await post('/access/v1/search/action', {
    subject,
    resource: document('7'),
    page: { limit: 2, token },
  })
  assert.deepEqual(second.body['results'], [{ name: 'docs:PutDocument' }])
  assert.deepEqual(second.body['page'], { next_token: '', count: 1 })
  for (const page of [{ limit: 0 }, { limit: 1001 }, { token: 'x' }, 'x'])
    assert.equal(
      (await post('/access/v1/search/action', { subject, resource: document('7'), page })).status,
      400,
    )
})

test('the metadata names the endpoints, and needs no signature; the endpoints do', async () => {
  const metadata = (await (
    await fetch(`${issuer.issuer}/.well-known/authzen-configuration`)
  ).json()) as Record<string, string>
  assert.equal(metadata['policy_decision_point'], issuer.issuer)
  for (const [name, url] of Object.entries(metadata)) {
    if (!name.endsWith('_endpoint')) continue
    assert.equal((await fetch(url, { method: 'POST', body: '{}' })).status, 401, name)
  }
  issuer.forbidden.add('decision:Evaluate')
  assert.equal((await evaluation({})).status, 403)
  issuer.forbidden.clear()
  assert.ok(accountId)
})
