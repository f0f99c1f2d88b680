// Texts of the policy engine in the other languages of the console: what the engine makes, not what the catalogues list.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { viewOfDecision, viewOfExplanation } from '../../src/console/frame/decision.ts'
import { decisionRecord } from '../../src/iam/authorization/decision-record.ts'
import { checkPolicyDocument } from '../../src/iam/policy-document/policy-sentences.ts'
import { explain, formatDecision } from '../../src/policy/engine/decide.ts'
import { describeTest } from '../../src/policy/engine/policy-tests.ts'
import { type DocumentKind, type ParseOptions, parseDocument } from '../../src/policy/language/document.ts'
import { conditionsInWords, inWords, subjectInWords } from '../../src/policy/language/in-words.ts'
import { operators } from '../../src/policy/language/operators.ts'
import { ways } from '../../src/policy/lint/escalation.ts'
import { lint } from '../../src/policy/lint.ts'
import { type ContextValue, contextOf, type Request } from '../../src/policy/request.ts'
import { describeTrustDenial, evaluateTrust, noPolicies } from '../../src/sts/trust/trust.ts'
import { trustRisks } from '../../src/sts/trust-trial/trust-risks.ts'
import type { DecisionView } from '../../views/console/frame/decision.ts'
import { allow, lintCases, policy } from '../policy/lint-cases.ts'
import { randomCases } from '../policy/random-cases.ts'
import type { ReferenceLayers } from '../policy/reference.ts'
import { layersOf } from '../policy/support.ts'
import { consoleTranslators } from '../support/languages/console-translators.ts'
import { assertTranslated, englishWordsIn } from '../support/languages/translated.ts'

/** Names that are English, as those in documents may be. */
const name = fc.constantFrom('docs:Get', 'a of b and c, only if d', 'every action', 'x*', '${aws:username}')
const some = (of: fc.Arbitrary<string>, most = 8) => fc.array(of, { minLength: 1, maxLength: most })

const fitting = (operator: string): string => {
  if (operator.startsWith('Numeric')) return '3'
  if (operator.startsWith('Date')) return '2026-01-01T00:00:00Z'
  if (operator.endsWith('IpAddress')) return '10.0.0.0/8'
  if (operator === 'Bool' || operator === 'Null') return 'true'
  return operator.startsWith('Binary') ? 'QQ==' : 'any of these'
}

const condition = fc
  .record({
    operator: fc.constantFrom(...operators.keys()),
    set: fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'),
    ifExists: fc.boolean(),
    key: fc.constantFrom('aws:username', 'aws:PrincipalTag/cost center', 'ci.example:sub'),
    count: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ operator, set, ifExists, key, count }) => ({
    operator: operator === 'Null' ? operator : `${set}${operator}${ifExists ? 'IfExists' : ''}`,
    keys: { [key]: Array.from({ length: count }, () => fitting(operator)) },
  }))

const conditionBlock = fc
  .array(condition, { maxLength: 9 })
  .map((all) => Object.fromEntries(all.map(({ operator, keys }) => [operator, keys])))

const action = fc.oneof(
  name.filter((one) => one === 'docs:Get'),
  fc.constantFrom('*', 'docs:*', 'iam:Get*'),
)
const resource = fc.oneof(name, fc.constantFrom('*', 'arn:aws:docs:::a on b'))
const principals = fc.record(
  {
    AWS: some(
      fc.constantFrom(
        '123456789012',
        'arn:aws:iam::123456789012:root',
        'arn:aws:iam::123456789012:user/ada',
        '*',
      ),
    ),
    Federated: some(
      fc.constantFrom(
        'arn:aws:iam::123456789012:oidc-provider/ci.example',
        'arn:aws:iam::123456789012:saml-provider/corp',
        'arn:aws:iam::123456789012:ldap-provider/corp',
      ),
    ),
    Service: some(fc.constantFrom('docs.example.com')),
  },
  { requiredKeys: [] },
)

const statement = (kind: DocumentKind) =>
  fc
    .record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      action: fc.tuple(
        fc.constantFrom('Action', 'NotAction'),
        some(kind === 'trust' ? fc.constant('sts:AssumeRole') : action),
      ),
      resource: fc.tuple(fc.constantFrom('Resource', 'NotResource'), some(resource)),
      who: fc.tuple(
        fc.constantFrom('Principal', kind === 'trust' ? 'Principal' : 'NotPrincipal'),
        fc.oneof(
          principals.filter((one) => Object.keys(one).length > 0),
          fc.constant('*'),
        ),
      ),
      Condition: conditionBlock,
    })
    .map(({ Effect, action, resource, who, Condition }) => ({
      Effect,
      [action[0]]: action[1],
      ...(kind !== 'trust' && { [resource[0]]: resource[1] }),
      ...(kind !== 'identity' && { [who[0]]: who[1] }),
      Condition,
    }))

for (const kind of ['identity', 'resource', 'trust'] as const)
  test(`statements of ${kind} policies in words`, () => {
    let seen = 0
    fc.assert(
      fc.property(statement(kind), (Statement) => {
        const { document } = parseDocument(JSON.stringify({ Version: '2012-10-17', Statement }), kind)
        for (const [at, { text }] of (document === undefined ? [] : inWords(document)).entries()) {
          const one = document?.statements[at]
          assert.ok(one)
          assertTranslated(text)
          const { actions, resources } = subjectInWords(one)
          for (const part of [actions, resources, conditionsInWords(one) ?? ''])
            if (/\p{L}/u.test(part.replace(/`[^`]*`/g, ''))) assertTranslated(part)
          seen++
        }
      }),
      { numRuns: 300 },
    )
    assert.ok(seen > 100, `${seen} statements could be read`)
  })

interface Case {
  readonly policies?: Readonly<Record<string, readonly unknown[]>>
  readonly document?: string
  readonly kind?: DocumentKind
  readonly managed?: boolean
  readonly request: Omit<Request, 'context'> & { readonly context: Readonly<Record<string, ContextValue>> }
}

const cases = join(import.meta.dirname, '../policy/cases')
const corpus = readdirSync(cases)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => JSON.parse(readFileSync(join(cases, file), 'utf8')) as Case[])

const jsonOf = (value: unknown): unknown => (Array.isArray(value) ? value.map(jsonOf) : JSON.stringify(value))

/** Everything that a decision shows besides its messages. */
const textsOf = ({ layers, conditions, nearest }: DecisionView): readonly string[] => [
  ...layers.flatMap(({ statements }) => statements),
  ...conditions,
  ...(nearest === undefined ? [] : [nearest, `${nearest.charAt(0).toUpperCase()}${nearest.slice(1)}.`]),
]

function assertDecision(request: Request, texts: ReferenceLayers): void {
  const explanation = explain(request, layersOf(texts))
  assertTranslated(formatDecision(explanation))
  if (explanation.effect === 'allow') assertTranslated(`chancery:ListPeople ${formatDecision(explanation)}`)
  for (const text of [
    ...textsOf(viewOfExplanation(request, explanation)),
    ...textsOf(viewOfDecision(decisionRecord(explanation, request))),
  ])
    assertTranslated(text)
}

test('decisions, failed conditions and the smallest change: the corpus', () => {
  for (const { policies, request } of corpus)
    if (policies !== undefined) {
      const layers = Object.entries(policies).map(([layer, documents]) => [layer, jsonOf(documents)])
      const asked = { ...request, context: contextOf(Object.entries(request.context)) }
      assertDecision(asked, Object.fromEntries(layers))
    }
})

test('decisions, failed conditions and the smallest change: at random', () => {
  fc.assert(
    fc.property(randomCases, ({ layers, requests }) => {
      for (const request of requests.slice(0, 3)) assertDecision(request, layers)
    }),
    { numRuns: 100 },
  )
})

test('a test of a policy in words', () => {
  const values = fc.oneof(fc.constant('a of b'), fc.array(fc.constantFrom('a', 'b and c'), { maxLength: 3 }))
  fc.assert(
    fc.property(
      fc.record(
        {
          action: fc.constantFrom('docs:Get', 'a on b'),
          resource: fc.constantFrom('arn:aws:docs:::a', '*'),
          expect: fc.constantFrom('allow', 'deny'),
          principal: fc.constantFrom('anonymous', 'arn:aws:iam::123456789012:user/ada'),
          context: fc.dictionary(fc.constantFrom('aws:SourceIp', 'a is b', 'docs:key'), values),
        },
        { requiredKeys: ['action', 'resource', 'expect'] },
      ),
      (one) => assertTranslated(describeTest(one)),
    ),
  )
})

test('why a comparison cannot be determined, and an example', () => {
  for (const why of [
    'the patterns can overlap in too many ways',
    'too many principals are named',
    'there are too many combinations to look at',
    'it depends on `StringLike` of `aws:username` with `a of b`, and no request was found as evidence',
    'it depends on `StringLike` of `a` with `b` taken literally and `Resource` `x` and `NotResource` with `a`, `b`, and no request was found as evidence',
    'it depends on a class of requests that the engine decides differently, and no request was found as evidence',
  ])
    assertTranslated(why)
  assertTranslated('`docs:Get` on `arn:aws:docs:::a` by `anonymous`')
  assertTranslated('`sts:AssumeRole` by `anonymous`')
  assertTranslated('with `aws:username` = `ada`, `bob`')
})

test('changes of a request that conditions ask for', () => {
  const who = 'statement `a of b` of `this document` (line 12)'
  for (const text of [
    'would allow it if `k` were `a` or `b` or `c` or one of 4 more (it is `d`)',
    'would allow it if every value of `k` were like `a` (it is `b` or `c`) and `l` were present',
    'would no longer deny it if a value of `k` were not at most `3` (it is empty) or `l` were missing',
    'would no longer deny it if `k` were empty (it is missing)',
  ])
    assertTranslated(`${who} ${text}`, ['this document'])
})

/** What the linter says of a document, which are its faults when it is malformed. */
function assertLint(document: string, kind: DocumentKind, options: ParseOptions = {}): void {
  for (const { message, fix } of lint(document, kind, options)) {
    if (isSaidOfAName(message)) continue
    assertTranslated(message)
    if (fix !== '') assertTranslated(fix)
  }
}

/** A backtick in the document opens and closes no name, so its message stays English. */
const isSaidOfAName = (message: string): boolean => message.split('`').length % 2 === 0

const providers = ['arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com']

test('findings of the linter, and how each is fixed: its own cases', () => {
  for (const [, kind, bad, fine] of lintCases) {
    assertLint(bad, kind)
    assertLint(fine, kind)
    if (kind !== 'trust') continue
    for (const provider of providers)
      for (const { what, fix } of trustRisks(provider, [{ name: 'a of b', trust: bad }])) {
        assertTranslated(what)
        assertTranslated(fix)
      }
  }
  for (const { actions } of ways.values()) assertLint(allow(actions), 'identity')
})

test('findings of the linter: what its cases leave out', () => {
  const one = { Effect: 'Allow', Action: 'docs:Get', Resource: 'arn:aws:docs:::x' }
  const all = { ...one, Action: '*', Resource: '*' }
  for (const document of [
    policy(one, one),
    policy({ ...one, Sid: 'A' }, { ...all, Action: 'docs:*' }),
    policy({ ...one, Effect: 'Deny' }, { ...one, Effect: 'Deny' }),
    policy({ ...one, Sid: 'NeverApplies' }, { ...all, Effect: 'Deny' }),
    allow('docs:Get', 'arn::docs:::x'),
    allow('docs:Get', 'arn:aws::::x'),
    allow('docs:Get', 'arn:aws:Docs:::x'),
    allow('docs:Get', 'arn:aws:docs:::'),
    '{"Statement":{"Effect":"Allow","Action":"docs:Get","Resource":"x"}}',
    policy({ ...one, Action: Array.from({ length: 320 }, (_, at) => `docs:Action${at}`) }),
  ])
    assertLint(document, 'identity')
})

test('faults of documents that cannot be read: the corpus', () => {
  for (const { document, kind, managed } of corpus)
    if (document !== undefined) assertLint(document, kind ?? 'identity', { managed: managed === true })
})

test('faults of documents that cannot be read: what the corpus leaves out', () => {
  const statement = { Effect: 'Allow', Action: 'docs:Get', Resource: '*' }
  const documents: readonly (readonly [string, DocumentKind])[] = [
    [JSON.stringify('x'.repeat(50)).slice(0, -1), 'identity'],
    [`${'['.repeat(40)}${']'.repeat(40)}`, 'identity'],
    ['{"a\nb": 1}', 'identity'],
    ['{"a" 1}', 'identity'],
    ['{"a": 1 "b"}', 'identity'],
    ['{"a": -}', 'identity'],
    ['{"a": "\\q"}', 'identity'],
    ['{"a": "\\u12"}', 'identity'],
    ['{"a": "\\u0001"}', 'identity'],
    ['{"a": "\\ud800"}', 'identity'],
    ['{} x', 'identity'],
    ['{} \u0001', 'identity'],
    ['tru', 'identity'],
    [policy({ ...statement, Resource: 'arn:aws:d*:::x' }), 'identity'],
    [policy({ ...statement, Resource: 'arn:aws:docs:x' }), 'identity'],
    [policy({ ...statement, Resource: [] }), 'identity'],
    [policy({ ...statement, Resource: [true, null, {}, 1] }), 'identity'],
    [policy({ ...statement, Resource: 'x${' }), 'identity'],
    [policy({ ...statement, Resource: 'x${}' }), 'identity'],
    [policy({ ...statement, Resource: 'x${a b}' }), 'identity'],
    [policy({ ...statement, Resource: "x${a,'b'}" }), 'identity'],
    [
      policy({ ...statement, Condition: { StringLike: { a: 'x${' }, Bool: { a: [] }, x: { a: 'b' } } }),
      'identity',
    ],
    [policy({ ...statement, Condition: [] }), 'identity'],
    [policy({ ...statement, Condition: { Bool: [] } }), 'identity'],
    [policy({ ...statement, Condition: { Bool: { 'a:b': {}, '': 'true' } } }), 'identity'],
    [
      policy({
        ...statement,
        Condition: {
          NumericEquals: { a: 'x' },
          DateEquals: { a: 'x' },
          BinaryEquals: { a: 'x' },
          IpAddress: { a: 'x' },
          Bool: { a: 'x' },
        },
      }),
      'identity',
    ],
    [policy({ ...statement, Principal: '*', NotPrincipal: '*' }), 'boundary'],
    [policy({ ...statement, Principal: '*' }), 'session'],
    [policy({ ...statement, Principal: '*' }), 'guardrail'],
    [
      policy({
        ...statement,
        Principal: { AWS: [], User: 'x', Service: '*', Federated: '*', CanonicalUser: '*' },
      }),
      'resource',
    ],
    [policy({ ...statement, Principal: 'x' }), 'resource'],
    [policy({ ...statement, Principal: [] }), 'resource'],
    [policy({ ...statement, Principal: {} }), 'resource'],
    [policy({ ...statement, NotPrincipal: { AWS: 'x' } }), 'trust'],
    [policy({ ...statement, Principal: { AWS: ['arn:aws:iam::123456789012:group/x', 'a*', 'x'] } }), 'trust'],
    [policy({ ...statement, Principal: '*', Resource: '*', Action: 'sts:Nonsense' }), 'trust'],
    [policy({ ...statement, Action: ['x', 's3:Get:It'], Sid: 'a b' }), 'identity'],
    [policy({ ...statement, Effect: 1, Sid: 1 }), 'identity'],
    [
      policy({
        ...statement,
        Action: 's3:Get',
        Resource: [
          'x',
          'arn:x:s3:::b',
          'arn:aws::::b',
          'arn:aws:iam:eu::user/x',
          'arn:aws:iam:::x',
          'arn:aws:s3:eu::b',
        ],
      }),
      'identity',
    ],
  ]
  for (const [document, kind] of documents) {
    assertLint(document, kind)
    assertLint(document, kind, { saving: true })
  }
})

test('a document that cannot be saved: its faults, after what AWS says, which stays English', () => {
  const statement = { Effect: 'allow', Acton: 'docs:Get', Resource: '*' }
  for (const document of ['{', policy(statement), policy(...Array.from({ length: 9 }, () => statement))]) {
    const { message } = thrownBy(() => checkPolicyDocument(document, 'identity', { managed: true }))
    for (const text of [message, `${message}.`]) {
      const german = consoleTranslators.de.knownText(text)
      assert.match(german, /^das Dokument der Richtlinie hat \d+ Fehler: Zeile 1, Spalte \d+: /i)
      const said = / ?\(AWS: [^)]*\)$/
      assert.match(german, said)
      assert.deepEqual(englishWordsIn(german.replace(said, ''), 'de'), [], german)
    }
  }
})

function thrownBy(work: () => unknown): Error {
  try {
    work()
  } catch (error) {
    assert.ok(error instanceof Error)
    return error
  }
  assert.fail('nothing was thrown')
}

test('why a trust policy refuses a token', () => {
  const provider = 'arn:aws:iam::123456789012:oidc-provider/ci.example'
  const trusting = {
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
  }
  const under = (Condition: object, more: object = {}) => ({ ...trusting, Condition, ...more })
  const role = {
    accountId: '123456789012',
    arn: 'arn:aws:iam::123456789012:role/deploy',
    id: 'AROADEPLOY',
    name: 'deploy',
    tags: [],
    maxSessionDuration: 3600,
  }
  const principal = { kind: 'web-identity', accountId: role.accountId, provider } as const
  const context = contextOf([
    ['ci.example:sub', 'Job of b'],
    ['ci.example:groups', ['a', 'b']],
    ['sts:ExternalId', 'x'],
  ])
  for (const statements of [
    [trusting, { ...trusting, Effect: 'Deny' }],
    [trusting, { ...trusting, Effect: 'Deny' }, { ...trusting, Sid: 'No', Effect: 'Deny' }],
    [{ ...trusting, Action: 'sts:AssumeRole' }],
    [under({ StringEquals: { 'ci.example:sub': 'job of b' } })],
    [under({ StringEquals: { 'ci.example:aud': 'chancery', 'ci.example:groups': 'a' } }, { Sid: 'Ci' })],
    [under({ StringEquals: { 'sts:ExternalId': 'secret', 'ci.example:sub': ['a', 'b', 'c', 'd', 'e'] } })],
    Array.from({ length: 12 }, (_, at) => under({ StringLike: { 'ci.example:sub': `repo:${at}:*` } })),
  ]) {
    const question = {
      role: { ...role, trust: policy(...statements) },
      principal,
      layers: noPolicies,
      context,
    }
    const denial = evaluateTrust(question, ['sts:AssumeRoleWithWebIdentity'])
    assert.ok(denial)
    assertTranslated(describeTrustDenial(denial))
  }
})
