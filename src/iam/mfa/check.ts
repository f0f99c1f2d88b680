// `SerialNumber` and `TokenCode` of a signed call: really checked, counted on the user's one TOTP counter, and spent.
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { openThrottle } from '../password/throttle.ts'
import { spendCode } from './totp-devices.ts'

export function openMfaCheck(store: Store, now: () => EpochSeconds) {
  const throttle = openThrottle(store)
  return {
    /**
     * True when the device is this user's, enabled, and the code is right and not spent; spends it.
     * @throws Problem('throttled') when the user tried too often
     */
    async verify(
      user: { readonly accountId: string; readonly userId: string },
      serialNumber: string,
      code: string,
    ): Promise<boolean> {
      const attempt = await throttle.begin('totp', user.userId, undefined, now())
      const device = await store.get('mfaDevice', serialNumber)
      const theirs = device?.accountId === user.accountId && device.userId === user.userId
      if (!device || !theirs || !(await spendCode(store, device, code, now()))) return false
      await attempt.succeeded()
      return true
    },
  }
}
