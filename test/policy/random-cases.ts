// Random policies and requests drawn from a small world, so that patterns and requests meet often.
import fc from 'fast-check'
import { contextOf, type Principal, type Request } from '../../src/policy/request.ts'
import type { ReferenceLayers } from './reference.ts'

const home = '111122223333'
const other = '444455556666'
const provider = `arn:aws:iam::${home}:oidc-provider/ci.example`
const ann = `arn:aws:iam::${home}:user/ann`
const role = `arn:aws:iam::${home}:role/app/reader`
const session = `arn:aws:sts::${home}:assumed-role/reader/s1`
const federated = `arn:aws:sts::${home}:federated-user/fay`

const principals: readonly Principal[] = [
  { kind: 'root', accountId: home, arn: `arn:aws:iam::${home}:root` },
  { kind: 'user', accountId: home, arn: ann, id: 'AIDAANNANN' },
  { kind: 'user', accountId: home, arn: `arn:aws:iam::${home}:user/*`, id: 'AIDASTARSTAR' },
  { kind: 'role-session', accountId: home, arn: session, roleArn: role, roleId: 'AROAREADER' },
  {
    kind: 'role-session',
    accountId: home,
    arn: session,
    roleArn: role,
    roleId: 'AROAREADER',
    federated: provider,
  },
  { kind: 'federated-user', accountId: home, arn: federated, issuerArn: ann, issuerId: 'AIDAANNANN' },
  { kind: 'federated-user', accountId: home, arn: federated, issuerArn: `arn:aws:iam::${home}:root` },
  { kind: 'web-identity', accountId: home, provider },
  { kind: 'service', service: 'jobs.example' },
  { kind: 'anonymous' },
]

const actions = [
  'docs:Read',
  'docs:ReadAll',
  'DOCS:write',
  'docs:Delete',
  'mail:Read',
  'sts:AssumeRole',
  'sts:GetCallerIdentity',
  'sts:TagSession',
]
const actionPatterns = [
  '*',
  'docs:*',
  'docs:Read',
  'docs:read*',
  'docs:*e',
  'd?cs:Read',
  '*:Read',
  'mail:Read',
  'docs:R*d?ll',
  'sts:*',
  'docs:Write',
  'sts:AssumeRole',
]
const trustActions = ['sts:*', 'sts:AssumeRole', 'STS:assume*', 'sts:TagSession', 'sts:?ssumeRole']

const resources = [
  'arn:aws:docs:::home/ann/a',
  'arn:aws:docs:::home/*/a',
  'arn:aws:docs:::home/bob/a:b',
  'arn:aws:docs:eu:111122223333:x',
  'arn:aws:docs:::',
  'doc/1',
  'doc/',
  '*',
  '',
  'arn:aws:docs:::home/ann?/a',
  'arn:aws:mail:::box/a*b',
  'arn:aws:docs:e:u:111122223333:x',
]
const resourcePatterns = [
  '*',
  'arn:aws:docs:::home/*',
  'arn:aws:docs:::home/${aws:username}/*',
  "arn:aws:docs:::home/${aws:username, 'ann'}/a",
  'arn:aws:docs:*:*:x',
  'arn:aws:docs:e*:111122223333:x',
  'arn:aws:docs:::home/*/a',
  'arn:aws:docs:::home/${*}/a',
  'arn:aws:docs:::*b',
  'doc/*',
  'doc/?',
  '*/a',
  'arn:aws:docs:::home/ann${?}/a',
  'arn:*:docs:::*',
  '*a*',
  'arn:aws:docs:?u:1*:*',
  'arn:aws:docs:::home/${aws:PrincipalTag/team}/*',
  'arn:aws:mail:::box/a${*}b',
  "*${docs:Owner, 'none'}*",
  'arn:aws:docs:::home/ann/a',
  '?',
  '**',
  '*${$}*',
]

const texts = ['ann', 'bob', 'Ann', 'ann/a', '*', 'a*', '', 'true', '5', 'red', '${aws:username}', 'none']
const textPatterns = [
  'ann',
  'bob',
  'ANN',
  'a*',
  '*',
  '?nn',
  'a?n*',
  '',
  '${aws:username}',
  "${aws:PrincipalTag/team, 'red'}",
  '${*}',
  'a${*}',
  '*n',
  'r?d',
  '${docs:Owner}',
]
const arns = [
  ann,
  role,
  session,
  `arn:aws:iam::${other}:user/x`,
  'arn:aws:s3:::b',
  'notarn',
  'arn:aws:iam::1:2:user/ann',
]
const arnPatterns = [
  ann,
  `arn:aws:iam::${home}:*`,
  'arn:aws:iam::*:user/*',
  'arn:*:*:*:*:*',
  '*',
  'arn:aws:*',
  'arn:aws:iam::*:role/${aws:username}',
  '${aws:PrincipalArn}',
  'arn:aws:iam:*:user/ann',
]
const numbers = ['5', '5.0', '-1', '10', '4.99', 'x', '1e1', '', ' 5']
const numberValues = ['5', '5.00', '10', '-1', '4.99', '.5']
const dates = [
  '2026-01-01T00:00:00Z',
  '2026-01-01',
  '1767225600',
  '2026-06-01T12:00:00+02:00',
  'soon',
  '2025',
  '2026-02',
]
const dateValues = ['2026-01-01T00:00:00Z', '1767225600', '2026-06-01T10:00:00Z', '2025-12-31']
const addresses = [
  '10.0.0.1',
  '10.1.2.3',
  '192.0.2.9',
  '::ffff:10.0.0.1',
  '2001:db8::1',
  '2001:db9::1',
  'nowhere',
  '10.0.0.256',
]
const networks = [
  '10.0.0.0/8',
  '10.0.0.1',
  '192.0.2.0/29',
  '2001:db8::/32',
  '0.0.0.0/0',
  '::/0',
  '10.0.0.0/31',
  '192.0.2.8/30',
]
const bools = ['true', 'false', 'TRUE', 'yes']
const binaries = ['QQ==', 'QR==', 'AAAA', '', '!']

/** Operators with what a request may hold and a policy may ask. */
const families: readonly { operators: string[]; key: string; values: string[]; patterns: string[] }[] = [
  {
    operators: [
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
    ],
    key: 'aws:username',
    values: texts,
    patterns: textPatterns,
  },
  {
    operators: ['StringEquals', 'StringNotEquals', 'stringlike', 'StringNotLike'],
    key: 'aws:PrincipalTag/team',
    values: texts,
    patterns: textPatterns,
  },
  {
    operators: ['StringEquals', 'StringLike', 'StringNotLike', 'StringNotEquals'],
    key: 'docs:Owner',
    values: texts,
    patterns: textPatterns,
  },
  {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    key: 'aws:PrincipalArn',
    values: arns,
    patterns: arnPatterns,
  },
  {
    operators: ['StringLike', 'StringEquals'],
    key: 'aws:PrincipalArn',
    values: arns,
    patterns: [ann, role, `arn:aws:iam::${home}:*`],
  },
  {
    operators: [
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericLessThanEquals',
      'NumericGreaterThan',
      'NumericGreaterThanEquals',
    ],
    key: 'docs:Size',
    values: numbers,
    patterns: numberValues,
  },
  {
    operators: [
      'DateEquals',
      'DateNotEquals',
      'DateLessThan',
      'DateLessThanEquals',
      'DateGreaterThan',
      'DateGreaterThanEquals',
    ],
    key: 'aws:CurrentTime',
    values: dates,
    patterns: dateValues,
  },
  { operators: ['IpAddress', 'NotIpAddress'], key: 'aws:SourceIp', values: addresses, patterns: networks },
  { operators: ['Bool'], key: 'aws:MultiFactorAuthPresent', values: bools, patterns: ['true', 'false'] },
  { operators: ['BinaryEquals'], key: 'docs:Hash', values: binaries, patterns: ['QQ==', 'AAAA'] },
]

const oneOrMore = <T>(items: readonly T[], most = 3): fc.Arbitrary<T | T[]> =>
  fc.oneof(fc.constantFrom(...items), fc.array(fc.constantFrom(...items), { minLength: 1, maxLength: most }))

const condition = fc.constantFrom(...families).chain(({ operators, key, patterns }) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
          fc.constantFrom(...operators),
          fc.constantFrom('', '', 'IfExists'),
          fc.constantFrom(key, key.toUpperCase()),
          oneOrMore(patterns),
        )
        .map(
          ([set, operator, ifExists, name, values]) =>
            [`${set}${operator}${ifExists}`, name, values] as const,
        ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(true, false, 'true', 'false').map((value) => ['Null', key, value] as const),
    },
  ),
)

const conditions = fc.array(condition, { maxLength: 2 }).map((list) => {
  if (list.length === 0) return undefined
  const block: Record<string, Record<string, unknown>> = {}
  for (const [operator, key, values] of list) block[operator] = { ...block[operator], [key]: values }
  return block
})

const awsNames = [
  '*',
  home,
  `arn:aws:iam::${home}:root`,
  ann,
  'AIDAANNANN',
  role,
  'AROAREADER',
  session,
  federated,
  other,
]
const principal = fc.oneof(
  fc.constant('*'),
  oneOrMore(awsNames).map((AWS) => ({ AWS })),
  fc.constant({ Federated: provider }),
  fc.constant({ Service: 'jobs.example' }),
  fc.tuple(oneOrMore(awsNames), fc.constant(provider)).map(([AWS, Federated]) => ({ AWS, Federated })),
)

const either = (one: string, two: string, values: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.constantFrom(one, one, one, two), values).map(([name, value]) => ({ [name]: value }))

function statement(kind: 'attached' | 'resource' | 'trust'): fc.Arbitrary<object> {
  const parts: fc.Arbitrary<object>[] = [
    fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny').map((Effect) => ({ Effect })),
    either('Action', 'NotAction', kind === 'trust' ? oneOrMore(trustActions) : oneOrMore(actionPatterns)),
    conditions.map((Condition) => (Condition ? { Condition } : {})),
  ]
  if (kind !== 'trust') parts.push(either('Resource', 'NotResource', oneOrMore(resourcePatterns)))
  if (kind === 'resource') parts.push(either('Principal', 'NotPrincipal', principal))
  if (kind === 'trust') parts.push(principal.map((Principal) => ({ Principal })))
  return fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object)
}

const document = (kind: 'attached' | 'resource' | 'trust', most: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17', undefined),
      fc.array(statement(kind), { minLength: 1, maxLength: most }),
    )
    .map(([Version, Statement]) => JSON.stringify({ Version, Statement }))

const documents = (kind: 'attached' | 'resource' | 'trust', most = 3, statements = 4) =>
  fc.array(document(kind, statements), { maxLength: most })
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constant(undefined))

/** Limits that let something through often enough for the layers behind them to be asked. */
const everything = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
const limit = fc.oneof(
  documents('attached', 2),
  document('attached', 3).map((one) => [everything, one]),
  fc.constant([everything]),
)

const layers: fc.Arbitrary<ReferenceLayers> = fc.record({
  identity: fc.oneof(documents('attached'), documents('attached', 12, 6)),
  boundary: sometimes(limit),
  session: sometimes(fc.array(limit, { maxLength: 2 })),
  resource: sometimes(fc.oneof(documents('resource', 2), documents('resource', 6, 6))),
  trust: fc.oneof(
    document('trust', 4).map((one) => [one]),
    fc.constant(undefined),
    fc.constant(undefined),
  ),
  guardrail: sometimes(fc.array(limit, { maxLength: 2 })),
})

const contextEntry = fc
  .constantFrom(...families)
  .chain(({ key, values }) =>
    fc
      .oneof(
        { weight: 4, arbitrary: fc.constantFrom(...values) },
        { weight: 1, arbitrary: fc.array(fc.constantFrom(...values), { maxLength: 3 }) },
      )
      .map((value) => [key, value] as const),
  )

const request: fc.Arbitrary<Request> = fc.record({
  principal: fc.constantFrom(...principals),
  action: fc.constantFrom(...actions),
  resource: fc.constantFrom(...resources),
  resourceAccount: fc.constantFrom(undefined, undefined, home, other),
  context: fc.array(contextEntry, { maxLength: 6 }).map(contextOf),
})

/** Policies with the requests asked of them. */
export const randomCases = fc.record({
  layers,
  requests: fc.array(request, { minLength: 10, maxLength: 10 }),
})
export const requestsPerCase = 10

/** One document, and so many requests, of the same small world. */
export const documentOf = (kind: 'attached' | 'resource' | 'trust') => document(kind, 3)
export const requests = (count: number) => fc.array(request, { minLength: count, maxLength: count })
