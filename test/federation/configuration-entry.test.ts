// The entry that administrators read makes the record that it was read from: nothing is lost or changed by reading and saving.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { secretsOf, withKeptSecrets } from '../../src/federation/kept-secrets.ts'
import { entryOf, providerSchema, recordOf } from '../../src/federation/kinds.ts'
import { RunTimeSettings } from '../../src/federation/run-time-settings.ts'
import type { IdentityProvider } from '../../src/store/records.ts'
import { schemaMessage } from '../../src/web/schema-messages.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'

const owner = { accountId: '123456789012', now: 1_000_000 }
const read = (entry: object): IdentityProvider => recordOf(providerSchema.parse(entry), owner)
/** Secrets by their values. */
const comparable = ({ secret, decryptionKeys, ...record }: IdentityProvider) => ({
  ...(JSON.parse(JSON.stringify(record)) as object),
  secret: secret?.reveal(),
  decryptionKeys: decryptionKeys?.reveal().trim(),
})

const publicJwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const key = makeKeyPair()
const pair = { private_key: key.key, certificate: key.certificate }
const mapping = {
  name: { path: ['nick', 'preferred_username'] },
  display_name: { path: ['a', 'b'], match: 'x*', map: { x1: 'y', x2: ['z', 'w'] }, default: 'someone' },
  email_verified: { default: 'true' },
  groups: { path: 'roles', map: { admin: ['admins'] } },
  given_name: 'first',
  locale: {},
  tags: { team: 'department', 'cost centre': { path: 'cc', default: ['none'] } },
}
const signIn = {
  title: 'Corp',
  domains: ['corp.example'],
  require: [{ path: 'hd', match: 'corp.example' }],
  create_users: false,
  mapping,
  second_factor: { amr: ['mfa'], acr: ['gold'], ask: 'enrolled' },
}

const entries: Readonly<Record<string, object>> = {
  'openid for workloads': { kind: 'openid', url: 'https://issuer.example/a', client_ids: ['x'], once: true },
  'openid with a preset': {
    kind: 'openid',
    preset: 'google',
    name: 'google',
    sign_in: { title: 'G', client_id: 'c', client_secret: 's' },
  },
  'openid with uploaded keys': { kind: 'openid', url: 'https://k.example', jwks: { keys: [publicJwk] } },
  'openid of a trust domain': {
    kind: 'openid',
    url: 'spiffe://acme.example',
    jwks_uri: 'https://b.example/bundle',
  },
  'openid with a bundle': {
    kind: 'openid',
    url: 'https://b.example',
    bundle_format: 'spiffe',
    jwks_uri: 'https://b.example/b',
  },
  'openid with everything': {
    kind: 'openid',
    name: 'Corp',
    url: 'https://login.corp.example',
    jwks_uri: 'https://login.corp.example/keys',
    sign_in: {
      ...signIn,
      sign_out: true,
      client_id: 'c',
      client_secret: 'secret',
      client_auth: 'client_secret_basic',
      scopes: ['openid', 'groups'],
      algorithms: ['ES256'],
      parameters: { hd: 'corp.example' },
      userinfo: true,
    },
  },
  'openid with a key': {
    kind: 'openid',
    name: 'k',
    url: 'https://k2.example',
    sign_in: { title: 'K', client_id: 'c', private_key: key.key },
  },
  'openid without a secret': {
    kind: 'openid',
    name: 'n',
    url: 'https://n.example',
    sign_in: { title: 'N', client_id: 'c' },
  },
  github: {
    kind: 'oauth2',
    name: 'github',
    preset: 'github',
    sign_in: { title: 'GitHub', client_id: 'c', client_secret: 's' },
  },
  'github enterprise': {
    kind: 'oauth2',
    name: 'ghe',
    preset: 'github',
    base_url: 'https://git.corp.example',
    sign_in: { ...signIn, client_id: 'c', scopes: [] },
  },
  oauth2: {
    kind: 'oauth2',
    name: 'plain',
    authorization_endpoint: 'https://o.example/a',
    token_endpoint: 'https://o.example/t',
    userinfo_endpoint: 'https://o.example/u',
    emails_endpoint: 'https://o.example/e',
    issuer: 'https://o.example',
    subject: 'id',
    sign_in: {
      ...signIn,
      client_id: 'c',
      client_secret: 's',
      client_auth: 'client_secret_basic',
      scopes: ['u'],
      parameters: { a: 'b' },
    },
  },
  'saml for roles': { kind: 'saml', name: 'roles', metadata: metadataOf([key]) },
  saml: {
    kind: 'saml',
    name: 'acme',
    metadata: metadataOf([key]),
    encryption: { required: true, keys: [pair] },
    sign_in: { ...signIn, sign_out: true, subject: { attribute: 'uid' }, want: 'both', ...pair },
  },
  'saml by URL': {
    kind: 'saml',
    name: 'url',
    metadata_url: 'https://idp.example/metadata?x=1',
    entity_id: 'https://idp.example/entity',
    metadata_certificate: key.certificate,
    sign_in: { title: 'A', subject: 'email' },
  },
  ldap: {
    kind: 'ldap',
    name: 'plain',
    urls: ['ldaps://d.example'],
    base_dn: 'dc=a',
    sign_in: { title: 'D' },
  },
  'ldap with everything': {
    kind: 'ldap',
    name: 'all',
    urls: ['ldap://d1.example:3389', 'ldap://d2.example'],
    start_tls: true,
    ca: key.certificate,
    bind_dn: 'cn=reader,dc=a',
    bind_password: 'password of reader',
    base_dn: 'dc=a',
    user_filter: '(mail={username})',
    subject: 'nsUniqueId',
    attributes: ['departmentNumber'],
    groups: { base_dn: 'ou=groups,dc=a', filter: '(member={dn})', name: 'dn', depth: 2 },
    issuer: 'ldap://one',
    sign_in: signIn,
  },
  'active directory': {
    kind: 'ldap',
    name: 'ad',
    urls: ['ldaps://ad.example'],
    base_dn: 'dc=a',
    active_directory: true,
    sign_in: { title: 'AD' },
  },
  'active directory, other groups': {
    kind: 'ldap',
    name: 'ad2',
    urls: ['ldaps://ad.example'],
    base_dn: 'dc=a',
    active_directory: true,
    groups: { depth: 3 },
    sign_in: { title: 'AD' },
  },
  'ldap with the usual groups': {
    kind: 'ldap',
    name: 'g',
    urls: ['ldaps://d.example'],
    base_dn: 'dc=a',
    groups: {},
    sign_in: { title: 'D' },
  },
}

for (const [name, entry] of Object.entries(entries)) {
  test(`${name}: the entry of a record, with its secrets again, makes the same record`, () => {
    const record = read(entry)
    const shown = entryOf(record)
    for (const secret of ['secret', key.key, 'password of reader'])
      assert.ok(!Object.values(flat(shown)).includes(secret), `${name} shows a secret`)
    assert.deepEqual(comparable(read(withKeptSecrets(record, shown, {}))), comparable(record))
    assert.equal(
      secretsOf(record).length > 0,
      record.secret !== undefined || record.decryptionKeys !== undefined,
    )
  })

  test(`${name}: a change of nothing changes nothing`, () => {
    const settings = new RunTimeSettings({ allow: new Set(), message: schemaMessage })
    const record = { ...read(entry), uid: 'u', tags: [{ key: 'a', value: 'b' }] }
    assert.deepEqual(comparable(settings.change(record, {})), comparable({ ...record, fromFile: false }))
  })
}

/** Every text in a value, by its path. */
function flat(value: unknown, path = ''): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return { [path]: value }
  return Object.assign({}, ...Object.entries(value).map(([name, one]) => flat(one, `${path}.${name}`)))
}
