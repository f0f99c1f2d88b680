// Bad input ends in a fault or a decision, in time linear in its size, and nothing throws anything but a Problem.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compile, policySet } from '../../src/policy/engine/compile.ts'
import { decide, emptySet, explain, formatDecision } from '../../src/policy/engine/decide.ts'
import {
  checkDocument,
  type DocumentKind,
  parseDocument,
  policySize,
} from '../../src/policy/language/document.ts'
import { globMatches, star } from '../../src/policy/language/glob.ts'
import { contextOf, type Request } from '../../src/policy/request.ts'
import { Problem } from '../../src/problem.ts'
import { processorTime } from '../support/processor-time.ts'

const kinds: readonly DocumentKind[] = ['identity', 'resource', 'trust', 'session', 'boundary', 'guardrail']
const document = (statements: readonly unknown[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
const statement = { Effect: 'Allow', Action: 'docs:Read', Resource: '*' }
const request = (more: Partial<Request> = {}): Request => ({
  principal: {
    kind: 'user',
    accountId: '111122223333',
    arn: 'arn:aws:iam::111122223333:user/a',
    id: 'AIDAAAAA',
  },
  action: 'docs:Read',
  resource: 'arn:aws:docs:::x',
  context: contextOf([]),
  ...more,
})

/** Milliseconds of processor time of the fastest of three runs: the first may include compiling and collecting garbage. */
const fastest = (run: () => void): number => Math.min(...[0, 1, 2].map(() => processorTime(run)))

/** Ten times the input may take at most forty times the time: a square would take a hundred. */
function assertLinear(make: (size: number) => () => void, size: number): void {
  const small = fastest(make(size))
  const large = fastest(make(size * 10))
  assert.ok(large < Math.max(small, 2) * 40, `${size}: ${small} ms, ${size * 10}: ${large} ms`)
}

const shapes: readonly (readonly [string, (size: number) => string])[] = [
  ['one long resource', (n) => document([{ ...statement, Resource: 'x'.repeat(n) }])],
  ['many statements', (n) => document(new Array(Math.ceil(n / 60)).fill(statement))],
  ['many faults', (n) => `[${'5,'.repeat(n / 2)}5]`],
  ['many unknown elements', (n) => `{${Array.from({ length: n / 12 }, (_, i) => `"k${i}":1`).join(',')}}`],
  ['many duplicate names', (n) => `{${'"__proto__":1,'.repeat(n / 14)}"a":1}`],
  ['many escapes', (n) => document([{ ...statement, Resource: '\\"\u00e4'.repeat(n / 6) }])],
  ['many variables', (n) => document([{ ...statement, Resource: `x/${'${aws:username}'.repeat(n / 15)}` }])],
  ['many openings of variables', (n) => document([{ ...statement, Resource: '${'.repeat(n / 2) }])],
  ['many stars', (n) => document([{ ...statement, Resource: '*'.repeat(n) }])],
  [
    'many condition values',
    (n) => document([{ ...statement, Condition: { StringLike: { k: new Array(n / 6).fill('a*b') } } }]),
  ],
  ['many lines', (n) => `${'\n'.repeat(n)}x`],
  ['open brackets', (n) => '['.repeat(n)],
  ['open objects', (n) => '{"a":'.repeat(n / 5)],
  ['an unclosed string', (n) => `"${'a'.repeat(n)}`],
  ['digits', (n) => '1'.repeat(n)],
]

for (const [name, make] of shapes)
  test(`parsing is linear: ${name}`, () => {
    assertLinear((size) => {
      const text = make(size)
      return () => void parseDocument(text, 'identity')
    }, 60_000)
  })

test('10 MB of statements are read, compiled and asked', () => {
  const text = document(
    Array.from({ length: 100_000 }, (_, i) => ({
      ...statement,
      Sid: `S${i}`,
      Resource: `arn:aws:docs:::item-${i}/with/a/longer/path/so/that/it/weighs/*`,
    })),
  )
  assert.ok(text.length > 10_000_000)
  const set = policySet([compile(text, 'identity', 'large')])
  const resource = 'arn:aws:docs:::item-77777/with/a/longer/path/so/that/it/weighs/x'
  const decision = decide(request({ resource }), { identity: set })
  assert.equal(decision.statements[0]?.sid, 'S77777')
  assert.ok(
    set.candidates({
      request: request(),
      action: 'docs:read',
      resource,
      context: contextOf([]),
      names: { reaches: new Map(), spared: [], anyone: true },
    }) < 5,
  )
})

test('depth 10,000 is a fault, in every kind', () => {
  for (const kind of kinds)
    for (const text of [
      '['.repeat(10_000),
      '{"a":'.repeat(10_000),
      `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
    ]) {
      const { faults } = parseDocument(text, kind)
      assert.match(faults[0]!.message, /nested deeper than 32 levels/)
    }
})

test('a document with very many faults reports at most 100, and a message at most ten', () => {
  const text = document(new Array(5000).fill({ ...statement, Effect: 'Maybe' }))
  assert.equal(parseDocument(text, 'identity').faults.length, 100)
  assert.throws(
    () => checkDocument(text, 'identity'),
    (error) =>
      error instanceof Problem && error.code === 'malformed_policy' && /and 90 more$/.test(error.message),
  )
})

test('the offending text of a message is cut', () => {
  const { faults } = parseDocument(document([{ ...statement, Effect: 'x'.repeat(1_000_000) }]), 'identity')
  assert.ok(faults[0]!.message.length < 200)
})

test('glob bombs cost no more than a look along the text', () => {
  const text = 'a'.repeat(5000)
  for (const pattern of [
    `${star}a`.repeat(2000),
    `${`${star}a`.repeat(2000)}b`,
    `${star}${'a'.repeat(2000)}b${star}`,
  ])
    assert.ok(fastest(() => void globMatches(pattern, text)) < 200)
  const set = policySet([
    compile(document([{ ...statement, Resource: `${'*a'.repeat(50_000)}*b` }]), 'identity', 'bomb'),
  ])
  assert.ok(fastest(() => void decide(request({ resource: text }), { identity: set })) < 200)
})

test('many statements that share everything still end with the first that applies', () => {
  const texts = document(new Array(20_000).fill(statement))
  const set = policySet([compile(texts, 'identity', 'same')])
  decide(request(), { identity: set })
  assert.ok(fastest(() => void decide(request(), { identity: set })) < 1)
})

test('prefixes within prefixes do not make the index large', () => {
  const statements = Array.from({ length: 2000 }, (_, i) => ({
    ...statement,
    Resource: `${'a'.repeat(i + 1)}*`,
  }))
  const set = policySet([compile(document(statements), 'identity', 'nested')])
  assert.equal(decide(request({ resource: 'a'.repeat(1500) }), { identity: set }).statements[0]?.index, 0)
})

test('__proto__ and constructor are names like any other', () => {
  const condition = { StringEquals: { ['__proto__']: 'x', constructor: 'y', toString: 'z' } }
  const text = document([{ ...statement, Condition: condition }])
  const { document: parsed } = parseDocument(text, 'identity')
  assert.deepEqual(
    parsed?.statements[0]?.conditions.map(({ key }) => key.text),
    ['__proto__', 'constructor', 'toString'],
  )
  const set = policySet([compile(text, 'identity', 'proto')])
  assert.equal(decide(request(), { identity: set }).effect, 'deny')
  const context = contextOf([
    ['__proto__', 'x'],
    ['constructor', 'y'],
    ['toString', 'z'],
  ])
  assert.equal(decide(request({ context }), { identity: set }).effect, 'allow')
})

test('lone surrogates in a document are a fault, in a request they are text', () => {
  assert.match(
    parseDocument(document([{ ...statement, Resource: '\ud800' }]), 'identity').faults[0]!.message,
    /surrogate/,
  )
  const set = policySet([compile(document([{ ...statement, Resource: 'a?*' }]), 'identity', 'surrogate')])
  assert.equal(decide(request({ resource: 'a\ud800' }), { identity: set }).effect, 'allow')
})

test('a request cannot bring a wildcard along, not even the marks of the engine', () => {
  const set = policySet([
    compile(document([{ ...statement, Resource: 'home/${aws:username}/x' }]), 'identity', 'marks'),
  ])
  for (const name of ['\u0000', '\u0001', '*', '?', '${*}'])
    assert.equal(
      decide(request({ resource: 'home/bob/x', context: contextOf([['aws:username', name]]) }), {
        identity: set,
      }).effect,
      'deny',
    )
})

test('random damage to a document is read or refused, never more', () => {
  const text = document([
    { ...statement, Sid: 'A', Condition: { StringLike: { 'aws:username': ['a*', '${docs:X}'] } } },
  ])
  let seed = 7
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % below
  }
  const pieces = [
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\\',
    '\u0000',
    '\ud800',
    '*',
    '${',
    '1e9',
    'null',
    '__proto__',
    ' ',
  ]
  for (let round = 0; round < 5000; round++) {
    const at = random(text.length)
    const damaged = text.slice(0, at) + pieces[random(pieces.length)] + text.slice(at + random(8))
    for (const kind of kinds) parseDocument(damaged, kind)
    try {
      const layers = { identity: policySet([compile(damaged, 'identity', 'damaged')]) }
      formatDecision(explain(request({ resource: damaged }), layers))
    } catch (error) {
      assert.ok(error instanceof Problem, String(error))
    }
  }
})

test('a text that is none is a Problem', () => {
  for (const text of [undefined, null, 5, {}])
    assert.throws(() => compile(text as unknown as string, 'identity', 'x'), Problem)
})

test('hostile requests decide', () => {
  const set = policySet([compile(document([statement]), 'identity', 'plain')])
  for (const text of ['', '\u0000', 'x'.repeat(1_000_000), '${aws:username}', '__proto__'])
    for (const more of [
      { action: text },
      { resource: text },
      {
        context: contextOf([
          [text, text],
          ['aws:sourceip', text],
        ]),
      },
    ])
      formatDecision(explain(request(more), { identity: set, boundary: emptySet }))
})

test('numbers as strings and strings as numbers compare by value', () => {
  const set = policySet([
    compile(
      document([{ ...statement, Condition: { NumericLessThan: { n: 10 }, StringEquals: { s: 5 } } }]),
      'identity',
      'n',
    ),
  ])
  const context = contextOf([
    ['n', '9.5'],
    ['s', '5'],
  ])
  assert.equal(decide(request({ context }), { identity: set }).effect, 'allow')
})

test('size is counted without white space outside strings', () => {
  assert.equal(policySize('{ "a b" : "c\\" d" }\n'), '{"a b":"c\\" d"}'.length)
  assert.equal(policySize('"\\'), 2)
})
