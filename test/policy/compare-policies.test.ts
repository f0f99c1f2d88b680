// Whether one policy allows anything that another does not: by named cases, and by many random pairs against the engine.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareAllowed, compareDenied } from '../../src/policy/compare-policies.ts'
import { compile, emptySet, policySet } from '../../src/policy/engine/compile.ts'
import { type Decision, decide } from '../../src/policy/engine/decide.ts'
import type { DocumentKind } from '../../src/policy/language/document.ts'
import type { Request } from '../../src/policy/request.ts'
import { caseCount } from '../support/long-form.ts'
import { documentOf, requests } from './random-cases.ts'

const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})
const deny = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
})
const when = (Condition: object) => ({ Condition })

const everything = policy(allow('*'))

// title, before, after, answer
const cases: readonly [string, string, string, boolean | 'unknown'][] = [
  ['the same policy is no wider', policy(allow('docs:*')), policy(allow('docs:*')), true],
  ['a single action is narrower than its service', policy(allow('docs:*')), policy(allow('docs:Get')), true],
  ['a service is wider than one action', policy(allow('docs:Get')), policy(allow('docs:*')), false],
  ['case of actions does not matter', policy(allow('docs:get*')), policy(allow('DOCS:GetAll')), true],
  [
    'two halves cover what one statement had',
    policy(allow('docs:*', 'a*'), allow('docs:*', 'b*')),
    policy(allow('docs:Get', ['a1', 'b1'])),
    true,
  ],
  [
    'patterns cover together what none covers alone',
    policy(allow('docs:?'), allow('docs:??*')),
    policy(allow('docs:*')),
    true,
  ],
  [
    'a Deny that is taken away widens',
    policy(allow('docs:*'), deny('docs:Delete')),
    policy(allow('docs:*')),
    false,
  ],
  [
    'a Deny that is added narrows',
    policy(allow('docs:*')),
    policy(allow('docs:*'), deny('docs:Delete', '*', when({ Bool: { 'aws:SecureTransport': 'false' } }))),
    true,
  ],
  [
    'an action allowed and denied is not allowed',
    policy(deny('mail:Send')),
    policy(allow('docs:*'), deny('docs:*')),
    true,
  ],
  [
    'a condition dropped widens',
    policy(allow('docs:*', '*', when({ StringEquals: { 'aws:username': 'ada' } }))),
    policy(allow('docs:*')),
    false,
  ],
  [
    'fewer values of a condition are narrower',
    policy(allow('docs:*', '*', when({ StringEquals: { 'aws:username': ['ada', 'bob'] } }))),
    policy(allow('docs:*', '*', when({ StringLike: { 'aws:UserName': 'ada' } }))),
    true,
  ],
  [
    'a negated condition also holds of what is missing',
    policy(allow('docs:*', '*', when({ StringLike: { 'aws:username': '*' } }))),
    policy(allow('docs:*', '*', when({ StringNotEquals: { 'aws:username': 'bob' } }))),
    false,
  ],
  [
    'a smaller network is narrower',
    policy(allow('docs:*', '*', when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }))),
    policy(allow('docs:*', '*', when({ IpAddress: { 'aws:SourceIp': ['10.1.0.0/16', '10.2.3.4'] } }))),
    true,
  ],
  [
    'a larger network is wider',
    policy(allow('docs:*', '*', when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/9' } }))),
    policy(allow('docs:*', '*', when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }))),
    false,
  ],
  [
    'numbers lie between bounds',
    policy(allow('docs:*', '*', when({ NumericLessThan: { 'docs:Size': '10' } }))),
    policy(allow('docs:*', '*', when({ NumericLessThanEquals: { 'docs:Size': '10' } }))),
    false,
  ],
  [
    'one moment later is wider',
    policy(allow('docs:*', '*', when({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }))),
    policy(allow('docs:*', '*', when({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:01Z' } }))),
    false,
  ],
  [
    'ForAllValues holds of nothing, ForAnyValue does not',
    policy(allow('docs:*', '*', when({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } }))),
    policy(allow('docs:*', '*', when({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }))),
    false,
  ],
  [
    'the same variable on both sides is the same',
    policy(allow('docs:*', 'home/${aws:username}/*')),
    policy(allow('docs:Get', 'home/${aws:username}/*')),
    true,
  ],
  [
    'a variable is less than a star',
    policy(allow('docs:*', 'home/*')),
    policy(allow('docs:*', 'home/${aws:username}/*')),
    true,
  ],
  [
    'a star is more than a variable',
    policy(allow('docs:*', 'home/${aws:username}/*')),
    policy(allow('docs:*', 'home/*')),
    false,
  ],
  [
    'another variable is another resource',
    policy(allow('docs:*', 'home/${aws:username}/*')),
    policy(allow('docs:*', 'home/${aws:userid}/*')),
    false,
  ],
  [
    'a star in the account of an ARN stays in its part',
    policy(allow('docs:*', 'arn:aws:docs:*:1*:x')),
    policy(allow('docs:*', 'arn:aws:docs:eu:1:2:x')),
    false,
  ],
  ['nothing is wider than everything', everything, policy(allow(['a:*', 'b:?'], 'x*')), true],
  [
    'NotAction is all but that',
    everything,
    policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    true,
  ],
  [
    'everything is wider than NotAction',
    policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    everything,
    false,
  ],
  [
    'what everybody may do is no widening',
    policy(deny('mail:Send')),
    policy(allow('sts:GetCallerIdentity')),
    true,
  ],
]

for (const [title, before, after, answer] of cases)
  test(title, () => {
    const compared = compareAllowed(before, after, 'identity')
    assert.equal(compared.narrower, answer, JSON.stringify(compared, null, 1))
    if (compared.narrower !== false) return
    assert.equal(effectOf(before, compared.request), 'deny')
    assert.equal(effectOf(after, compared.request), 'allow')
  })

const setOf = (text: string, kind: DocumentKind) => policySet([compile(text, kind, 'policy')])
const effectOf = (text: string, request: Request) =>
  decide(request, { identity: setOf(text, 'identity') }).effect

test('a trust policy that names another account is wider', () => {
  const trust = (AWS: string | string[]) =>
    policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' })
  const ann = 'arn:aws:iam::111122223333:user/ann'
  assert.equal(compareAllowed(trust([ann, '444455556666']), trust(ann), 'trust').narrower, true)
  const wider = compareAllowed(trust(ann), trust([ann, '444455556666']), 'trust')
  assert.ok(wider.narrower === false && wider.request.principal.kind !== 'anonymous')
  assert.equal(compareAllowed(trust(ann), trust('111122223333'), 'trust').narrower, false)
  // A grant to the account only delegates; one to the user needs nothing more.
  assert.equal(compareAllowed(trust('111122223333'), trust(ann), 'trust').narrower, false)
})

test('policies that overlap in too many ways are reported as unknown, in bounded time', () => {
  const wild = Array.from({ length: 40 }, (_, at) => `*${String.fromCharCode(97 + (at % 26))}*${at}*x*`)
  const answer = compareAllowed(
    policy(allow('docs:*', wild.slice(0, 39))),
    policy(allow('docs:*', wild)),
    'identity',
  )
  assert.notEqual(answer.narrower, true)
})

test('a removed Deny is reported, although the policy by itself allows nothing more', () => {
  const before = policy(allow('docs:Get'), deny('docs:*', 'secret/*'))
  const after = policy(allow('docs:Get', 'open/*'))
  assert.equal(compareAllowed(before, after, 'identity').narrower, true)
  const kept = compareDenied(before, after, 'identity')
  assert.ok(kept.narrower === false)
  assert.match(kept.request.resource, /^secret\//)
  assert.equal(compareDenied(before, policy(deny('*', 'sec*')), 'identity').narrower, true)
})

const runs = Number(process.env['CHANCERY_TEST_NARROWER_RUNS'] ?? caseCount({ short: 40, long: 120 }))

for (const kind of ['identity', 'resource', 'trust'] as const)
  test(`${runs} random pairs: never said to be narrower when a request shows otherwise (${kind})`, () => {
    const documents = documentOf(kind === 'identity' ? 'attached' : kind)
    const count = { narrower: 0, wider: 0, unknown: 0 }
    fc.assert(
      fc.property(documents, documents, requests(60), (before, after, asked) => {
        const compared = compareAllowed(before, after, kind)
        count[compared.narrower === 'unknown' ? 'unknown' : compared.narrower ? 'narrower' : 'wider']++
        if (compared.narrower === false) assert.ok(widens(compared.request, before, after, kind))
        if (compared.narrower === true)
          for (const request of asked)
            assert.ok(!widens(request, before, after, kind), JSON.stringify(request))
      }),
      { numRuns: runs },
    )
    assert.ok(count.unknown < runs / 2, JSON.stringify(count))
  })

test(`${runs} random pairs: a Deny is never said to be kept when a request shows otherwise`, () => {
  const documents = documentOf('attached')
  const denies = (text: string, request: Request) =>
    decide(request, { identity: setOf(text, 'identity') }).reason === 'explicit_deny'
  fc.assert(
    fc.property(documents, documents, requests(60), (before, after, asked) => {
      const kept = compareDenied(before, after, 'identity')
      if (kept.narrower === false) assert.ok(denies(before, kept.request) && !denies(after, kept.request))
      if (kept.narrower === true)
        for (const request of asked) assert.ok(!denies(before, request) || denies(after, request))
    }),
    { numRuns: runs },
  )
})

/** Whether the engine allows it after and not before, by a statement of the policy and not only for want of a Deny. */
function widens(request: Request, before: string, after: string, kind: DocumentKind): boolean {
  const accounts = kind === 'identity' ? [request.resourceAccount] : [undefined, '000000000000']
  return accounts.some((resourceAccount) => {
    const was = decisions({ ...request, resourceAccount }, before, kind)
    return decisions({ ...request, resourceAccount }, after, kind).some(
      ({ effect, statements }, at) =>
        effect === 'allow' && was[at]?.effect === 'deny' && statements.some(({ layer }) => layer === kind),
    )
  })
}

/** With and without what identity policies would add, and with and without limits. */
function decisions(request: Request, text: string, kind: DocumentKind): readonly Decision[] {
  if (kind === 'identity') return [decide(request, { identity: setOf(text, kind) })]
  const all = setOf(everything, 'identity')
  const others = [
    { identity: emptySet },
    { identity: all },
    // A federated user has nothing without a session policy.
    { identity: emptySet, session: [all] },
    { identity: all, session: [all] },
    { identity: emptySet, boundary: emptySet, session: [emptySet] },
  ]
  return others.map((layers) => decide(request, { ...layers, [kind]: setOf(text, kind) }))
}
