// Outside claims → what we keep of a person: whatever is claimed, no more than was declared comes out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mapClaims, valuesOf } from '../../src/federation/mapping.ts'
import { acceptedAttributes, forAttributes } from '../../src/store/person.ts'
import type { ClaimMapping, ClaimRule } from '../../src/store/records.ts'
import { processorTime } from '../support/processor-time.ts'

const at = (path: string | readonly string[], more: Partial<ClaimRule> = {}): ClaimRule => ({
  path: [path].flat(),
  match: undefined,
  map: undefined,
  default: [],
  ...more,
})
const usual: ClaimMapping = {
  name: at(['preferred_username', 'sub']),
  displayName: at('name'),
  email: at('email'),
  emailVerified: at('email_verified'),
  groups: at('groups'),
  attributes: forAttributes((_, { claim }) => at(claim)),
  tags: { team: at('team'), cost: at('org.cost-centre') },
}
const mapped = (claims: Readonly<Record<string, unknown>>, mapping: Partial<ClaimMapping> = {}) =>
  mapClaims({ ...usual, ...mapping }, claims)

const names: readonly (readonly [claimed: unknown, name: string | undefined])[] = [
  ['ada', 'ada'],
  ['Ada Lovelace', 'Ada-Lovelace'],
  ['ädä', 'ada'],
  ['ａｄａ', 'ada'],
  ['../../etc/passwd', '..-..-etc-passwd'],
  ['a:b/c*d?', 'a-b-c-d'],
  ['<script>', 'script'],
  ['a\u0000b', 'a-b'],
  ['\u202Eada', 'ada'],
  ['李小龍', undefined],
  ['💥', undefined],
  ['---', undefined],
  ['', undefined],
  ['n'.repeat(10_000), 'n'.repeat(64)],
  [42, '42'],
  [Number.NaN, undefined],
  [{ toString: 'ada' }, undefined],
  [[['ada']], undefined],
  [['ada', 'eve'], 'ada'],
  [null, undefined],
]
for (const [claimed, name] of names)
  test(`a name claimed as ${JSON.stringify(claimed)?.slice(0, 30)} is ${JSON.stringify(name)?.slice(0, 30)}`, () => {
    assert.equal(mapped({ preferred_username: claimed }).name, name)
  })

const long = 'x'.repeat(64)
const addresses: readonly (readonly [claimed: unknown, email: string | undefined])[] = [
  ['Ada@Corp.Example', 'ada@corp.example'],
  ['ada', undefined],
  ['ada@', undefined],
  ['@corp.example', undefined],
  ['ada@evil.example@corp.example', undefined],
  ['ada@corp.example ', undefined],
  ['ada@corp.example\n', undefined],
  ['ada@corp.example\u0000', undefined],
  ['"ada"@corp.example', undefined],
  ['ada@соrp.example', undefined],
  ['ada@corp。example', undefined],
  ['Ada <ada@corp.example>', undefined],
  ['ada@corp.example,eve@corp.example', undefined],
  [`${long}x@corp.example`, undefined],
  // Cut at any length it would be another address, in another domain.
  [
    `${long}@${'d'.repeat(178)}.corp.example.evil.example`,
    `${long}@${'d'.repeat(178)}.corp.example.evil.example`,
  ],
  [`${long}@${'d'.repeat(400)}.example`, undefined],
  [{ 0: 'ada@corp.example' }, undefined],
]
for (const [claimed, email] of addresses)
  test(`an address claimed as ${JSON.stringify(claimed).slice(0, 40)} is ${JSON.stringify(email)?.slice(0, 40)}`, () => {
    assert.equal(mapped({ email: claimed, email_verified: true }).email, email)
    assert.equal(mapped({ email: claimed, email_verified: true }).emailVerified, email !== undefined)
  })

test('verified is the boolean or the text `true`, and nothing else', () => {
  const email = 'ada@corp.example'
  for (const flag of [true, 'true', [true], ['true']])
    assert.equal(mapped({ email, email_verified: flag }).emailVerified, true, JSON.stringify(flag))
  for (const flag of [
    'TRUE',
    'True',
    'yes',
    '1',
    1,
    'false',
    false,
    null,
    undefined,
    {},
    [],
    [[true]],
    { true: true },
  ])
    assert.equal(mapped({ email, email_verified: flag }).emailVerified, false, JSON.stringify(flag))
})

test('a path goes through objects only, and never through a prototype', () => {
  const claims = { org: { 'cost-centre': '7', list: ['a'] }, 'https://acme.example/team': 'red', text: 'abc' }
  const found = (path: string) => valuesOf(at(path), claims)
  assert.deepEqual(found('org.cost-centre'), ['7'])
  assert.deepEqual(found('https://acme.example/team'), ['red'])
  for (const path of [
    '__proto__',
    'constructor',
    'constructor.name',
    'toString',
    'org.__proto__',
    'org.constructor.name',
    'org.list.0',
    'org.list.length',
    'text.length',
    'text.0',
    'hasOwnProperty',
    '',
    '.',
    'org.',
  ])
    assert.deepEqual(found(path), [], path)
})

test('claims named as members of prototypes are claims like any other', () => {
  const claims = JSON.parse('{"__proto__": "a", "constructor": {"name": "b"}}') as Record<string, unknown>
  assert.deepEqual(valuesOf(at('__proto__'), claims), ['a'])
  assert.deepEqual(valuesOf(at('constructor.name'), claims), ['b'])
  const map = JSON.parse('{"__proto__": ["x"]}') as Record<string, readonly string[]>
  assert.deepEqual(valuesOf(at('g', { map }), { g: ['__proto__', 'constructor', 'toString', 'valueOf'] }), [
    'x',
  ])
})

test('match and map choose, and the default stands in where nothing is left', () => {
  const rule = at('g', {
    match: 'team-*',
    map: { 'team-a': ['a', 'all'], 'team-b': ['b'] },
    default: ['guests'],
  })
  assert.deepEqual(valuesOf(rule, { g: ['team-a', 'team-b', 'other', 'team-c'] }), ['a', 'all', 'b'])
  assert.deepEqual(valuesOf(rule, { g: ['other'] }), ['guests'])
  assert.deepEqual(valuesOf(rule, {}), ['guests'])
})

test('a pattern of many stars is decided at once (28)', () => {
  const spent = processorTime(() =>
    assert.deepEqual(valuesOf(at('g', { match: `${'*a'.repeat(60)}b` }), { g: ['a'.repeat(20_000)] }), []),
  )
  assert.ok(spent < 5000, `${spent} ms`)
})

test('groups that cannot be groups of ours are left out, and there is an end to them', () => {
  const claimed = [
    'ok',
    'ok',
    'with space',
    'a/b',
    '*',
    '',
    'x'.repeat(129),
    '\u0000',
    'Ä',
    { name: 'ok' },
    7,
  ]
  assert.deepEqual(mapped({ groups: claimed }).groups, ['ok', 'with-space', '7'])
  assert.ok(mapped({ groups: Array.from({ length: 100_000 }, (_, n) => `g${n}`) }).groups.length <= 200)
})

const claimsOf = fc.dictionary(
  fc.oneof(
    fc.constantFrom('sub', 'preferred_username', 'name', 'email', 'email_verified', 'groups', 'team', 'org'),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      'emailVerified',
      'tags',
      'isAdmin',
      'aws:PrincipalTag',
    ),
    fc.string({ unit: 'binary' }),
  ),
  fc.oneof(
    fc.anything({
      maxDepth: 3,
      key: fc.constantFrom('cost-centre', '__proto__', 'constructor', 'length', 'x'),
    }),
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 300 }),
    fc.constant('true'),
    fc.emailAddress(),
  ),
)

test('whatever the claims are, the mapped values are declared, bounded and storable', () => {
  fc.assert(
    fc.property(claimsOf, (claims) => {
      const person = mapped(claims)
      assert.deepEqual(Object.keys(person).sort(), [
        'attributes',
        'displayName',
        'email',
        'emailVerified',
        'groups',
        'name',
        'tags',
      ])
      assert.deepEqual(person.attributes, acceptedAttributes(person.attributes))
      assert.ok(person.name === undefined || /^[\w+=,.@-]{1,64}$/.test(person.name))
      assert.ok(person.email === undefined || /^[\x21-\x7e]{3,320}$/.test(person.email))
      assert.ok(person.email === undefined || person.email === person.email.toLowerCase())
      assert.ok(person.email !== undefined || !person.emailVerified)
      assert.ok(person.displayName === undefined || /^[^\p{Cc}]{1,256}$/u.test(person.displayName))
      assert.ok(
        person.groups.length <= 200 && person.groups.every((name) => /^[\w+=,.@-]{1,128}$/.test(name)),
      )
      assert.ok(person.tags.every(({ key }) => key === 'team' || key === 'cost'))
      assert.ok(person.tags.every(({ value }) => value.length <= 256))
      // Of what the claims hold: nobody gets a value that is not there.
      // A group of ours has no spaces, where one there may (`Domain Admins`).
      const claimed = JSON.stringify(claims, (_, value: unknown) => {
        if (typeof value === 'string') return value.trim().replace(/\s+/g, '-')
        return typeof value === 'bigint' ? `${value}` : value
      })
      for (const group of person.groups) assert.ok(claimed.includes(group), group)
    }),
    { numRuns: 500 },
  )
})

test('an empty mapping makes nothing of any claims', () => {
  const nothing = at([])
  const mapping = {
    name: nothing,
    displayName: nothing,
    email: nothing,
    emailVerified: nothing,
    groups: nothing,
  }
  fc.assert(
    fc.property(claimsOf, (claims) => {
      assert.deepEqual(mapClaims({ ...mapping, tags: {} }, claims), {
        name: undefined,
        displayName: undefined,
        email: undefined,
        emailVerified: false,
        attributes: {},
        groups: [],
        tags: [],
      })
    }),
    { numRuns: 100 },
  )
})
