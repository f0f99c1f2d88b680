// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables, spelled out for the engine
// Random policies, requests and tables drawn from a small world, so that they meet often. Rows hold what trips up
// databases: NULLs, empty texts, quotes, wildcard characters, letters whose case is odd, characters above U+FFFF, U+0000.
import fc from 'fast-check'
import type { DocumentKind } from '../../../src/policy/language/document.ts'
import { type Context, contextOf, type Principal } from '../../../src/policy/request.ts'

const home = '111122223333'
const other = '444455556666'
const ann = `arn:aws:iam::${home}:user/ann`
const role = `arn:aws:iam::${home}:role/reader`
const session = `arn:aws:sts::${home}:assumed-role/reader/s1`

const principals: readonly Principal[] = [
  { kind: 'user', accountId: home, arn: ann, id: 'AIDAANNANN' },
  { kind: 'user', accountId: home, arn: ann, id: 'AIDAANNANN' },
  { kind: 'root', accountId: home, arn: `arn:aws:iam::${home}:root` },
  { kind: 'role-session', accountId: home, arn: session, roleArn: role, roleId: 'AROAREADER' },
  { kind: 'federated-user', accountId: home, arn: `arn:aws:sts::${home}:federated-user/fay`, issuerArn: ann },
  { kind: 'service', service: 'jobs.example' },
  { kind: 'anonymous' },
]

export interface Table {
  readonly resource: string
  readonly id: 'text' | 'integer'
}
const tables: readonly Table[] = [
  { resource: 'arn:aws:docs:::${owner}/${id}', id: 'text' },
  { resource: 'arn:aws:docs:::${owner}/${id}', id: 'integer' },
  { resource: 'arn:aws:docs:${region}:111122223333:${owner}/a/${id}', id: 'text' },
  { resource: 'arn:aws:docs:::doc/${id}', id: 'integer' },
  { resource: '${owner}${id}', id: 'text' },
  { resource: 'arn:aws:docs:::fixed', id: 'text' },
]

/** The shape as a service would send it. */
export const shapeOf = ({ resource, id }: Table) => ({
  resource,
  columns: Object.fromEntries(
    Object.entries({ id: { column: 'id', type: id }, owner: { column: 'owner' } }).filter(([name]) =>
      resource.includes(`\${${name}}`),
    ),
  ),
  attributes: {
    'aws:ResourceTag/Team': { column: 'tags', path: ['Team'] },
    'docs:Owner': { column: 'owner' },
    'docs:Class': { column: 'class' },
    'docs:Arn': { column: 'arn' },
    'docs:Readers': { column: 'readers', type: 'list' },
    'docs:Groups': { column: 'tags', path: ['groups'], type: 'list' },
    'docs:Size': { column: 'size', type: 'number' },
    'docs:Weight': { column: 'tags', path: ['weight'], type: 'number' },
    'docs:Count': { column: 'count', type: 'integer' },
    'docs:Draft': { column: 'draft', type: 'boolean' },
    'docs:Open': { column: 'tags', path: ['open'], type: 'boolean' },
    'docs:Created': { column: 'created', type: 'time' },
  },
})

const texts = [
  'ann',
  'bob',
  'Ann',
  'ANN',
  '',
  '*',
  'a*',
  'ann/a',
  'a:b',
  "o'k",
  '"',
  '%',
  '_',
  '[a]',
  'é',
  '😀',
  'a😀b',
  'ß',
  '\u212a',
  'k',
  'İ',
  'i̇',
  'a\\b',
  '?',
  'a?',
  'ſ',
  'a\u0000b',
  '\u0001',
  'true',
  'True',
  'doc/5',
  '5',
  '05',
  ']',
  '^',
  '-',
  '\u{10ffff}',
  'a\nb',
  'QQ==',
  'QR==',
  '$x',
  '\ud7ff',
  '\uffff',
  '/',
  '${*}',
]
const arns = [
  ann,
  role,
  session,
  'arn:aws:s3:::b',
  'notarn',
  'arn:aws:iam::1:2:user/ann',
  'arn:aws:iam::1:user/a/b',
  'a:b:c:d:e:',
  '',
]
const text = fc.constantFrom(...texts)
const missing = fc.constantFrom(undefined, null)
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: missing })

export interface DocsRow {
  readonly region?: string | null | undefined
  readonly owner?: string | null | undefined
  readonly id?: string | number | null | undefined
  readonly class?: string | null | undefined
  readonly arn?: string | null | undefined
  readonly readers?: readonly string[] | null | undefined
  readonly tags?: Readonly<Record<string, unknown>> | null | undefined
  readonly size?: number | null | undefined
  readonly count?: number | null | undefined
  readonly draft?: boolean | null | undefined
  readonly created?: number | null | undefined
}

const numbers = [0, -0, 5, 5.5, -1, 10, 1e300, 4.99, 2 ** 53 - 1, Number.POSITIVE_INFINITY]
const wholes = [0, 5, -1, 10, 50, 2 ** 53 - 1]
const times = [1767225600, 1767225599, 1767225601, 0, -1, 1700, 253402300799]

const rowOf = ({ id }: Table): fc.Arbitrary<DocsRow> =>
  fc.record({
    region: maybe(fc.constantFrom('eu', 'us', '', 'e:u')),
    owner: maybe(text),
    id: maybe<string | number>(id === 'integer' ? fc.constantFrom(...wholes) : text),
    class: maybe(text),
    arn: maybe(fc.constantFrom(...arns)),
    readers: maybe(fc.array(text, { maxLength: 3 })),
    tags: maybe(
      fc.record(
        {
          Team: fc.oneof(text, missing),
          groups: fc.oneof(fc.array(text, { maxLength: 2 }), missing),
          weight: fc.oneof(fc.constantFrom(...numbers.filter(Number.isFinite)), missing),
          open: fc.oneof(fc.boolean(), missing),
        },
        { requiredKeys: [] },
      ),
    ),
    size: maybe(fc.constantFrom(...numbers)),
    count: maybe(fc.constantFrom(...wholes)),
    draft: maybe(fc.boolean()),
    created: maybe(fc.constantFrom(...times)),
  })

const resourcePatterns = [
  '*',
  'arn:aws:docs:::*',
  'arn:aws:docs:::ann/*',
  'arn:aws:docs:::*/a',
  'arn:aws:docs:::${aws:username}/*',
  'arn:aws:docs:::${docs:Owner}/*',
  'arn:aws:docs:::${docs:Class}/*',
  'arn:aws:docs:::${docs:Class}/a',
  "arn:aws:docs:::${docs:Class, 'ann'}/*",
  'arn:aws:docs:::doc/5',
  'arn:aws:docs:::doc/?',
  'arn:aws:docs:::doc/5*',
  'arn:aws:docs:::ann/ann',
  'arn:aws:docs:::*a*n*',
  'arn:aws:docs:::?nn/*',
  'arn:aws:docs:::??/*',
  'arn:aws:docs:*:*:*',
  'arn:aws:docs:e*:1*:*/a/*',
  'arn:aws:docs:eu:*:*',
  'arn:*:docs:::ann/*',
  'arn:aws:docs:::${*}/*',
  'arn:aws:docs:::fixed',
  'arn:aws:docs:::fix*',
  'ann*',
  'a*b',
  '*😀*',
  '*?b',
  '?',
  '${docs:Owner}*',
  '${docs:Owner}${docs:Class}',
  '${aws:ResourceTag/team}*',
  'arn:aws:docs:::a/n*',
  'arn:aws:docs:::*/*/*',
  'arn:aws:docs:::[a]/*',
  "arn:aws:docs:::o'k/*",
  'arn:aws:docs:::${aws:PrincipalTag/none}/*',
  'arn:aws:docs:::%/*',
  'arn:aws:docs:?u:111122223333:ann/a/*',
  'a?b',
  'a??b',
  '${docs:Count}*',
  '*/5',
]
const textPatterns = [
  'ann',
  'ANN',
  'a*',
  '*',
  '?',
  '??',
  'a?b',
  '*n',
  'a*b',
  '*a*',
  '',
  '${aws:username}',
  '${docs:Owner}',
  '${docs:Class}',
  '${aws:ResourceTag/Team}',
  "${docs:Class, 'ann'}",
  "${aws:PrincipalTag/x, 'bob'}",
  '${*}',
  'a${*}',
  '😀',
  '*😀*',
  'É',
  'k',
  'K',
  'i̇',
  'ß',
  'S',
  "o'k",
  '%',
  '[a]',
  'a\\b',
  '*\n*',
  'true',
  '5',
  '05',
  '${docs:Owner}*',
  'x${docs:Owner}',
  '*${docs:Owner}',
  '$x',
  '\ud7ff*',
  '\uffff*',
  '\u{10ffff}*',
  '?*',
  '*??*',
]
const arnPatterns = [
  ann,
  `arn:aws:iam::${home}:*`,
  'arn:aws:iam::*:user/*',
  'arn:*:*:*:*:*',
  '*',
  'arn:aws:*',
  '${docs:Arn}',
  'arn:aws:iam:*:user/ann',
  'arn:aws:iam::?:*',
  '${aws:PrincipalArn}',
  '**',
  'arn:aws:i?m::*:user/a*',
  'arn:aws:iam::1:${docs:Owner}',
  'arn:aws:iam::1:user/${docs:Owner}/*',
]
const textOperators = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
]
const numericOperators = [
  'Equals',
  'NotEquals',
  'LessThan',
  'LessThanEquals',
  'GreaterThan',
  'GreaterThanEquals',
]
const families: readonly {
  operators: readonly string[]
  keys: readonly string[]
  values: readonly string[]
}[] = [
  {
    operators: textOperators,
    keys: ['aws:ResourceTag/team', 'docs:Owner', 'docs:Class', 'docs:Readers', 'docs:Groups'],
    values: textPatterns,
  },
  { operators: textOperators, keys: ['aws:ResourceTag/TEAM', 'docs:Class'], values: textPatterns },
  { operators: textOperators, keys: ['docs:Readers', 'docs:groups'], values: textPatterns },
  {
    operators: textOperators,
    keys: ['aws:username', 'aws:PrincipalTag/team', 'docs:Teams'],
    values: textPatterns,
  },
  {
    operators: ['StringEquals', 'StringLike', 'StringNotEquals'],
    keys: ['docs:Count', 'docs:Draft'],
    values: ['5', '05', 'true', 't*', '?', '1*', '5*'],
  },
  {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    keys: ['docs:Arn', 'aws:PrincipalArn', 'docs:Readers'],
    values: arnPatterns,
  },
  {
    operators: numericOperators.map((name) => `Numeric${name}`),
    keys: ['docs:Size', 'docs:Weight', 'docs:Count'],
    values: ['5', '5.0', '-1', '0', '4.99', '1e300', '9007199254740991'],
  },
  {
    operators: numericOperators.map((name) => `Date${name}`),
    keys: ['docs:Created'],
    values: [
      '2026-01-01T00:00:00Z',
      '1767225600',
      '1767225600.5',
      '2026-01-01T00:00:00.5Z',
      '1700',
      '2025',
      '-1',
    ],
  },
  {
    operators: ['Bool'],
    keys: ['docs:Draft', 'docs:Open', 'docs:Class', 'aws:SecureTransport'],
    values: ['true', 'false', 'TRUE'],
  },
  { operators: ['BinaryEquals'], keys: ['docs:Class'], values: ['QQ==', 'QR==', 'AAAA'] },
  { operators: ['IpAddress'], keys: ['aws:SourceIp'], values: ['10.0.0.0/8', '::/0'] },
]

const oneOrMore = <T>(items: readonly T[]): fc.Arbitrary<T | T[]> =>
  fc.oneof(fc.constantFrom(...items), fc.array(fc.constantFrom(...items), { minLength: 1, maxLength: 3 }))

const condition = fc.constantFrom(...families).chain(({ operators, keys, values }) =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .tuple(
          fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
          fc.constantFrom(...operators),
          fc.constantFrom('', '', 'IfExists'),
          fc.constantFrom(...keys),
          oneOrMore(values),
        )
        .map(
          ([set, operator, ifExists, key, wanted]) => [`${set}${operator}${ifExists}`, key, wanted] as const,
        ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constant('Null'), fc.constantFrom(...keys), fc.constantFrom('true', 'false')),
    },
  ),
)

const block = fc.array(condition, { maxLength: 2 }).map((list) => {
  const made: Record<string, Record<string, unknown>> = {}
  for (const [operator, key, values] of list) made[operator] = { ...made[operator], [key]: values }
  return list.length === 0 ? {} : { Condition: made }
})

const names = ['*', home, ann, 'AIDAANNANN', role, session, other]
const principal = fc.oneof(
  fc.constant('*'),
  oneOrMore(names).map((AWS) => ({ AWS })),
  fc.constant({ Service: 'jobs.example' }),
)
const either = (one: string, two: string, value: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.constantFrom(one, one, one, two), value).map(([name, given]) => ({ [name]: given }))

const actionsFor = (kind: DocumentKind) =>
  kind === 'trust'
    ? oneOrMore(['sts:*', 'sts:AssumeRole', 'sts:TagSession'])
    : oneOrMore(['docs:*', 'docs:Read', 'docs:*', 'docs:Read', '*', 'sts:*', 'mail:*'])

const statement = (kind: DocumentKind): fc.Arbitrary<object> =>
  fc
    .tuple(
      fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Deny').map((Effect) => ({ Effect })),
      either('Action', 'NotAction', actionsFor(kind)),
      kind === 'trust'
        ? fc.constant({})
        : fc.oneof(
            fc.constant({ Resource: '*' }),
            either('Resource', 'NotResource', oneOrMore(resourcePatterns)),
          ),
      kind === 'trust'
        ? principal.map((Principal) => ({ Principal }))
        : kind === 'resource'
          ? either('Principal', 'NotPrincipal', principal)
          : fc.constant({}),
      block,
    )
    .map((parts) => Object.assign({}, ...parts) as object)

const document = (kind: DocumentKind) =>
  fc
    .tuple(
      fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
      fc.array(statement(kind), { minLength: 1, maxLength: 3 }),
    )
    .map(([Version, Statement]) => JSON.stringify({ Version, Statement }))
const documents = (kind: DocumentKind) => fc.array(document(kind), { minLength: 1, maxLength: 2 })
const sometimes = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })

export interface LayerTexts {
  readonly identity: readonly string[]
  readonly boundary?: readonly string[] | undefined
  readonly session?: readonly (readonly string[])[] | undefined
  readonly resource?: readonly string[] | undefined
  readonly trust?: readonly string[] | undefined
  readonly guardrail?: readonly (readonly string[])[] | undefined
}

const layers: fc.Arbitrary<LayerTexts> = fc.record({
  identity: fc.array(document('identity'), { minLength: 1, maxLength: 2 }),
  boundary: sometimes(documents('boundary')),
  session: sometimes(fc.array(documents('session'), { maxLength: 2 })),
  resource: sometimes(documents('resource')),
  trust: sometimes(documents('trust')),
  guardrail: sometimes(fc.array(documents('guardrail'), { maxLength: 1 })),
})

const context: fc.Arbitrary<Context> = fc
  .record(
    {
      'aws:username': fc.constantFrom('ann', '*', '😀', 'a'),
      'aws:PrincipalTag/team': text,
      'docs:Teams': fc.oneof(fc.array(text, { maxLength: 2 }), text),
      'aws:PrincipalArn': fc.constantFrom(...arns),
      'aws:SecureTransport': fc.constantFrom('true', 'false'),
      'aws:SourceIp': fc.constantFrom('10.0.0.1', '192.0.2.1'),
      // What the row knows better.
      'docs:Class': fc.constant('from the request'),
    },
    { requiredKeys: ['docs:Teams'] },
  )
  .map((given) => contextOf(Object.entries(given)))

export const randomTable = fc.constantFrom(...tables).chain((table) =>
  fc.record({
    table: fc.constant(table),
    rows: fc.array(rowOf(table), { minLength: 3, maxLength: 7 }),
    layers,
    request: fc.record({
      principal: fc.constantFrom(...principals),
      action: fc.constantFrom(
        'docs:Read',
        'docs:Read',
        'docs:Read',
        'docs:Write',
        'sts:AssumeRole',
        'sts:GetCallerIdentity',
      ),
      resourceAccount: fc.constantFrom(undefined, undefined, undefined, home, other),
      context,
    }),
  }),
)

export type RandomTable = typeof randomTable extends fc.Arbitrary<infer T> ? T : never
