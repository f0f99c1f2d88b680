// An account in which a person reaches something in every way that the picture of access shows: through groups, through roles with
// and without conditions, within a boundary, and cut by a Deny.
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import type { Running } from '../server.ts'

const text = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
const documents = 'arn:aws:docs:::documents'

/** People `grace` and, without groups or roles, `lone`; groups `writers` and `everyone`; roles `publisher` and `release`. */
export async function makeAccessAccount(server: Running): Promise<void> {
  const { id: accessKeyId, secret: secretAccessKey } = server.rootKey
  const iam = new IAMClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  })
  const arn = (name: string): string => `arn:aws:iam::${server.accountId}:${name}`
  const policy = (PolicyName: string, PolicyDocument: string) =>
    iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }))
  const trust = (members: object): string =>
    text({ Effect: 'Allow', Principal: { AWS: arn('user/grace') }, Action: 'sts:AssumeRole', ...members })
  try {
    for (const UserName of ['grace', 'lone']) await iam.send(new CreateUserCommand({ UserName }))
    await policy(
      'docs-write',
      text(
        {
          Sid: 'Write',
          Effect: 'Allow',
          Action: ['docs:GetDocument', 'docs:PutDocument'],
          Resource: `${documents}/*`,
        },
        { Sid: 'NoArchive', Effect: 'Deny', Action: 'docs:*', Resource: `${documents}/archive/*` },
      ),
    )
    await policy(
      'publish',
      text({ Sid: 'Publish', Effect: 'Allow', Action: 'docs:Publish*', Resource: `${documents}/*` }),
    )
    await policy('no-delete', text({ Effect: 'Allow', NotAction: 'docs:DeleteDocument', Resource: '*' }))
    for (const GroupName of ['writers', 'everyone']) {
      await iam.send(new CreateGroupCommand({ GroupName }))
      await iam.send(new AddUserToGroupCommand({ GroupName, UserName: 'grace' }))
    }
    await iam.send(
      new AttachGroupPolicyCommand({ GroupName: 'writers', PolicyArn: arn('policy/docs-write') }),
    )
    await iam.send(
      new PutGroupPolicyCommand({
        GroupName: 'everyone',
        PolicyName: 'office-only',
        PolicyDocument: text({
          Effect: 'Allow',
          Action: 'docs:ListDocuments',
          Resource: '*',
          Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
        }),
      }),
    )
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'grace',
        PolicyName: 'own-drafts',
        PolicyDocument: text({
          Effect: 'Allow',
          Action: ['docs:DeleteDocument', 'docs:PutDocument'],
          Resource: `${documents}/drafts/$\{aws:username}/*`,
        }),
      }),
    )
    await iam.send(
      new PutUserPermissionsBoundaryCommand({
        UserName: 'grace',
        PermissionsBoundary: arn('policy/no-delete'),
      }),
    )
    await iam.send(new CreateRoleCommand({ RoleName: 'publisher', AssumeRolePolicyDocument: trust({}) }))
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'publisher', PolicyArn: arn('policy/publish') }))
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'release',
        AssumeRolePolicyDocument: trust({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      }),
    )
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'release',
        PolicyName: 'releases',
        PolicyDocument: text(
          { Sid: 'Release', Effect: 'Allow', Action: 'release:*', Resource: '*' },
          {
            Sid: 'NotOnFriday',
            Effect: 'Deny',
            Action: 'release:Deploy',
            Resource: 'arn:aws:release:::production',
          },
        ),
      }),
    )
  } finally {
    iam.destroy()
  }
}
