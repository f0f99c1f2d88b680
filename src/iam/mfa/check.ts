// Verifies `SerialNumber` and `TokenCode` of a signed request. Attempts count towards the user's TOTP throttle, and a code is used up.
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { openThrottle } from '../password/throttle.ts'
import { signedRequestWindow, spendCode } from './totp-devices.ts'

/** @param now epoch seconds */
export function openMfaCheck(store: Store, now: () => EpochSeconds) {
  const throttle = openThrottle(store)
  return {
    /**
     * True when the device belongs to the user, is enabled, and the code is correct and unused; uses it up.
     * @throws Problem('throttled') after too many attempts
     */
    async verify(
      user: { readonly accountId: string; readonly userId: string },
      serialNumber: string,
      code: string,
    ): Promise<boolean> {
      const attempt = await throttle.begin('totp', user.userId, undefined, now())
      const device = await store.get('mfaDevice', serialNumber)
      const theirs = device?.accountId === user.accountId && device.userId === user.userId
      if (!device || !theirs || !(await spendCode(store, device, code, now(), signedRequestWindow)))
        return false
      await attempt.succeeded()
      return true
    },
  }
}
