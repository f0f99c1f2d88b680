// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables, spelled out for the engine
// Rows that databases read otherwise than JavaScript, as a table, and the policies that are asked of each: numbers beyond
// double precision, JSON values of other types than declared, texts that differ only by case, accents or trailing spaces.

import { shapeOf } from './random-tables.ts'
import { type StoredRow, storedRow } from './stored-row.ts'

const oddShape = {
  ...shapeOf({ resource: 'arn:aws:docs:::${owner}/${id}', id: 'text' }),
  attributes: {
    ...shapeOf({ resource: '', id: 'text' }).attributes,
    'docs:Number': { column: 'tags', path: ['n'], type: 'number' },
    'docs:Whole': { column: 'tags', path: ['n'], type: 'integer' },
    'docs:Time': { column: 'tags', path: ['n'], type: 'time' },
    'docs:Nested': { column: 'tags', path: ['a', 'b'] },
  },
}

/** With the attributes that the statements name: a value of another type than declared counts for those alone. */
export function oddShapeFor(statements: readonly object[]): object {
  const text = JSON.stringify(statements)
  const attributes = Object.entries(oddShape.attributes).filter(([key]) => text.includes(key))
  return { ...oddShape, attributes: Object.fromEntries(attributes) }
}

const row = (more: Readonly<Record<string, unknown>>): StoredRow =>
  storedRow({ owner: 'o', id: 'i', ...more })
const tags = (...texts: readonly string[]): (readonly [string, StoredRow])[] =>
  texts.map((text) => [`tags ${text.slice(0, 60)}`, { ...row({}), tags: text }])
const classes = (...texts: readonly string[]): (readonly [string, StoredRow])[] =>
  texts.map((text) => [`class ${JSON.stringify(text)}`, row({ class: text })])

const numbers = (
  '0 -0 5 5.0 5e0 50e-1 -1 1e400 -1e400 1e-400 -1e-400 5e-324 1e-320 1.7976931348623157e308 1.7976931348623158e308 ' +
  '1.79769313486231571e308 1.8e308 9007199254740991 9007199254740993 18446744073709551616 1e30 -1e30 ' +
  '0.1 0.10000000000000000001 1767225600 1767225600.5 253402300800 123456789012345678901234567890e-29'
).split(' ')

export const oddRows: readonly (readonly [string, StoredRow])[] = [
  ['nothing', row({})],
  ...tags(...numbers.map((text) => `{"n":${text}}`), `{"n":1${'0'.repeat(400)}}`),
  ...tags('{"n":null}', '{"n":"5"}', '{"n":true}', '{"n":[5]}', '{"n":{"n":5}}'),
  ...tags('null', '5', '"secret"', '[]', '["secret"]', '[{"Team":"secret"}]', 'true', '{}'),
  ...[
    'null',
    '5',
    'true',
    '"true"',
    '"secret"',
    '"secret "',
    '"Secret"',
    '""',
    '"null"',
    '["secret"]',
    '[]',
    '{"b":"secret"}',
  ].flatMap((value) =>
    tags(
      `{"Team":${value}}`,
      `{"open":${value}}`,
      `{"groups":${value}}`,
      `{"a":${value}}`,
      `{"a":{"b":${value}}}`,
    ),
  ),
  ...tags(
    '{"Team":"s\\u0065cret"}',
    '{"Team":"\\ud83d\\ude00"}',
    '{"Team":"a\\\\b"}',
    '{"Team":"a\\"b"}',
    '{"Team":"a\\/b"}',
    '{"Team":"a\\nb"}',
  ),
  ...tags(
    '{"groups":["secret",null]}',
    '{"groups":[null]}',
    '{"groups":["secret",5]}',
    '{"groups":[["secret"]]}',
    '{"groups":[{"x":"secret"}]}',
  ),
  ...tags(
    '{"groups":["Secret"]}',
    '{"groups":["secret "]}',
    '{"groups":["s\\u0065cret","open"]}',
    '{"groups":["true",true]}',
  ),
  ...tags('{"a":[{"b":"secret"}]}', '{"team":"secret"}', '{"TEAM":"secret"}'),
  ...classes(
    'secret',
    'Secret',
    'SECRET',
    'sécret',
    'secret ',
    ' secret',
    'secret\t',
    'secre',
    '',
    ' ',
    '5',
    '05',
    '5.0',
    ' 5',
    '5 ',
  ),
  ...classes(
    '\u017fecret',
    'se\u00adcret',
    'secret\u200b',
    'ss',
    'ß',
    'ae',
    'æ',
    'ä',
    'a\u0308',
    '\ufffd',
    '😀',
    '😁',
    'a\\b',
    'a!b',
    'a%b',
    'a_b',
  ),
  ...[5, -0, 1.5, 1e308, 5e-324].map((size): [string, StoredRow] => [`size ${size}`, row({ size })]),
  ...[0, 5, 50, 9007199254740991, -5].map((count): [string, StoredRow] => [`count ${count}`, row({ count })]),
  ...[true, false].map((draft): [string, StoredRow] => [`draft ${draft}`, row({ draft })]),
]

const textKeys = ['docs:Class', 'aws:ResourceTag/Team', 'docs:Nested']
const wanted = [
  'secret',
  'sec*',
  '*ret',
  '*cre*',
  '5',
  '05',
  '',
  '*',
  'true',
  'ß',
  'ä',
  '\ufffd',
  '${aws:PrincipalTag/nul}',
  '${aws:PrincipalTag/nul}*',
  'a\\b',
  'a!*b',
  'a%*',
  'a_b*',
  '😀',
  'null',
]
const textOperators = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringEqualsIfExists',
]
const numberKeys = ['docs:Number', 'docs:Whole', 'docs:Size', 'docs:Count']
const numberOperators = [
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
]
const bounds = ['0', '5', '-1', '0.1', '1e308', '9007199254740992']

/** Each condition as an Allow, and as a Deny beside an Allow of everything. */
function* conditions(): Generator<object> {
  for (const key of textKeys)
    for (const operator of textOperators) for (const value of wanted) yield { [operator]: { [key]: value } }
  for (const key of numberKeys)
    for (const operator of numberOperators) for (const value of bounds) yield { [operator]: { [key]: value } }
  for (const value of ['5', '05', '0', '5*', '9007199254740991', '-5', '*'])
    for (const key of ['docs:Whole', 'docs:Count']) yield { StringLike: { [key]: value } }
  for (const operator of ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateGreaterThan'])
    yield { [operator]: { 'docs:Time': '1767225600' } }
  for (const key of ['docs:Open', 'docs:Draft'])
    for (const value of ['true', 'false']) yield { Bool: { [key]: value } }
  for (const operator of ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'])
    for (const set of ['ForAnyValue', 'ForAllValues'])
      for (const value of ['secret', 's*', 'true', ''])
        yield { [`${set}:${operator}`]: { 'docs:Groups': value } }
  for (const key of [...textKeys, ...numberKeys, 'docs:Time', 'docs:Open', 'docs:Groups', 'docs:Draft'])
    for (const value of ['true', 'false']) yield { Null: { [key]: value } }
  yield { StringEquals: { 'docs:Class': '${aws:ResourceTag/Team}' } }
  yield { StringNotEquals: { 'aws:username': '${docs:Class}' } }
  yield { StringLike: { 'docs:Owner': '${docs:Nested}*' } }
}

export const oddPolicies: readonly (readonly [string, readonly object[]])[] = [...conditions()].flatMap(
  (Condition) => [
    [`allow ${JSON.stringify(Condition)}`, [{ Condition }]],
    [`deny ${JSON.stringify(Condition)}`, [{}, { Effect: 'Deny', Condition }]],
  ],
)

/** What the request knows: a text that PostgreSQL cannot store. */
export const oddContext = { 'aws:PrincipalTag/nul': 'a\u0000' }
