import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Change, type Explanation, explain, formatDecision } from '../../../src/policy/engine/decide.ts'
import { formatFailedCondition } from '../../../src/policy/engine/report.ts'
import { type ContextValue, contextOf, type Principal } from '../../../src/policy/request.ts'
import type { ReferenceLayers } from '../reference.ts'
import { layersOf } from '../support.ts'

const user: Principal = {
  kind: 'user',
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/ann',
  id: 'AIDAANNEXAMPLE',
}
const session: Principal = {
  kind: 'role-session',
  accountId: '111122223333',
  arn: 'arn:aws:sts::111122223333:assumed-role/reader/s1',
  roleArn: 'arn:aws:iam::111122223333:role/reader',
  roleId: 'AROAREADEREXAMPLE',
}
const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)
const allow = (more: object = {}): object => ({
  Effect: 'Allow',
  Action: 'docs:Read',
  Resource: '*',
  ...more,
})
const deny = (more: object = {}): object => ({ ...allow(more), Effect: 'Deny' })

function explained(
  layers: Partial<ReferenceLayers>,
  context: Readonly<Record<string, ContextValue>> = {},
  principal: Principal = user,
  action = 'docs:Read',
): Explanation {
  const request = {
    principal,
    action,
    resource: 'arn:aws:docs:::home/ann/a',
    context: contextOf(Object.entries(context)),
  }
  return explain(request, layersOf({ identity: [], ...layers }))
}

test('every layer is explained with its effect, all matching statements and their positions', () => {
  const { layers, statements } = explained({
    identity: [document(allow({ Sid: 'One' }), allow({ Sid: 'Two' }))],
    guardrail: [[document(allow({ Action: '*' }))]],
    session: [[document(allow())], [document(allow({ Action: 'mail:*' }))]],
    boundary: [document(allow(), deny({ Sid: 'No' }))],
    resource: [document(allow({ Principal: '*' }))],
  })
  assert.deepEqual(
    layers.map(({ layer, link, said, statements: all }) => [layer, link, said, all.length]),
    [
      ['guardrail', 0, 'allow', 1],
      ['resource', 0, 'allow', 1],
      ['identity', 0, 'allow', 2],
      ['boundary', 0, 'explicit_deny', 1],
      ['session', 0, 'allow', 1],
      ['session', 1, 'implicit_deny', 0],
    ],
  )
  assert.deepEqual(statements, [
    {
      layer: 'boundary',
      document: 'boundary-1',
      sid: 'No',
      index: 1,
      start: { line: 9, column: 5 },
      end: { line: 14, column: 6 },
    },
  ])
})

test('a trust policy and the implicit permission of root are layers too', () => {
  const root: Principal = { kind: 'root', accountId: '111122223333', arn: 'arn:aws:iam::111122223333:root' }
  const trust = document({ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' })
  const { layers } = explained({ trust: [trust] }, {}, root, 'sts:AssumeRole')
  assert.deepEqual(
    layers.map(({ layer, said }) => `${layer} ${said}`),
    ['trust allow', 'identity implicit_deny', 'root allow'],
  )
})

test('failed conditions have operator, key, expected and actual value, and their statement', () => {
  const { conditions, missing } = explained(
    {
      identity: [
        document(
          allow({
            Sid: 'Guarded',
            Condition: {
              'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': ['a*', 'b'] },
              Bool: { 'aws:MultiFactorAuthPresent': true },
              StringEquals: { 'aws:username': 'ann' },
              Null: { 'docs:Absent': 'true' },
            },
          }),
          allow({ Action: 'mail:Read', Condition: { Bool: { 'docs:NotAsked': true } } }),
        ),
      ],
    },
    { 'aws:username': 'ann', 'aws:TagKeys': ['x'] },
  )
  assert.deepEqual(
    conditions.map(({ operator, key, wanted, seen, statement }) => [
      operator,
      key,
      wanted,
      seen,
      statement.sid,
    ]),
    [
      ['ForAnyValue:StringLikeIfExists', 'aws:TagKeys', ['a*', 'b'], ['x'], 'Guarded'],
      ['Bool', 'aws:MultiFactorAuthPresent', ['true'], undefined, 'Guarded'],
    ],
  )
  assert.deepEqual(missing, ['aws:multifactorauthpresent'])
})

test('a variable that did not resolve is a missing key, also in a large set', () => {
  const home = allow({
    Resource: undefined,
    NotResource: 'arn:aws:docs:::home/${docs:Owner}/*',
    Condition: { StringEquals: { 'aws:username': 'bob' } },
  })
  const others = Array.from({ length: 50 }, (_, index) => allow({ Action: `docs:Other${index}` }))
  const { missing, conditions } = explained(
    { identity: [document(home, ...others)] },
    { 'aws:username': 'ann' },
  )
  assert.deepEqual(missing, ['docs:owner'])
  assert.equal(conditions[0]?.seen, 'ann')
})

const cases: readonly {
  readonly title: string
  readonly layers: Partial<ReferenceLayers>
  readonly context?: Readonly<Record<string, ContextValue>>
  readonly principal?: Principal
  readonly action?: string
  readonly kind: Change['kind'] | undefined
  readonly said: RegExp
}[] = [
  {
    title: 'nothing for an allow',
    layers: { identity: [document(allow({ Sid: 'R' }))] },
    kind: undefined,
    said: /^allowed by statement `R` of `identity-1` \(line 4\)$/,
  },
  {
    title: 'MFA that is missing',
    layers: {
      identity: [document(allow({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }))],
    },
    kind: 'context',
    said: /would allow it if `aws:MultiFactorAuthPresent` were `true` \(it is missing\)$/,
  },
  {
    title: 'an address outside',
    layers: { identity: [document(allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }))] },
    context: { 'aws:SourceIp': '192.0.2.1' },
    kind: 'context',
    said: /if `aws:SourceIp` were in `10.0.0.0\/8` \(it is `192.0.2.1`\)$/,
  },
  {
    title: 'a number too large, and a date',
    layers: {
      identity: [
        document(
          allow({
            Condition: {
              NumericLessThanEquals: { 'docs:Size': 5 },
              DateGreaterThan: { 'aws:CurrentTime': '2026-01-01' },
            },
          }),
        ),
      ],
    },
    context: { 'docs:Size': '6' },
    kind: 'context',
    said: /if `docs:Size` were at most `5` \(it is `6`\) and `aws:CurrentTime` were above `2026-01-01` \(it is missing\)$/,
  },
  {
    title: 'a negated operator',
    layers: { identity: [document(allow({ Condition: { StringNotLike: { 'docs:Class': 'secret*' } } }))] },
    context: { 'docs:Class': 'secret-2' },
    kind: 'context',
    said: /if `docs:Class` were not like `secret\*` \(it is `secret-2`\)$/,
  },
  {
    title: 'a key that is there but must not be',
    layers: { identity: [document(allow({ Condition: { Null: { 'docs:Hold': 'true' } } }))] },
    context: { 'docs:Hold': 'x' },
    kind: 'context',
    said: /if `docs:Hold` were missing$/,
  },
  {
    title: 'a list',
    layers: {
      identity: [
        document(
          allow({ Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b', 'c', 'd', 'e'] } } }),
        ),
      ],
    },
    context: { 'aws:TagKeys': ['x'] },
    kind: 'context',
    said: /if every value of `aws:TagKeys` were `a` or `b` or `c` or one of 2 more \(it is `x`\)$/,
  },
  {
    title: 'an empty list',
    layers: { identity: [document(allow({ Condition: { 'ForAnyValue:NumericEquals': { 'docs:N': 1 } } }))] },
    context: { 'docs:N': [] },
    kind: 'context',
    said: /if a value of `docs:N` were equal to `1` \(it is empty\)$/,
  },
  {
    title: 'the statement with the fewest failed conditions',
    layers: {
      identity: [
        document(
          allow({ Sid: 'Two', Condition: { StringEquals: { a: '1', b: '2' } } }),
          allow({ Sid: 'One', Condition: { StringEquals: { c: '3' } } }),
        ),
      ],
    },
    kind: 'context',
    said: /statement `One` .* if `c` were `3`/,
  },
  {
    title: 'a resource beside',
    layers: { identity: [document(allow({ Resource: 'arn:aws:docs:::home/bob/*' }))] },
    kind: 'widen',
    said: /add `arn:aws:docs:::home\/ann\/a` to the `Resource` of statement 1 of `identity-1`/,
  },
  {
    title: 'an action beside',
    layers: { identity: [document(allow({ Action: 'docs:List' }))] },
    kind: 'widen',
    said: /add `docs:Read` to the `Action` of statement 1/,
  },
  {
    title: 'a principal beside',
    layers: { resource: [document(allow({ Principal: { AWS: '444455556666' } }))] },
    principal: { kind: 'service', service: 'jobs.example' },
    kind: 'widen',
    said: /add `jobs.example` to the `Principal` of statement 1/,
  },
  {
    title: 'nothing to widen in a Not element',
    layers: { identity: [document({ Effect: 'Allow', NotAction: 'docs:*', Resource: '*' })] },
    kind: 'add',
    said: /add to the caller's identity policies an `Allow` of `docs:Read` on `arn:aws:docs:::home\/ann\/a`$/,
  },
  {
    title: 'no policy at all',
    layers: {},
    kind: 'add',
    said: /^denied because the caller's identity policies do not allow it; to allow it, add/,
  },
  {
    title: 'an empty boundary',
    layers: { identity: [document(allow())], boundary: [] },
    kind: 'add',
    said: /^denied because the permissions boundary does not allow it; .* add to the permissions boundary/,
  },
  {
    title: 'the second link of a chain',
    layers: {
      identity: [document(allow())],
      session: [[document(allow())], [document(allow({ Action: 'docs:List' }))]],
    },
    principal: session,
    kind: 'widen',
    said: /^denied because the session policy does not allow it; .*`session-2`/,
  },
  {
    title: 'a guardrail',
    layers: { identity: [document(allow())], guardrail: [[]] },
    kind: 'add',
    said: /add to the account's guardrail/,
  },
  {
    title: 'a role that nobody trusts',
    layers: { trust: [] },
    principal: session,
    action: 'sts:AssumeRole',
    kind: 'add',
    said: /add to the role's trust policy an `Allow` of `sts:AssumeRole`$/,
  },
  {
    title: 'a token of an unknown provider',
    layers: { trust: [] },
    principal: {
      kind: 'web-identity',
      accountId: '111122223333',
      provider: 'arn:aws:iam::111122223333:oidc-provider/ci',
    },
    action: 'sts:AssumeRoleWithWebIdentity',
    kind: 'add',
    said: /trust policy does not allow it/,
  },
  {
    title: 'the anonymous',
    layers: { resource: [] },
    principal: { kind: 'anonymous' },
    kind: 'add',
    said: /^denied because the resource policy does not allow it/,
  },
  {
    title: 'a federated user without a session policy',
    layers: { identity: [document(allow())] },
    principal: {
      kind: 'federated-user',
      accountId: '111122223333',
      arn: 'arn:aws:sts::111122223333:federated-user/f',
      issuerArn: user.arn,
    },
    kind: 'add',
    said: /add to the session policy/,
  },
  {
    title: 'a deny without conditions',
    layers: { identity: [document(allow(), deny({ Sid: 'Never' }))] },
    kind: 'remove',
    said: /^denied by statement `Never` of `identity-1` \(line 9\) of the caller's identity policies; to allow it, remove or narrow statement `Never`/,
  },
  {
    title: 'a deny with conditions',
    layers: {
      identity: [
        document(
          allow(),
          deny({
            Condition: {
              NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
              StringEquals: { 'aws:username': 'ann' },
            },
          }),
        ),
      ],
    },
    context: { 'aws:SourceIp': '192.0.2.1', 'aws:username': 'ann' },
    kind: 'context',
    said: /would no longer deny it if `aws:SourceIp` were in `10.0.0.0\/8` \(it is `192.0.2.1`\) or `aws:username` were not `ann`/,
  },
  {
    title: 'a deny where a key is missing',
    layers: { identity: [document(allow(), deny({ Condition: { Null: { 'docs:Ticket': 'true' } } }))] },
    kind: 'context',
    said: /if `docs:Ticket` were present$/,
  },
]

for (const { title, layers, context, principal, action, kind, said } of cases)
  test(`the nearest change: ${title}`, () => {
    const explanation = explained(layers, context, principal, action)
    assert.equal(explanation.nearest?.change.kind, kind)
    assert.match(formatDecision(explanation), said)
  })

test('what is to be added is a statement ready to paste', () => {
  const trust = explained({ trust: [] }, {}, session, 'sts:AssumeRole').nearest?.change
  assert.deepEqual(trust, {
    kind: 'add',
    layer: 'trust',
    statement: {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' },
      Action: 'sts:AssumeRole',
    },
  })
  const anyone = explained({ resource: [] }, {}, { kind: 'anonymous' }).nearest?.change
  assert.equal(anyone?.kind === 'add' && anyone.statement.Principal, '*')
})

test('a very large set is not searched for near misses', () => {
  const statements = Array.from({ length: 1500 }, (_, index) => allow({ Action: `docs:Other${index}` }))
  assert.equal(explained({ identity: [document(...statements)] }).nearest?.change.kind, 'add')
})

test('an explanation becomes JSON with everything in it', () => {
  const plain = JSON.parse(JSON.stringify(explained({}))) as Record<string, unknown>
  assert.deepEqual(Object.keys(plain).sort(), [
    'conditions',
    'effect',
    'layer',
    'layers',
    'missing',
    'nearest',
    'reason',
    'statements',
  ])
})

test('an action that needs no permission is reported as such', () => {
  assert.match(
    formatDecision(explained({}, {}, user, 'sts:GetCallerIdentity')),
    /^allowed without a statement/,
  )
})

test('a failed condition says when only the case differs, and when a list needs a set operator', () => {
  const start = { line: 1, column: 1 }
  const statement = { layer: 'trust', document: 'p', sid: undefined, index: 0, start, end: start } as const
  const said = (operator: string, seen: string | readonly string[]) =>
    formatFailedCondition({ operator, key: 'ci.example:roles', wanted: ['admin'], seen, statement })
  assert.match(said('StringEquals', 'Admin'), /it is `Admin`, which differs in upper and lower case only$/)
  assert.match(said('StringEquals', ['admin']), /it is `admin`, a list: write `ForAnyValue:StringEquals`$/)
  assert.match(said('ForAnyValue:StringEquals', ['ADMIN']), /differs in upper and lower case only$/)
  assert.match(said('StringEquals', 'user'), /it is `user`$/)
})
