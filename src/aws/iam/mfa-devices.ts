// Actions on virtual MFA devices.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { action } from '../action.ts'
import { dateOf, pageIn, pageOut, tagList, tagsIn, tagsOut, userInList } from './shapes.ts'

type Device = Awaited<ReturnType<Iam['getMFADevice']>>['device']

const enabledAt = ({ enabledAt }: Device) => (enabledAt === undefined ? undefined : dateOf(enabledAt))

const deviceOut = (userName: string | undefined, device: Device) => ({
  UserName: userName,
  SerialNumber: device.id,
  EnableDate: enabledAt(device),
})

const pairIn = (input: {
  readonly UserName: string
  readonly SerialNumber: string
  readonly AuthenticationCode1: string
  readonly AuthenticationCode2: string
}) => ({
  userName: input.UserName,
  serialNumber: input.SerialNumber,
  code1: input.AuthenticationCode1,
  code2: input.AuthenticationCode2,
})

export const mfaDeviceActions = (iam: Iam) => [
  action<sdk.CreateVirtualMFADeviceCommandInput>('CreateVirtualMFADevice', async (input, call) => {
    const { device, uri } = await iam.createVirtualMFADevice(call, {
      name: input.VirtualMFADeviceName,
      path: input.Path,
      tags: tagsIn(input.Tags),
    })
    const { toBuffer } = await import('qrcode')
    return {
      VirtualMFADevice: {
        SerialNumber: device.id,
        Base32StringSeed: Buffer.from(device.seed.reveal()),
        QRCodePNG: await toBuffer(uri, { errorCorrectionLevel: 'M', scale: 6 }),
        Tags: tagsOut(device.tags),
      },
    }
  }),
  action<sdk.EnableMFADeviceCommandInput>('EnableMFADevice', async (input, call) => {
    await iam.enableMFADevice(call, pairIn(input))
    return {}
  }),
  action<sdk.ResyncMFADeviceCommandInput>('ResyncMFADevice', async (input, call) => {
    await iam.resyncMFADevice(call, pairIn(input))
    return {}
  }),
  action<sdk.DeactivateMFADeviceCommandInput>('DeactivateMFADevice', async (input, call) => {
    await iam.deactivateMFADevice(call, { userName: input.UserName, serialNumber: input.SerialNumber })
    return {}
  }),
  action<sdk.DeleteVirtualMFADeviceCommandInput>('DeleteVirtualMFADevice', async (input, call) => {
    await iam.deleteVirtualMFADevice(call, { serialNumber: input.SerialNumber })
    return {}
  }),
  action<sdk.GetMFADeviceCommandInput>('GetMFADevice', async (input, call) => {
    const request = { serialNumber: input.SerialNumber, userName: input.UserName }
    const { device, user } = await iam.getMFADevice(call, request)
    return deviceOut(user?.name, device)
  }),
  action<sdk.ListMFADevicesCommandInput>('ListMFADevices', async (input, call) => {
    const { user, devices } = await iam.listMFADevices(call, { ...pageIn(input), userName: input.UserName })
    return { MFADevices: devices.items.map((device) => deviceOut(user.name, device)), ...pageOut(devices) }
  }),
  action<sdk.ListVirtualMFADevicesCommandInput>('ListVirtualMFADevices', async (input, call) => {
    const devices = await iam.listVirtualMFADevices(call, {
      ...pageIn(input),
      assignment: input.AssignmentStatus,
    })
    const shown = devices.items.map(({ device, user }) => ({
      SerialNumber: device.id,
      User: user && userInList(user),
      EnableDate: enabledAt(device),
    }))
    return { VirtualMFADevices: shown, ...pageOut(devices) }
  }),
  action<sdk.TagMFADeviceCommandInput>('TagMFADevice', async (input, call) => {
    await iam.tagMFADevice(call, { serialNumber: input.SerialNumber, tags: tagsIn(input.Tags) ?? [] })
    return {}
  }),
  action<sdk.UntagMFADeviceCommandInput>('UntagMFADevice', async (input, call) => {
    await iam.untagMFADevice(call, { serialNumber: input.SerialNumber, keys: input.TagKeys })
    return {}
  }),
  action<sdk.ListMFADeviceTagsCommandInput>('ListMFADeviceTags', async (input, call) => {
    const tags = await iam.listMFADeviceTags(call, { ...pageIn(input), serialNumber: input.SerialNumber })
    return { Tags: tagList(tags.items), ...pageOut(tags) }
  }),
]
