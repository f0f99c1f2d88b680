// Where a person is signed in and with which second factors, and ending either. Callers have been authorized
// (admin/operation.ts); what ends is in docs/ends.md.
import { Problem } from '../../problem.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import { type Ends, revokeAround } from '../ends.ts'
import { deviceLabel } from '../mfa/factor-name.ts'
import { passkeyFactor, passkeysOf } from '../mfa/passkey-records.ts'
import { recoveryFactor } from '../mfa/recovery-codes.ts'
import { deletePendingDevice, enabledDevices } from '../mfa/totp-devices.ts'
import { type BrowserSession, type Ending, endingOf, type SignInReader } from './ending.ts'
import type { Person } from './person.ts'

export interface Factor {
  /** Serial number (ARN); of a passkey, the name of the factor in the same form. */
  readonly serialNumber: string
  readonly kind: 'totp' | 'passkey'
  /** As its owner calls it. */
  readonly name: string
  readonly enabledAt: EpochSeconds | undefined
}

export interface PersonSignInsDependencies {
  readonly store: Store
  readonly ends: Ends
  readonly signIns: SignInReader
}

export class PersonSignIns {
  readonly #deps: PersonSignInsDependencies

  constructor(deps: PersonSignInsDependencies) {
    this.#deps = deps
  }

  async sessions({ id }: Person): Promise<readonly BrowserSession[]> {
    return (await this.#deps.signIns.signInsOf(id)).sessions
  }

  /** What ending one session, all of them, or removing factors ends. Nothing is changed. */
  ending(person: Person, event: Parameters<typeof endingOf>[2]): Promise<Ending> {
    return endingOf({ store: this.#deps.store, signIns: this.#deps.signIns }, person, event)
  }

  endSession(call: Call, person: Person, sessionId: string): Promise<void> {
    return this.#deps.ends.browserSessionEnded(this.#recordOf(call, person), sessionId)
  }

  /** @param offline applications with `offline_access` end too */
  signOut(call: Call, person: Person, offline: boolean): Promise<void> {
    return this.#deps.ends.signedOut(this.#recordOf(call, person), { offline })
  }

  async factors({
    id,
  }: Person): Promise<{ readonly devices: readonly Factor[]; readonly recoveryCodes: number }> {
    const { store } = this.#deps
    return {
      devices: [
        ...(await enabledDevices(store, id)).map((device) => ({
          serialNumber: device.id,
          kind: 'totp' as const,
          name: deviceLabel(device),
          enabledAt: device.enabledAt,
        })),
        ...(await passkeysOf(store, id)).map((passkey) => ({
          serialNumber: passkeyFactor(passkey),
          kind: 'passkey' as const,
          name: passkey.name,
          enabledAt: passkey.createdAt,
        })),
      ],
      recoveryCodes: (await store.get('user', id))?.recoveryCodes.length ?? 0,
    }
  }

  /** What the sign-ins by these devices, and by recovery codes in their place, depend on. */
  factorsOf(call: Call, person: Person, devices: readonly Factor[]): readonly string[] {
    return [...devices.map(({ serialNumber }) => serialNumber), recoveryFactor(this.#recordOf(call, person))]
  }

  /**
   * Removes devices; recovery codes go with the last one.
   * @throws Problem('unmodifiable') for one's own, which need the factor itself to be removed
   */
  async removeFactors(call: Call, person: Person, devices: readonly Factor[]): Promise<void> {
    const { store, ends } = this.#deps
    if (call.caller.kind === 'user' && call.caller.userId === person.id)
      throw new Problem(
        'unmodifiable',
        'your own factors are removed on your account page, or by another administrator',
      )
    const owner = this.#recordOf(call, person)
    await removeDevices(
      { store, ends },
      owner,
      devices.map(({ serialNumber }) => serialNumber),
    )
  }

  #recordOf(call: Call, { id }: Person) {
    return { id, accountId: accountOf(call.caller) }
  }
}

/** Removes TOTP devices and passkeys of a user, ends the sign-ins by them, and removes the recovery codes with the last device. */
export async function removeDevices(
  { store, ends }: Pick<PersonSignInsDependencies, 'store' | 'ends'>,
  owner: { readonly id: string; readonly accountId: string },
  serialNumbers: readonly string[],
): Promise<void> {
  const passkeys = await passkeysOf(store, owner.id)
  for (const serialNumber of serialNumbers)
    await revokeAround(
      () => ends.factorRemoved(owner, serialNumber),
      async () => {
        const passkey = passkeys.find((one) => passkeyFactor(one) === serialNumber)
        if (passkey) return void (await store.delete('passkey', passkey.id))
        await store
          .update('mfaDevice', serialNumber, (old) =>
            old.userId === owner.id ? { ...old, userId: undefined, enabledAt: undefined } : old,
          )
          .catch(unlessGone)
        await deletePendingDevice(store, serialNumber)
      },
    )
  const left = [...(await enabledDevices(store, owner.id)), ...(await passkeysOf(store, owner.id))]
  if (left.length === 0)
    await store.update('user', owner.id, (old) => ({ ...old, recoveryCodes: [] })).catch(unlessGone)
}

function unlessGone(error: unknown): void {
  if (!(error instanceof Problem && error.code === 'not_found')) throw error
}
