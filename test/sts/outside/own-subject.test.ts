// Tokens of this server that are presented as web identities (attacks.md 8, 33). What ends with what is walked in test/attacks/33-ends.test.ts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../../src/problem.ts'
import { ownSubjectOf } from '../../../src/sts/outside/own-subject.ts'

const issuer = 'https://id.example'
const userId = 'AIDAEXAMPLEALICE00001'
const arn = 'arn:aws:iam::111122223333:user/staff/alice'
const live: unknown[] = []
let passwordChangedAt = 50
const parts = {
  issuer,
  userOf: async (id: string) =>
    id === userId
      ? {
          accountId: '111122223333',
          arn,
          name: 'alice',
          passwordChangedAt,
          factors: ['arn:aws:iam::111122223333:mfa/phone'],
          providers: ['arn:aws:iam::111122223333:oidc-provider/corp.example'],
        }
      : undefined,
  callers: {
    ensureLive: async (caller: { readonly dependencies?: unknown }) => void live.push(caller.dependencies),
  } as never,
}
const of = (claims: Readonly<Record<string, unknown>>, over: { subject?: string; issuer?: string } = {}) =>
  ownSubjectOf(
    {
      provider: 'arn:aws:iam::111122223333:oidc-provider/id.example',
      issuer,
      subject: userId,
      audience: 'app',
      issuedAt: 100,
      expiresAt: 3700,
      claims,
      spend: undefined,
      ...over,
    },
    parts,
  )
const scopesOf = async (claims: Readonly<Record<string, unknown>>, subject?: string) =>
  (await of(claims, subject === undefined ? {} : { subject }))?.dependencies.map(
    ({ scope, value, since }) => `${scope} ${value} ${since}`,
  )

test('an ID token is its person’s, and rests on what the sign-in rests on', async () => {
  const common = [
    'client app 100',
    `user ${userId} 100`,
    `sign-in ${userId} 100`,
    `consent ${userId}/app 100`,
  ]
  assert.deepEqual(await scopesOf({ amr: ['hwk'], auth_time: 90 }), [
    ...common,
    'factor arn:aws:iam::111122223333:mfa/phone 100',
  ])
  assert.deepEqual(await scopesOf({ amr: ['pwd'], auth_time: 90 }), [...common, `password ${userId} 50`])
  // The password was replaced after the token was issued, or in the same second.
  for (const at of [100, 101]) {
    passwordChangedAt = at
    assert.deepEqual(await scopesOf({ amr: ['pwd'], auth_time: 90 }), [...common, `password ${userId} 99`])
  }
  assert.deepEqual(await scopesOf({ amr: ['fed'] }), [
    ...common,
    'provider arn:aws:iam::111122223333:oidc-provider/corp.example 100',
  ])
  const subject = await of({})
  assert.equal(subject?.userId, userId)
  assert.deepEqual(subject?.actor, { iss: issuer, sub: userId, act: { sub: arn } })
  assert.deepEqual(live.at(-1), subject?.dependencies, 'and it must be live now')
})

test('a token of a client rests on the client, one of another issuer on nothing here', async () => {
  assert.deepEqual(await scopesOf({ client_id: 'job' }, 'job'), ['client job 100'])
  assert.equal(await of({}, { issuer: 'https://ci.example' }), undefined)
})

for (const [what, claims, subject] of [
  ['a session of a role', { role: { arn, id: 'AROAEXAMPLE0000000001' } }, arn],
  ['a session of a user', { acct: '111122223333' }, arn],
  ['a person’s access token, whose consent it would leave behind', { grant_id: 'g', dep: [] }, userId],
  ['an ID token of somebody who was deleted', {}, 'AIDAEXAMPLENOBODY0001'],
] as const)
  test(`8: ${what} is refused`, async () => {
    await assert.rejects(
      of(claims, { subject }),
      (error) => error instanceof Problem && error.code === 'invalid_identity_token',
    )
  })
