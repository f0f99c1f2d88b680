// Condition keys of SAML assertions, as the IAM User Guide lists them ("Available keys for SAML-based AWS STS federation"):
// which attribute each comes from, and whether it is a list.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assertion } from '../../../src/federation/saml/assertion.ts'
import { samlKeys } from '../../../src/sts/outside/saml-keys.ts'

const eduPerson = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.'
const eduOrg = 'urn:oid:1.3.6.1.4.1.5923.1.2.1.'
const microsoft = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'

// key, its attribute, whether a single value is a list of one
const table: readonly (readonly [key: string, attribute: string, list: boolean])[] = [
  ['edupersonaffiliation', `${eduPerson}1`, true],
  ['edupersonnickname', `${eduPerson}2`, true],
  ['edupersonorgdn', `${eduPerson}3`, false],
  ['edupersonorgunitdn', `${eduPerson}4`, true],
  ['edupersonprimaryaffiliation', `${eduPerson}5`, false],
  ['edupersonprincipalname', `${eduPerson}6`, false],
  ['edupersonentitlement', `${eduPerson}7`, true],
  ['edupersonprimaryorgunitdn', `${eduPerson}8`, false],
  ['edupersonscopedaffiliation', `${eduPerson}9`, true],
  ['edupersontargetedid', `${eduPerson}10`, true],
  ['edupersonassurance', `${eduPerson}11`, true],
  ['eduorghomepageuri', `${eduOrg}2`, true],
  ['eduorgidentityauthnpolicyuri', `${eduOrg}3`, true],
  ['eduorglegalname', `${eduOrg}4`, true],
  ['eduorgsuperioruri', `${eduOrg}5`, true],
  ['eduorgwhitepagesuri', `${eduOrg}6`, true],
  ['cn', 'urn:oid:2.5.4.3', true],
  ['name', 'urn:oid:2.5.4.41', false],
  ['name', `${microsoft}name`, false],
  ['surname', 'urn:oid:2.5.4.4', false],
  ['surname', `${microsoft}surname`, false],
  ['givenname', 'urn:oid:2.5.4.42', false],
  ['givenname', `${microsoft}givenname`, false],
  ['x500uniqueidentifier', 'urn:oid:2.5.4.45', false],
  ['uid', 'urn:oid:0.9.2342.19200300.100.1.1', false],
  ['mail', 'urn:oid:0.9.2342.19200300.100.1.3', false],
  ['mail', `${microsoft}emailaddress`, false],
  ['organizationstatus', 'urn:oid:0.9.2342.19200300.100.1.45', false],
  ['commonname', 'http://schemas.xmlsoap.org/claims/CommonName', false],
  ['primarygroupsid', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid', false],
]

const keysOf = (attributes: readonly (readonly [string, readonly string[]])[]) =>
  samlKeys({ issuer: 'https://idp.example', attributes: new Map(attributes) } as unknown as Assertion, {
    nameId: { value: 'ada', format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' } as never,
    provider: { id: 'arn:aws:iam::111122223333:saml-provider/acme', accountId: '111122223333', name: 'acme' },
    recipient: 'https://chancery.example/saml',
  })

for (const [key, attribute, list] of table)
  test(`saml:${key} comes from ${attribute}`, () => {
    assert.deepEqual(keysOf([[attribute, ['a']]]).get(`saml:${key}`), list ? ['a'] : 'a')
    // More values than a key is meant to have stay a list, on which no plain operator holds.
    assert.deepEqual(keysOf([[attribute, ['a', 'b']]]).get(`saml:${key}`), ['a', 'b'])
    assert.equal(keysOf([[`${attribute}0`, ['a']]]).has(`saml:${key}`), false)
  })

test('an attribute that the guide does not list becomes no key', () => {
  const always = [
    'aws:federatedprovider',
    'saml:aud',
    'saml:doc',
    'saml:iss',
    'saml:namequalifier',
    'saml:sub',
    'saml:sub_type',
  ]
  assert.deepEqual([...keysOf([['department', ['a']]]).keys()].sort(), always)
})
