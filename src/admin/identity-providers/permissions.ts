// What else it takes to choose the settings of an identity provider. Its claims make people members of groups, give them tags, and
// decide who they are, so whoever chooses them needs the rights to do each of that by hand, for each person and group concerned.
import { accountOf, groupArn } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import type { ManagedProviderView } from '../../iam/provider/managed-provider-view.ts'
import {
  asksLessOfFactors,
  canSignIn,
  mappedGroups,
  mappedTags,
  reportsFactors,
  requiresLess,
  speaksForAddresses,
  vouchesDifferently,
} from '../../iam/provider/provider-rights.ts'
import { Problem } from '../../problem.ts'
import type { Permission } from '../operation.ts'
import { everybodyOf, everybodyPermissions } from '../people/everybody.ts'
import { membershipPermissions } from '../people/groups-of-request.ts'
import type { UseCases } from '../use-cases.ts'

type Provider = ManagedProviderView['provider']
type Uses = Pick<UseCases, 'groups' | 'people' | 'mayForEveryUser'>

/** Names of the further actions, for the documentation. */
export const furtherActions = [
  'AddGroupMember',
  'VerifyPersonEmail',
  'CreateSignInLink',
  'ResetPersonFactors',
  'CreatePerson',
]

interface Settings {
  /** Undefined: for a new provider, and for one that nobody could sign in with. */
  readonly before: Provider | undefined
  readonly after: Provider
}

export async function providerPermissions(
  use: Uses,
  call: Call,
  settings: Settings,
): Promise<readonly Permission[]> {
  return [
    ...(await groupPermissions(use, call, settings.after)),
    ...(await peoplePermissions(use, call, settings)),
  ]
}

async function peoplePermissions(
  use: Uses,
  call: Call,
  { before, after }: Settings,
): Promise<readonly Permission[]> {
  const actions = [
    // An address that it verified leads to the person who has it.
    ...(speaksForAddresses(after) ? ['VerifyPersonEmail'] : []),
    // The server that vouches can sign in as anybody who is linked with this ARN.
    ...(vouchesForOthers(before, after) ? ['CreateSignInLink'] : []),
    ...(answersForFactors(before, after) ? ['ResetPersonFactors'] : []),
  ]
  return [
    ...(await everybodyPermissions(use, call, actions, canSignIn(after))),
    ...(makesUsers(before, after) ? [{ action: 'CreatePerson', arn: everybodyOf(call) }] : []),
  ]
}

const vouchesForOthers = (before: Provider | undefined, after: Provider): boolean =>
  after.signIn !== undefined &&
  (before?.signIn === undefined || vouchesDifferently(before, after) || requiresLess(before, after))

/** Another server that says that somebody used a second factor, or less that is asked for here. */
const answersForFactors = (before: Provider | undefined, after: Provider): boolean =>
  asksLessOfFactors(before, after) || (reportsFactors(after) && vouchesForOthers(before, after))

/** Whether people become users who did not before. */
const makesUsers = (before: Provider | undefined, after: Provider): boolean =>
  after.signIn?.createUsers === true &&
  (before?.signIn?.createUsers !== true || vouchesDifferently(before, after) || requiresLess(before, after))

async function groupPermissions(use: Uses, call: Call, provider: Provider): Promise<readonly Permission[]> {
  const groups = mappedGroups(provider)
  if (groups !== 'any') return membershipPermissions(use, call, { before: [], after: groups })
  const every = groupArn({ accountId: accountOf(call.caller), path: '/', name: '*' })
  // Of each that there is besides, so that a deny on one of them counts.
  const arns = [every, ...(await groupArns(use, call))]
  return arns.map((arn) => ({ action: 'AddGroupMember', arn }))
}

/** Groups of which each is authorized. */
const mostGroups = 2000

/** @throws Problem('validation') when there are more than can be authorized one by one */
async function groupArns({ groups }: Uses, call: Call): Promise<readonly string[]> {
  const list = 'groups that a provider may name'
  const arns: string[] = []
  let marker: string | undefined
  do {
    const page = await groups.list(call, '', list, { marker, maxItems: 1000 })
    arns.push(...page.items.map(({ arn }) => arn))
    marker = page.marker
    if (arns.length > mostGroups) throw tooManyGroups()
  } while (marker !== undefined)
  return arns
}

/** AWS's own actions for the same: a policy that denies those denies this way too. */
const iamActions = {
  openid: {
    create: 'iam:CreateOpenIDConnectProvider',
    update: 'iam:UpdateOpenIDConnectProviderThumbprint',
    delete: 'iam:DeleteOpenIDConnectProvider',
  },
  saml: {
    create: 'iam:CreateSAMLProvider',
    update: 'iam:UpdateSAMLProvider',
    delete: 'iam:DeleteSAMLProvider',
  },
} as const

function tooManyGroups(): Problem {
  const field = 'sign_in.mapping.groups'
  const message = `needs a \`map\` that names the groups, because there are more than ${mostGroups}`
  return new Problem('validation', `\`${field}\` ${message}`, { fields: [{ field, message }] })
}

type Act = 'create' | 'update' | 'delete'

/**
 * OpenID Connect and SAML providers are resources of AWS's API too, which roles may trust; tags of people decide in policies.
 * @throws Problem('denied')
 */
export async function authorizeAsIam(
  use: UseCases,
  call: Call,
  { act, before, after }: { readonly act: Act; readonly before?: Provider; readonly after: Provider },
): Promise<void> {
  const { kind, id } = after
  const isSame = before !== undefined && !vouchesDifferently(before, after)
  if (!isSame && (kind === 'openid' || kind === 'saml')) await use.authorize(call, iamActions[kind][act], id)
  if (act !== 'delete') await authorizeTags(use, call, after)
}

/** With the keys, and each value that the settings name, as a request that gives the tags by hand has them. */
async function authorizeTags({ authorize }: UseCases, call: Call, provider: Provider): Promise<void> {
  const tags = mappedTags(provider)
  const keys = ['aws:TagKeys', tags.map(({ key }) => key)] as const
  for (const { key, values } of tags) {
    if (values.length === 0) await authorize(call, 'iam:TagUser', everybodyOf(call), [keys])
    for (const value of values)
      await authorize(call, 'iam:TagUser', everybodyOf(call), [keys, [`aws:RequestTag/${key}`, value]])
  }
}
