// Attack 48: entries of identity providers as somebody sends them who looks for what the schema forgot: files and variables of this
// server, addresses inside of its network, names that are paths or prototypes, secrets where everybody reads them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { selfSigned } from '../support/certificate.ts'
import { type Running, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'

const timeout = 180_000
let server: Running
before(
  async () => {
    server = await startServer()
  },
  { timeout },
)
after(() => server?.stop())

const create = (body: unknown) => callAdmin(server.url, { method: 'POST', path: '/identity-providers', body })

const openid = (more: object, signIn: object = {}) => ({
  kind: 'openid',
  name: 'o',
  url: 'https://o.example',
  ...more,
  sign_in: { title: 'o', client_id: 'c', ...signIn },
})
const ldap = (more: object) => ({
  kind: 'ldap',
  name: 'l',
  urls: ['ldaps://l.example'],
  base_dn: 'dc=l',
  ...more,
  sign_in: { title: 'l' },
})
const { certificate, privateKey } = selfSigned('idp.acme.example')
const both = `${certificate}${privateKey}`
const metadata = metadataOf([makeKeyPair()])
const saml = (more: object, signIn: object = {}) => ({
  kind: 'saml',
  name: 's',
  metadata,
  ...more,
  sign_in: { title: 's', ...signIn },
})
const ec = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}
const scalar = 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI'
const text = (given: unknown, from: string, to: string): string => JSON.stringify(given).replace(from, to)

/** Entry, and the member at fault. */
const refused: Readonly<Record<string, readonly [unknown, string]>> = {
  'a file of the server': [saml({ metadata: undefined, metadata_file: '/etc/passwd' }), 'metadata_file'],
  'a file of authorities': [ldap({ ca_file: '/etc/passwd' }), 'ca_file'],
  'a file in a member': [openid({}, { metadata_file: '/etc/passwd' }), 'sign_in.metadata_file'],
  'a file of the secret': [openid({}, { client_secret_file: '/etc/passwd' }), 'sign_in.client_secret_file'],
  'a URL of a file as key': [openid({}, { private_key: 'file:///etc/passwd' }), 'sign_in.private_key'],
  'a URL of a file as metadata': [
    saml({ metadata: undefined, metadata_url: 'file:///etc/passwd', entity_id: 'x' }),
    'metadata_url',
  ],
  'this server': [openid({ url: 'https://localhost' }), 'url'],
  'this server with a dot': [openid({ url: 'https://localhost.' }), 'url'],
  'loopback, short': [openid({ url: 'https://127.1' }), 'url'],
  'loopback, decimal': [openid({ url: 'https://2130706433' }), 'url'],
  'loopback, hexadecimal': [openid({ url: 'https://0x7f000001' }), 'url'],
  'loopback, wide digits': [openid({ url: 'https://１２７.0.0.1' }), 'url'],
  'loopback, mapped': [openid({ url: 'https://[::ffff:7f00:1]' }), 'url'],
  'loopback, translated': [openid({ url: 'https://[64:ff9b::7f00:1]' }), 'url'],
  'the metadata service': [openid({ url: 'https://169.254.169.254' }), 'url'],
  'keys inside': [openid({ jwks_uri: 'https://10.0.0.1/keys' }), 'jwks_uri'],
  'keys without encryption': [openid({ jwks_uri: 'http://keys.example' }), 'jwks_uri'],
  'a directory inside': [ldap({ urls: ['ldaps://ok.example', 'ldaps://[::1]'] }), 'urls.1'],
  'metadata inside': [
    saml({ metadata: undefined, metadata_url: 'https://10.0.0.1', entity_id: 'x' }),
    'metadata_url',
  ],
  'a user in the URL': [openid({ url: 'https://a:b@o.example' }), 'url'],
  'an issuer that reads as AWS': [openid({ url: 'https://aws' }), 'url'],
  'a name that is a path': [openid({ name: '../x' }), 'name'],
  'a name that a path loses': [openid({ name: '..' }), 'name'],
  'a name that is this folder': [ldap({ name: '.' }), 'name'],
  'a name with a null': [openid({ name: 'a\0b' }), 'name'],
  'a name that looks like another': [openid({ name: 'cоrp' }), 'name'],
  'a name that is too long': [openid({ name: 'a'.repeat(65) }), 'name'],
  'a name in a list': [openid({ name: ['o'] }), 'name'],
  'a prototype in the body': [text(openid({ zz: { a: 1 } }), '"zz"', '"__proto__"'), '__proto__'],
  'a prototype in sign_in': [text(openid({}, { zz: { a: 1 } }), '"zz"', '"__proto__"'), 'sign_in.__proto__'],
  'a constructor in the mapping': [
    openid({}, { mapping: { constructor: 'x' } }),
    'sign_in.mapping.constructor',
  ],
  'an algorithm without a key': [openid({}, { algorithms: ['none'] }), 'sign_in.algorithms.0'],
  'an algorithm with our secret': [openid({}, { algorithms: ['HS256'] }), 'sign_in.algorithms.0'],
  'a parameter that is ours': [
    openid({}, { parameters: { redirect_uri: 'https://evil.example' } }),
    'sign_in.parameters',
  ],
  'a reserved tag': [openid({}, { mapping: { tags: { 'aws:x': 'y' } } }), 'sign_in.mapping.tags.aws:x'],
  'a rule that everybody meets': [
    openid({}, { require: [{ path: 'x', default: 'y' }] }),
    'sign_in.require.0',
  ],
  'a filter without the name': [ldap({ user_filter: '(uid=*)' }), 'user_filter'],
  'a filter that goes on': [ldap({ user_filter: '(uid={username}))(uid=*)' }), 'user_filter'],
  'passwords as an attribute': [ldap({ attributes: ['userPassword'] }), 'attributes.0'],
  'a name of a SASL mechanism': [ldap({ bind_dn: 'EXTERNAL', bind_password: 'x' }), 'bind_dn'],
  'a key among the keys': [openid({ jwks: { keys: [{ ...ec, d: scalar }] } }), 'jwks'],
  'a shared key among the keys': [openid({ jwks: { keys: [{ kty: 'oct', k: scalar }] } }), 'jwks'],
  'a key behind an authority': [ldap({ ca: both }), 'ca'],
  'a key behind our certificate': [
    saml({}, { certificate: both, private_key: privateKey }),
    'sign_in.certificate',
  ],
  'a key behind a certificate of encryption': [
    saml({ encryption: { keys: [{ certificate: both, private_key: privateKey }] } }),
    'encryption.keys.0.certificate',
  ],
  'a key in the metadata': [saml({ metadata: metadata.replace('</', `<!--${privateKey}--></`) }), 'metadata'],
  'a key in a title': [openid({}, { title: privateKey.slice(0, 60) }), 'sign_in.title'],
  'entities in the metadata': [
    saml({ metadata: `<!DOCTYPE a [<!ENTITY a "${'a'.repeat(1000)}">]>${metadata}` }),
    'metadata',
  ],
}

for (const [what, [body, field]] of Object.entries(refused))
  test(`48: ${what} is refused`, { timeout }, async () => {
    const { status, body: answer } = await create(body)
    assert.equal(status, 400, JSON.stringify(answer))
    const fields = (answer.errors ?? []).map((fault: { field: string }) => fault.field)
    assert.ok(
      fields.some((one: string) => one === field || one.startsWith(`${field}.`)) ||
        answer.detail.includes(`\`${field}\``),
      JSON.stringify(answer),
    )
    const line = privateKey.split('\n')[2] ?? ''
    assert.ok(line.length > 20 && !JSON.stringify(answer).includes(line))
  })

test('48: none of them is stored, and no audit entry has their keys', { timeout }, async () => {
  const { body } = await callAdmin(server.url, { path: '/identity-providers' })
  assert.deepEqual(body.items, [])
  const entries = JSON.stringify(await entriesOf(server))
  assert.ok(!entries.includes(privateKey.split('\n')[2] ?? '') && !entries.includes(scalar))
})

test('48: a check says nothing of the addresses that a name has inside', { timeout }, async () => {
  for (const url of ['ldaps://127.1', 'ldaps://2130706433', 'ldaps://0177.0.0.1']) {
    const path = '/identity-provider-checks'
    const { body } = await callAdmin(server.url, { method: 'POST', path, body: ldap({ urls: [url] }) })
    assert.equal(body.ok, false)
    assert.match(
      body.steps[0].said,
      /has an address that is not public, and is not in CHANCERY_OUTBOUND_ALLOW/,
    )
    assert.ok(!body.steps[0].said.includes('127.0.0.1'))
  }
})

test('48: text that reads as a variable of this server stays that text', { timeout }, async () => {
  const title = '$' + '{env:CHANCERY_ROOT_SECRET_ACCESS_KEY}'
  const { status, body } = await create(openid({ name: 'constructor' }, { title }))
  assert.deepEqual([status, body.settings.sign_in.title], [201, title])
  const path = '/identity-providers/constructor'
  const found = await callAdmin(server.url, { path })
  assert.equal(found.body.name, 'constructor')
  assert.equal((await callAdmin(server.url, { path: '/identity-providers/__proto__' })).status, 404)
  assert.equal((await callAdmin(server.url, { method: 'DELETE', path })).status, 200)
})
