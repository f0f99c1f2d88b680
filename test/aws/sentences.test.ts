// Refusals whose code and sentence AWS's clients know, on the running server: each row is one call, its code and how its sentence begins.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { policy, type RoleServer, startRoleServer } from '../support/role-server.ts'
import { accountId, rootKey } from '../support/server.ts'

const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
let at: RoleServer
before(async () => {
  at = await startRoleServer()
  await at.iam.send(new iam.CreateUserCommand({ UserName: 'ada' }))
  await at.role('plain', { Principal: { AWS: accountId }, Action: ['sts:AssumeRole', 'sts:TagSession'] })
})
after(() => at?.stop())

const ghost = `arn:aws:iam::${accountId}:policy/ghost`
const ghostVersion = new RegExp(`^Policy ${ghost} version v1 does not exist or is not attachable\\.`)
const assume = (more: Partial<sts.AssumeRoleCommandInput>) =>
  at.sts(root).send(
    new sts.AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${accountId}:role/plain`,
      RoleSessionName: 'job',
      ...more,
    }),
  )
const tag = (Key: string) => ({ Key, Value: 'x' })

const refusals: readonly (readonly [string, () => Promise<unknown>, string, RegExp])[] = [
  [
    'a malformed policy ARN on attach',
    () =>
      at.iam.send(new iam.AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: 'arn:not:a:policy:at-all' })),
    'ValidationError',
    /^ARN arn:not:a:policy:at-all is not valid\./,
  ],
  [
    'a policy that does not exist on attach',
    () => at.iam.send(new iam.AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: ghost })),
    'NoSuchEntityException',
    new RegExp(`^Policy ${ghost} does not exist or is not attachable\\.`),
  ],
  [
    'too many thumbprints',
    () =>
      at.iam.send(
        new iam.CreateOpenIDConnectProviderCommand({
          Url: 'https://issuer.example',
          ThumbprintList: Array.from({ length: 6 }, (_, n) => String(n).repeat(40)),
        }),
      ),
    'InvalidInputException',
    /^Thumbprint list must contain fewer than 5 entries\./,
  ],
  [
    'no thumbprints where there must be some',
    async () => {
      const { OpenIDConnectProviderArn } = await at.iam.send(
        new iam.CreateOpenIDConnectProviderCommand({ Url: 'https://thumbs.example' }),
      )
      return at.iam.send(
        new iam.UpdateOpenIDConnectProviderThumbprintCommand({
          OpenIDConnectProviderArn,
          ThumbprintList: [],
        }),
      )
    },
    'InvalidInputException',
    /^Thumbprint list must contain at least one entry\.$/,
  ],
  [
    'a status that nobody can set',
    async () => {
      const { AccessKey } = await at.iam.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }))
      return at.iam.send(
        new iam.UpdateAccessKeyCommand({
          UserName: 'ada',
          AccessKeyId: AccessKey?.AccessKeyId,
          Status: 'Expired' as 'Inactive',
        }),
      )
    },
    'InvalidInputException',
    /^Operation does not support status Expired: it must be Active or Inactive$/,
  ],
  [
    'a provider that does not exist on delete',
    () =>
      at.iam.send(
        new iam.DeleteOpenIDConnectProviderCommand({
          OpenIDConnectProviderArn: `arn:aws:iam::${accountId}:oidc-provider/nobody.example`,
        }),
      ),
    'NoSuchEntityException',
    new RegExp(
      `^OpenId connect Provider arn:aws:iam::${accountId}:oidc-provider/nobody\\.example cannot be found\\.`,
    ),
  ],
  [
    'a version of a policy that does not exist',
    () => at.iam.send(new iam.GetPolicyVersionCommand({ PolicyArn: ghost, VersionId: 'v1' })),
    'NoSuchEntityException',
    ghostVersion,
  ],
  [
    'a version of a policy that does not exist as the default',
    () => at.iam.send(new iam.SetDefaultPolicyVersionCommand({ PolicyArn: ghost, VersionId: 'v1' })),
    'NoSuchEntityException',
    ghostVersion,
  ],
  [
    'a version of a policy that does not exist on delete',
    () => at.iam.send(new iam.DeletePolicyVersionCommand({ PolicyArn: ghost, VersionId: 'v1' })),
    'NoSuchEntityException',
    ghostVersion,
  ],
  [
    'what a policy that does not exist is attached to',
    () => at.iam.send(new iam.ListEntitiesForPolicyCommand({ PolicyArn: ghost })),
    'NoSuchEntityException',
    new RegExp(`^Policy ${ghost} does not exist or is not attachable\\.`),
  ],
  [
    'a policy that does not exist',
    () => at.iam.send(new iam.GetPolicyCommand({ PolicyArn: ghost })),
    'NoSuchEntityException',
    new RegExp(`^Policy ${ghost} was not found\\.`),
  ],
  [
    'of a user and a group that do not exist, the user is named: on removing',
    () => at.iam.send(new iam.RemoveUserFromGroupCommand({ UserName: 'nobody', GroupName: 'nowhere' })),
    'NoSuchEntityException',
    /^The user with name nobody cannot be found\./,
  ],
  [
    'of a user and a group that do not exist, the user is named: on adding',
    () => at.iam.send(new iam.AddUserToGroupCommand({ UserName: 'nobody', GroupName: 'nowhere' })),
    'NoSuchEntityException',
    /^The user with name nobody cannot be found\./,
  ],
  [
    'a group that does not exist, for a user who does',
    () => at.iam.send(new iam.AddUserToGroupCommand({ UserName: 'ada', GroupName: 'nowhere' })),
    'NoSuchEntityException',
    /^The group with name nowhere cannot be found\./,
  ],
  [
    'a service-specific credential that does not exist',
    () =>
      at.iam.send(
        new iam.ResetServiceSpecificCredentialCommand({
          UserName: 'ada',
          ServiceSpecificCredentialId: 'ACCA0000000000000000X',
        }),
      ),
    'NoSuchEntityException',
    /^No such credential ACCA0000000000000000X exists/,
  ],
  [
    'a tag twice',
    () => at.iam.send(new iam.TagUserCommand({ UserName: 'ada', Tags: [tag('a'), tag('A')] })),
    'InvalidInputException',
    /^Duplicate tag keys found\./,
  ],
  [
    'a session tag twice',
    () => assume({ Tags: [tag('a'), tag('A')] }),
    'InvalidParameterValue',
    /^Duplicate tag keys found\./,
  ],
  [
    'a malformed role ARN',
    () => assume({ RoleArn: 'arn:aws:iam::1:role/too-short' }),
    'ValidationError',
    /^arn:aws:iam::1:role\/too-short is invalid/,
  ],
  [
    'the last use of a key that does not exist',
    () => at.iam.send(new iam.GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })),
    'AccessDenied',
    /is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key AKIAIOSFODNN7EXAMPLE/,
  ],
  [
    'no tags',
    () => at.iam.send(new iam.TagUserCommand({ UserName: 'ada', Tags: [] })),
    'InvalidInputException',
    /^Error occurred while validating input\. Name at least one tag\.$/,
  ],
  [
    'no tag keys',
    () => at.iam.send(new iam.UntagUserCommand({ UserName: 'ada', TagKeys: [] })),
    'InvalidInputException',
    /^Error occurred while validating input\. Name at least one key\.$/,
  ],
  [
    'a tag of the system',
    () => at.iam.send(new iam.TagUserCommand({ UserName: 'ada', Tags: [{ Key: 'aws:x', Value: '' }] })),
    'InvalidInputException',
    /^Tag keys beginning with aws: are reserved for system use\.$/,
  ],
  [
    'an MFA device that does not exist',
    () =>
      at.iam.send(
        new iam.DeactivateMFADeviceCommand({
          UserName: 'ada',
          SerialNumber: `arn:aws:iam::${accountId}:mfa/none`,
        }),
      ),
    'NoSuchEntityException',
    new RegExp(`^MFA Device with serial number arn:aws:iam::${accountId}:mfa/none does not exist\\.`),
  ],
  [
    'no boundary to delete',
    () => at.iam.send(new iam.DeleteUserPermissionsBoundaryCommand({ UserName: 'ada' })),
    'NoSuchEntityException',
    /./,
  ],
  [
    'an access key without a user name by the root of the account is root’s; by a session it is refused',
    async () => {
      const { Credentials: made } = await assume({
        Policy: policy({ Effect: 'Allow', Action: '*', Resource: '*' }),
      })
      const client = new iam.IAMClient({
        endpoint: at.server.url,
        region: 'us-east-1',
        credentials: {
          accessKeyId: made?.AccessKeyId ?? '',
          secretAccessKey: made?.SecretAccessKey ?? '',
          sessionToken: made?.SessionToken ?? '',
        },
        maxAttempts: 1,
      })
      try {
        return await client.send(new iam.ListAccessKeysCommand({}))
      } finally {
        client.destroy()
      }
    },
    'ValidationError',
    /^Must specify userName when calling with non-User credentials/,
  ],
]

for (const [title, call, name, message] of refusals)
  test(title, { timeout: 60_000 }, async () => {
    await assert.rejects(call(), { name, message })
  })
