// Uses up codes of virtual MFA devices. The last time step is stored on the device by compare-and-swap, so that a code is accepted
// once across all processes (docs/attacks.md 20).

import { isProblem } from '../../problem.ts'
import { matchConsecutive, matchStep, totpPeriod } from '../../secure/totp.ts'
import type { EpochSeconds, MfaDevice } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

/** Time steps, an hour, by which a device's clock may differ when two consecutive codes are given. */
const pairWindow = 120
/** Time steps by which a code of a signed request may differ; two codes of a device whose clock is right do not differ more. */
export const signedRequestWindow = 2

/** What is known of the clock of a device. */
export type DeviceClock = Required<Pick<MfaDevice, 'lastStep' | 'clockOffset'>>

/**
 * What to keep of two consecutive codes: the time step of the second, and how far the device's clock is ahead. Undefined when they do
 * not match.
 */
export function matchCodePair(
  device: MfaDevice,
  first: string,
  second: string,
  now: EpochSeconds,
): DeviceClock | undefined {
  const step = matchConsecutive(device.seed, [first, second], now, pairWindow)
  if (step === undefined) return undefined
  const ahead = step - Math.floor(now / totpPeriod)
  return { lastStep: step, clockOffset: Math.abs(ahead) <= signedRequestWindow ? 0 : ahead }
}

/** Enabled devices of a user. */
export const enabledDevices = (store: Pick<Store, 'each'>, userId: string): Promise<readonly MfaDevice[]> =>
  Array.fromAsync(store.each('mfaDevice', { by: 'user', value: userId }))

class Spent extends Error {}
class Enabled extends Error {}

/** `lastStep` of a device that is being deleted: no code can be later. */
const noStep = Number.MAX_SAFE_INTEGER
export const isBeingDeleted = (device: MfaDevice): boolean => device.lastStep === noStep

/**
 * Deletes a device that is not enabled. @returns true when this call deleted it, false when it is enabled, undefined when it does not
 *   exist
 */
export async function deletePendingDevice(
  store: Pick<Store, 'update' | 'delete'>,
  id: string,
): Promise<boolean | undefined> {
  try {
    await store.update('mfaDevice', id, (old) => {
      if (old.userId !== undefined) throw new Enabled()
      return { ...old, lastStep: noStep }
    })
  } catch (error) {
    if (error instanceof Enabled) return false
    if (isProblem(error, 'not_found')) return undefined
    throw error
  }
  return (await store.delete('mfaDevice', id)) || undefined
}

/**
 * True for exactly one caller per device and time step. Codes of the last used or an earlier step are refused.
 * @param window time steps by which the code may differ; 1 when it is left out
 */
export async function spendCode(
  store: Pick<Store, 'update'>,
  device: MfaDevice,
  code: string,
  now: EpochSeconds,
  window?: number,
): Promise<boolean> {
  const step = matchStep(device.seed, code, now + (device.clockOffset ?? 0) * totpPeriod, window)
  if (step === undefined || step <= device.lastStep) return false
  try {
    await store.update('mfaDevice', device.id, (old) => {
      // Deactivated or used since it was read.
      if (old.userId !== device.userId || step <= old.lastStep) throw new Spent()
      return { ...old, lastStep: step }
    })
    return true
  } catch (error) {
    if (error instanceof Spent || isProblem(error, 'not_found')) return false
    throw error
  }
}
