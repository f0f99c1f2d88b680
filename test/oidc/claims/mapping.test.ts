// The `claims:` section of a client: what it may say, and what it makes of a user's claims.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { mappedClaims, matches } from '../../../src/oidc/claims/apply.ts'
import {
  claimMappingSchema,
  claimTargets,
  registeredMappingSchema,
  sourceScopes,
} from '../../../src/oidc/claims/mapping.ts'
import { reservedClaims } from '../../../src/oidc/claims/reserved.ts'
import { claimsByScope } from '../../../src/oidc/claims.ts'
import { clientsSchema } from '../../../src/oidc/clients/settings.ts'

const user = {
  sub: 'AIDAALICE',
  preferred_username: 'alice',
  name: 'Alice Example',
  email: 'alice@example.com',
  email_verified: true,
  groups: ['staff', 'grafana-editors', 'grafana-admins'],
}
const all = { target: 'userinfo', scopes: new Set(['openid']), registered: false } as const

// biome-ignore format: a table
const rules: readonly (readonly [what: string, rule: unknown, value: unknown])[] = [
  ['a rename', 'preferred_username', 'alice'],
  ['a rename, written out', { from: 'preferred_username' }, 'alice'],
  ['a rename keeps the type of the claim', 'email_verified', true],
  ['all groups', 'groups', user.groups],
  ['the user id under another name', 'sub', 'AIDAALICE'],
  ['a claim that the user does not have', 'phone_number', undefined],
  ['a claim that the user does not have, with a default', { from: 'phone_number', default: 'none' }, 'none'],
  ['a constant text', { value: 'acme' }, 'acme'],
  ['a constant of JSON', { value: { a: [1, true] } }, { a: [1, true] }],
  ['a constant that is false', { value: false }, false],
  ['a template', { template: '{preferred_username}@corp.example' }, 'alice@corp.example'],
  ['a template with a claim that is absent', { template: 'tel:{phone_number}' }, undefined],
  ['groups by prefix', { from: 'groups', match: 'grafana-*' }, ['grafana-editors', 'grafana-admins']],
  ['groups by prefix, without it', { from: 'groups', match: 'grafana-*', strip: 'grafana-' }, ['editors', 'admins']],
  ['groups of which none matches', { from: 'groups', match: 'wiki-*' }, []],
  ['groups as role names', { from: 'groups', map: { 'grafana-admins': 'Admin', 'grafana-editors': 'Editor' } }, ['Admin', 'Editor']],
  ['one role name: the first of the map', { from: 'groups', map: { 'grafana-admins': 'Admin', 'grafana-editors': 'Editor' }, single: true }, 'Admin'],
  ['one role name, without its prefix', { from: 'groups', strip: 'grafana-', map: { editors: 'Editor' }, single: true }, 'Editor'],
  ['a role name for everybody else', { from: 'groups', map: { root: 'Admin' }, default: 'Viewer', single: true }, 'Viewer'],
  ['two groups of one role', { from: 'groups', map: { staff: 'User', 'grafana-admins': 'User' } }, ['User']],
  ['one group of no match', { from: 'groups', match: 'x', single: true }, undefined],
  ['a value that does not match', { from: 'email', match: '*@other.example' }, undefined],
  ['delivered here', { value: 1, in: ['userinfo'] }, 1],
  ['delivered elsewhere', { value: 1, in: ['id_token'] }, undefined],
  ['a scope that was granted', { value: 1, scope: 'openid' }, 1],
  ['a scope that was not granted', { value: 1, scope: 'profile' }, undefined],
]
for (const [what, rule, value] of rules)
  test(`a mapping: ${what}`, () => {
    const mapping = claimMappingSchema.parse({ mine: rule })
    assert.deepEqual(mappedClaims(mapping, user, all), value === undefined ? {} : { mine: value })
  })

// biome-ignore format: a table
const faults: readonly (readonly [what: string, mapping: unknown, message: RegExp])[] = [
  ...[...reservedClaims].map((name) => [`the reserved claim ${name}`, { [name]: 'name' }, /set by the protocol|must begin/] as const),
  ['a name that begins like a prototype', { ['__proto__x']: 'name' }, /must begin with a letter/],
  ['a name with white space', { 'a b': 'name' }, /must begin with a letter/],
  ['a source that is no claim', { mine: 'password' }, /must be one of/],
  ['a source from the prototype', { mine: 'constructor' }, /must be one of/],
  ['two sources', { mine: { from: 'name', value: 1 } }, /one of `from`, `value` and `template`/],
  ['no source', { mine: { in: ['userinfo'] } }, /one of `from`, `value` and `template`/],
  ['a filter of a constant', { mine: { value: 1, match: 'x' } }, /with `from` only/],
  ['a placeholder that is no claim', { mine: { template: '{password}' } }, /not an attribute/],
  ['a placeholder with many values', { mine: { template: '{groups}' } }, /not an attribute/],
  ['a brace without its other one', { mine: { template: '{name} {' } }, /brace/],
  ['an unknown key', { mine: { from: 'name', script: 'x' } }, /nrecognized/],
  ['an unknown target', { mine: { from: 'name', in: ['logs'] } }, /nvalid/],
  ['a constant that is too large', { mine: { value: 'x'.repeat(3000) } }, /at most 2048 bytes/],
  ['too many claims', Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`c${i}`, 'name'])), /at most 50/],
]
for (const [what, mapping, message] of faults)
  test(`a mapping is refused: ${what}`, () => {
    const { success, error } = claimMappingSchema.safeParse(mapping)
    assert.equal(success, false)
    assert.match(JSON.stringify(error?.issues), message)
  })

test('a value that a template inserts is not expanded again', () => {
  const mapping = claimMappingSchema.parse({ mine: { template: '{name}' } })
  assert.deepEqual(mappedClaims(mapping, { ...user, name: '{email} $& $1' }, all), { mine: '{email} $& $1' })
})

test('a client that registered itself reads only what it was granted, and redefines no standard claim', () => {
  const mapping = registeredMappingSchema.parse({
    mail: 'email',
    upn: { template: '{email}/{preferred_username}' },
    tenant: { value: 'acme' },
  })
  const granted = (scopes: string[]) =>
    Object.keys(
      mappedClaims(mapping, user, { target: 'userinfo', scopes: new Set(scopes), registered: true }),
    )
  assert.deepEqual(granted(['openid']), ['tenant'])
  assert.deepEqual(granted(['openid', 'email']), ['mail', 'tenant'])
  assert.deepEqual(granted(['openid', 'email', 'profile']), ['mail', 'upn', 'tenant'])
  assert.equal(registeredMappingSchema.safeParse({ email_verified: { value: true } }).success, false)
})

test('a mapping can read every standard claim, with the scope that requests it', () => {
  for (const [scope, claims] of Object.entries(claimsByScope))
    for (const claim of claims ?? []) {
      if (['auth_time', 'acr', 'amr'].includes(claim)) continue
      assert.equal(sourceScopes[claim], scope, claim)
    }
})

test('a pattern with `*` matches as the regular expression of its parts does', () => {
  const parts = fc.array(fc.constantFrom('a', 'b', '.', '*'), { maxLength: 8 }).map((all) => all.join(''))
  fc.assert(
    fc.property(parts, parts, (pattern, text) => {
      const source = pattern.split('*').map((part) => part.replaceAll('.', '\\.'))
      assert.equal(matches(pattern, text), new RegExp(`^${source.join('.*')}$`, 's').test(text))
    }),
    { numRuns: 2000 },
  )
})

test('the mapping of docs/claims.md is valid, and its tables name every source and key', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/claims.md'), 'utf8')
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  const [client] = clientsSchema.parse(parse(example).clients)
  assert.deepEqual(mappedClaims(client?.claims, user, all), {
    login: 'alice',
    tenant: 'acme',
    upn: 'alice@corp.example',
    groups: ['editors', 'admins'],
    role: 'Admin',
  })
  for (const name of [...Object.keys(sourceScopes), ...claimTargets])
    assert.match(page, new RegExp(`\`${name}\``), name)
})
