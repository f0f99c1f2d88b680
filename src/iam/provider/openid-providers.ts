// OpenID Connect providers: issuers whose tokens the account accepts. AWS's API sets the URL, client ids and thumbprints; the source
// of the keys, and whether a token can be used only once, are in the configuration file.
import { isReservedIssuer } from '../../policy/language/reserved-prefixes.ts'
import { Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import type { OpenIdProvider, Tag } from '../../store/records.ts'
import { accountOf, openIdProviderArn } from '../arn.ts'
import { authorizeCreation } from '../authorization/authorize-creation.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { noSuch } from '../messages.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { checkQuota, quotas } from '../quotas.ts'
import { checkTags, tagRules } from '../tags.ts'
import { AuthorizedProviders, type ProviderRef } from './authorized-provider.ts'

export interface NewProvider {
  readonly url: string
  readonly clientIds?: readonly string[] | undefined
  readonly thumbprints?: readonly string[] | undefined
  readonly tags?: readonly Tag[] | undefined
}

/**
 * The issuer URL to store. The default port of https is removed, as AWS does, because `iss` never contains it.
 * @throws Problem('validation') unless it is an https URL (http where allowed) of at most 255 characters,
 *   Problem('invalid_input') when its claims could be mistaken for condition keys of AWS, or it has a query or a fragment
 */
function checkUrl(url: string, plainHttpAllowed: (host: string) => boolean): string {
  const parsed = URL.parse(url)
  checkIssuerNotReserved(url)
  const scheme =
    parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && plainHttpAllowed(parsed.hostname))
  const plain = parsed && !parsed.search && !parsed.hash && !parsed.username && !parsed.password
  // Nothing that a URL parser would normalize, such as white space or a backslash: `iss` is compared exactly.
  if (url.length <= 255 && scheme && plain && /^https?:\/\/[\x21-\x5b\x5d-\x7e]+$/.test(url))
    return url.replace(/^(https:\/\/[^/]+?):443(?=\/|$)/, '$1')
  // AWS says nothing more of a query or a fragment.
  if (parsed?.search || parsed?.hash)
    throw new Problem('invalid_input', 'Unknown: the URL of a provider has no query and no fragment')
  throw new Problem('validation', 'Invalid Open ID Connect Provider URL')
}

/** @throws Problem('invalid_input') */
export function checkIssuerNotReserved(url: string): void {
  if (isReservedIssuer(url))
    throw new Problem(
      'invalid_input',
      `the issuer \`${url.slice(0, 255)}\` is not acceptable: its claims could be mistaken for condition keys of AWS; use an issuer with a full host name`,
    )
}

function checkThumbprints(thumbprints: readonly string[]): readonly string[] {
  // AWS's message says "fewer than 5" although five are accepted.
  if (thumbprints.length > quotas.ThumbprintsPerOpenIdConnectProvider)
    throw new Problem('invalid_input', 'Thumbprint list must contain fewer than 5 entries.')
  for (const thumbprint of thumbprints)
    if (!/^[0-9A-Fa-f]{40}$/.test(thumbprint))
      throw new Problem('invalid_input', 'Thumbprint must be 40 hexadecimal characters')
  return thumbprints.map((thumbprint) => thumbprint.toLowerCase())
}

function checkClientIds(clientIds: readonly string[]): readonly string[] {
  const distinct = [...new Set(clientIds)]
  checkQuota('ClientIdsPerOpenIdConnectProvider', distinct.length)
  if (distinct.some((id) => id.length < 1 || id.length > 255))
    throw new Problem('validation', 'a client id must have 1 to 255 characters')
  return distinct
}

export const newProviderRecord = (accountId: string, url: string, now: number): OpenIdProvider => ({
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

export class OpenIdProviders {
  readonly #deps: IamDependencies
  readonly #plainHttpAllowed: (host: string) => boolean
  readonly #providers: AuthorizedProviders<OpenIdProvider>

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#plainHttpAllowed = deps.plainHttpAllowed ?? (() => false)
    this.#providers = new AuthorizedProviders(deps, 'openid')
  }

  async createOpenIDConnectProvider(call: Call, input: NewProvider): Promise<OpenIdProvider> {
    const accountId = accountOf(call.caller)
    const provider: OpenIdProvider = {
      ...newProviderRecord(accountId, checkUrl(input.url, this.#plainHttpAllowed), call.circumstances.now),
      clientIds: checkClientIds(input.clientIds ?? []),
      thumbprints: checkThumbprints(input.thumbprints ?? []),
      tags: checkTags(tagRules.openIdProvider, input.tags),
    }
    const what = { arn: provider.id, tags: provider.tags }
    await authorizeCreation(this.#deps.authorizer, call, tagRules.openIdProvider, what)
    await this.#providers.create(provider, provider.url)
    return provider
  }

  getOpenIDConnectProvider(call: Call, { arn }: ProviderRef): Promise<OpenIdProvider> {
    return this.#providers.getAuthorized(call, arn, 'iam:GetOpenIDConnectProvider')
  }

  async listOpenIDConnectProviders(call: Call): Promise<readonly OpenIdProvider[]> {
    const accountId = accountOf(call.caller)
    const resource = `arn:aws:iam::${accountId}:oidc-provider/*`
    await this.#deps.authorizer.authorize(call, 'iam:ListOpenIDConnectProviders', resource)
    return this.#providers.list(call)
  }

  /** @throws Problem('not_found') like the real service, although the API reference calls it idempotent */
  async deleteOpenIDConnectProvider(call: Call, { arn }: ProviderRef): Promise<void> {
    const missing = () => noSuch('openIdProviderToDelete', arn)
    await this.#providers.deleteAuthorized(call, arn, 'iam:DeleteOpenIDConnectProvider', missing)
  }

  async addClientIDToOpenIDConnectProvider(
    call: Call,
    { arn, clientId }: ProviderRef & { readonly clientId: string },
  ): Promise<void> {
    await this.#providers.updateAuthorized(
      call,
      arn,
      'iam:AddClientIDToOpenIDConnectProvider',
      [],
      (old) => ({
        ...old,
        clientIds: checkClientIds([...old.clientIds, clientId]),
      }),
    )
  }

  async removeClientIDFromOpenIDConnectProvider(
    call: Call,
    { arn, clientId }: ProviderRef & { readonly clientId: string },
  ): Promise<void> {
    await this.#providers.updateAuthorized(
      call,
      arn,
      'iam:RemoveClientIDFromOpenIDConnectProvider',
      [],
      (old) => ({
        ...old,
        clientIds: old.clientIds.filter((id) => id !== clientId),
      }),
    )
  }

  async updateOpenIDConnectProviderThumbprint(
    call: Call,
    { arn, thumbprints }: ProviderRef & { readonly thumbprints: readonly string[] },
  ): Promise<void> {
    await this.#providers.updateAuthorized(
      call,
      arn,
      'iam:UpdateOpenIDConnectProviderThumbprint',
      [],
      (old) => {
        if (thumbprints.length === 0)
          throw new Problem('invalid_input', 'Thumbprint list must contain at least one entry.')
        return { ...old, thumbprints: checkThumbprints(thumbprints) }
      },
    )
  }

  async tagOpenIDConnectProvider(
    call: Call,
    input: ProviderRef & { readonly tags: readonly Tag[] },
  ): Promise<void> {
    await this.#providers.tag(call, input, 'iam:TagOpenIDConnectProvider')
  }

  async untagOpenIDConnectProvider(
    call: Call,
    input: ProviderRef & { readonly keys: readonly string[] },
  ): Promise<void> {
    await this.#providers.untag(call, input, 'iam:UntagOpenIDConnectProvider')
  }

  async listOpenIDConnectProviderTags(call: Call, input: ProviderRef & ListRequest): Promise<ListPage<Tag>> {
    return this.#providers.listTags(call, input, 'iam:ListOpenIDConnectProviderTags')
  }
}
