import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identityProvidersSchema, recordOf } from '../../../src/federation/kinds.ts'

const minimal = {
  kind: 'ldap',
  name: 'staff',
  urls: ['ldaps://ldap.acme.example'],
  base_dn: 'dc=acme,dc=example',
  sign_in: { title: 'Staff' },
}
const parse = (settings: Readonly<Record<string, unknown>>) =>
  identityProvidersSchema.safeParse([{ ...minimal, ...settings }])
function recordWith(settings: Readonly<Record<string, unknown>> = {}) {
  const parsed = parse(settings)
  assert.ok(parsed.success && parsed.data[0], JSON.stringify(parsed.error?.issues))
  const record = recordOf(parsed.data[0], { accountId: '123456789012', now: 7 })
  assert.ok(record.kind === 'ldap')
  return record
}

/** Of a person, where RFC 4519 and RFC 2798 have them (store/person.ts). */
const usualAttributes = ['givenName', 'sn', 'preferredLanguage', 'telephoneNumber']

test('the shortest settings are a directory of RFC 4519, without groups', () => {
  const record = recordWith()
  assert.equal(record.id, 'arn:aws:iam::123456789012:ldap-provider/staff')
  assert.equal(record.issuer, 'ldap://ldap.acme.example/dc=acme,dc=example')
  assert.equal(record.userFilter, '(&(objectClass=person)(uid={username}))')
  assert.equal(record.subject, 'entryUUID')
  assert.equal(record.groups, undefined)
  assert.deepEqual(record.attributes, [...'uid displayName cn mail'.split(' '), ...usualAttributes])
  assert.equal(record.bindDn, undefined)
})

test('the issuer stays when the way there changes', () => {
  const secure = recordWith({ urls: ['ldaps://ldap.acme.example:1636', 'ldaps://two.acme.example'] })
  const startTls = recordWith({ urls: ['ldap://LDAP.acme.example/'], start_tls: true })
  assert.equal(secure.issuer, startTls.issuer)
  assert.equal(recordWith({ issuer: 'acme' }).issuer, 'acme')
})

test('Active Directory is one word, and each part of it can be set otherwise', () => {
  const record = recordWith({ active_directory: true })
  assert.equal(record.subject, 'objectGUID')
  assert.match(record.userFilter, /sAMAccountName=\{username\}/)
  assert.deepEqual(record.groups, {
    baseDn: 'dc=acme,dc=example',
    filter: '(&(objectCategory=group)(member:1.2.840.113556.1.4.1941:={dn}))',
    name: 'sAMAccountName',
    depth: 1,
  })
  const groups = { base_dn: 'ou=g,dc=acme,dc=example', depth: 3 }
  const changed = recordWith({ active_directory: true, groups, subject: 'mS-DS-ConsistencyGuid' })
  assert.equal(changed.groups?.depth, 3)
  assert.equal(changed.groups?.baseDn, groups.base_dn)
  assert.equal(changed.subject, 'mS-DS-ConsistencyGuid')
})

test('attributes that the mapping looks at are read without being named again', () => {
  const mapping = {
    name: 'employeeNumber',
    groups: { path: ['groups', 'businessCategory'] },
    tags: { team: 'departmentNumber', dn: 'dn' },
  }
  const { attributes } = recordWith({ sign_in: { title: 'Staff', mapping }, attributes: ['title'] })
  assert.deepEqual([...attributes].sort(), [
    'businessCategory',
    'cn',
    'departmentNumber',
    'displayName',
    'employeeNumber',
    'givenName',
    'mail',
    'preferredLanguage',
    'sn',
    'telephoneNumber',
    'title',
  ])
})

const refused: readonly (readonly [what: string, settings: Readonly<Record<string, unknown>>])[] = [
  ['no server', { urls: [] }],
  ['a URL of another scheme', { urls: ['https://ldap.acme.example'] }],
  ['a URL with a user in it', { urls: ['ldaps://me@ldap.acme.example'] }],
  ['a URL with more than a host', { urls: ['ldaps://ldap.acme.example/dc=acme??sub?(uid=*)'] }],
  ['a port that is none', { urls: ['ldaps://ldap.acme.example:99999'] }],
  ['a base that is no DN', { base_dn: 'acme' }],
  ['a name to bind as that is a mechanism', { bind_dn: 'EXTERNAL', bind_password: 'x' }],
  ['a name to bind as without a password', { bind_dn: 'cn=a,dc=acme' }],
  ['a password without a name to bind as', { bind_password: 'x' }],
  ['an empty password', { bind_dn: 'cn=a,dc=acme', bind_password: '' }],
  ['StartTLS in TLS', { start_tls: true }],
  ['an authority that is no certificate', { ca: 'PEM' }],
  [
    'an authority that cannot be read',
    { ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
  ],
  ['a file that is not there', { ca_file: '/nonexistent/ca.pem' }],
  ['a subject that is no attribute', { subject: 'entry UUID' }],
  ['an attribute that is a password', { attributes: ['userPassword'] }],
  ['a group filter without a member', { groups: { filter: '(cn=*)' } }],
  ['groups to no depth', { groups: { depth: 0 } }],
  ['a word that is none', { tls: true }],
]
for (const [what, settings] of refused) {
  test(`${what} is refused`, () => assert.equal(parse(settings).success, false))
}
