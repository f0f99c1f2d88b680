// The AWS managed policies, which exist in every account and cannot be changed (`arn:aws:iam::aws:policy/…`). Their ids are AWS's.
import { sha256base32 } from '../../secure/digest.ts'
import type { Policy } from '../../store/records.ts'
import { type CatalogueEntry, catalogue, readOfServices } from './aws-managed-catalogue.ts'

/** The account in their ARNs, and the `accountId` of their records. */
export const awsOwner = 'aws'

/** 2015-02-06, when AWS created the first of them. */
const since = 1423246766

const statement = (members: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...members, Resource: '*' }] })

const managed = (id: string, name: string, description: string, document: string, path = '/'): Policy => ({
  id,
  accountId: awsOwner,
  name,
  path,
  arn: `arn:aws:iam::aws:policy${path}${name}`,
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

/** Made from the name, so that it is the same in every version. Its alphabet is that of unique ids. */
const idOf = (name: string): string => `ANPA${sha256base32(name, 17)}`

const managedByCatalogue = ({ name, path, description, statements }: CatalogueEntry): Policy =>
  managed(
    idOf(name),
    name,
    description,
    JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    path,
  )

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
          NotAction: ['iam:*', 'chancery:*', 'organizations:*', 'account:*', 'oidc:*', 'audit:*'],
          Resource: '*',
        },
        { Effect: 'Allow', Action: ['iam:ListRoles', 'iam:ListAccountAliases'], Resource: '*' },
      ],
    }),
  ),
  managed(
    'ANPAILL3HVNFSB6DCOWYQ',
    'ReadOnlyAccess',
    'Provides read-only access to services and resources.',
    statement({ Action: [...readOfOurs, ...readOfServices] }),
  ),
  ...catalogue.map(managedByCatalogue),
]

const byArn = new Map(awsManaged.map((policy) => [policy.arn, policy]))

export const awsManagedByArn = (arn: string): Policy | undefined => byArn.get(arn)
