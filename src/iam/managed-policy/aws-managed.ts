// The managed policies that every account has and nobody changes (`arn:aws:iam::aws:policy/…`). Ids as AWS's own.
import type { Policy } from '../../store/records.ts'

/** Owner in their ARN, and the `accountId` of their records. */
export const awsOwner = 'aws'

/** 2015-02-06: when AWS made the first of them. */
const since = 1423246766

const statement = (members: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...members, Resource: '*' }] })

const managed = (id: string, name: string, description: string, document: string): Policy => ({
  id,
  accountId: awsOwner,
  name,
  path: '/',
  arn: `arn:aws:iam::aws:policy/${name}`,
  description,
  createdAt: since,
  updatedAt: since,
  versions: [{ id: 'v1', document, createdAt: since }],
  defaultVersion: 'v1',
  nextVersion: 2,
  tags: [],
})

const readOfOurs = [
  'iam:Get*',
  'iam:List*',
  'iam:Simulate*',
  'iam:GenerateCredentialReport',
  'iam:GenerateServiceLastAccessedDetails',
  'sts:GetCallerIdentity',
  'sts:GetAccessKeyInfo',
  'oidc:Get*',
  'oidc:List*',
  'audit:Get*',
  'audit:List*',
  'audit:Lookup*',
  'decision:Get*',
  'decision:List*',
  'decision:Evaluate*',
]

export const awsManaged: readonly Policy[] = [
  managed(
    'ANPAIWMBCKSKIEE64ZLYK',
    'AdministratorAccess',
    'Provides full access to all services and resources.',
    statement({ Action: '*' }),
  ),
  managed(
    'ANPAI7XKCFMBPM3QQRRVQ',
    'IAMFullAccess',
    'Provides full access to IAM: users, roles, policies, keys and providers.',
    statement({ Action: ['iam:*'] }),
  ),
  managed(
    'ANPAJKSO7NDY4T57MWDSQ',
    'IAMReadOnlyAccess',
    'Provides read only access to IAM.',
    statement({
      Action: [
        'iam:GenerateCredentialReport',
        'iam:GenerateServiceLastAccessedDetails',
        'iam:Get*',
        'iam:List*',
        'iam:SimulateCustomPolicy',
        'iam:SimulatePrincipalPolicy',
      ],
    }),
  ),
  managed(
    'ANPAJ4L4MM2A7QIEB56MS',
    'IAMUserChangePassword',
    'Provides the ability for an IAM user to change their own password.',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['iam:ChangePassword'],
          Resource: ['arn:aws:iam::*:user/${aws:username}'],
        },
        { Effect: 'Allow', Action: ['iam:GetAccountPasswordPolicy'], Resource: '*' },
      ],
    }),
  ),
  managed(
    'ANPAJYRXTHIB4FOVS3ZXS',
    'PowerUserAccess',
    'Provides full access to services and resources, but does not allow management of users and groups.',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          NotAction: ['iam:*', 'organizations:*', 'account:*', 'oidc:*', 'audit:*'],
          Resource: '*',
        },
        { Effect: 'Allow', Action: ['iam:ListRoles', 'iam:ListAccountAliases'], Resource: '*' },
      ],
    }),
  ),
  managed(
    'ANPAILL3HVNFSB6DCOWYQ',
    'ReadOnlyAccess',
    'Provides read-only access to what this server keeps: identities, sessions, clients and the record.',
    statement({ Action: readOfOurs }),
  ),
]

const byArn = new Map(awsManaged.map((policy) => [policy.arn, policy]))

export const awsManagedByArn = (arn: string): Policy | undefined => byArn.get(arn)
