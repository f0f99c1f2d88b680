import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compile, emptySet, policySet } from '../../../src/policy/engine/compile.ts'
import { decide } from '../../../src/policy/engine/decide.ts'
import { namesOf } from '../../../src/policy/engine/principal-names.ts'
import { checkDocument } from '../../../src/policy/language/document.ts'
import { contextOf, type Request } from '../../../src/policy/request.ts'
import { Problem } from '../../../src/problem.ts'

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
const allow = (more: object = {}): object => ({
  Effect: 'Allow',
  Action: 'docs:Read',
  Resource: '*',
  ...more,
})
const principal = {
  kind: 'user',
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/ann',
  id: 'AIDAANN',
} as const
const request = (resource: string, context = contextOf([])): Request => ({
  principal,
  action: 'docs:Read',
  resource,
  context,
})
const asked = (resource: string, context = contextOf([])) => ({
  request: request(resource, context),
  action: 'docs:read',
  resource,
  context,
  names: namesOf(principal),
})
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

test('one text, kind and name compile to one object; another of them to another', () => {
  const text = document(allow({ Sid: 'Once' }))
  const first = compile(text, 'identity', 'a')
  assert.equal(compile(text, 'identity', 'a'), first)
  const others = [
    compile(text, 'identity', 'b'),
    compile(text, 'boundary', 'a'),
    compile(`${text} `, 'identity', 'a'),
  ]
  assert.equal(new Set([first, ...others]).size, 4)
  assert.equal(compile(text, 'identity', 'b'), others[0])
})

test('the same documents merge into the same set, other orders into others', () => {
  const one = compile(document(allow()), 'identity', 'one')
  const two = compile(document(allow()), 'identity', 'two')
  assert.equal(policySet([one, two]), policySet([one, two]))
  assert.notEqual(policySet([one, two]), policySet([two, one]))
  assert.equal(policySet([]), emptySet)
})

test('a malformed document is a Problem that lists the faults', () => {
  assert.throws(
    () => compile('{"Statement":{"Effect":"Allow","Action":"x","Resource":"*"}}', 'identity', 'bad'),
    (error) =>
      error instanceof Problem &&
      error.code === 'malformed_policy' &&
      error.message ===
        'policy document has 1 fault: line 1, column 41: unexpected action `x`, expected `service:Action` or `*`',
  )
})

test('a managed policy must be of 2012', () => {
  const text = JSON.stringify({ Statement: allow() })
  assert.equal(checkDocument(text, 'identity').version, '2008-10-17')
  assert.throws(() => checkDocument(text, 'identity', { managed: true }), /`Version` is missing/)
})

test('an answer does not change when the caches are full and start anew', () => {
  const filler = 'x'.repeat(200_000)
  const answers = new Set<string>()
  for (const round of range(400)) {
    const text = document(allow({ Resource: `docs/${round}` }), allow({ Resource: filler + round }))
    const set = policySet([compile(text, 'identity', 'full')])
    answers.add(decide(request(`docs/${round}`), { identity: set }).effect)
  }
  for (const round of range(5000)) {
    const set = policySet([
      compile(
        document(allow({ Action: `docs:R${round}*`, Condition: { StringEquals: { k: `${round}` } } })),
        'identity',
        'n',
      ),
    ])
    const ask = { ...request('x', contextOf([['k', `${round}`]])), action: `docs:R${round}` }
    answers.add(decide(ask, { identity: set }).effect)
  }
  assert.deepEqual([...answers], ['allow'])
})

const shapes: readonly (readonly [
  string,
  (index: number) => object,
  (index: number) => ReturnType<typeof asked>,
])[] = [
  [
    'resources',
    (i) => allow({ Resource: `arn:aws:docs:::team-${i}/*` }),
    (i) => asked(`arn:aws:docs:::team-${i}/x`),
  ],
  ['whole resources', (i) => allow({ Resource: `doc-${i}` }), (i) => asked(`doc-${i}`)],
  ['resource ends', (i) => allow({ Resource: `*/team-${i}` }), (i) => asked(`a/team-${i}`)],
  ['actions', (i) => allow({ Action: `docs:Read${i === 77 ? '' : i}` }), () => asked('x')],
  [
    'texts of a tag',
    (i) => allow({ Condition: { StringEquals: { 'aws:PrincipalTag/team': `t${i}` } } }),
    (i) => asked('x', contextOf([['aws:PrincipalTag/team', `t${i}`]])),
  ],
  [
    'texts of a list',
    (i) => allow({ Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': [`t${i}`, `u${i}`] } } }),
    (i) => asked('x', contextOf([['aws:TagKeys', ['q', `u${i}`]]])),
  ],
  [
    'scripts far apart',
    (i) => allow({ Resource: `${String.fromCodePoint(0x4e00 + i)}/*` }),
    (i) => asked(`${String.fromCodePoint(0x4e00 + i)}/x`),
  ],
]

for (const [name, make, ask] of shapes)
  test(`ten thousand statements that differ by ${name}: few are asked, and the right one decides`, () => {
    const set = policySet([compile(document(...range(10_000).map(make)), 'identity', name)])
    const one = ask(77)
    assert.ok(set.candidates(one) <= 3, `${set.candidates(one)} candidates`)
    assert.equal(decide(one.request, { identity: set }).statements[0]?.index, 77)
  })

test('ten thousand statements that differ by action and resource together: few are asked', () => {
  const statements = range(10_000).map((i) =>
    allow({ Action: `docs:Read${i % 100}`, Resource: `team-${Math.floor(i / 100)}/*` }),
  )
  const set = policySet([compile(document(...statements), 'identity', 'pairs')])
  const one = { ...asked('team-42/x'), action: 'docs:read7' }
  assert.ok(set.candidates(one) <= 12, `${set.candidates(one)} candidates`)
  assert.equal(decide({ ...one.request, action: 'docs:Read7' }, { identity: set }).statements[0]?.index, 4207)
})

test('ten thousand principals of a resource policy: few are asked', () => {
  const statements = range(10_000).map((i) =>
    allow({ Principal: { AWS: `arn:aws:iam::111122223333:user/${i === 77 ? 'ann' : `u${i}`}` } }),
  )
  const set = policySet([compile(document(...statements), 'resource', 'principals')])
  assert.equal(set.candidates(asked('x')), 1)
  assert.equal(decide(request('x'), { identity: emptySet, resource: set }).statements[0]?.index, 77)
})

test('many texts under one condition are hashed, and still negate', () => {
  const texts = range(5000).map((i) => `t${i}`)
  const set = (operator: string) =>
    policySet([compile(document(allow({ Condition: { [operator]: { k: texts } } })), 'identity', operator)])
  const effect = (operator: string, k: string) =>
    decide(request('x', contextOf([['k', k]])), { identity: set(operator) }).effect
  assert.deepEqual(
    [
      effect('StringEquals', 't4999'),
      effect('StringEquals', 'x'),
      effect('StringNotEquals', 't4999'),
      effect('StringNotEquals', 'x'),
    ],
    ['allow', 'deny', 'deny', 'allow'],
  )
})

test('many actions in one statement are hashed beside its patterns', () => {
  const Action = [...range(50).map((i) => `docs:A${i}`), 'mail:*', 'docs:Read']
  const set = policySet([compile(document(allow({ Action })), 'identity', 'actions')])
  const effect = (action: string) => decide({ ...request('x'), action }, { identity: set }).effect
  assert.deepEqual(
    [effect('DOCS:a49'), effect('mail:Send'), effect('docs:A50'), effect('docs:read')],
    ['allow', 'allow', 'deny', 'allow'],
  )
})

test('a name of an action that has blanks is one action, also beside a list of the same text', () => {
  const document = (Action: string | readonly string[]) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
  const matches = (Action: string | readonly string[]) =>
    compile(document(Action), 'identity', 'p').statements[0]?.actions.matches('docs:b', new Map())
  assert.equal(matches(['docs:a', 'docs:b']), true)
  assert.equal(matches('docs:a docs:b'), false)
})

test('no value agrees with a key that has none; a negated operator holds', () => {
  const holds = (operator: string) => {
    const Condition = { [operator]: { 'docs:owner': [] } }
    const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*', Condition }]
    const text = JSON.stringify({ Version: '2012-10-17', Statement })
    const [statement] = compile(text, 'identity', 'p').statements
    return statement?.conditionsHold(contextOf([['docs:owner', 'ada']]))
  }
  assert.deepEqual(
    ['StringEquals', 'StringLike', 'StringNotEquals', 'ForAnyValue:StringEquals', 'Bool'].map(holds),
    [false, false, true, false, false],
  )
})
