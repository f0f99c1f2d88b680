// Virtual MFA devices. Creating one returns its seed, which is shown once; two consecutive codes enable it for a user.
import { isProblem, Problem } from '../../problem.ts'
import { newSeed, otpauthUri } from '../../secure/totp.ts'
import type { MfaDevice, Tag, User } from '../../store/records.ts'
import { accountOf, mfaArn } from '../arn.ts'
import { authorizeCreation } from '../authorization/authorize-creation.ts'
import { getAuthorized, userNameOr } from '../authorization/authorized-principal.ts'
import type { ContextEntry } from '../authorization/caller-context.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { revokeAround } from '../ends.ts'
import { alreadyExists, createUnique, deleteConflict, noSuch } from '../messages.ts'
import { checkName, checkPath } from '../names.ts'
import { type ListPage, type ListRequest, pageOfItems } from '../paging.ts'
import { checkQuota, quotas } from '../quotas.ts'
import { withKeyLock } from '../record/key-lock.ts'
import { pageOf } from '../record/segmented-list.ts'
import { updateRecord } from '../record/update-record.ts'
import { checkTags, requestTagKeys, resourceTagKeys, tagRules, withoutTags, withTags } from '../tags.ts'
import { type DeviceClock, deletePendingDevice, enabledDevices, matchCodePair } from './totp-devices.ts'
import { removeTrustedBrowsers } from './trusted-browsers.ts'

export interface CreatedDevice {
  readonly device: MfaDevice
  /** `otpauth://…`, for the QR code. Contains the seed, so it is secret. */
  readonly uri: string
}

export interface OwnedDevice {
  readonly device: MfaDevice
  /** The user for whom it is enabled. */
  readonly user: User | undefined
}

interface CodePair {
  readonly serialNumber: string
  readonly code1: string
  readonly code2: string
}

const wrongCode = () =>
  new Problem('invalid_authentication_code', 'Authentication code for device is not valid.')

export class MfaDevices {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  async createVirtualMFADevice(
    call: Call,
    input: {
      readonly name: string
      readonly path?: string | undefined
      readonly tags?: readonly Tag[] | undefined
    },
  ): Promise<CreatedDevice> {
    const { authorizer, store } = this.#deps
    const accountId = accountOf(call.caller)
    const name = checkName('mfaDevice', input.name)
    const path = checkPath(input.path)
    const seed = newSeed()
    const device: MfaDevice = {
      id: mfaArn({ accountId, path, name }),
      accountId,
      name,
      path,
      userId: undefined,
      seed,
      createdAt: call.circumstances.now,
      enabledAt: undefined,
      lastStep: 0,
      tags: checkTags(tagRules.mfaDevice, input.tags),
    }
    await authorizeCreation(authorizer, call, tagRules.mfaDevice, { arn: device.id, tags: device.tags })
    await createUnique(store.create('mfaDevice', device), 'mfaDevice', name)
    const issuer = await this.#deps.issuerName(accountId)
    return {
      device,
      uri: otpauthUri({ seed, issuer, account: `${name}@${accountId}` }),
    }
  }

  async enableMFADevice(call: Call, input: CodePair & { readonly userName: string }): Promise<void> {
    const { circumstances } = call
    const user = await getAuthorized(this.#deps, call, 'user', input.userName, 'iam:EnableMFADevice')
    await this.#checkCallerUsedMfa(call, user)
    const device = await this.#deviceOf(user.accountId, input.serialNumber)
    if (device === undefined) throw noSuch('mfaDevice', input.serialNumber)
    checkUnassigned(device, user)
    const clock = matchCodePair(device, input.code1, input.code2, circumstances.now)
    if (clock === undefined) throw wrongCode()
    await withKeyLock(`mfa:${user.id}`, () => this.#enable(user, device, clock, circumstances.now))
    await removeTrustedBrowsers(this.#deps.store, user.id)
  }

  async resyncMFADevice(call: Call, input: CodePair & { readonly userName: string }): Promise<void> {
    const user = await getAuthorized(this.#deps, call, 'user', input.userName, 'iam:ResyncMFADevice')
    const device = await this.#deviceOfUser(user, input.serialNumber)
    const clock = matchCodePair(device, input.code1, input.code2, call.circumstances.now)
    if (clock === undefined) throw wrongCode()
    await this.#changeDevice(device.id, (old) => {
      if (clock.lastStep <= old.lastStep) throw wrongCode()
      return { ...old, ...clock }
    })
  }

  async deactivateMFADevice(
    call: Call,
    input: { readonly userName?: string | undefined; readonly serialNumber: string },
  ): Promise<void> {
    const { store } = this.#deps
    const user = await getAuthorized(
      this.#deps,
      call,
      'user',
      userNameOr(call, input.userName),
      'iam:DeactivateMFADevice',
    )
    if ((await this.#deviceOf(user.accountId, input.serialNumber)) === undefined)
      throw noSuch('mfaDevice', input.serialNumber)
    const device = await this.#deviceOfUser(user, input.serialNumber)
    await this.#checkCallerUsedMfa(call, user)
    await revokeAround(
      () => this.#deps.ends.factorRemoved(user, device.id),
      () =>
        this.#changeDevice(device.id, (old) => {
          if (old.userId !== user.id) throw noSuch('mfaOfUser', input.serialNumber)
          return { ...old, userId: undefined, enabledAt: undefined }
        }),
    )
    // Recovery codes stand in for a device, so they are deleted with the last one.
    if ((await enabledDevices(store, user.id)).length === 0)
      await store.update('user', user.id, (old) => ({ ...old, recoveryCodes: [] })).catch(unlessDeleted)
  }

  async deleteVirtualMFADevice(
    call: Call,
    { serialNumber }: { readonly serialNumber: string },
  ): Promise<void> {
    const device = await this.#getAuthorizedDevice(call, serialNumber, 'iam:DeleteVirtualMFADevice')
    const dropped = await deletePendingDevice(this.#deps.store, device.id)
    if (dropped === false) throw deleteConflict('mfaEnabled')
    if (dropped === undefined) throw noSuch('mfaDevice', serialNumber)
  }

  async getMFADevice(
    call: Call,
    input: { readonly serialNumber: string; readonly userName?: string | undefined },
  ): Promise<OwnedDevice> {
    const user = await getAuthorized(
      this.#deps,
      call,
      'user',
      userNameOr(call, input.userName),
      'iam:GetMFADevice',
    )
    return { device: await this.#deviceOfUser(user, input.serialNumber), user }
  }

  async listMFADevices(
    call: Call,
    input: ListRequest & { readonly userName?: string | undefined },
  ): Promise<{ readonly user: User; readonly devices: ListPage<MfaDevice> }> {
    const { markers, store } = this.#deps
    const user = await getAuthorized(
      this.#deps,
      call,
      'user',
      userNameOr(call, input.userName),
      'iam:ListMFADevices',
    )
    const devices = await pageOf<'mfaDevice'>(markers, call, `mfa-of:${user.id}`, input, (page) =>
      store.find('mfaDevice', { by: 'user', value: user.id }, page),
    )
    return { user, devices }
  }

  async listVirtualMFADevices(
    call: Call,
    input: ListRequest & { readonly assignment?: 'Assigned' | 'Unassigned' | 'Any' | undefined },
  ): Promise<ListPage<OwnedDevice>> {
    const { authorizer, markers, store } = this.#deps
    const accountId = accountOf(call.caller)
    const { assignment = 'Any' } = input
    await authorizer.authorize(call, 'iam:ListVirtualMFADevices', `arn:aws:iam::${accountId}:mfa/*`)
    const wanted = (device: MfaDevice) =>
      assignment === 'Any' || (device.userId !== undefined) === (assignment === 'Assigned')
    const found = await pageOf<'mfaDevice'>(
      markers,
      call,
      `mfa:${assignment}`,
      input,
      (page) => store.find('mfaDevice', { by: 'account', value: accountId }, page),
      wanted,
    )
    return { ...found, items: await Promise.all(found.items.map((device) => this.#withOwner(device))) }
  }

  async tagMFADevice(
    call: Call,
    { serialNumber, tags }: { readonly serialNumber: string; readonly tags: readonly Tag[] },
  ): Promise<void> {
    await this.#getAuthorizedDevice(call, serialNumber, 'iam:TagMFADevice', requestTagKeys(tags))
    await this.#changeDevice(serialNumber, (old) => ({
      ...old,
      tags: withTags(tagRules.mfaDevice, old.tags, tags),
    }))
  }

  async untagMFADevice(
    call: Call,
    { serialNumber, keys }: { readonly serialNumber: string; readonly keys: readonly string[] },
  ): Promise<void> {
    await this.#getAuthorizedDevice(call, serialNumber, 'iam:UntagMFADevice', [['aws:TagKeys', keys]])
    await this.#changeDevice(serialNumber, (old) => ({
      ...old,
      tags: withoutTags(tagRules.mfaDevice, old.tags, keys),
    }))
  }

  async listMFADeviceTags(
    call: Call,
    input: ListRequest & { readonly serialNumber: string },
  ): Promise<ListPage<Tag>> {
    const device = await this.#getAuthorizedDevice(call, input.serialNumber, 'iam:ListMFADeviceTags')
    return pageOfItems(this.#deps.markers, call, `tags:${device.id}`, input, device.tags, (tag) => tag.key)
  }

  /** A device of the account. Devices of other accounts are not found (docs/attacks.md 16). */
  async #deviceOf(accountId: string, serialNumber: string): Promise<MfaDevice | undefined> {
    const device = await this.#deps.store.get('mfaDevice', serialNumber)
    return device?.accountId === accountId ? device : undefined
  }

  async #getAuthorizedDevice(
    call: Call,
    serialNumber: string,
    action: string,
    extra: readonly ContextEntry[] = [],
  ): Promise<MfaDevice> {
    const device = await this.#deviceOf(accountOf(call.caller), serialNumber)
    await this.#deps.authorizer.authorize(call, action, serialNumber, [
      ...resourceTagKeys(device?.tags),
      ...extra,
    ])
    if (device === undefined) throw noSuch('mfaDevice', serialNumber)
    return device
  }

  async #deviceOfUser(user: User, serialNumber: string): Promise<MfaDevice> {
    const device = await this.#deviceOf(user.accountId, serialNumber)
    if (device === undefined || device.userId !== user.id) throw noSuch('mfaOfUser', serialNumber)
    return device
  }

  #changeDevice(serialNumber: string, next: (old: MfaDevice) => MfaDevice) {
    return updateRecord(
      this.#deps.store,
      'mfaDevice',
      serialNumber,
      { notFound: () => noSuch('mfaDevice', serialNumber) },
      next,
    )
  }

  async #withOwner(device: MfaDevice): Promise<OwnedDevice> {
    return {
      device,
      user: device.userId === undefined ? undefined : await this.#deps.store.get('user', device.userId),
    }
  }

  /**
   * Users who have a device may enable or deactivate their own devices only when they authenticated with MFA, whatever their policies
   * allow (IAM User Guide, "Enabling MFA devices"), so that a stolen access key or password is not enough.
   * @throws Problem('denied')
   */
  async #checkCallerUsedMfa(call: Call, user: User): Promise<void> {
    const { caller } = call
    if (caller.kind !== 'user' || caller.userId !== user.id || caller.mfaAge !== undefined) return
    if ((await enabledDevices(this.#deps.store, user.id)).length === 0) return
    throw new Problem(
      'denied',
      'To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.',
    )
  }

  async #enable(user: User, device: MfaDevice, clock: DeviceClock, now: number): Promise<void> {
    const { store } = this.#deps
    checkQuota('MFADevicesPerUser', (await enabledDevices(store, user.id)).length + 1)
    await this.#changeDevice(device.id, (old) => {
      checkUnassigned(old, user)
      if (clock.lastStep <= old.lastStep) throw wrongCode()
      return { ...old, ...clock, userId: user.id, enabledAt: now }
    })
    // Another process may have enabled a device between the check and the write; then this one is disabled again.
    const tooMany = (await enabledDevices(store, user.id)).length > quotas.MFADevicesPerUser
    const gone = (await store.get('user', user.id)) === undefined
    if (!tooMany && !gone) return
    await this.#changeDevice(device.id, (old) => ({ ...old, userId: undefined, enabledAt: undefined }))
    if (gone) throw noSuch('user', user.name)
    checkQuota('MFADevicesPerUser', quotas.MFADevicesPerUser + 1)
  }
}

/** Ignores that the user, and the recovery codes with it, was deleted meanwhile. */
function unlessDeleted(error: unknown): void {
  if (!isProblem(error, 'not_found')) throw error
}

/** @throws Problem('conflict') when it is somebody's, in other words when it is this user's already */
function checkUnassigned({ id, userId }: MfaDevice, user: User): void {
  if (userId === user.id) throw alreadyExists('mfaOfSameUser', user.name)
  if (userId !== undefined) throw alreadyExists('mfaInUse', id)
}
