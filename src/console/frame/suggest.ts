// Names of what there is, for fields that ask for one: a page of those that begin with what is typed, as far as the person may list
// them. Whoever may not gets a field without suggestions.
import type { Suggestion, Suggestions, SuggestionsOf } from '../../../views/console/frame/suggest.ts'
import { group } from '../../admin/groups/operations.ts'
import { listOf } from '../../admin/list.ts'
import { operations } from '../../admin/operations.ts'
import { person } from '../../admin/people/schemas.ts'
import { languagesKnown, timeZones } from './locale-names.ts'
import { part } from './part.ts'
import { policyWords } from './policy-words.ts'
import type { ConsoleRequest } from './request.ts'
import { messagesOf, plainText } from './show.ts'

/** Suggestions of one kind at a time. */
const most = 30

type Read = (request: ConsoleRequest, typed: string) => Promise<readonly Suggestion[]>

const users: Read = async (request, search) => {
  const query = { search, limit: String(most) }
  const { items } = await request.perform('ListPeople', listOf(person), { query })
  return items.map(({ name, displayName, arn }) => ({
    value: name,
    label: displayName ?? plainText(request, 'Person'),
    arn,
  }))
}

const groups: Read = async (request, search) => {
  const query = { search, limit: String(most) }
  const { items } = await request.perform('ListGroups', listOf(group), { query })
  return items.map(({ name, displayName, arn }) => ({
    value: name,
    label: displayName ?? plainText(request, 'Group'),
    arn,
  }))
}

const roles: Read = async (request, search) => {
  const { ports, call } = request
  const { items } = await ports.iam.listRoles(call, { search, maxItems: most })
  return items.map(({ name, path, accountId, description }) => ({
    value: name,
    label: description ?? plainText(request, 'Role'),
    arn: `arn:aws:iam::${accountId}:role${path}${name}`,
  }))
}

const policies: Read = async (request, search) => {
  const { ports, call } = request
  const [own, builtIn] = await Promise.all(
    (['Local', 'AWS'] as const).map((scope) =>
      ports.iam.listPolicies(call, { scope, search, maxItems: most }),
    ),
  )
  return [
    ...(own?.items ?? []).map(({ policy }) => ({
      ...policy,
      label: policy.description ?? plainText(request, 'Of this account'),
    })),
    ...(builtIn?.items ?? []).map(({ policy }) => ({ ...policy, label: plainText(request, 'Built in') })),
  ].map(({ name, arn, label }) => ({ value: name, label, arn }))
}

/** The ARN in the place of the name, and the name beside it. */
const byArn =
  (...reads: readonly Read[]): Read =>
  async (request, typed) => {
    const found = await Promise.all(reads.map((read) => part(() => read(request, typed))))
    return found.flatMap((one) =>
      'value' in one
        ? one.value.flatMap(({ value, arn, label }: Suggestion & { readonly arn?: string }) =>
            arn === undefined
              ? []
              : [{ value: arn, label: label === undefined ? value : `${value}: ${label}` }],
          )
        : [],
    )
  }

const sts = [
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'GetCallerIdentity',
  'GetFederationToken',
  'GetSessionToken',
  'SetSourceIdentity',
  'TagSession',
]

/** Use cases for which there is no permission of their own: they take iam:SimulatePrincipalPolicy. */
const consoleReads =
  /^(?:get(?:Person|Role|Group|Policy)Access|listPeopleWithAccess|get(?:Attachment|Membership)Change)$/

/** Actions of this server. */
const ownActions = ({ ports }: ConsoleRequest): readonly string[] => [
  ...operations.map(({ name }) => `chancery:${name}`),
  ...Object.keys(ports.iam)
    .filter((name) => !consoleReads.test(name))
    .map((name) => `iam:${name.charAt(0).toUpperCase()}${name.slice(1)}`),
  ...sts.map((name) => `sts:${name}`),
  'oidc:SignIn',
  'oauth:GrantScope',
]

/** Those that begin with what is typed, and then those that contain it. */
function matching(all: readonly string[], typed: string): readonly Suggestion[] {
  const low = typed.toLowerCase()
  const rank = (one: string) => (one.toLowerCase().startsWith(low) ? 0 : 1)
  return [...new Set(all)]
    .filter((one) => one.toLowerCase().includes(low))
    .toSorted((one, other) => rank(one) - rank(other))
    .map((value) => ({ value }))
}

interface Source {
  readonly read: Read
  /** On the page from the start: `page` the first ones, `all` all there are. */
  readonly first: 'none' | 'page' | 'all'
}

const sources = {
  user: { read: users, first: 'none' },
  group: { read: groups, first: 'page' },
  role: { read: roles, first: 'page' },
  policy: { read: policies, first: 'page' },
  principal: { read: byArn(users, groups, roles), first: 'none' },
  arn: { read: byArn(users, groups, roles, policies), first: 'none' },
  action: {
    read: async (request, typed) =>
      matching([...(await policyWords(request)).actions, ...ownActions(request)], typed),
    first: 'none',
  },
  resource: {
    read: async (request, typed) => matching((await policyWords(request)).resources, typed),
    first: 'none',
  },
  language: { read: async (request) => languagesKnown(messagesOf(request).language), first: 'all' },
  zone: { read: async () => timeZones(), first: 'all' },
} as const satisfies Record<SuggestionsOf, Source>

export const isSuggestKind = (text: string): text is SuggestionsOf => Object.hasOwn(sources, text)

/** What is in front of the name in an ARN that is typed, such as `arn:aws:iam::123456789012:user/`. */
const arnHead = /^arn:aws:iam::(?:\d{12}|aws):\w+\//

/** A page of suggestions; none for whoever may not list them. */
export async function readSuggestions(
  request: ConsoleRequest,
  kind: SuggestionsOf,
  typed: string,
): Promise<readonly Suggestion[]> {
  const search = typed.trim().replace(arnHead, '')
  if (search.length > 128) return []
  const found = await part(() => sources[kind].read(request, search))
  return 'value' in found ? found.value : []
}

/** What a field of a page proposes from the start. */
export async function suggestionsFor(
  request: ConsoleRequest,
  kind: SuggestionsOf,
  options: Pick<Suggestions, 'many' | 'ofSelect'> = {},
): Promise<Suggestions> {
  const { first } = sources[kind]
  const found = first === 'none' ? [] : await readSuggestions(request, kind, '')
  const isPage = first === 'page' && found.length < most
  const more = options.ofSelect !== undefined || !(isPage || first === 'all')
  return { ...options, of: kind, options: found, more }
}
