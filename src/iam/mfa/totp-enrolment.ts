// A person enrols an authenticator app on a page: a device waits under a path named after the user, so that nobody
// else can finish it, until one code proves the app has the seed.

import { isProblem } from '../../problem.ts'
import { randomBase32 } from '../../secure/random.ts'
import { matchStep, newSeed, otpauthUri } from '../../secure/totp.ts'
import type { EpochSeconds, MfaDevice, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { mfaArn } from '../arn.ts'
import { serially } from '../key-lock.ts'
import { quotas, within } from '../quotas.ts'
import { devicesOf, dropWaiting, isLeaving } from './totp-devices.ts'

export interface NewTotp {
  /** Names the device to `finish`; not secret. */
  readonly device: string
  /** Base32. */
  readonly key: string
  /** `otpauth://totp/…` */
  readonly uri: string
}

/** Seconds a device waits for its first code. */
const waits = 900
/** Devices that may wait for one user: one a browser, and not without bound. */
const mostWaiting = 3

class Taken extends Error {}

export function totpEnrolment(store: Store, issuerName: string) {
  const pathOf = (user: User) => `/${user.id}/`

  const waiting = async (user: User): Promise<readonly MfaDevice[]> => {
    const under = { by: 'account', value: user.accountId, prefix: pathOf(user) } as const
    const found: MfaDevice[] = []
    for await (const device of store.each('mfaDevice', under))
      if (device.path === pathOf(user) && device.userId === undefined) found.push(device)
    return found
  }

  const made = async (user: User, now: EpochSeconds): Promise<MfaDevice> => {
    const named = { accountId: user.accountId, path: pathOf(user), name: `totp-${randomBase32(8)}` }
    const device: MfaDevice = {
      ...named,
      id: mfaArn(named),
      userId: undefined,
      seed: newSeed(),
      createdAt: now,
      enabledAt: undefined,
      lastStep: 0,
      tags: [],
    }
    await store.create('mfaDevice', device)
    return device
  }

  return {
    /**
     * The device `begun` names, when it still waits and is theirs, so that a mistyped code asks for no new scan; else a
     * new one. Whoever does not name it is shown another seed: it may be someone else who began (attacks.md 20).
     */
    async begin(user: User, begun: string | undefined, now: EpochSeconds): Promise<NewTotp> {
      return serially(`mfa:${user.id}`, async () => {
        const old = (await waiting(user)).toSorted((a, b) => b.createdAt - a.createdAt)
        const live = old.filter((device) => device.createdAt > now - waits && !isLeaving(device))
        const named = live.find(({ id }) => id === begun)
        const kept = new Set([named, ...live.slice(0, mostWaiting - 1)])
        for (const device of old) if (!kept.has(device)) await dropWaiting(store, device.id)
        const device = named ?? (await made(user, now))
        const uri = otpauthUri({ seed: device.seed, issuer: issuerName, account: user.name })
        return { device: device.id, key: device.seed.reveal(), uri }
      })
    },

    /**
     * True when the code was the device's: it is enabled and the code's step spent.
     * @param most devices the user may have then; 1: of two who enrol the first one at once, at most one does
     * @throws Problem('limit_exceeded') when the user has eight already
     */
    async finish(
      user: User,
      deviceId: string,
      code: string,
      now: EpochSeconds,
      most: number = quotas.MFADevicesPerUser,
    ): Promise<boolean> {
      const device = await store.get('mfaDevice', deviceId)
      if (device === undefined || device.userId !== undefined) return false
      if (device.accountId !== user.accountId || device.path !== pathOf(user)) return false
      const step = matchStep(device.seed, code, now)
      if (step === undefined || device.createdAt <= now - waits) return false
      within('MFADevicesPerUser', (await devicesOf(store, user.id)).length + 1)
      try {
        await store.update('mfaDevice', device.id, (old) => {
          if (old.userId !== undefined || step <= old.lastStep) throw new Taken()
          return { ...old, userId: user.id, lastStep: step, enabledAt: now }
        })
      } catch (error) {
        if (error instanceof Taken || isProblem(error, 'not_found')) return false
        throw error
      }
      if ((await devicesOf(store, user.id)).length <= most) return true
      await store.delete('mfaDevice', device.id)
      return false
    },
  }
}
