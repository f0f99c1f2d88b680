// Loads and changes identity providers of one kind in the caller's account, after authorizing the action. Unknown ARNs are
// authorized too, so that callers without permission cannot probe which providers exist.
import type { Problem } from '../../problem.ts'
import type { IdentityProvider, OpenIdProvider, SamlProvider, Tag } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { ContextEntry } from '../authorization/caller-context.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { revokeAround } from '../ends.ts'
import { createUnique, noSuch } from '../messages.ts'
import { type ListPage, type ListRequest, pageOfItems } from '../paging.ts'
import { createWithinQuota } from '../record/create-within-quota.ts'
import { updateRecord } from '../record/update-record.ts'
import { requestTagKeys, resourceTagKeys, tagRules, withoutTags, withTags } from '../tags.ts'

/** Names a provider. */
export interface ProviderRef {
  readonly arn: string
}

/** The messages and quotas of each kind that is created through IAM. */
const kinds = {
  openid: { entity: 'openIdProvider', quota: 'OpenIdConnectProvidersPerAccount' },
  saml: { entity: 'samlProvider', quota: 'SAMLProvidersPerAccount' },
} as const

export class AuthorizedProviders<P extends OpenIdProvider | SamlProvider> {
  readonly #deps: IamDependencies
  readonly #kind: P['kind']

  constructor(deps: IamDependencies, kind: P['kind']) {
    this.#deps = deps
    this.#kind = kind
  }

  /**
   * Creates a provider, for which the caller of this method has been authorized.
   * @param name shown when the account has such a provider already
   * @throws Problem('conflict'), Problem('limit_exceeded')
   */
  async create(provider: P, name: string): Promise<void> {
    const { store } = this.#deps
    const { entity, quota } = kinds[this.#kind]
    const limited = {
      kind: 'identityProvider',
      record: provider,
      quota,
      lookup: { by: 'kind', value: `${provider.accountId} ${this.#kind}` },
    } as const
    await createWithinQuota(store, limited, () =>
      createUnique(store.create('identityProvider', provider), entity, name),
    )
  }

  /** All providers of the caller's account: as many as its quota allows (quotas.ts). These lists are not paged (API reference). */
  async list(call: Call): Promise<readonly P[]> {
    const all = await Array.fromAsync(
      this.#deps.store.each('identityProvider', this.#lookup(accountOf(call.caller))),
    )
    return all.filter((provider) => this.#isOfKind(provider))
  }

  /** @throws Problem('denied'), Problem('not_found') */
  async getAuthorized(
    call: Call,
    arn: string,
    action: string,
    extra: readonly ContextEntry[] = [],
    missing = () => this.#notFound(arn),
  ): Promise<P> {
    const { store, authorizer } = this.#deps
    const found = await store.get('identityProvider', arn)
    const isOurs = found && this.#isOfKind(found) && found.accountId === accountOf(call.caller)
    const provider = isOurs ? found : undefined
    await authorizer.authorize(call, action, arn, [...resourceTagKeys(provider?.tags), ...extra])
    if (provider === undefined) throw missing()
    return provider
  }

  /** Changes a provider by compare-and-swap. `next` must be pure. @throws Problem('denied'), Problem('not_found') */
  async updateAuthorized(
    call: Call,
    arn: string,
    action: string,
    extra: readonly ContextEntry[],
    next: (old: P) => P,
  ): Promise<void> {
    await this.getAuthorized(call, arn, action, extra)
    const notFound = () => this.#notFound(arn)
    await updateRecord(this.#deps.store, 'identityProvider', arn, { notFound }, (old) => {
      if (!this.#isOfKind(old)) throw notFound()
      return next(old)
    })
  }

  /**
   * Deletes a provider, and ends the sessions that began with it. Where people sign in with it, it takes the right to do so by the
   * admin API as well, which asks for both.
   * @param missing the sentence for a provider that does not exist differs from operation to operation
   * @throws Problem('denied'), Problem('not_found')
   */
  async deleteAuthorized(
    call: Call,
    arn: string,
    action: string,
    missing = () => this.#notFound(arn),
  ): Promise<void> {
    const { store, ends, authorizer } = this.#deps
    const provider = await this.getAuthorized(call, arn, action, [], missing)
    if (provider.signIn !== undefined)
      await authorizer.authorize(call, 'chancery:DeleteIdentityProvider', arn, resourceTagKeys(provider.tags))
    await revokeAround(
      () => ends.providerEnded(provider),
      async () => {
        if (!(await store.delete('identityProvider', arn))) throw missing()
      },
    )
  }

  async tag(
    call: Call,
    { arn, tags }: ProviderRef & { readonly tags: readonly Tag[] },
    action: string,
  ): Promise<void> {
    await this.updateAuthorized(call, arn, action, requestTagKeys(tags), (old) => ({
      ...old,
      tags: withTags(this.#tagRule, old.tags, tags),
    }))
  }

  async untag(
    call: Call,
    { arn, keys }: ProviderRef & { readonly keys: readonly string[] },
    action: string,
  ): Promise<void> {
    await this.updateAuthorized(call, arn, action, [['aws:TagKeys', keys]], (old) => ({
      ...old,
      tags: withoutTags(this.#tagRule, old.tags, keys),
    }))
  }

  async listTags(call: Call, input: ProviderRef & ListRequest, action: string): Promise<ListPage<Tag>> {
    const { id, tags } = await this.getAuthorized(call, input.arn, action)
    return pageOfItems(this.#deps.markers, call, `tags:${id}`, input, tags, ({ key }) => key)
  }

  get #tagRule() {
    return tagRules[kinds[this.#kind].entity]
  }

  #isOfKind(provider: IdentityProvider): provider is P {
    return provider.kind === this.#kind
  }

  #lookup(accountId: string) {
    return { by: 'kind', value: `${accountId} ${this.#kind}` } as const
  }

  #notFound(arn: string): Problem {
    return noSuch(kinds[this.#kind].entity, arn)
  }
}
