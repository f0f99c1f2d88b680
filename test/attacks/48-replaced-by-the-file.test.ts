// Attack 48: an entry of the file takes the ARN of a provider that somebody made at run time. Whom that one let in is signed out, when
// the file names another server or other keys, and stays when it is the same.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RunTimeSettings } from '../../src/federation/run-time-settings.ts'
import { applyConfiguredProviders } from '../../src/iam/provider/configured-providers.ts'
import { accountId, openIamFixture } from '../iam/fixture.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'

const settings = new RunTimeSettings({ allow: new Set(), message: () => undefined })
const read = (entry: object) => settings.read({ ...entry }, { accountId, now: 0 })

const own = metadataOf([makeKeyPair()])
const saml = { kind: 'saml', name: 'corp', metadata: own, sign_in: { title: 'Corp' } }
const client = { title: 'Corp', client_id: 'c' }
const openid = { kind: 'openid', name: 'corp', url: 'https://corp.example', sign_in: client }
const ldap = {
  kind: 'ldap',
  name: 'corp',
  urls: ['ldaps://corp.example'],
  base_dn: 'dc=corp',
  sign_in: { title: 'Corp' },
}

/** What was made at run time, the entry of the file, and whether the people of the first are signed out. */
const cases: Readonly<Record<string, readonly [object, object, boolean]>> = {
  'other keys of SAML': [saml, { ...saml, metadata: metadataOf([makeKeyPair()]) }, true],
  'another directory': [ldap, { ...ldap, urls: ['ldaps://dir.example'] }, true],
  'other keys of OpenID Connect': [openid, { ...openid, jwks_uri: 'https://keys.example' }, true],
  'another client': [openid, { ...openid, sign_in: { ...client, client_id: 'd' } }, true],
  'the same server': [openid, { ...openid, sign_in: { ...client, title: 'Of the file' } }, false],
  'the same keys': [saml, { ...saml, sign_in: { title: 'Of the file' } }, false],
  'one that was disabled': [
    { ...saml, disabled: true },
    { ...saml, metadata: metadataOf([makeKeyPair()]) },
    false,
  ],
}

for (const [what, [made, entry, isEnded]] of Object.entries(cases))
  test(`48: ${what} in the file: ${isEnded ? 'who came before is signed out' : 'nobody is signed out'}`, async (t) => {
    const { store } = await openIamFixture(t)
    const before = { ...read(made), uid: 'made', fromFile: false }
    await store.create('identityProvider', before)
    const ended: string[] = []
    const end = async ({ id }: { readonly id: string }) => void ended.push(id)
    for (let start = 0; start < 2; start++)
      await applyConfiguredProviders(store, accountId, [read(entry)], end)
    assert.deepEqual(ended, isEnded ? [before.id] : [])
    const after = await store.get('identityProvider', before.id)
    assert.deepEqual([after?.fromFile, after?.disabled], [true, false])
  })
