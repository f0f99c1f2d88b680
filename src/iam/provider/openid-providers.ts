// OpenID Connect providers: outside issuers whose tokens this account takes. AWS's API knows url, client ids and
// thumbprints; where the keys come from, and whether a token is good once, come from the configuration file.
import { isReservedIssuer } from '../../policy/reserved-prefixes.ts'
import { Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import type { IdentityProvider, OpenIdProvider, Tag } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf, openIdProviderArn } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { Parts } from '../dependencies.ts'
import { endingAround } from '../ends.ts'
import { serially } from '../key-lock.ts'
import { noSuch, orTaken } from '../messages.ts'
import { type Listed, type ListRequest, pageOfItems } from '../paging.ts'
import { quotas, within } from '../quotas.ts'
import { checkTags, requestTagKeys, resourceTagKeys, tagRules, withoutTags, withTags } from '../tags.ts'
import { isOfKind, providerDoor } from './authorized-provider.ts'

interface Meant {
  readonly arn: string
}

export interface NewProvider {
  readonly url: string
  readonly clientIds?: readonly string[] | undefined
  readonly thumbprints?: readonly string[] | undefined
  readonly tags?: readonly Tag[] | undefined
}

/**
 * The issuer as it is kept: the default port of https is left out, as AWS does, since `iss` of tokens never has it.
 * @throws Problem('validation') unless it is an https URL (http where allowed) of at most 255 characters,
 *   Problem('invalid_input') when its claims would read as condition keys of AWS
 */
function checkUrl(url: string, plainHttpAllowed: (host: string) => boolean): string {
  const parsed = URL.parse(url)
  checkNotReserved(url)
  const scheme =
    parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && plainHttpAllowed(parsed.hostname))
  const plain = parsed && !parsed.search && !parsed.hash && !parsed.username && !parsed.password
  // No white space, backslash or case that a parser would mend: `iss` is compared to the letter.
  if (url.length <= 255 && scheme && plain && /^https?:\/\/[\x21-\x5b\x5d-\x7e]+$/.test(url))
    return url.replace(/^(https:\/\/[^/]+?):443(?=\/|$)/, '$1')
  throw new Problem('validation', 'Invalid Open ID Connect Provider URL')
}

/** @throws Problem('invalid_input') */
export function checkNotReserved(url: string): void {
  if (isReservedIssuer(url))
    throw new Problem(
      'invalid_input',
      `the issuer \`${url.slice(0, 255)}\` is not acceptable: its claims would read as condition keys of AWS; use an issuer with a full host name`,
    )
}

function checkThumbprints(thumbprints: readonly string[]): readonly string[] {
  // AWS says "fewer than 5" and takes five.
  if (thumbprints.length > quotas.ThumbprintsPerOpenIdConnectProvider)
    throw new Problem('invalid_input', 'Thumbprint list must contain fewer than 5 entries.')
  for (const thumbprint of thumbprints)
    if (!/^[0-9A-Fa-f]{40}$/.test(thumbprint))
      throw new Problem('invalid_input', 'Thumbprint must be 40 hexadecimal characters')
  return thumbprints.map((thumbprint) => thumbprint.toLowerCase())
}

function checkClientIds(clientIds: readonly string[]): readonly string[] {
  const distinct = [...new Set(clientIds)]
  within('ClientIdsPerOpenIdConnectProvider', distinct.length)
  if (distinct.some((id) => id.length < 1 || id.length > 255))
    throw new Problem('validation', 'a client id must have 1 to 255 characters')
  return distinct
}

export const blankProvider = (accountId: string, url: string, now: number): OpenIdProvider => ({
  id: openIdProviderArn(accountId, url),
  accountId,
  kind: 'openid',
  uid: randomToken(),
  name: undefined,
  url,
  clientIds: [],
  thumbprints: [],
  keys: { from: 'discovery' },
  once: false,
  disabled: false,
  createdAt: now,
  tags: [],
  signIn: undefined,
  client: undefined,
  secret: undefined,
})

const ofKind = (accountId: string, kind: IdentityProvider['kind']) =>
  ({ by: 'kind', value: `${accountId} ${kind}` }) as const

/** How many of this kind the account has. */
export const countProviders = (
  store: Pick<Store, 'count'>,
  accountId: string,
  kind: IdentityProvider['kind'],
): Promise<number> => store.count('identityProvider', ofKind(accountId, kind))

/** The account's of this kind: a hundred at most (quotas.ts), since these lists have no pages (API reference). */
export const listProviders = (
  store: Pick<Store, 'each'>,
  accountId: string,
  kind: IdentityProvider['kind'],
): Promise<readonly IdentityProvider[]> =>
  Array.fromAsync(store.each('identityProvider', ofKind(accountId, kind)))

export const providers = (parts: Parts) => {
  const { store, authorizer, markers } = parts
  const plainHttpAllowed = parts.plainHttpAllowed ?? (() => false)

  const {
    found,
    opened: openedProvider,
    changed: changedProvider,
  } = providerDoor(parts, 'openid', 'openIdProvider')

  return {
    async createOpenIDConnectProvider(call: Call, input: NewProvider): Promise<OpenIdProvider> {
      const accountId = accountOf(call.caller)
      const provider: OpenIdProvider = {
        ...blankProvider(accountId, checkUrl(input.url, plainHttpAllowed), call.circumstances.now),
        clientIds: checkClientIds(input.clientIds ?? []),
        thumbprints: checkThumbprints(input.thumbprints ?? []),
        tags: checkTags(tagRules.openIdProvider, input.tags),
      }
      const action = 'iam:CreateOpenIDConnectProvider'
      await authorizer.authorize(call, action, provider.id, requestTagKeys(provider.tags))
      await serially(`providers:${accountId}`, async () => {
        within('OpenIdConnectProvidersPerAccount', (await countProviders(store, accountId, 'openid')) + 1)
        await orTaken(store.create('identityProvider', provider), 'openIdProvider', provider.url)
        if ((await countProviders(store, accountId, 'openid')) <= quotas.OpenIdConnectProvidersPerAccount)
          return
        await store.delete('identityProvider', provider.id)
        within('OpenIdConnectProvidersPerAccount', quotas.OpenIdConnectProvidersPerAccount + 1)
      })
      return provider
    },

    getOpenIDConnectProvider: (call: Call, { arn }: Meant): Promise<OpenIdProvider> =>
      openedProvider(call, arn, 'iam:GetOpenIDConnectProvider'),

    async listOpenIDConnectProviders(call: Call): Promise<readonly OpenIdProvider[]> {
      const accountId = accountOf(call.caller)
      const resource = `arn:aws:iam::${accountId}:oidc-provider/*`
      await authorizer.authorize(call, 'iam:ListOpenIDConnectProviders', resource)
      return (await listProviders(store, accountId, 'openid')).filter(isOfKind('openid'))
    },

    /** @throws Problem('not_found'), although the API reference calls it idempotent: the real service does so */
    async deleteOpenIDConnectProvider(call: Call, { arn }: Meant): Promise<void> {
      const provider = await found(call, arn)
      await authorizer.authorize(
        call,
        'iam:DeleteOpenIDConnectProvider',
        arn,
        resourceTagKeys(provider?.tags),
      )
      if (provider === undefined) throw noSuch('openIdProvider', arn)
      await endingAround(
        () => parts.ends.providerEnded(provider),
        () => store.delete('identityProvider', arn),
      )
    },

    async addClientIDToOpenIDConnectProvider(
      call: Call,
      { arn, clientId }: Meant & { readonly clientId: string },
    ): Promise<void> {
      await changedProvider(call, arn, 'iam:AddClientIDToOpenIDConnectProvider', [], (old) => ({
        ...old,
        clientIds: checkClientIds([...old.clientIds, clientId]),
      }))
    },

    async removeClientIDFromOpenIDConnectProvider(
      call: Call,
      { arn, clientId }: Meant & { readonly clientId: string },
    ): Promise<void> {
      await changedProvider(call, arn, 'iam:RemoveClientIDFromOpenIDConnectProvider', [], (old) => ({
        ...old,
        clientIds: old.clientIds.filter((id) => id !== clientId),
      }))
    },

    async updateOpenIDConnectProviderThumbprint(
      call: Call,
      { arn, thumbprints }: Meant & { readonly thumbprints: readonly string[] },
    ): Promise<void> {
      await changedProvider(call, arn, 'iam:UpdateOpenIDConnectProviderThumbprint', [], (old) => ({
        ...old,
        thumbprints: checkThumbprints(thumbprints),
      }))
    },

    async tagOpenIDConnectProvider(
      call: Call,
      { arn, tags }: Meant & { readonly tags: readonly Tag[] },
    ): Promise<void> {
      await changedProvider(call, arn, 'iam:TagOpenIDConnectProvider', requestTagKeys(tags), (old) => ({
        ...old,
        tags: withTags(tagRules.openIdProvider, old.tags, tags),
      }))
    },

    async untagOpenIDConnectProvider(
      call: Call,
      { arn, keys }: Meant & { readonly keys: readonly string[] },
    ): Promise<void> {
      const extra = [['aws:TagKeys', keys]] as const
      await changedProvider(call, arn, 'iam:UntagOpenIDConnectProvider', extra, (old) => ({
        ...old,
        tags: withoutTags(tagRules.openIdProvider, old.tags, keys),
      }))
    },

    async listOpenIDConnectProviderTags(call: Call, input: Meant & ListRequest): Promise<Listed<Tag>> {
      const provider = await openedProvider(call, input.arn, 'iam:ListOpenIDConnectProviderTags')
      return pageOfItems(markers, call, `tags:${provider.id}`, input, provider.tags, (tag) => tag.key)
    },
  }
}
