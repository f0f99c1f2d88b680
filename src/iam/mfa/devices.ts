// Virtual MFA devices. One is made with its seed, which is shown once; two consecutive codes enable it for a user.
import { isProblem, Problem } from '../../problem.ts'
import { newSeed, otpauthUri } from '../../secure/totp.ts'
import type { MfaDevice, Tag, User } from '../../store/records.ts'
import { accountOf, mfaArn } from '../arn.ts'
import { opened, userNameOr } from '../authorization/authorized-principal.ts'
import type { ContextEntry } from '../authorization/caller-context.ts'
import type { Call } from '../caller.ts'
import { change } from '../change.ts'
import type { Parts } from '../dependencies.ts'
import { endingAround } from '../ends.ts'
import { serially } from '../key-lock.ts'
import { alreadyExists, mustFirst, noSuch, orTaken } from '../messages.ts'
import { checkName, checkPath } from '../names.ts'
import { type Listed, type ListRequest, pageOfItems } from '../paging.ts'
import { quotas, within } from '../quotas.ts'
import { pageOf } from '../segmented-list.ts'
import { checkTags, requestTagKeys, resourceTagKeys, tagRules, withoutTags, withTags } from '../tags.ts'
import { devicesOf, dropWaiting, matchPair } from './totp-devices.ts'

export interface MadeDevice {
  readonly device: MfaDevice
  /** `otpauth://…`, for the QR code. Secret as the seed itself. */
  readonly uri: string
}

export interface OwnedDevice {
  readonly device: MfaDevice
  /** Whose it is; undefined until it is enabled. */
  readonly user: User | undefined
}

interface Pair {
  readonly serialNumber: string
  readonly code1: string
  readonly code2: string
}

const wrongCode = () =>
  new Problem('invalid_authentication_code', 'Authentication code for device is not valid.')

export const mfaDevices = (parts: Parts) => {
  const { store, authorizer, markers } = parts

  /** A device of the caller's account; another account's is not there (attacks.md 16). */
  const deviceOf = async (accountId: string, serialNumber: string): Promise<MfaDevice | undefined> => {
    const device = await store.get('mfaDevice', serialNumber)
    return device?.accountId === accountId ? device : undefined
  }

  const openedDevice = async (
    call: Call,
    serialNumber: string,
    action: string,
    extra: readonly ContextEntry[] = [],
  ): Promise<MfaDevice> => {
    const device = await deviceOf(accountOf(call.caller), serialNumber)
    await authorizer.authorize(call, action, serialNumber, [...resourceTagKeys(device?.tags), ...extra])
    if (device === undefined) throw noSuch('mfaDevice', serialNumber)
    return device
  }

  const deviceOfUser = async (user: User, serialNumber: string): Promise<MfaDevice> => {
    const device = await deviceOf(user.accountId, serialNumber)
    if (device === undefined || device.userId !== user.id) throw noSuch('mfaOfUser', serialNumber)
    return device
  }

  const changeDevice = (serialNumber: string, next: (old: MfaDevice) => MfaDevice) =>
    change(store, 'mfaDevice', serialNumber, { gone: () => noSuch('mfaDevice', serialNumber) }, next)

  const withOwner = async (device: MfaDevice): Promise<OwnedDevice> => ({
    device,
    user: device.userId === undefined ? undefined : await store.get('user', device.userId),
  })

  /**
   * A user with a device may enable or deactivate their own devices only once they have shown a code of one, whatever
   * their policies say (IAM User Guide, "Enabling MFA devices"): a stolen access key or password is not enough.
   * @throws Problem('denied')
   */
  const checkOwnFactor = async (call: Call, user: User): Promise<void> => {
    const { caller } = call
    if (caller.kind !== 'user' || caller.userId !== user.id || caller.mfaAge !== undefined) return
    if ((await devicesOf(store, user.id)).length === 0) return
    throw new Problem(
      'denied',
      `User: ${caller.arn} must be authenticated with an MFA device that is enabled for this user`,
    )
  }

  const enable = async (user: User, device: MfaDevice, step: number, now: number): Promise<void> => {
    within('MFADevicesPerUser', (await devicesOf(store, user.id)).length + 1)
    await changeDevice(device.id, (old) => {
      if (old.userId !== undefined) throw alreadyExists('mfaInUse', old.id)
      if (step <= old.lastStep) throw wrongCode()
      return { ...old, userId: user.id, lastStep: step, enabledAt: now }
    })
    // Another process may have enabled one between the look and the write: what is one too many goes back.
    const tooMany = (await devicesOf(store, user.id)).length > quotas.MFADevicesPerUser
    const gone = (await store.get('user', user.id)) === undefined
    if (!tooMany && !gone) return
    await changeDevice(device.id, (old) => ({ ...old, userId: undefined, enabledAt: undefined }))
    if (gone) throw noSuch('user', user.name)
    within('MFADevicesPerUser', quotas.MFADevicesPerUser + 1)
  }

  return {
    async createVirtualMFADevice(
      call: Call,
      input: {
        readonly name: string
        readonly path?: string | undefined
        readonly tags?: readonly Tag[] | undefined
      },
    ): Promise<MadeDevice> {
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
      await authorizer.authorize(call, 'iam:CreateVirtualMFADevice', device.id, requestTagKeys(device.tags))
      await orTaken(store.create('mfaDevice', device), 'mfaDevice', name)
      return { device, uri: otpauthUri({ seed, issuer: parts.issuerName, account: `${name}@${accountId}` }) }
    },

    async enableMFADevice(call: Call, input: Pair & { readonly userName: string }): Promise<void> {
      const { circumstances } = call
      const user = await opened(parts, call, 'user', input.userName, 'iam:EnableMFADevice')
      await checkOwnFactor(call, user)
      const device = await deviceOf(user.accountId, input.serialNumber)
      if (device === undefined) throw noSuch('mfaDevice', input.serialNumber)
      if (device.userId !== undefined) throw alreadyExists('mfaInUse', device.id)
      const step = matchPair(device, input.code1, input.code2, circumstances.now)
      if (step === undefined) throw wrongCode()
      await serially(`mfa:${user.id}`, () => enable(user, device, step, circumstances.now))
    },

    async resyncMFADevice(call: Call, input: Pair & { readonly userName: string }): Promise<void> {
      const user = await opened(parts, call, 'user', input.userName, 'iam:ResyncMFADevice')
      const device = await deviceOfUser(user, input.serialNumber)
      const step = matchPair(device, input.code1, input.code2, call.circumstances.now)
      if (step === undefined) throw wrongCode()
      await changeDevice(device.id, (old) => {
        if (step <= old.lastStep) throw wrongCode()
        return { ...old, lastStep: step }
      })
    },

    async deactivateMFADevice(
      call: Call,
      input: { readonly userName?: string | undefined; readonly serialNumber: string },
    ): Promise<void> {
      const user = await opened(
        parts,
        call,
        'user',
        userNameOr(call, input.userName),
        'iam:DeactivateMFADevice',
      )
      if ((await deviceOf(user.accountId, input.serialNumber)) === undefined)
        throw noSuch('mfaToDeactivate', input.serialNumber)
      const device = await deviceOfUser(user, input.serialNumber)
      await checkOwnFactor(call, user)
      await endingAround(
        () => parts.ends.factorRemoved(user, device.id),
        () =>
          changeDevice(device.id, (old) => {
            if (old.userId !== user.id) throw noSuch('mfaOfUser', input.serialNumber)
            return { ...old, userId: undefined, enabledAt: undefined }
          }),
      )
      // Recovery codes stand for a device: they go with the last one.
      if ((await devicesOf(store, user.id)).length === 0)
        await store.update('user', user.id, (old) => ({ ...old, recoveryCodes: [] })).catch(unlessDeleted)
    },

    async deleteVirtualMFADevice(
      call: Call,
      { serialNumber }: { readonly serialNumber: string },
    ): Promise<void> {
      const device = await openedDevice(call, serialNumber, 'iam:DeleteVirtualMFADevice')
      const dropped = await dropWaiting(store, device.id)
      if (dropped === false) throw mustFirst('mfaEnabled')
      if (dropped === undefined) throw noSuch('mfaDevice', serialNumber)
    },

    async getMFADevice(
      call: Call,
      input: { readonly serialNumber: string; readonly userName?: string | undefined },
    ): Promise<OwnedDevice> {
      const user = await opened(parts, call, 'user', userNameOr(call, input.userName), 'iam:GetMFADevice')
      return { device: await deviceOfUser(user, input.serialNumber), user }
    },

    async listMFADevices(
      call: Call,
      input: ListRequest & { readonly userName?: string | undefined },
    ): Promise<{ readonly user: User; readonly devices: Listed<MfaDevice> }> {
      const user = await opened(parts, call, 'user', userNameOr(call, input.userName), 'iam:ListMFADevices')
      const devices = await pageOf<'mfaDevice'>(markers, call, `mfa-of:${user.id}`, input, (page) =>
        store.find('mfaDevice', { by: 'user', value: user.id }, page),
      )
      return { user, devices }
    },

    async listVirtualMFADevices(
      call: Call,
      input: ListRequest & { readonly assignment?: 'Assigned' | 'Unassigned' | 'Any' | undefined },
    ): Promise<Listed<OwnedDevice>> {
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
      return { ...found, items: await Promise.all(found.items.map(withOwner)) }
    },

    async tagMFADevice(
      call: Call,
      { serialNumber, tags }: { readonly serialNumber: string; readonly tags: readonly Tag[] },
    ): Promise<void> {
      await openedDevice(call, serialNumber, 'iam:TagMFADevice', requestTagKeys(tags))
      await changeDevice(serialNumber, (old) => ({
        ...old,
        tags: withTags(tagRules.mfaDevice, old.tags, tags),
      }))
    },

    async untagMFADevice(
      call: Call,
      { serialNumber, keys }: { readonly serialNumber: string; readonly keys: readonly string[] },
    ): Promise<void> {
      await openedDevice(call, serialNumber, 'iam:UntagMFADevice', [['aws:TagKeys', keys]])
      await changeDevice(serialNumber, (old) => ({
        ...old,
        tags: withoutTags(tagRules.mfaDevice, old.tags, keys),
      }))
    },

    async listMFADeviceTags(
      call: Call,
      input: ListRequest & { readonly serialNumber: string },
    ): Promise<Listed<Tag>> {
      const device = await openedDevice(call, input.serialNumber, 'iam:ListMFADeviceTags')
      return pageOfItems(markers, call, `tags:${device.id}`, input, device.tags, (tag) => tag.key)
    },
  }
}

/** The user was deleted meanwhile, and the codes with it. */
function unlessDeleted(error: unknown): void {
  if (!isProblem(error, 'not_found')) throw error
}
