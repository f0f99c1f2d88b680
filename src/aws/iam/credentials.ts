// Actions on access keys and passwords.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { requiredSecret } from '../../iam/password/secret-input.ts'
import { action } from '../action.ts'
import { dateOf, pageIn, pageOut } from './shapes.ts'

type Login = Awaited<ReturnType<Iam['getLoginProfile']>>

const loginOut = ({ userName, login }: Login) => ({
  UserName: userName,
  CreateDate: dateOf(login.createdAt),
  PasswordResetRequired: login.mustChange,
})

export const credentialActions = (iam: Iam) => [
  action<sdk.CreateAccessKeyCommandInput>('CreateAccessKey', async (input, call) => {
    const { key, userName } = await iam.createAccessKey(call, { userName: input.UserName })
    return {
      AccessKey: {
        UserName: userName,
        AccessKeyId: key.id,
        Status: key.status,
        SecretAccessKey: key.secret.reveal(),
        CreateDate: dateOf(key.createdAt),
      },
    }
  }),
  action<sdk.ListAccessKeysCommandInput>('ListAccessKeys', async (input, call) => {
    const { keys, userName } = await iam.listAccessKeys(call, { ...pageIn(input), userName: input.UserName })
    const metadata = keys.items.map(({ id, status, createdAt }) => ({
      UserName: userName,
      AccessKeyId: id,
      Status: status,
      CreateDate: dateOf(createdAt),
    }))
    return { AccessKeyMetadata: metadata, ...pageOut(keys) }
  }),
  action<sdk.UpdateAccessKeyCommandInput>('UpdateAccessKey', async (input, call) => {
    const { UserName: userName, AccessKeyId: accessKeyId, Status: status } = input
    await iam.updateAccessKey(call, { userName, accessKeyId, status })
    return {}
  }),
  action<sdk.DeleteAccessKeyCommandInput>('DeleteAccessKey', async (input, call) => {
    await iam.deleteAccessKey(call, { userName: input.UserName, accessKeyId: input.AccessKeyId })
    return {}
  }),
  action<sdk.GetAccessKeyLastUsedCommandInput>('GetAccessKeyLastUsed', async (input, call) => {
    const { key, userName } = await iam.getAccessKeyLastUsed(call, { accessKeyId: input.AccessKeyId })
    const used = key.lastUsed
    return {
      UserName: userName,
      // A key that was never used has no date, and `N/A` elsewhere (IAM API reference, AccessKeyLastUsed).
      AccessKeyLastUsed: used
        ? { LastUsedDate: dateOf(used.at), ServiceName: used.service, Region: used.region }
        : { ServiceName: 'N/A', Region: 'N/A' },
    }
  }),
  action<sdk.CreateLoginProfileCommandInput>('CreateLoginProfile', async (input, call) => ({
    LoginProfile: loginOut(
      await iam.createLoginProfile(call, {
        userName: input.UserName,
        password: requiredSecret('password', input.Password),
        mustChange: input.PasswordResetRequired,
      }),
    ),
  })),
  action<sdk.GetLoginProfileCommandInput>('GetLoginProfile', async (input, call) => ({
    LoginProfile: loginOut(await iam.getLoginProfile(call, { userName: input.UserName })),
  })),
  action<sdk.UpdateLoginProfileCommandInput>('UpdateLoginProfile', async (input, call) => {
    await iam.updateLoginProfile(call, {
      userName: input.UserName,
      password: input.Password === undefined ? undefined : requiredSecret('password', input.Password),
      mustChange: input.PasswordResetRequired,
    })
    return {}
  }),
  action<sdk.DeleteLoginProfileCommandInput>('DeleteLoginProfile', async (input, call) => {
    await iam.deleteLoginProfile(call, { userName: input.UserName })
    return {}
  }),
  action<sdk.ChangePasswordCommandInput>('ChangePassword', async (input, call) => {
    await iam.changePassword(call, {
      oldPassword: requiredSecret('oldPassword', input.OldPassword),
      newPassword: requiredSecret('newPassword', input.NewPassword),
    })
    return {}
  }),
]
