import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oauth2Risks } from '../../src/federation/oauth2/risks.ts'
import { oauth2Record, oauth2Settings } from '../../src/federation/oauth2/settings.ts'
import { openIdRisks } from '../../src/federation/openid/risks.ts'
import { openIdRecord, openIdSettings } from '../../src/federation/openid/settings.ts'
import { generalRisks } from '../../src/federation/risks.ts'

const owner = { accountId: '123456789012', now: 0 }
const signIn = { title: 'Corp', client_id: 'c', client_secret: 's', domains: ['corp.example'] }

const risksOf = (top: object, more: object = {}) => {
  const provider = openIdRecord(
    openIdSettings.parse({
      kind: 'openid',
      name: 'corp',
      url: 'https://idp.corp.example',
      sign_in: { ...signIn, ...more },
      ...top,
    }),
    owner,
  )
  return [...generalRisks(provider), ...openIdRisks(provider)]
}

const hubRisks = (top: object, more: object = {}) => {
  const provider = oauth2Record(
    oauth2Settings.parse({ kind: 'oauth2', name: 'hub', sign_in: { ...signIn, ...more }, ...top }),
    owner,
  )
  return [...generalRisks(provider), ...oauth2Risks(provider)]
}

test('a provider of one’s own organisation, over https, with a secret, has no risk at all', () => {
  assert.deepEqual(risksOf({}), [])
})

const cases: readonly (readonly [
  title: string,
  risks: () => readonly { level: string; what: string }[],
  level: string,
  what: RegExp,
])[] = [
  ['plain http', () => risksOf({ url: 'http://idp.corp.example' }), 'high', /plain http/],
  [
    'keys over plain http',
    () => risksOf({ jwks_uri: 'http://idp.corp.example/k' }),
    'high',
    /keys are fetched/,
  ],
  ['uploaded keys', () => risksOf({ jwks: { keys: [{}] } }), 'low', /rotates/],
  ['no client secret', () => risksOf({}, { client_secret: undefined }), 'medium', /no secret/],
  ['no domain', () => risksOf({}, { domains: [] }), 'medium', /everybody who signs in/],
  [
    'a public provider',
    () => risksOf({ url: 'https://accounts.google.com' }),
    'high',
    /anybody can have an account/,
  ],
  [
    'many tenants',
    () => risksOf({ url: 'https://login.microsoftonline.com/common/v2.0' }),
    'high',
    /many tenants/,
  ],
  [
    'a public mail domain',
    () => risksOf({}, { domains: ['gmail.com'] }),
    'high',
    /anybody can have an address/,
  ],
  [
    'unverified addresses that join',
    () => risksOf({}, { mapping: { email_verified: { default: 'true' } } }),
    'high',
    /select users/,
  ],
  [
    'unverified addresses',
    () => risksOf({}, { domains: [], mapping: { email_verified: { default: 'true' } } }),
    'medium',
    /did not verify/,
  ],
  [
    'groups for all',
    () => risksOf({}, { mapping: { groups: { default: 'staff' } } }),
    'medium',
    /into groups/,
  ],
  ['one factor as two', () => risksOf({}, { second_factor: { amr: ['pwd'] } }), 'high', /single factor/],
  ['acr 0', () => risksOf({}, { second_factor: { acr: ['0'] } }), 'high', /no authentication/],
  [
    'no second factor',
    () => risksOf({}, { second_factor: { ask: 'enrolled' } }),
    'low',
    /need no second one/,
  ],
  ['no audience', () => risksOf({ sign_in: undefined }), 'medium', /no audience/],
  ['GitHub for everybody', () => hubRisks({ preset: 'github' }), 'high', /anybody can have an account/],
  [
    'a login as subject',
    () =>
      hubRisks({
        authorization_endpoint: 'https://hub.example/a',
        token_endpoint: 'https://hub.example/t',
        userinfo_endpoint: 'http://hub.example/u',
        issuer: 'https://hub.example',
        subject: 'user.login',
      }),
    'high',
    /may change or go to somebody else/,
  ],
  [
    'userinfo over plain http',
    () =>
      hubRisks({
        authorization_endpoint: 'https://hub.example/a',
        token_endpoint: 'https://hub.example/t',
        userinfo_endpoint: 'http://hub.example/u',
        issuer: 'https://hub.example',
        subject: 'id',
      }),
    'high',
    /plain http/,
  ],
]
for (const [title, risks, level, what] of cases) {
  test(`${title} is a ${level} risk`, () => {
    const found = risks().find((risk) => what.test(risk.what))
    assert.equal(found?.level, level, JSON.stringify(risks()))
  })
}
