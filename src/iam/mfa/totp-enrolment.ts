// Enrolment of an authenticator app by the user. A pending device is stored under a path with the user's id, so that nobody else can
// finish it, until a code proves that the app has the seed.

import { isProblem } from '../../problem.ts'
import { randomBase32 } from '../../secure/random.ts'
import { matchStep, newSeed, otpauthUri } from '../../secure/totp.ts'
import type { EpochSeconds, MfaDevice, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { mfaArn } from '../arn.ts'
import { signInSettingsOf } from '../password/sign-in-settings.ts'
import { checkQuota, quotas } from '../quotas.ts'
import { withKeyLock } from '../record/key-lock.ts'
import { factorName } from './factor-name.ts'
import { hasUsablePasskey } from './passkey-records.ts'
import { deletePendingDevice, enabledDevices, isBeingDeleted } from './totp-devices.ts'
import { removeTrustedBrowsers } from './trusted-browsers.ts'

/** A virtual MFA device that is not enabled yet. */
export interface NewTotp {
  /** Serial number of the pending device, which `TotpProof` names; not secret. */
  readonly device: string
  /** Base32. */
  readonly key: string
  /** `otpauth://totp/…` */
  readonly uri: string
}

/** What a person sends to finish an enrolment. */
export interface TotpProof {
  /** Serial number of the pending device. */
  readonly device: string
  readonly code: string
  /** What they call the device. */
  readonly name: string
}

/** Seconds after which a pending device expires. */
const pendingSeconds = 900
/** The most pending devices of a user: several browsers may enrol at once. */
const maxPending = 3

class Taken extends Error {}

/** The path of the devices that a user has begun to enrol. */
const pathOf = (user: User): string => `/${user.id}/`

export class TotpEnrolment {
  readonly #store: Store
  readonly #issuerName: (accountId: string) => Promise<string>

  constructor(store: Store, issuerName: (accountId: string) => Promise<string>) {
    this.#store = store
    this.#issuerName = issuerName
  }

  /**
   * The pending device `begun`, if it has not expired, so that a mistyped code does not require a new scan; otherwise a new one. A
   * request without its id gets another seed, since somebody else may have begun (docs/attacks.md 20).
   */
  async begin(user: User, begun: string | undefined, now: EpochSeconds): Promise<NewTotp> {
    return withKeyLock(`mfa:${user.id}`, async () => {
      const old = (await this.#pendingDevices(user)).toSorted((a, b) => b.createdAt - a.createdAt)
      const live = old.filter((device) => device.createdAt > now - pendingSeconds && !isBeingDeleted(device))
      const named = live.find(({ id }) => id === begun)
      const kept = new Set([named, ...live.slice(0, maxPending - 1)])
      for (const device of old) if (!kept.has(device)) await deletePendingDevice(this.#store, device.id)
      const device = named ?? (await this.#createDevice(user, now))
      const issuer = await this.#issuerName(user.accountId)
      const uri = otpauthUri({ seed: device.seed, issuer, account: user.name })
      return { device: device.id, key: device.seed.reveal(), uri }
    })
  }

  /**
   * Enables the device under its owner's name for it when the code is correct, and uses up the code's time step.
   * @param isFirst it must be the user's only second factor: of two concurrent first enrolments at most one succeeds
   * @throws Problem('limit_exceeded') when the user already has eight devices
   */
  async finish(
    user: User,
    { device: deviceId, code, name }: TotpProof,
    now: EpochSeconds,
    isFirst = false,
  ): Promise<boolean> {
    const device = await this.#store.get('mfaDevice', deviceId)
    if (device === undefined || device.userId !== undefined) return false
    if (device.accountId !== user.accountId || device.path !== pathOf(user)) return false
    const step = matchStep(device.seed, code, now)
    if (step === undefined || device.createdAt <= now - pendingSeconds) return false
    checkQuota('MFADevicesPerUser', (await enabledDevices(this.#store, user.id)).length + 1)
    const label = factorName(name, 'Authenticator app')
    try {
      await this.#store.update('mfaDevice', device.id, (old) => {
        if (old.userId !== undefined || step <= old.lastStep) throw new Taken()
        return { ...old, label, userId: user.id, lastStep: step, enabledAt: now }
      })
    } catch (error) {
      if (error instanceof Taken || isProblem(error, 'not_found')) return false
      throw error
    }
    if (isFirst ? await this.#hasOthers(user) : await this.#hasTooMany(user)) {
      await this.#store.delete('mfaDevice', device.id)
      return false
    }
    await removeTrustedBrowsers(this.#store, user.id)
    return true
  }

  async #hasOthers(user: User): Promise<boolean> {
    const { passkeys: policy } = await signInSettingsOf(this.#store, user.accountId)
    const hasPasskey = await hasUsablePasskey(this.#store, user.id, policy)
    return hasPasskey || (await enabledDevices(this.#store, user.id)).length > 1
  }

  async #hasTooMany(user: User): Promise<boolean> {
    return (await enabledDevices(this.#store, user.id)).length > quotas.MFADevicesPerUser
  }

  async #pendingDevices(user: User): Promise<readonly MfaDevice[]> {
    const under = { by: 'account', value: user.accountId, prefix: pathOf(user) } as const
    const found: MfaDevice[] = []
    for await (const device of this.#store.each('mfaDevice', under))
      if (device.path === pathOf(user) && device.userId === undefined) found.push(device)
    return found
  }

  async #createDevice(user: User, now: EpochSeconds): Promise<MfaDevice> {
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
    await this.#store.create('mfaDevice', device)
    return device
  }
}
