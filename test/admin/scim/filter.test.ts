// The grammar of filters and paths (RFC 7644 §3.4.2.2, §3.5.2), and what filters match.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { comparisons, type Filter, parseFilter, parsePath } from '../../../src/admin/scim/filter.ts'
import { lookupsOf } from '../../../src/admin/scim/lookups.ts'
import { matches } from '../../../src/admin/scim/match.ts'
import { ScimProblem } from '../../../src/admin/scim/problem.ts'
import { groupSchema, userSchema } from '../../../src/admin/scim/schemas.ts'

const attributeName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/)
const path = fc.record({
  schema: fc.constantFrom(undefined, 'urn:ietf:params:scim:schemas:core:2.0:User', 'urn:x:1.5:Y'),
  name: attributeName,
  sub: fc.option(attributeName, { nil: undefined }),
})
const literal = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((one) => one + 0),
)
const { filter } = fc.letrec<{ filter: Filter; leaf: Filter }>((tie) => ({
  leaf: fc.oneof(
    fc.record({ is: fc.constant('present' as const), path }),
    fc.record({
      is: fc.constant('compare' as const),
      path,
      comparison: fc.constantFrom(...comparisons),
      value: literal,
    }),
  ),
  filter: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    tie('leaf'),
    fc.record({
      is: fc.constantFrom('and' as const, 'or' as const),
      left: tie('filter'),
      right: tie('filter'),
    }),
    fc.record({ is: fc.constant('not' as const), filter: tie('filter') }),
    fc.record({
      is: fc.constant('value' as const),
      path: path.map((one) => ({ ...one, sub: undefined })),
      filter: tie('filter'),
    }),
  ),
}))

/** With every pair of brackets, so that the text says how it groups. */
function written(one: Filter): string {
  const at = (p: { schema: string | undefined; name: string; sub: string | undefined }): string =>
    `${p.schema === undefined ? '' : `${p.schema}:`}${p.name}${p.sub === undefined ? '' : `.${p.sub}`}`
  switch (one.is) {
    case 'and':
    case 'or':
      return `(${written(one.left)}) ${one.is} (${written(one.right)})`
    case 'not':
      return `not (${written(one.filter)})`
    case 'present':
      return `${at(one.path)} pr`
    case 'compare':
      return `${at(one.path)} ${one.comparison} ${JSON.stringify(one.value)}`
    case 'value':
      return `${at(one.path)}[${written(one.filter)}]`
  }
}

test('a filter that is written out is read back as it was', () => {
  fc.assert(
    fc.property(filter, (one) => {
      assert.equal(written(parseFilter(written(one))), written(one))
    }),
    { numRuns: 500 },
  )
})

test('any text is a filter or refused as invalidFilter, in time that its length bounds', () => {
  const pieces = fc.constantFrom(
    '(',
    ')',
    '[',
    ']',
    ' ',
    'and',
    'or',
    'not',
    'eq',
    'pr',
    'a',
    'a.b',
    '"x',
    '"x"',
    '1',
    'urn:a:b',
    '\\',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(' ')),
  )
  fc.assert(
    fc.property(text, (one) => {
      try {
        parseFilter(one)
      } catch (error) {
        assert.ok(error instanceof ScimProblem && error.scimType === 'invalidFilter', String(error))
      }
    }),
    { numRuns: 1000 },
  )
  for (const deep of [
    '('.repeat(4000),
    `${'not ('.repeat(30)}a pr${')'.repeat(30)}`,
    'a'.repeat(5000),
    Array(80).fill('a pr').join(' or '),
  ])
    assert.throws(() => parseFilter(deep), ScimProblem)
})

test('and binds closer than or; not needs its brackets', () => {
  assert.deepEqual(parseFilter('a pr or b pr and c pr'), parseFilter('(a pr) or ((b pr) and (c pr))'))
  assert.deepEqual(parseFilter('A EQ "x" AND NOT (b PR)'), parseFilter('(A eq "x") and (not (b pr))'))
  for (const wrong of [
    '',
    'a',
    'a eq',
    'a eq x',
    'a is "x"',
    'not a pr',
    '(a pr',
    'a pr)',
    'a pr and',
    'a[b pr',
    'a.b.c pr',
    'a eq "x" b',
    "a eq 'x'",
    'a eq 01',
  ])
    assert.throws(() => parseFilter(wrong), ScimProblem, wrong)
})

test('paths of PATCH', () => {
  const plain = { schema: undefined, sub: undefined, filter: undefined }
  assert.deepEqual(parsePath('name.familyName'), { ...plain, name: 'name', sub: 'familyName' })
  assert.deepEqual(parsePath('emails[type eq "work"].value'), {
    ...plain,
    name: 'emails',
    sub: 'value',
    filter: parseFilter('type eq "work"'),
  })
  assert.deepEqual(parsePath('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value'), {
    ...plain,
    schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    name: 'manager',
    sub: 'value',
  })
  for (const wrong of ['', '.a', 'a.', 'a[', 'a[]', 'a[b eq "c"].', 'a b', 'a[b eq "c"]d'])
    assert.throws(() => parsePath(wrong), ScimProblem, wrong)
})

const ada = {
  id: 'AIDA1',
  userName: 'Ada',
  active: true,
  name: { familyName: 'Lovelace' },
  emails: [
    { value: 'ada@example.com', type: 'work', primary: true },
    { value: 'home@example.com', type: 'home' },
  ],
  meta: { created: '2026-01-01T00:00:00Z' },
}

const rows: readonly (readonly [string, boolean])[] = [
  ['userName eq "aDA"', true],
  ['id eq "aida1"', false],
  ['userName sw "A" and userName ew "a" and userName co "d"', true],
  ['userName ne "Ada"', false],
  ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada"', true],
  ['emails eq "ada@example.com"', true],
  ['emails[type eq "work" and value co "home"]', false],
  ['emails[type eq "home" and value co "home"]', true],
  ['emails.type eq "home"', true],
  ['name.familyName gt "Love"', true],
  ['name pr and not (displayName pr)', true],
  ['displayName eq null', true],
  ['active eq true', true],
  ['active eq "True"', true],
  ['active ne true', false],
  ['meta.created ge "2026-01-01T01:00:00+01:00"', true],
  ['meta.created lt "2026-01-01T00:00:00Z"', false],
  ['title eq "x" or userName eq "ada"', true],
  ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department pr', false],
]
for (const [text, right] of rows)
  test(`${text} is ${right}`, () => assert.equal(matches(userSchema, parseFilter(text), ada), right))

for (const text of [
  'nothing eq "x"',
  'active gt true',
  'userName eq 1',
  'meta.created eq "x"',
  'urn:x:y:userName pr',
  'userName gt null',
  'userName[a pr]',
  'emails[nothing pr]',
])
  test(`${text} is refused`, () => {
    assert.throws(
      () => matches(userSchema, parseFilter(text), ada),
      (error) => error instanceof ScimProblem && error.scimType === 'invalidFilter',
    )
  })

test('what index serves a filter', () => {
  const by = (text: string) => lookupsOf(userSchema, parseFilter(text))?.map((one) => one.by)
  assert.deepEqual(by('userName eq "x"'), ['name'])
  assert.deepEqual(by('active eq false and externalId eq "x"'), ['externalId'])
  assert.deepEqual(by('userName eq "x" or emails[type eq "work" and value eq "y"]'), ['name', 'email'])
  assert.deepEqual(by('userName sw "x"'), ['names'])
  assert.deepEqual(by('active eq false'), ['disabled'])
  for (const none of [
    'userName co "x"',
    'userName eq "x" or title pr',
    'not (userName eq "x")',
    'active eq true',
    'userName sw ""',
  ])
    assert.equal(by(none), undefined, none)
  assert.deepEqual(lookupsOf(groupSchema, parseFilter('id eq "g" and members eq "u"')), [
    { by: 'member', value: 'u' },
  ])
})
