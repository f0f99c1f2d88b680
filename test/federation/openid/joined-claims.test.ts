// attacks.md 17: an address and the word that it was verified come from one answer, whatever claims a record reads them from.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapClaims } from '../../../src/federation/mapping.ts'
import { mergeUserinfoClaims } from '../../../src/federation/openid/joined-claims.ts'
import type { ClaimMapping, ClaimRule } from '../../../src/store/records.ts'

const at = (...path: string[]): ClaimRule => ({ path, match: undefined, map: undefined, default: [] })
const mapping = (email: ClaimRule, emailVerified: ClaimRule): ClaimMapping => ({
  name: at('sub'),
  displayName: at(),
  email,
  emailVerified,
  groups: at('groups'),
  tags: {},
})
const usual = mapping(at('email'), at('email_verified'))
const custom = mapping(at('mail', 'contact.mail'), at('proofs.mail'))

type Claims = Record<string, unknown>
const cases: readonly (readonly [
  title: string,
  rules: ClaimMapping,
  idToken: Claims,
  userinfo: Claims,
  email: string | undefined,
  verified: boolean,
])[] = [
  ['both of the ID token', usual, { email: 'a@x.example', email_verified: true }, {}, 'a@x.example', true],
  ['both of userinfo', usual, {}, { email: 'a@x.example', email_verified: true }, 'a@x.example', true],
  [
    'the word alone of the ID token',
    usual,
    { email_verified: true },
    { email: 'v@x.example' },
    'v@x.example',
    false,
  ],
  [
    'the word alone of userinfo',
    usual,
    { email: 'v@x.example' },
    { email_verified: true },
    'v@x.example',
    false,
  ],
  [
    'a custom address of userinfo, a custom word of the ID token',
    custom,
    { proofs: { mail: true } },
    { contact: { mail: 'v@x.example' } },
    'v@x.example',
    false,
  ],
  [
    'a custom address of the ID token, a custom word of userinfo',
    custom,
    { mail: 'v@x.example' },
    { proofs: { mail: true } },
    'v@x.example',
    false,
  ],
  [
    'both custom, of userinfo',
    custom,
    { proofs: { mail: false } },
    { mail: 'a@x.example', proofs: { mail: true } },
    'a@x.example',
    true,
  ],
]
for (const [title, rules, idToken, userinfo, email, verified] of cases) {
  test(`${title}: ${email ?? 'none'} is ${verified ? '' : 'not '}verified`, () => {
    const person = mapClaims(
      rules,
      mergeUserinfoClaims({ sub: 's', ...idToken }, { sub: 's', ...userinfo }, rules),
    )
    assert.equal(person.email, email)
    assert.equal(person.emailVerified, verified)
  })
}

test('a claim named __proto__ is a claim like any other', () => {
  const joined = mergeUserinfoClaims({ sub: 's' }, JSON.parse('{"__proto__":{"email":"v@x.example"}}'), usual)
  assert.equal(joined['email'], undefined)
  assert.equal(({} as Claims)['email'], undefined)
})
