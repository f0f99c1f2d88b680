// What spending a code of a virtual MFA device takes: the step is swapped on the device's own record, so that a code
// is good once, in all processes (attacks.md 20).

import { isProblem } from '../../problem.ts'
import { matchStep, totpPeriod } from '../../secure/totp.ts'
import type { EpochSeconds, MfaDevice } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

/** Steps a clock may be off when two codes prove the device. */
const pairWindow = 2

/** The later step of two consecutive codes, or undefined. */
export function matchPair(device: MfaDevice, first: string, second: string, now: EpochSeconds) {
  const step = matchStep(device.seed, first, now, pairWindow)
  if (step === undefined) return undefined
  return matchStep(device.seed, second, (step + 1) * totpPeriod, 0) === step + 1 ? step + 1 : undefined
}

/** Enabled devices of a user. */
export const devicesOf = (store: Pick<Store, 'each'>, userId: string): Promise<readonly MfaDevice[]> =>
  Array.fromAsync(store.each('mfaDevice', { by: 'user', value: userId }))

class Spent extends Error {}
class Enabled extends Error {}

/** `lastStep` of a device that is being taken away: no code is later. */
const noStep = Number.MAX_SAFE_INTEGER
export const isLeaving = (device: MfaDevice): boolean => device.lastStep === noStep

/**
 * Takes a device away unless it was enabled, also at this very moment: what was enabled stays. True when it went by this
 * call; undefined: it was not there.
 */
export async function dropWaiting(
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

/** True for exactly one caller per device and step; a code of a spent or earlier step is refused. */
export async function spendCode(
  store: Pick<Store, 'update'>,
  device: MfaDevice,
  code: string,
  now: EpochSeconds,
): Promise<boolean> {
  const step = matchStep(device.seed, code, now)
  if (step === undefined || step <= device.lastStep) return false
  try {
    await store.update('mfaDevice', device.id, (old) => {
      // Deactivated or spent since it was read.
      if (old.userId !== device.userId || step <= old.lastStep) throw new Spent()
      return { ...old, lastStep: step }
    })
    return true
  } catch (error) {
    if (error instanceof Spent || isProblem(error, 'not_found')) return false
    throw error
  }
}
