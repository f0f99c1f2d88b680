// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables, spelled out for the engine
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { caseCount } from '../support/long-form.ts'
import { caseOf, type FilterCase } from './filter/case.ts'
import { type DocsRow, randomTable } from './filter/random-tables.ts'
import { sameRows } from './filter/same-rows.ts'

const runs = caseCount({ short: 800, long: 5000 })

test('the rows a filter finds are the rows the check allows, in SQLite, in MongoDB and in memory', () => {
  let allowed = 0
  fc.assert(
    fc.property(randomTable, (given) => {
      allowed += sameRows(given).allowed.filter(Boolean).length
    }),
    { numRuns: runs },
  )
  assert.ok(allowed > runs / 5, 'the cases allow too little to tell anything')
})

const when = (Condition: object) => ({ Condition })
const deny = (more: object) => ({ Effect: 'Deny', ...more })
const named = (rows: readonly DocsRow[]): DocsRow[] => rows.map((row) => ({ owner: 'o', id: 'i', ...row }))
const classes = (...values: (string | null)[]) => named(values.map((value) => ({ class: value })))
const arns = (...values: (string | null)[]) => named(values.map((arn) => ({ arn })))
const owners = (...values: [string, string][]): DocsRow[] => values.map(([owner, id]) => ({ owner, id }))
const readers = (...values: (readonly string[] | null)[]) =>
  named(values.map((value) => ({ readers: value })))

/** [what is shown, case, which rows are allowed]. */
const cases: readonly (readonly [string, FilterCase, readonly boolean[]])[] = [
  [
    'a denied value does not catch a missing one, and a missing one is not lost to NOT',
    {
      statements: [{}, deny(when({ StringEquals: { 'docs:Class': 'secret' } }))],
      rows: classes('secret', 'open', null, ''),
    },
    [false, true, true, true],
  ],
  [
    'a denied unequal value catches a missing one',
    {
      statements: [{}, deny(when({ StringNotEquals: { 'docs:Class': 'open' } }))],
      rows: classes('secret', 'open', null),
    },
    [false, true, false],
  ],
  [
    'a row without a name is no resource, whatever is allowed',
    { statements: [{}], rows: [{ owner: 'o', id: null }, { id: 'i' }, { owner: '', id: '' }] },
    [false, false, true],
  ],
  [
    'two negated lists exclude what either names',
    {
      statements: [
        when({
          StringNotEquals: { 'docs:Class': 'a' },
          StringNotEqualsIfExists: { 'docs:Class': ['b', 'c'] },
        }),
      ],
      rows: classes('a', 'b', 'c', 'd', null),
    },
    [false, false, false, true, true],
  ],
  [
    'two lists allow what both name',
    {
      statements: [
        when({
          StringEquals: { 'docs:Class': ['a', 'b'] },
          StringEqualsIfExists: { 'docs:Class': ['b', 'c'] },
        }),
      ],
      rows: classes('a', 'b', 'c', null),
    },
    [false, true, false, false],
  ],
  [
    'case counts, also in a column without case',
    {
      statements: [{ Resource: 'arn:aws:docs:::ann/*' }],
      rows: owners(['ann', '1'], ['Ann', '1'], ['ANN', '1']),
    },
    [true, false, false],
  ],
  [
    'a slash within a column is part of the name',
    {
      statements: [{ Resource: 'arn:aws:docs:::ann/*' }],
      rows: owners(['ann/x', '1'], ['annx', '1'], ['an', 'n/x'], ['ann', '']),
    },
    [true, false, false, true],
  ],
  [
    'a star spans the columns',
    {
      statements: [{ Resource: 'arn:aws:docs:::a*b' }],
      rows: owners(['a', 'b'], ['ab', 'x'], ['ax', 'xb'], ['xa', 'b']),
    },
    [true, false, true, false],
  ],
  [
    'a literal part of the name may be covered by the star on either side of it',
    {
      statements: [{ Resource: 'arn:aws:docs:::*/x/*' }],
      rows: owners(['a', 'x/b'], ['a/x', 'b'], ['x', 'x'], ['', 'x/']),
    },
    [true, true, false, true],
  ],
  [
    'a variable is literal: a user named `*` has what is called `*`',
    {
      statements: [{ Resource: 'arn:aws:docs:::${aws:username}/*' }],
      rows: owners(['*', '1'], ['ann', '1']),
      context: { 'aws:username': '*' },
    },
    [true, false],
  ],
  [
    'wildcard characters in rows are literal',
    {
      statements: [{ Resource: 'arn:aws:docs:::[a]${*}%_/*' }],
      rows: owners(['[a]*%_', '1'], ['a*%_', '1'], ['[a]x%_', '1']),
    },
    [true, false, false],
  ],
  [
    'an old version knows no variables',
    {
      version: '2008-10-17',
      statements: [{ Resource: 'arn:aws:docs:::${aws:username}/*' }],
      rows: owners(['ann', '1'], ['${aws:username}', '1']),
    },
    [false, true],
  ],
  [
    'a question mark is one UTF-16 code unit',
    {
      statements: [when({ StringLike: { 'docs:Class': 'a?b' } })],
      rows: classes('axb', 'a😀b', 'ab', 'aéb', 'a\nb'),
    },
    [true, false, false, true, true],
  ],
  [
    'two question marks are one character above U+FFFF',
    {
      statements: [when({ StringLike: { 'docs:Class': 'a??b' } })],
      rows: classes('axb', 'a😀b', 'axxb', 'a😀😀b'),
    },
    [false, true, true, false],
  ],
  [
    'at least two code units are one character above U+FFFF',
    {
      statements: [when({ StringLike: { 'docs:Class': 'a*??' } })],
      rows: classes('a', 'ax', 'a😀', 'axx', 'ax😀'),
    },
    [false, false, true, true, true],
  ],
  [
    'what stands behind U+0000 counts',
    {
      statements: [when({ StringLike: { 'docs:Class': ['*a', 'a?'] } })],
      rows: classes('xa\u0000b', 'ab\u0000b', 'xa'),
    },
    [false, false, true],
  ],
  [
    'a beginning is found before U+0000, and whole texts with it are equal to themselves alone',
    { statements: [when({ StringLike: { 'docs:Class': 'a*' } })], rows: classes('a\u0000b', '\u0000a', 'a') },
    [true, false, true],
  ],
  [
    'a beginning at the edge of the surrogates or of unicode bounds nothing away',
    {
      statements: [when({ StringLike: { 'docs:Class': ['\ud7ff*', 'x\u{10ffff}*'] } })],
      rows: classes('\ud7ff', '\ud7ffa', '\ue000', '😀', 'x\u{10ffff}z', 'y', 'x'),
    },
    [true, true, false, false, true, false, false],
  ],
  [
    'ignoring case is as JavaScript lowers: the Kelvin sign is a k, a sharp s is none',
    {
      statements: [when({ StringEqualsIgnoreCase: { 'docs:Class': ['K', 'É', 'ss', 'İ'] } })],
      rows: classes('k', '\u212a', 'é', 'ß', 'SS', 'i̇', 'I', 'ſs'),
    },
    [true, true, true, false, true, true, false, false],
  ],
  [
    'ForAnyValue and ForAllValues over lists, empty and missing ones',
    {
      statements: [when({ 'ForAnyValue:StringEquals': { 'docs:Readers': 'ann' } })],
      rows: readers(['ann', 'bob'], ['bob'], [], null),
    },
    [true, false, false, false],
  ],
  [
    'ForAllValues is true of nothing',
    {
      statements: [when({ 'ForAllValues:StringLike': { 'docs:Readers': 'a*' } })],
      rows: readers(['ann', 'al'], ['ann', 'bob'], [], null),
    },
    [true, false, true, true],
  ],
  [
    'ForAnyValue of a negated operator wants one entry that is not listed',
    {
      statements: [when({ 'ForAnyValue:StringNotEquals': { 'docs:Readers': ['ann', 'bob'] } })],
      rows: readers(['ann'], ['ann', 'eve'], [], null),
    },
    [false, true, false, false],
  ],
  [
    'ForAllValues of a negated operator wants none listed',
    {
      statements: [when({ 'ForAllValues:StringNotLike': { 'docs:Readers': 'a*' } })],
      rows: readers(['bob'], ['bob', 'ann'], [], null),
    },
    [true, false, true, true],
  ],
  [
    'a list needs a set operator, also when the operator is negated',
    { statements: [when({ StringNotEquals: { 'docs:Readers': 'ann' } })], rows: readers(['bob'], [], null) },
    [false, true, true],
  ],
  [
    'Null asks whether a key is there; an empty list is not',
    { statements: [when({ Null: { 'docs:Readers': 'true' } })], rows: readers(['a'], [], null) },
    [false, true, true],
  ],
  [
    'an ARN pattern keeps a star within its part',
    {
      statements: [when({ ArnLike: { 'docs:Arn': 'arn:aws:iam::*:user/*' } })],
      rows: arns(
        'arn:aws:iam::1:user/a:b',
        'arn:aws:iam::1:2:user/a',
        'arn:aws:iam:::user/',
        'arn:aws:iam::1:role/a',
        null,
      ),
    },
    [true, false, true, false, false],
  ],
  [
    'a star before the fifth colon of a resource stays in its part of the name',
    {
      table: { resource: 'arn:aws:docs:${region}:111122223333:${owner}/a/${id}', id: 'text' },
      statements: [{ Resource: 'arn:aws:docs:e*:111122223333:*' }],
      rows: [
        { region: 'eu', owner: 'o', id: 'i' },
        { region: 'e:u', owner: 'o', id: 'i' },
        { region: 'us', owner: 'o', id: 'i' },
      ],
    },
    [true, false, false],
  ],
  [
    'a name that holds colons can be another ARN than it seems',
    {
      table: { resource: 'arn:aws:docs:${region}:111122223333:${owner}/a/${id}', id: 'text' },
      statements: [{ Resource: 'arn:aws:docs:*:u:*' }],
      rows: [
        { region: 'e:u', owner: 'o', id: 'i' },
        { region: 'eu', owner: 'u', id: 'i' },
      ],
    },
    [true, false],
  ],
  [
    'a variable may name another attribute of the row; a missing one resolves to its default or to nothing',
    {
      statements: [when({ StringEquals: { 'docs:Owner': "${docs:Class, 'none'}" } })],
      rows: [
        { owner: 'a', id: '1', class: 'a' },
        { owner: 'a', id: '1', class: 'b' },
        { owner: 'none', id: '1' },
        { owner: 'a', id: '1' },
      ],
    },
    [true, false, true, false],
  ],
  [
    'a negated operator matches where its variable does not resolve',
    {
      statements: [when({ StringNotEquals: { 'aws:username': '${docs:Class}' } })],
      rows: classes('ann', 'bob', null),
    },
    [false, true, true],
  ],
  [
    'what the request knows may be compared with an attribute of the row',
    {
      statements: [when({ StringLike: { 'aws:username': 'a${docs:Class}*' } })],
      rows: classes('n', 'nn', 'x', '', 'nnn'),
    },
    [true, true, false, true, false],
  ],
  [
    'the name may be compared with another attribute of the row',
    {
      statements: [{ Resource: 'arn:aws:docs:::${docs:Class}/*' }],
      rows: [
        { owner: 'a', id: 'b', class: 'a' },
        { owner: 'a', id: 'b/c', class: 'a/b' },
        { owner: 'a', id: 'b', class: '*' },
        { owner: '*', id: 'b', class: '*' },
        { owner: 'a', id: 'b' },
        { owner: '\u0001', id: 'b', class: '\u0001' },
      ],
    },
    [true, true, false, true, false, false],
  ],
  [
    // SQLite's substr of an empty blob is NULL, so a denied beginning was neither there nor not.
    'an empty text begins with nothing that is not empty',
    {
      statements: [when({ ArnNotLike: { 'docs:Arn': 'arn:aws:iam::1:user/${docs:Owner}/*' } })],
      rows: [
        { owner: 'a', id: '1', arn: '' },
        { owner: 'a', id: '1', arn: 'arn:aws:iam::1:user/a/b' },
        { owner: 'a', id: '1', arn: 'arn:aws:iam::1:user/ab' },
        { owner: 'a', id: '1' },
      ],
    },
    [true, false, true, true],
  ],
  [
    'numbers are compared as numbers, and infinity is none',
    {
      statements: [
        when({ NumericLessThanEquals: { 'docs:Size': '10' } }),
        when({ NumericNotEquals: { 'docs:Weight': '1' } }),
      ],
      rows: named([
        { size: 9, tags: { weight: 1 } },
        { size: 10, tags: { weight: 1.0 } },
        { size: Number.NEGATIVE_INFINITY, tags: { weight: 1 } },
        { size: 11, tags: { weight: 1 } },
        { size: null, tags: { weight: 2 } },
        { size: null, tags: {} },
      ]),
    },
    [true, true, false, false, true, true],
  ],
  [
    'half a second lies between two seconds',
    {
      statements: [when({ DateGreaterThan: { 'docs:Created': '1767225600.5' } })],
      rows: named([{ created: 1767225600 }, { created: 1767225601 }, { created: null }]),
    },
    [false, true, false],
  ],
  [
    'base64 with other padding bits is the same bytes',
    {
      statements: [when({ BinaryEquals: { 'docs:Class': 'QQ==' } })],
      rows: classes('QQ==', 'QR==', 'Qg==', 'QQ'),
    },
    [true, true, false, false],
  ],
  [
    'a whole number in a name is its digits and nothing else',
    {
      table: { resource: 'arn:aws:docs:::${owner}/${id}', id: 'integer' },
      statements: [{ Resource: ['arn:aws:docs:::a/5', 'arn:aws:docs:::b/05', 'arn:aws:docs:::c/5*'] }],
      rows: [
        { owner: 'a', id: 5 },
        { owner: 'b', id: 5 },
        { owner: 'c', id: 51 },
        { owner: 'c', id: 15 },
      ],
    },
    [true, false, true, false],
  ],
  [
    'digits in a text are text',
    { statements: [when({ StringEquals: { 'docs:Class': ['05'] } })], rows: classes('5', '05') },
    [false, true],
  ],
  [
    'a grant of the resource policy to ann herself passes her boundary by, a grant to her account does not',
    {
      statements: [{ Action: 'docs:None' }],
      rows: classes('open', 'shut'),
      layers: {
        boundary: [
          JSON.stringify({
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Action: 'docs:None', Resource: '*' },
          }),
        ],
        resource: [
          JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: 'arn:aws:iam::111122223333:user/ann' },
                Action: '*',
                Resource: '*',
                Condition: { StringEquals: { 'docs:Class': 'open' } },
              },
              { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: '*', Resource: '*' },
            ],
          }),
        ],
      },
    },
    [true, false],
  ],
]

for (const [name, given, expected] of cases) {
  test(name, () => {
    const { allowed, refused } = sameRows(caseOf(given))
    assert.deepEqual(allowed, expected)
    assert.deepEqual(
      Object.keys(refused).filter((what) => what !== 'postgresql'),
      [],
    )
  })
}
