// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables, spelled out for the engine
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import type { DecisionPorts } from '../../src/decision/routes.ts'
import { bundleOf, roleArn, roleId, SmallChancery } from '../support/small-chancery.ts'
import { ask } from './ask.ts'

const userId = 'AIDAEXAMPLEALICE00001'
const userArn = 'arn:aws:iam::111122223333:user/alice'
const policy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'docs:Read', Resource: 'arn:aws:docs:::${aws:PrincipalTag/team}/*' },
    {
      Effect: 'Allow',
      Action: 'docs:Read',
      Resource: '*',
      Condition: { StringEquals: { 'docs:Class': 'open' }, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    },
    { Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringEquals: { 'docs:Class': 'secret' } } },
  ],
}

class Filtering extends SmallChancery {
  override ports(): DecisionPorts {
    const ids = new Map([
      [`user/alice`, userId],
      ['role/Reader', roleId],
    ])
    return { ...super.ports(), idByName: async (_, kind, name) => ids.get(`${kind}/${name}`) }
  }
}

const issuer = new Filtering()
before(() => issuer.start())
after(() => issuer.stop())
const tags = [{ key: 'team', value: 'red' }]
issuer.roles.set(roleId, bundleOf('v1', policy, { tags }))
issuer.roles.set(userId, bundleOf('v1', policy, { tags }))

const shape = {
  resource: 'arn:aws:docs:::${team}/${id}',
  columns: { id: { column: 'id', type: 'integer', nullable: false } },
  attributes: { 'docs:Class': { column: 'class' } },
}
const question = { principal: userId, action: 'docs:Read', context: {}, shape, dialect: 'sqlite' }
const asking = (over: Record<string, unknown> = {}) =>
  ask(issuer, { method: 'POST', path: '/v1/filter', body: { ...question, ...over } })

interface Answer {
  readonly dialect: string
  readonly rows: string
  readonly text: string
  readonly values: readonly (string | number)[]
  readonly filter: unknown
  readonly detail: string
}
const answer = async (over: Record<string, unknown> = {}): Promise<Answer> => {
  const response = await asking(over)
  const body = (await response.json()) as Answer
  assert.equal(response.status, 200, body.detail)
  return body
}

const table = new DatabaseSync(':memory:')
table.exec(`CREATE TABLE docs (id INTEGER PRIMARY KEY, team TEXT, class TEXT);
  INSERT INTO docs VALUES (1, 'red', NULL), (2, 'red', 'secret'), (3, 'blue', 'open'), (4, 'blue', NULL), (5, NULL, 'open')`)
const idsOf = ({ text, values }: Answer): readonly unknown[] =>
  table
    .prepare(`SELECT id FROM docs WHERE ${text} ORDER BY id`)
    .all(...values)
    .map((row) => row['id'])

test('a user gets the rows of their policies, as a condition with placeholders', async () => {
  const given = await answer()
  assert.equal(given.dialect, 'sqlite')
  assert.equal(given.rows, 'some')
  assert.deepEqual(idsOf(given), [1])
})

test('the context is the one the service sends, not that of its own call', async () => {
  assert.deepEqual(idsOf(await answer({ context: { 'aws:SourceIp': '10.1.2.3' } })), [1, 3])
  assert.deepEqual(idsOf(await answer({ context: { 'aws:SourceIp': '192.0.2.1' } })), [1])
})

test('a service cannot set who its user is', async () => {
  assert.deepEqual(
    idsOf(await answer({ context: { 'aws:PrincipalTag/team': 'blue', 'aws:username': 'root' } })),
    [1],
  )
})

test('principals are found by id, by ARN and by session token', async () => {
  const { sessionToken } = await issuer.assume()
  for (const principal of [userArn, roleId, roleArn, sessionToken])
    assert.deepEqual(idsOf(await answer({ principal })), [1], principal)
})

test('a session is narrowed by its session policy and carries its own tags', async () => {
  const only = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:docs:::*/3' }],
  }
  const { sessionToken } = await issuer.assume({ sp: [[JSON.stringify(only)]], tags: [['team', 'blue']] })
  assert.deepEqual(idsOf(await answer({ principal: sessionToken })), [3])
})

test('38: what the keys of every request say is said to a filter and to a single decision alike', async () => {
  const conditions: readonly object[] = [
    { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } },
    { StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } },
    { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
    { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
    { StringEquals: { 'aws:PrincipalType': 'User' } },
    { StringLike: { 'aws:userid': 'AROA*' } },
    { StringEquals: { 'aws:username': 'alice' } },
    { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } },
    { Bool: { 'aws:SecureTransport': 'true' } },
    { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
  ]
  const plain = { resource: 'arn:aws:docs:::doc/${id}', columns: shape.columns }
  for (const [id, type] of [
    ['AIDAEXAMPLEPARITY0001', 'user'],
    ['AROAEXAMPLEPARITY0001', 'role'],
  ] as const)
    for (const Effect of ['Allow', 'Deny'])
      for (const Condition of conditions) {
        const Statement = [
          { Effect, Action: 'docs:Read', Resource: '*', Condition },
          ...(Effect === 'Deny' ? [{ Effect: 'Allow', Action: 'docs:Read', Resource: '*' }] : []),
        ]
        issuer.roles.set(id, bundleOf('v1', { Version: '2012-10-17', Statement }))
        const { rows } = await answer({ principal: id, shape: plain })
        const evaluation = {
          subject: { type, id },
          action: { name: 'docs:Read' },
          resource: { type: 'doc', id: '1' },
        }
        const asked = await ask(issuer, { method: 'POST', path: '/access/v1/evaluation', body: evaluation })
        const { decision } = (await asked.json()) as { readonly decision: boolean }
        assert.equal(rows, decision ? 'all' : 'none', `${type} ${Effect} ${JSON.stringify(Condition)}`)
      }
})

test('MongoDB gets a filter, PostgreSQL numbered placeholders', async () => {
  const mongo = await answer({ dialect: 'mongodb' })
  assert.ok(typeof mongo.filter === 'object' && mongo.filter !== null)
  const mysql = await answer({ dialect: 'mysql' })
  assert.match(mysql.text, /`team`/)
  assert.doesNotMatch(mysql.text, /"team"|\|\|/)
  const postgresql = await answer({ dialect: 'postgresql' })
  assert.match(postgresql.text, /\$1\b/)
  assert.deepEqual(postgresql.values, ['secret', 'red', 'red/'])
})

test('an action nothing allows has no rows', async () => {
  const given = await answer({ action: 'docs:Delete' })
  assert.equal(given.rows, 'none')
  assert.deepEqual(idsOf(given), [])
})

test('an attribute that the shape lacks is refused with its position, and never treated as missing', async () => {
  const response = await asking({ shape: { ...shape, attributes: {} } })
  assert.equal(response.status, 400)
  const { detail } = (await response.json()) as Answer
  assert.match(
    detail,
    /document `reader`, line 1, column \d+: `StringEquals` on `docs:Class`: cannot filter by the key `docs:class`/,
  )
})

const unknownPrincipals: readonly [string, string][] = [
  ['a user that is not there', 'AIDANOBODY'],
  ['a role that is not there', 'AROANOBODY'],
  ['an ARN of no one', 'arn:aws:iam::111122223333:user/nobody'],
  ['the ARN of a user with another path', 'arn:aws:iam::111122223333:user/other/alice'],
  ['the same name in another account', 'arn:aws:iam::999988887777:user/alice'],
  ['a token of no session', 'a.b.c'],
]
for (const [name, principal] of unknownPrincipals)
  test(`${name} does not exist here`, async () => {
    const response = await asking({ principal })
    assert.equal(response.status, 404)
    assert.equal(((await response.json()) as Answer).detail, 'there is no such user, role or live session')
  })

test('users, roles and sessions of another account do not exist here', async () => {
  issuer.roles.set('AROAELSEWHERE', { ...bundleOf('v1', policy), accountId: '999988887777' })
  assert.equal((await asking({ principal: 'AROAELSEWHERE' })).status, 404)
  const { sessionToken } = await issuer.assume({ acct: '999988887777' })
  assert.equal((await asking({ principal: sessionToken })).status, 404)
})

const refused: readonly [string, Record<string, unknown>][] = [
  ['no principal', { principal: '' }],
  ['a principal that is a list', { principal: [userId] }],
  ['a group', { principal: 'arn:aws:iam::111122223333:group/g' }],
  ['an action without a service', { action: 'Read' }],
  ['an action with a wildcard', { action: 'docs:*' }],
  ['an unknown dialect', { dialect: 'oracle' }],
  ['a dialect of the prototype', { dialect: 'constructor' }],
  ['no shape', { shape: null }],
  ['a column with a quote', { shape: { resource: '${a}', columns: { a: { column: 'a" OR 1=1 --' } } } }],
  ['a context that is a list', { context: [] }],
  ['a context with an object in it', { context: { 'docs:X': {} } }],
  ['a member it does not know', { extra: 1 }],
]
for (const [name, over] of refused)
  test(`refuses ${name}`, async () => {
    const response = await asking(over)
    assert.equal(response.status, 400)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
  })

test('a service without permission and an anonymous caller are refused', async () => {
  issuer.forbidden.add('decision:Filter')
  assert.equal((await asking({ principal: 'AIDANOBODY' })).status, 403)
  issuer.forbidden.clear()
  const unsigned = await fetch(`${issuer.issuer}/v1/filter`, { method: 'POST', body: '{}' })
  assert.equal(unsigned.status, 401)
})
