// Quotas of an account: how many users, groups, roles and so on its administrators may create.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import type { QuotasOfAccount } from '../../iam/people/account-settings.ts'
import { type AccountQuotas, type AdjustableQuota, adjustableQuotas } from '../../iam/quotas.ts'
import { type Operation, operation, type Target } from '../operation.ts'
import type { UseCases } from '../use-cases.ts'

interface Member {
  readonly name: string
  readonly quota: AdjustableQuota
  readonly description: string
}

const members: readonly Member[] = [
  { name: 'usersPerAccount', quota: 'UsersPerAccount', description: 'users, for CreateUser of IAM' },
  { name: 'groupsPerAccount', quota: 'GroupsPerAccount', description: 'groups, for CreateGroup of IAM' },
  { name: 'rolesPerAccount', quota: 'RolesPerAccount', description: 'roles' },
  { name: 'policiesPerAccount', quota: 'PoliciesPerAccount', description: 'customer managed policies' },
  {
    name: 'instanceProfilesPerAccount',
    quota: 'InstanceProfilesPerAccount',
    description: 'instance profiles',
  },
  {
    name: 'serverCertificatesPerAccount',
    quota: 'ServerCertificatesPerAccount',
    description: 'server certificates',
  },
  {
    name: 'openIdConnectProvidersPerAccount',
    quota: 'OpenIdConnectProvidersPerAccount',
    description: 'OpenID Connect providers',
  },
  { name: 'samlProvidersPerAccount', quota: 'SAMLProvidersPerAccount', description: 'SAML providers' },
  { name: 'groupsPerUser', quota: 'GroupsPerUser', description: 'groups of one user' },
  { name: 'policiesPerUser', quota: 'PoliciesPerUser', description: 'managed policies of one user' },
  { name: 'policiesPerGroup', quota: 'PoliciesPerGroup', description: 'managed policies of one group' },
  { name: 'policiesPerRole', quota: 'PoliciesPerRole', description: 'managed policies of one role' },
  {
    name: 'trustPolicySize',
    quota: 'ACLSizePerRole',
    description: 'characters of a trust policy without white space',
  },
]

const numberOf = ({ quota, description }: Member) => {
  const { default: usual, most } = adjustableQuotas[quota]
  return z.int().min(0).max(most).describe(`${description}; by default ${usual}`)
}

const shape: Record<string, ReturnType<typeof numberOf>> = Object.fromEntries(
  members.map((member) => [member.name, numberOf(member)]),
)
const answer = z.strictObject(shape)

const nullable = (type: ReturnType<typeof numberOf>) => type.nullable().optional()
const changeShape: Record<string, ReturnType<typeof nullable>> = Object.fromEntries(
  Object.entries(shape).map(([name, type]) => [name, nullable(type)]),
)
const change = z.strictObject(changeShape)

const answerOf = (quotas: AccountQuotas): z.input<typeof answer> =>
  Object.fromEntries(members.map(({ name, quota }) => [name, quotas[quota]]))

async function target({ settings }: UseCases, { caller }: Call): Promise<Target<QuotasOfAccount>> {
  const accountId = accountOf(caller)
  const found = await settings.quotasOf(accountId)
  return { arn: `arn:aws:chancery::${accountId}:quotas`, value: found, version: found?.version }
}

const nothing = z.strictObject({})
const common = {
  path: '/quotas',
  resource: 'arn:aws:chancery::<account>:quotas',
  params: nothing,
  query: nothing,
  answer,
  target,
}

export const quotaOperations: readonly Operation[] = [
  operation({
    ...common,
    name: 'GetQuotas',
    method: 'GET',
    summary: 'show how many users, roles, policies and so on the account may have',
    body: nothing,
    command: { words: 'quotas get' },
    run: async (_, { target: found }) => ({ answer: answerOf(found.quotas), version: found.version }),
  }),
  operation({
    ...common,
    name: 'UpdateQuotas',
    method: 'PATCH',
    summary: 'change quotas of the account; what is left out stays, null sets the default again',
    body: change,
    command: { words: 'quotas update' },
    async run({ settings }, { call, input, expect }) {
      const requested = members.flatMap(({ name, quota }) => {
        const value = input[name]
        return value === undefined ? [] : [[quota, value] as const]
      })
      const { before, after } = await settings.changeQuotas(
        accountOf(call.caller),
        Object.fromEntries(requested),
        expect,
      )
      const changed = answerOf(after.quotas)
      return { answer: changed, version: after.version, before: answerOf(before.quotas), after: changed }
    },
  }),
]
