// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables, spelled out for the engine
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { type Filter, filter, readShape, requestFor } from '../../src/policy/filter.ts'
import { Problem } from '../../src/problem.ts'
import { processorTime } from '../support/processor-time.ts'
import { caseOf, type FilterCase } from './filter/case.ts'
import { mongoMatches } from './filter/mongo-evaluator.ts'
import { shapeOf } from './filter/random-tables.ts'
import { layersOf } from './filter/same-rows.ts'

const shape = {
  ...shapeOf({ resource: 'arn:aws:docs:::${owner}/${id}', id: 'text' }),
  columns: { owner: { column: 'owner', nullable: false }, id: { column: 'id', nullable: false } },
}

function filterOf(
  statements: readonly object[],
  more: Partial<FilterCase> & { readonly shape?: object } = {},
): Filter {
  const { layers, request } = caseOf({ statements, rows: [], ...more })
  return filter({ ...request, layers: layersOf(layers), shape: readShape(more.shape ?? shape) })
}

const when = (Condition: object) => ({ Condition })

/** [what is shown, statements, SQLite, PostgreSQL, MongoDB]. The text alone; filter-postgresql.long.ts runs on a server. */
const golden: readonly (readonly [string, readonly object[], string, string, object])[] = [
  ['all', [{}], '1 = 1 []', '1 = 1 []', {}],
  ['nothing', [{ Action: 'mail:Send' }], '1 = 0 []', '1 = 0 []', { $nor: [{}] }],
  [
    'own documents but secret ones',
    [
      { Resource: 'arn:aws:docs:::${aws:username}/*' },
      { Effect: 'Deny', ...when({ StringEquals: { 'docs:Class': ['top', 'secret'] } }) },
    ],
    '([class] IS NULL OR NOT ([class] || \'\' IN (?, ?))) AND (([owner] = ? AND [owner] || \'\' = ?) OR [owner] GLOB ?) ["secret","top","ann","ann","ann/*"]',
    '(("class" COLLATE "C")::text IS NULL OR NOT (("class" COLLATE "C")::text IN ($1::text, $2::text))) AND (("owner" COLLATE "C")::text = $3::text OR starts_with(("owner" COLLATE "C")::text, $4::text)) ["secret","top","ann","ann/"]',
    {
      $and: [
        {
          $or: [
            { class: { $eq: null, $not: { $type: 'array' } } },
            {
              $and: [
                { class: { $type: 'string', $not: { $type: 'array' } } },
                { class: { $nin: ['secret', 'top'] } },
              ],
            },
          ],
        },
        {
          $or: [
            { owner: { $eq: 'ann', $not: { $type: 'array' } } },
            { owner: { $gte: 'ann/', $lt: 'ann0', $not: { $type: 'array' } } },
          ],
        },
      ],
    },
  ],
  [
    'a tag like the caller’s',
    [when({ StringEquals: { 'aws:ResourceTag/Team': '${aws:username}' } })],
    "(json_type((CASE WHEN json_valid([tags]) THEN [tags] END), '$.\"Team\"') = 'text' AND instr(((CASE WHEN json_valid([tags]) THEN [tags] END) -> '$.\"Team\"'), '\\u0000') = 0 AND (instr(((CASE WHEN json_valid([tags]) THEN [tags] END) ->> '$.\"Team\"'), char(65533)) = 0 OR instr(lower(((CASE WHEN json_valid([tags]) THEN [tags] END) -> '$.\"Team\"')), '\\ud') = 0) AND json_valid([tags]) AND (SELECT count(*) FROM (SELECT (CASE WHEN json_valid([tags]) THEN [tags] END) AS doc) AS held, json_each(held.doc, '$') AS entry WHERE entry.key = 'Team') = (json_type((CASE WHEN json_valid([tags]) THEN [tags] END), '$.\"Team\"') IS NOT NULL) AND ((CASE WHEN json_valid([tags]) THEN [tags] END) ->> '$.\"Team\"') = ?) [\"ann\"]",
    '(jsonb_typeof(("tags" -> \'Team\'::text)) = \'string\' AND ((("tags" -> \'Team\'::text) #>> \'{}\') COLLATE "C")::text = $1::text) ["ann"]',
    { tags: { $not: { $type: 'array' } }, 'tags.Team': { $eq: 'ann', $not: { $type: 'array' } } },
  ],
  [
    'a pattern with wildcard characters of the databases in it',
    [when({ StringLike: { 'docs:Class': '[%_\\*x' } })],
    '(instr([class], char(0)) = 0 AND ([class] GLOB ?)) ["[[]%_\\\\*x"]',
    '("class" COLLATE "C")::text LIKE $1::text ESCAPE \'!\' ["[!%!_\\\\%x"]',
    filterOf([when({ StringLike: { 'docs:Class': '[%_\\*x' } })]).mongodb(),
  ],
  [
    'an ARN',
    [when({ ArnLike: { 'docs:Arn': 'arn:aws:iam::*:user/*' } })],
    '(instr([arn], char(0)) = 0 AND ([arn] GLOB ? AND instr(substr([arn], 14), \':\') > 0 AND substr(substr([arn], 14), instr(substr([arn], 14), \':\') + 1) GLOB ?)) ["arn:aws:iam::*","user/*"]',
    '(starts_with(("arn" COLLATE "C")::text, $1::text) AND strpos(substr(("arn" COLLATE "C")::text, 14), \':\'::text) > 0 AND starts_with(substr(substr(("arn" COLLATE "C")::text, 14), strpos(substr(("arn" COLLATE "C")::text, 14), \':\'::text) + 1), $2::text)) ["arn:aws:iam::","user/"]',
    filterOf([when({ ArnLike: { 'docs:Arn': 'arn:aws:iam::*:user/*' } })]).mongodb(),
  ],
  [
    'an entry of a list',
    [when({ 'ForAnyValue:StringEquals': { 'docs:Readers': ['ann', 'all'] } })],
    "(json_type((CASE WHEN json_valid([readers]) THEN [readers] END), '$') = 'array' AND json_array_length((CASE WHEN json_valid([readers]) THEN [readers] END), '$') > 0 AND json_valid([readers]) AND EXISTS (SELECT 1 FROM (SELECT (CASE WHEN json_valid([readers]) THEN [readers] END) AS doc) AS held, json_each(held.doc, '$') AS entry WHERE (entry.type = 'text' AND instr((held.doc -> '$'), '\\u0000') = 0 AND (instr(entry.value, char(65533)) = 0 OR instr(lower((held.doc -> '$')), '\\ud') = 0)) AND (entry.value IN (?, ?)))) [\"all\",\"ann\"]",
    '(cardinality("readers") > 0 AND EXISTS (SELECT 1 FROM unnest("readers") AS entry(item) WHERE entry.item IS NOT NULL AND ((entry.item COLLATE "C")::text IN ($1::text, $2::text)))) ["all","ann"]',
    { readers: { $elemMatch: { $in: ['all', 'ann'] } } },
  ],
  [
    'a time',
    [when({ DateGreaterThan: { 'docs:Created': '2026-01-01' } })],
    "(typeof([created]) = 'integer' AND [created] BETWEEN -62167219200 AND 253402300799 AND [created] > ?) [1767225600]",
    '("created" BETWEEN -62167219200 AND 253402300799 AND "created" > $1::bigint) [1767225600]',
    filterOf([when({ DateGreaterThan: { 'docs:Created': '2026-01-01' } })]).mongodb(),
  ],
  [
    'without case',
    [when({ StringEqualsIgnoreCase: { 'docs:Class': 'Ok' } })],
    'replace(replace(replace([class], ?, ?), ?, ?), ?, ?) = ? ["K","k","\u212a","k","O","o","ok"]',
    'replace(replace(replace(("class" COLLATE "C")::text, $1::text, $2::text), $3::text, $4::text), $5::text, $6::text) = $7::text ["K","k","\u212a","k","O","o","ok"]',
    filterOf([when({ StringEqualsIgnoreCase: { 'docs:Class': 'OK' } })]).mongodb(),
  ],
]
for (const [name, statements, sqlite, postgresql, mongodb] of golden)
  test(`is written as a person would: ${name}`, () => {
    const made = filterOf(statements)
    const shown = ({ text, values }: { text: string; values: readonly unknown[] }) =>
      `${text} ${JSON.stringify(values)}`
    assert.equal(shown(made.sqlite()), sqlite)
    assert.equal(shown(made.postgresql()), postgresql)
    assert.deepEqual(made.mongodb(), mongodb)
  })

test('an ordinary policy is answered from an index', () => {
  const database = new DatabaseSync(':memory:')
  database.exec(
    'CREATE TABLE docs (owner TEXT NOT NULL, id TEXT NOT NULL, class TEXT); CREATE INDEX by_owner ON docs (owner, id)',
  )
  const { text, values } = filterOf([{ Resource: 'arn:aws:docs:::${aws:username}/*' }]).sqlite()
  const plan = database.prepare(`EXPLAIN QUERY PLAN SELECT * FROM docs WHERE ${text}`).all(...values)
  const steps = plan.map((row) => String(row['detail'])).join('; ')
  assert.match(
    steps,
    /SEARCH docs USING INDEX by_owner \(owner=\?\).*SEARCH docs USING INDEX by_owner \(owner>\? AND owner<\?\)/,
  )
  assert.doesNotMatch(steps, /SCAN docs/)
})

const messageOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid_input') return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

const at = (column: number, what: string) =>
  `document \`identity-1\`, line 1, column ${column}: ${what}: cannot filter by `
const untranslatable: readonly (readonly [string, object, string])[] = [
  [
    'a tag the shape forgot, which a Deny could be about',
    { Effect: 'Deny', ...when({ StringEquals: { 'aws:ResourceTag/secret': 'yes' } }) },
    at(120, '`StringEquals` on `aws:ResourceTag/secret`') +
      'the key `aws:resourcetag/secret`, which is neither in `shape.attributes` nor in the context, nor in `shape.absent`',
  ],
  [
    'a key of the service that is nowhere',
    when({ StringEquals: { 'docs:Prefix': 'x' } }),
    at(121, '`StringEquals` on `docs:Prefix`') +
      'the key `docs:prefix`, which is neither in `shape.attributes` nor in the context, nor in `shape.absent`',
  ],
  [
    'a variable that is nowhere',
    { Resource: 'arn:aws:docs:::${aws:ResourceTag/other}/*' },
    at(88, 'resource `arn:aws:docs:::${aws:ResourceTag/other}/*`') +
      'the key `aws:resourcetag/other`, which is neither in `shape.attributes` nor in the context, nor in `shape.absent`',
  ],
  [
    'an address in a row',
    when({ IpAddress: { 'docs:Class': '10.0.0.0/8' } }),
    `${at(132, '`IpAddress` on `docs:Class`')}\`IpAddress\` on a resource attribute`,
  ],
  [
    'a number in a text',
    when({ NumericLessThan: { 'docs:Class': '10' } }),
    at(138, '`NumericLessThan` on `docs:Class`') +
      '`NumericLessThan` on an attribute of type `text`, expected `number` or `integer`',
  ],
  [
    'what a row holds as a part of a pattern with wildcards',
    when({ StringLike: { 'docs:Class': '*${docs:Owner}*' } }),
    at(133, '`StringLike` on `docs:Class`') +
      'a pattern with both a resource attribute and wildcards other than one `*` at its end',
  ],
  [
    'two attributes without case',
    when({ StringEqualsIgnoreCase: { 'docs:Class': '${docs:Owner}' } }),
    `${at(145, '`StringEqualsIgnoreCase` on `docs:Class`')}a resource attribute compared ignoring case`,
  ],
]
for (const [name, statement, message] of untranslatable)
  test(`refuses with its place, and never widens: ${name}`, () => {
    assert.equal(
      messageOf(() => filterOf([{}, statement])).replace(/column \d+/, 'column'),
      message.replace(/column \d+/, 'column'),
    )
    assert.match(
      messageOf(() => filterOf([{}, statement])),
      /^document `identity-1`, line 1, column \d+: /,
    )
  })

test('a key the shape calls absent is missing', () => {
  const made = filterOf([when({ StringEqualsIfExists: { 'docs:Prefix': 'x' } })], {
    shape: { ...shape, absent: ['docs:Prefix'] },
  })
  assert.equal(made.rows, 'all')
})

test('a statement that the request rules out need not be translatable', () => {
  const condition = { StringEquals: { 'aws:username': 'bob' }, IpAddress: { 'docs:Class': '10.0.0.0/8' } }
  assert.equal(filterOf([{}, { Effect: 'Deny', ...when(condition) }]).rows, 'all')
  assert.equal(
    filterOf([{}, { Effect: 'Deny', Action: 'docs:Write', ...when({ IpAddress: { 'docs:Class': '::/0' } }) }])
      .rows,
    'all',
  )
})

test('PostgreSQL refuses a question mark, MongoDB one beside several stars, each with its place', () => {
  const one = filterOf([when({ StringLike: { 'docs:Class': 'a?' } })])
  assert.match(
    messageOf(() => one.postgresql()),
    /^document `identity-1`, line 1, column \d+: `StringLike` on `docs:Class`: cannot filter by a `\?`/,
  )
  assert.doesNotThrow(() => one.sqlite())
  const both = filterOf([when({ StringLike: { 'docs:Class': '*a*?' } })])
  assert.match(
    messageOf(() => both.mongodb()),
    /cannot filter by a `\?` beside several/,
  )
})

test('a value that is not of its declared type passes no test, nor the opposite of one', () => {
  const wrong: readonly (readonly [string, Record<string, unknown>])[] = [
    ['docs:Class', { class: ['secret'] }],
    ['docs:Class', { class: 5 }],
    ['docs:Class', { class: { $gt: '' } }],
    ['aws:ResourceTag/Team', { tags: { Team: ['secret'] } }],
    ['aws:ResourceTag/Team', { tags: { Team: 5 } }],
    ['aws:ResourceTag/Team', { tags: [{ Team: 'secret' }] }],
  ]
  for (const operator of [
    'StringEquals',
    'StringNotEquals',
    'StringLike',
    'StringNotLike',
    'StringEqualsIgnoreCase',
  ])
    for (const value of ['secret', 'sec*', '*t', 'other'])
      for (const [key, more] of wrong) {
        const made = filterOf([when({ [operator]: { [key]: value } })])
        const row = { owner: 'o', id: 'i', ...more }
        assert.equal(made.matches(row), false, `${operator} ${value} ${JSON.stringify(more)}`)
        assert.equal(
          mongoMatches(made.mongodb(), row),
          false,
          `MongoDB: ${operator} ${value} ${JSON.stringify(more)}`,
        )
        assert.equal(
          requestFor(row, caseOf({ statements: [{}], rows: [] }).request, readShape(shape)),
          undefined,
        )
      }
})

test('a list with an entry that is not text is never treated as empty', () => {
  const row = { owner: 'o', id: 'i', readers: ['bob', 5] }
  const matches = (condition: object): readonly boolean[] => {
    const made = filterOf([when(condition)])
    return [made.matches(row), mongoMatches(made.mongodb(), row), inSqlite(made, row)]
  }
  assert.deepEqual(matches({ 'ForAllValues:StringNotEquals': { 'docs:Readers': 'ann' } }), [
    false,
    false,
    false,
  ])
  assert.deepEqual(matches({ 'ForAnyValue:StringEquals': { 'docs:Readers': 'bob' } }), [true, true, true])
})

function inSqlite(made: Filter, { readers }: { readonly readers: unknown }): boolean {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE TABLE docs (owner TEXT, id TEXT, readers TEXT)')
  database.prepare('INSERT INTO docs VALUES (?, ?, ?)').run('o', 'i', JSON.stringify(readers))
  const { text, values } = made.sqlite()
  return database.prepare(`SELECT 1 FROM docs WHERE ${text}`).all(...values).length === 1
}

const wrongShapes: readonly (readonly [string, unknown, RegExp])[] = [
  ['nothing', null, /^`shape` must be an object/],
  ['a list', [], /^`shape` must be an object/],
  ['no template', {}, /^`shape.resource` must be a template/],
  ['an empty template', { resource: '' }, /^`shape.resource`/],
  ['a template with a broken name', { resource: 'a${b c}' }, /^`shape.resource`/],
  ['a template with a mark', { resource: 'a\u0000' }, /^`shape.resource`/],
  ['a template of seven columns', { resource: '${a}${b}${c}${d}${e}${f}${g}' }, /at most 6 columns/],
  [
    'a quote in a column',
    { resource: 'a', attributes: { 'a:b': { column: 'x"; DROP TABLE docs; --' } } },
    /column` must be a name/,
  ],
  [
    'a quote in a path',
    { resource: 'a', attributes: { 'a:b': { column: 'x', path: ['a"b'] } } },
    /path` must be a list/,
  ],
  [
    'a path of five',
    { resource: 'a', attributes: { 'a:b': { column: 'x', path: ['a', 'b', 'c', 'd', 'e'] } } },
    /path` must be/,
  ],
  [
    'an unknown type',
    { resource: 'a', attributes: { 'a:b': { column: 'x', type: 'constructor' } } },
    /type` must be one of/,
  ],
  [
    'a list in a name',
    { resource: '${x}', columns: { x: { column: 'x', type: 'list' } } },
    /`text` or `integer`/,
  ],
  [
    'a column the template lacks',
    { resource: 'a', columns: { x: { column: 'x' } } },
    /a name that the template uses/,
  ],
  [
    'a key twice',
    { resource: 'a', attributes: { 'a:B': { column: 'x' }, 'A:b': { column: 'y' } } },
    /given once/,
  ],
  ['a key without a service', { resource: 'a', attributes: { b: { column: 'x' } } }, /a condition key/],
  ['an unknown member', { resource: 'a', colums: {} }, /no other members/],
  ['absent keys that are none', { resource: 'a', absent: [1] }, /`shape.absent`/],
]
for (const [name, given, message] of wrongShapes)
  test(`refuses a shape with ${name}`, () =>
    assert.match(
      messageOf(() => readShape(given)),
      message,
    ))

test('a hostile row or shape finds nothing on a prototype', () => {
  const made = filterOf([when({ Null: { 'docs:X': 'true' } })], {
    shape: {
      ...shape,
      attributes: JSON.parse(
        '{"docs:X": {"column": "constructor"}, "docs:Y": {"column": "__proto__"}}',
      ) as object,
    },
  })
  assert.equal(made.matches({ owner: 'o', id: 'i' }), true)
})

const hostile: readonly (readonly [string, () => unknown])[] = [
  [
    'a pattern of 3,000 stars',
    () => filterOf([{ Resource: `arn:aws:docs:::${'*a'.repeat(3000)}` }]).sqlite(),
  ],
  [
    '3,000 patterns',
    () => filterOf([{ Resource: Array.from({ length: 3000 }, (_, n) => `arn:aws:docs:::*a${n}*b*`) }]),
  ],
  [
    'six columns without anything between',
    () =>
      filterOf([{ Resource: `*${'a'.repeat(6000)}` }], { shape: { resource: '${a}${b}${c}${d}${e}${f}' } }),
  ],
  [
    'thousands of question marks',
    () => filterOf([when({ StringLike: { 'docs:Class': '?'.repeat(5000) } })]).sqlite(),
  ],
  [
    'a variable that any piece of a long text could fill in',
    () =>
      filterOf([when({ StringLike: { 'docs:Teams': '*${docs:Class}*' } })], {
        context: { 'docs:Teams': 'ab'.repeat(5000) },
      }),
  ],
  [
    'many letters without case',
    () => filterOf([when({ StringEqualsIgnoreCase: { 'docs:Class': everyLetter } })]).sqlite(),
  ],
  [
    'a filter nested too deeply',
    () => filterOf([when({ StringLike: { 'docs:Class': '*a'.repeat(40) } })]).mongodb(),
  ],
]
const everyLetter = Array.from({ length: 0x250 }, (_, code) => String.fromCharCode(code + 0x20)).join('')
for (const [name, work] of hostile)
  test(`refuses in no time: ${name}`, () => {
    const spent = processorTime(() => void messageOf(work))
    assert.ok(spent < 2000, `${spent} ms`)
  })

test('a thousand values or statements are still one condition that SQLite takes', () => {
  const values = Array.from({ length: 1500 }, (_, n) => `v${n}*`)
  const { text, values: bound } = filterOf([when({ StringLike: { 'docs:Class': values } })]).sqlite()
  const database = new DatabaseSync(':memory:')
  database.exec(
    "CREATE TABLE docs (owner TEXT, id TEXT, class TEXT); INSERT INTO docs VALUES ('o', 'i', 'v1499x')",
  )
  assert.equal(database.prepare(`SELECT 1 FROM docs WHERE ${text}`).all(...bound).length, 1)
})

test('a context that holds half a surrogate pair is refused: databases and drivers read it as another text', () => {
  const half = { context: { 'aws:PrincipalTag/x': ['a', '\ud800'] } }
  assert.throws(() => filterOf([{}], half), { code: 'invalid_input', message: /surrogate/ })
})
