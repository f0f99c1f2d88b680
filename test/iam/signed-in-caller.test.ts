import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signedInCaller, usedSecondFactor } from '../../src/iam/signed-in-caller.ts'

const methods: readonly (readonly [amr: readonly string[], second: boolean])[] = [
  [[], false],
  [['pwd'], false],
  [['fed'], false],
  [['pwd', 'fed'], false],
  [['pwd', 'otp', 'mfa'], true],
  [['pwd', 'kba', 'mfa'], true],
  [['fed', 'mfa'], true],
  [['otp'], true],
  [['hwk', 'user', 'mfa'], true],
]
for (const [amr, second] of methods)
  test(`a sign-in by ${amr.join(', ') || 'nothing'} ${second ? 'used' : 'did not use'} a second factor`, () => {
    const user = {
      accountId: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/ada',
      id: 'AIDA',
      name: 'ada',
    }
    assert.equal(usedSecondFactor(amr), second)
    const caller = signedInCaller(user, { amr, authTime: 100 }, 160)
    assert.equal(caller.mfaAge, second ? 60 : undefined)
    assert.equal(signedInCaller(user, { amr, authTime: undefined }, 160).mfaAge, undefined)
    assert.equal(signedInCaller(user, { amr, authTime: 170 }, 160).mfaAge, second ? 0 : undefined)
    assert.deepEqual([caller.temporary, caller.issuedAt, caller.accessKeyId], [true, 100, undefined])
  })
