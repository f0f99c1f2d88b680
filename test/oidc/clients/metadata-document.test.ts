// What a client's metadata document may say, and which URLs name one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  DocumentFault,
  documentUrlOf,
  maxDocumentUrl,
  readMetadataDocument,
} from '../../../src/oidc/clients/metadata-document.ts'
import { registrationSchema } from '../../../src/oidc/clients/registration-limits.ts'
import { extraMetadata } from '../../../src/oidc/clients/settings.ts'

const limits = registrationSchema.parse({})
const url = new URL('https://agent.example/client.json')
const document = { client_id: url.href, redirect_uris: ['https://agent.example/callback'] }
const read = (more: object) => readMetadataDocument(url, JSON.stringify({ ...document, ...more }), limits)

const urls: readonly (readonly [text: string, names: boolean])[] = [
  ['https://agent.example/client.json', true],
  ['https://agent.example:8443/a/b', true],
  ['https://agent.example/client?version=2', true],
  ['http://127.0.0.1:4000/client.json', true],
  ['http://localhost/client', true],
  ['http://agent.example/client.json', false],
  ['https://agent.example', false],
  ['https://agent.example/', false],
  ['https://agent.example/a/../client', false],
  ['https://agent.example/%2e%2e/client', false],
  ['https://agent.example/client#part', false],
  ['https://user@agent.example/client', false],
  ['https://user:secret@agent.example/client', false],
  ['https://@agent.example/client', false],
  ['https://AGENT.example/client', false],
  ['HTTPS://agent.example/client', false],
  ['https://agent.example:443/client', false],
  ['https:/agent.example/client', false],
  ['https://agent.example\\client', false],
  ['https://agent.example/cli ent', false],
  ['ftp://agent.example/client', false],
  ['web', false],
  ['', false],
  [`https://agent.example/${'a'.repeat(maxDocumentUrl)}`, false],
]
for (const [text, names] of urls)
  test(`\`${text.slice(0, 60)}\` ${names ? 'names' : 'does not name'} a document`, () => {
    assert.equal(documentUrlOf(text) !== undefined, names)
  })

test('a client id that names a document is a URL in its normal form', () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (text) => {
      const found = documentUrlOf(text)
      assert.ok(found === undefined || found.href === text)
    }),
  )
})

test('what a document may say becomes the metadata of a client that nobody has verified', () => {
  const metadata = read({
    client_name: 'Agent',
    client_uri: 'https://agent.example/about',
    tos_uri: 'https://legal.example/terms',
    logo_uri: 'https://agent.example/logo.png',
    token_endpoint_auth_method: 'none',
    unknown_member: 1,
  })
  assert.deepEqual(metadata, {
    client_id: url.href,
    client_name: 'Agent',
    client_uri: 'https://agent.example/about',
    tos_uri: 'https://legal.example/terms',
    redirect_uris: ['https://agent.example/callback'],
    application_type: 'web',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    registered: true,
    scope: limits.scopes.join(' '),
    resources: [],
    resource_scopes: {},
    roles: undefined,
    claims: undefined,
  })
})

test('a document cannot set what is for the operator to set', () => {
  for (const name of extraMetadata) {
    if (name === 'registered') continue
    const value = name === 'resources' ? ['https://mcp.example/'] : 'any'
    for (const given of [value, true, { a: 1 }]) assert.deepEqual(read({ [name]: given }), read({}), name)
  }
})

test('links of other kinds, and a home page on another host, are left out', () => {
  const metadata = read({
    client_uri: 'https://bank.example/',
    policy_uri: 'javascript:alert(1)',
    tos_uri: 'http://agent.example/',
  })
  for (const name of ['client_uri', 'policy_uri', 'tos_uri']) assert.ok(!(name in metadata), name)
  assert.equal(metadata['client_name'], 'agent.example')
})

test('a program on the same device may use any port, and is a native client', () => {
  assert.equal(read({ redirect_uris: ['http://127.0.0.1/callback'] })['application_type'], 'native')
  assert.equal(
    read({ redirect_uris: ['http://localhost:3000/cb', 'https://agent.example/cb'] })['application_type'],
    'native',
  )
})

test('grants that the operator does not allow are left out', () => {
  const metadata = read({
    grant_types: [
      'authorization_code',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:token-exchange',
    ],
  })
  assert.deepEqual(metadata['grant_types'], ['authorization_code'])
})

const refused: readonly (readonly [why: string, more: object, message: RegExp])[] = [
  ['another client_id', { client_id: 'https://agent.example/other.json' }, /is not the URL/],
  ['no client_id', { client_id: undefined }, /client_id/],
  ['a secret', { client_secret: 'shared' }, /client_secret/],
  ['a secret that has ended', { client_secret_expires_at: 0 }, /client_secret/],
  ['client_secret_basic', { token_endpoint_auth_method: 'client_secret_basic' }, /private_key_jwt/],
  ['client_secret_jwt', { token_endpoint_auth_method: 'client_secret_jwt' }, /private_key_jwt/],
  ['private_key_jwt without keys', { token_endpoint_auth_method: 'private_key_jwt' }, /jwks/],
  [
    'private_key_jwt with two kinds of keys',
    {
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [] },
      jwks_uri: 'https://agent.example/jwks',
    },
    /not both/,
  ],
  [
    'keys at a plain address',
    { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'http://agent.example/jwks' },
    /https URL/,
  ],
  ['no redirect URI', { redirect_uris: [] }, /redirect_uris/],
  ['redirect URIs that are text', { redirect_uris: 'https://agent.example/' }, /redirect_uris/],
  ['a script as redirect URI', { redirect_uris: ['javascript:alert(1)'] }, /redirect URI/],
  ['a plain redirect URI', { redirect_uris: ['http://agent.example/cb'] }, /redirect URI/],
  ['a wildcard', { redirect_uris: ['https://*.agent.example/cb'] }, /redirect URI/],
  ['too many redirect URIs', { redirect_uris: Array(21).fill('https://agent.example/cb') }, /redirect_uris/],
  ['a name of two lines', { client_name: 'Agent\nof the bank' }, /client_name/],
  ['a name with a right-to-left override', { client_name: 'Agent\u202egnp' }, /client_name/],
  ['a long name', { client_name: 'a'.repeat(129) }, /client_name/],
  ['grants without the code', { grant_types: ['client_credentials'] }, /authorization_code/],
  ['an algorithm that is none', { id_token_signed_response_alg: 'none' }, /id_token_signed_response_alg/],
]
for (const [why, more, message] of refused)
  test(`a document with ${why} is refused`, () => {
    assert.throws(
      () => read(more),
      (error: unknown) => error instanceof DocumentFault && message.test(error.message),
    )
  })

for (const text of ['', 'null', '[]', '"text"', '{', '<html>'])
  test(`the document \`${text}\` is refused`, () => {
    assert.throws(() => readMetadataDocument(url, text, limits), DocumentFault)
  })

test('whatever a document holds, it is read or refused with a reason', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...Object.keys(document), 'scope', 'jwks'), fc.jsonValue()),
      (more) => {
        try {
          const metadata = read(more)
          assert.equal(metadata['registered'], true)
          assert.deepEqual(metadata['resources'], [])
        } catch (error) {
          assert.ok(error instanceof DocumentFault, String(error))
        }
      },
    ),
  )
})
