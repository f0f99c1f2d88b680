// The table of a person's attributes, walked from an identity provider's claims to the claims of our tokens: whoever adds a
// row there adds one here, and every place that reads the table is shown to carry it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identityProvidersSchema, recordOf } from '../../src/federation/kinds.ts'
import { mapClaims } from '../../src/federation/mapping.ts'
import { openOidcProfiles } from '../../src/iam/sign-in/oidc-profiles.ts'
import { newUserRecord } from '../../src/iam/users.ts'
import { claimsByScope } from '../../src/oidc/claims.ts'
import {
  readUnlinkedIdentity,
  writeUnlinkedIdentity,
} from '../../src/sign-in/federation/unlinked-identity.ts'
import {
  type AttributeName,
  acceptedAttributes,
  attributeClaims,
  attributeNames,
  forAttributes,
  personAttributes,
} from '../../src/store/person.ts'
import { openIamFixture } from '../iam/fixture.ts'

/** attribute: a value that is kept; values that are not */
const samples: Readonly<Record<AttributeName, readonly [kept: string, ...refused: readonly string[]]>> = {
  givenName: ['Ada', '', 'a\nb', 'x'.repeat(257), '\u202e', 'a\ud800'],
  familyName: ['O’Neill-Schmidt', '', 'a\u0000'],
  locale: ['pt-BR', 'not a language', 'de_DE!', 'x'.repeat(36)],
  timeZone: ['Europe/Berlin', 'Mars/Olympus', '../etc', ''],
  picture: [
    'https://img.example/ada.png',
    'http://img.example/a',
    'javascript:alert(1)',
    'https://u:p@img.example/',
  ],
  phoneNumber: ['+49 (30) 123-4567', 'call me', '+', '1'.repeat(40)],
}
const kept = forAttributes((name) => samples[name][0])

for (const name of attributeNames)
  test(`${name}: what is valid is kept, and nothing else`, () => {
    const [good, ...bad] = samples[name]
    assert.deepEqual(acceptedAttributes({ [name]: good }), { [name]: good })
    for (const value of bad)
      assert.deepEqual(acceptedAttributes({ [name]: value }), {}, JSON.stringify(value))
  })

const owner = { accountId: '111122223333', now: 1_800_000_000 }
const provider = (mapping: object) => {
  const [given] = identityProvidersSchema.parse([
    {
      kind: 'openid',
      name: 'corp',
      url: 'https://corp.example',
      sign_in: { title: 'Corp', client_id: 'c', client_secret: 'secret-of-the-client', mapping },
    },
  ])
  assert.ok(given)
  const { signIn } = recordOf(given, owner)
  assert.ok(signIn)
  return signIn.mapping
}
const claims = { sub: '1', ...attributeClaims(kept) }

test('each attribute is mapped from its standard claim, or from the claim in the settings', () => {
  assert.deepEqual(mapClaims(provider({}), claims).attributes, kept)
  const moved = Object.fromEntries(attributeNames.map((name) => [personAttributes[name].claim, `x_${name}`]))
  const given = Object.fromEntries(attributeNames.map((name) => [`x_${name}`, kept[name]]))
  assert.deepEqual(mapClaims(provider(moved), given).attributes, kept)
})

test('each attribute survives the note of a sign-in that is not linked yet', () => {
  const person = mapClaims(provider({}), claims)
  const note = writeUnlinkedIdentity({
    name: 'corp',
    title: 'Corp',
    leave: undefined,
    signOutNames: undefined,
    amr: ['fed'],
    identity: { provider: 'p', issuer: 'https://corp.example', subject: '1', person },
  })
  assert.deepEqual(readUnlinkedIdentity(note)?.identity.person.attributes, kept)
})

test('each attribute of a user is a claim of its scope', async (t) => {
  const { store } = await openIamFixture(t)
  const user = {
    ...newUserRecord({ accountId: owner.accountId, name: 'ada', path: '/', createdAt: 1 }),
    attributes: kept,
  }
  await store.create('user', user)
  const people = openOidcProfiles(store, owner.accountId)
  t.after(() => people.close())
  const person = await people.find(user.id)
  assert.deepEqual(person?.attributes, kept)
  for (const name of attributeNames) {
    const { claim, scope } = personAttributes[name]
    assert.ok(claimsByScope[scope].includes(claim), `${scope} brings ${claim}`)
    assert.equal(attributeClaims(kept)[claim], kept[name])
  }
})
