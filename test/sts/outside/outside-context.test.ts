import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OutsideIdentity } from '../../../src/federation/workload/outside-token.ts'
import { Problem } from '../../../src/problem.ts'
import { outsideContext } from '../../../src/sts/outside/outside-context.ts'
import { sourceIdentityOf, tagsOf } from '../../../src/sts/outside/outside-tags.ts'

const contextOf = (claims: Record<string, unknown>, issuer = 'https://Token.CI.example/tenant') =>
  outsideContext({ issuer, claims, provider: 'arn:p' } as unknown as OutsideIdentity)
const rejected = (error: unknown) => error instanceof Problem && error.code === 'idp_rejected_claim'

test('every claim is a key under the issuer without its scheme', () => {
  const context = contextOf({
    iss: 'https://Token.CI.example/tenant',
    sub: 'repo:acme',
    aud: ['one'],
    run: 7,
    fork: false,
    groups: ['a', 'b'],
    lone: ['x'],
    none: [],
    nothing: null,
    'kubernetes.io': { namespace: 'web', serviceaccount: { name: 'sa', uid: 'u' } },
    mixed: [{ a: 1 }],
  })
  const under = (name: string) => context.get(`token.ci.example/tenant:${name}`)
  assert.equal(under('sub'), 'repo:acme')
  assert.equal(under('aud'), 'one')
  assert.equal(under('run'), '7')
  assert.equal(under('fork'), 'false')
  assert.deepEqual(under('groups'), ['a', 'b'])
  assert.deepEqual(under('lone'), ['x'])
  assert.deepEqual(under('none'), [])
  assert.equal(under('kubernetes.io/namespace'), 'web')
  assert.equal(under('kubernetes.io/serviceaccount/name'), 'sa')
  assert.equal(under('nothing'), undefined)
  assert.equal(under('mixed'), undefined)
  assert.equal(context.get('aws:federatedprovider'), 'arn:p')
})

test('an audience list of several is multi-valued', () => {
  assert.deepEqual(contextOf({ aud: ['a', 'b'] }).get('token.ci.example/tenant:aud'), ['a', 'b'])
})

test('two claims that read as one key refuse the token: neither can stand for the other', () => {
  assert.throws(() => contextOf({ sub: 'me', SUB: 'you' }), rejected)
  assert.throws(() => contextOf({ a: { b: '1' }, 'a/b': '2' }), rejected)
  assert.throws(() => contextOf(JSON.parse('{"a":{"__proto__":"1","__PROTO__":"2"}}')), rejected)
})

test('more than a thousand claims refuse the token', () => {
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`c${i}`, i]))
  assert.throws(() => contextOf(many), rejected)
})

test('`__proto__` and `constructor` are claims like any other', () => {
  const context = contextOf(JSON.parse('{"__proto__":"a","constructor":"b"}'))
  assert.equal(context.get('token.ci.example/tenant:__proto__'), 'a')
  assert.equal(context.get('token.ci.example/tenant:constructor'), 'b')
})

const tagsClaim = 'https://aws.amazon.com/tags'
test('session tags are read from their claim', () => {
  assert.deepEqual(tagsOf({}), { tags: [], transitiveKeys: [] })
  const claim = { principal_tags: { Team: ['blue'], Cost: '12' }, transitive_tag_keys: ['team'] }
  assert.deepEqual(tagsOf({ [tagsClaim]: claim }), {
    tags: [
      { key: 'Team', value: 'blue' },
      { key: 'Cost', value: '12' },
    ],
    transitiveKeys: ['team'],
  })
})

const badTags: readonly unknown[] = [
  null,
  'Team',
  [],
  { principal_tags: 'x' },
  { principal_tags: [] },
  { principal_tags: { Team: [] } },
  { principal_tags: { Team: ['a', 'b'] } },
  { principal_tags: { Team: [1] } },
  { principal_tags: { Team: { a: 1 } } },
  { principal_tags: { 'aws:Team': ['a'] } },
  { principal_tags: { Team: ['a'], TEAM: ['b'] } },
  { principal_tags: { Team: ['v'.repeat(257)] } },
  { principal_tags: {}, transitive_tag_keys: 'Team' },
  { principal_tags: { Team: ['a'] }, transitive_tag_keys: ['Cost'] },
  { transitive_tag_keys: [1] },
]
for (const claim of badTags) {
  test(`the tags claim ${JSON.stringify(claim).slice(0, 60)} refuses the token`, () => {
    assert.throws(() => tagsOf({ [tagsClaim]: claim }), rejected)
  })
}

test('session tags are read from flattened claims as well, each once', () => {
  const flat = {
    [`${tagsClaim}/principal_tags/Team`]: 'blue',
    [`${tagsClaim}/principal_tags/Cost/Center`]: ['7'],
    [`${tagsClaim}/transitive_tag_keys`]: ['Team'],
  }
  assert.deepEqual(tagsOf(flat), {
    tags: [
      { key: 'Team', value: 'blue' },
      { key: 'Cost/Center', value: '7' },
    ],
    transitiveKeys: ['Team'],
  })
  const twice = { ...flat, [tagsClaim]: { principal_tags: { team: ['red'] } } }
  for (const bad of [
    twice,
    { ...flat, [`${tagsClaim}/principal_tags/Many`]: ['a', 'b'] },
    { ...flat, [`${tagsClaim}/principal_tags/`]: 'no key' },
    { ...flat, [`${tagsClaim}/transitive_tag_keys`]: 'Team' },
  ])
    assert.throws(() => tagsOf(bad), rejected)
})

test('source identity is read from its claim, within its limits', () => {
  const claim = 'https://aws.amazon.com/source_identity'
  assert.equal(sourceIdentityOf({}), undefined)
  assert.equal(sourceIdentityOf({ [claim]: 'alice' }), 'alice')
  for (const bad of ['a', 'x'.repeat(65), 'a b', 5, null, ['alice'], 'aws:alice']) {
    assert.throws(() => sourceIdentityOf({ [claim]: bad }), rejected)
  }
})

test('39: claims of an issuer whose host is the prefix of AWS keys are refused, also of a provider made before', () => {
  for (const issuer of ['https://aws', 'https://STS/', 'https://aws:8443', 'http://saml./x'])
    assert.throws(() => outsideContext({ issuer, claims: { PrincipalArn: 'x' }, provider: 'p' }), {
      code: 'idp_rejected_claim',
    })
})
