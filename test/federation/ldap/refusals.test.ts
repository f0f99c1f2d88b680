import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  BusyError,
  InsufficientAccessError,
  InvalidCredentialsError,
  NoSuchObjectError,
  UnwillingToPerformError,
} from 'ldapts'
import { refusalOf, resultText } from '../../../src/federation/ldap/refusals.ts'

/** As Active Directory writes it. */
const fromDomain = (data: string) =>
  new InvalidCredentialsError(
    `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data ${data}, v4563`,
  )

const answers: readonly (readonly [error: unknown, refusal: ReturnType<typeof refusalOf>])[] = [
  [new InvalidCredentialsError(), 'wrong'],
  [new NoSuchObjectError(), 'wrong'],
  [fromDomain('52e'), 'wrong'],
  [fromDomain('525'), 'wrong'],
  [fromDomain('533'), { because: 'the account is disabled' }],
  [
    fromDomain('532'),
    {
      because: 'the password has expired',
      shown: 'your password has expired; change it at your organization, then sign in again',
    },
  ],
  [fromDomain('701'), { because: 'the account has expired' }],
  [
    fromDomain('773'),
    {
      because: 'the password must be changed',
      shown: 'your password must be changed; change it at your organization, then sign in again',
    },
  ],
  [fromDomain('775'), { because: 'the account is locked' }],
  [new UnwillingToPerformError('account\ninactivated'), { because: 'result code 53: account inactivated' }],
  [new InsufficientAccessError('no'), { because: 'result code 50: no' }],
  [new BusyError(), undefined],
  [new Error('Connection closed'), undefined],
]
for (const [error, refusal] of answers) {
  test(`\`${resultText(error)}\` means ${JSON.stringify(refusal) ?? 'that the directory does not work'}`, () => {
    assert.deepEqual(refusalOf(error), refusal)
  })
}
