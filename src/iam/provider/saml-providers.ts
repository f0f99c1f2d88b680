// SAML providers: identity providers whose assertions the account accepts. AWS's API sets name and metadata; settings for sign-in
// are in the configuration file.
import { Problem } from '../../problem.ts'
import { sha256base32 } from '../../secure/digest.ts'
import { randomToken } from '../../secure/random.ts'
import type { SamlProvider, Tag } from '../../store/records.ts'
import { accountOf, samlProviderArn } from '../arn.ts'
import { authorizeCreation } from '../authorization/authorize-creation.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { checkTags, tagRules } from '../tags.ts'
import { AuthorizedProviders, type ProviderRef } from './authorized-provider.ts'
import { type EncryptionChange, withEncryption } from './saml-decryption-keys.ts'
import { authorizeVouching } from './vouching.ts'

export interface NewSamlProvider extends EncryptionChange {
  readonly name: string
  readonly metadata: string
  readonly tags?: readonly Tag[] | undefined
}

export interface ChangedSamlProvider extends ProviderRef, EncryptionChange {
  readonly metadata?: string | undefined
}

/** SAMLProviderUUID: in AWS's alphabet, the same as long as the provider exists. A provider made again has another. */
export const samlProviderUuid = ({ id, uid, createdAt }: SamlProvider): string =>
  sha256base32(uid ?? `${id} ${createdAt}`, 26)

export class SamlProviders {
  readonly #deps: IamDependencies
  readonly #providers: AuthorizedProviders<SamlProvider>

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#providers = new AuthorizedProviders(deps, 'saml')
  }

  async createSAMLProvider(call: Call, input: NewSamlProvider): Promise<SamlProvider> {
    const accountId = accountOf(call.caller)
    const { name, metadata } = input
    const id = samlProviderArn(accountId, name)
    const tags = checkTags(tagRules.samlProvider, input.tags)
    await authorizeCreation(this.#deps.authorizer, call, tagRules.samlProvider, { arn: id, tags })
    const { now } = call.circumstances
    const provider: SamlProvider = {
      id,
      accountId,
      kind: 'saml',
      uid: randomToken(),
      name,
      metadata,
      ...this.#deps.readSamlMetadata(metadata),
      subject: { from: 'persistent' },
      want: 'assertion',
      certificate: undefined,
      disabled: false,
      createdAt: now,
      tags,
      signIn: undefined,
      secret: undefined,
      ...withEncryption({}, input, now),
    }
    await this.#providers.create(provider, name)
    return provider
  }

  getSAMLProvider(call: Call, { arn }: ProviderRef): Promise<SamlProvider> {
    return this.#providers.getAuthorized(call, arn, 'iam:GetSAMLProvider')
  }

  async listSAMLProviders(call: Call): Promise<readonly SamlProvider[]> {
    const accountId = accountOf(call.caller)
    await this.#deps.authorizer.authorize(call, 'iam:ListSAMLProviders', samlProviderArn(accountId, '*'))
    return this.#providers.list(call)
  }

  async updateSAMLProvider(call: Call, input: ChangedSamlProvider): Promise<ProviderRef> {
    const { arn, metadata } = input
    const mayVouch = metadata !== undefined && (await this.#authorizeVouching(call, arn))
    await this.#providers.updateAuthorized(call, arn, 'iam:UpdateSAMLProvider', [], (old) => {
      if (metadata !== undefined && old.signIn !== undefined && !mayVouch)
        throw new Problem('concurrent_modification', 'people sign in with it since a moment ago: try again')
      return {
        ...old,
        ...(metadata === undefined ? {} : { metadata, ...this.#deps.readSamlMetadata(metadata) }),
        ...withEncryption(old, input, call.circumstances.now),
      }
    })
    return { arn }
  }

  /**
   * New metadata replaces the server that authenticates users, which needs a further permission where people sign in with the provider.
   * @returns whether people sign in with it, and the caller has that permission
   * @throws Problem('denied'), Problem('not_found')
   */
  async #authorizeVouching(call: Call, arn: string): Promise<boolean> {
    const provider = await this.#providers.getAuthorized(call, arn, 'iam:UpdateSAMLProvider')
    if (provider.signIn === undefined) return false
    await authorizeVouching(this.#deps, call, provider)
    return true
  }

  async deleteSAMLProvider(call: Call, { arn }: ProviderRef): Promise<void> {
    await this.#providers.deleteAuthorized(call, arn, 'iam:DeleteSAMLProvider')
  }

  async tagSAMLProvider(call: Call, input: ProviderRef & { readonly tags: readonly Tag[] }): Promise<void> {
    await this.#providers.tag(call, input, 'iam:TagSAMLProvider')
  }

  async untagSAMLProvider(
    call: Call,
    input: ProviderRef & { readonly keys: readonly string[] },
  ): Promise<void> {
    await this.#providers.untag(call, input, 'iam:UntagSAMLProvider')
  }

  async listSAMLProviderTags(call: Call, input: ProviderRef & ListRequest): Promise<ListPage<Tag>> {
    return this.#providers.listTags(call, input, 'iam:ListSAMLProviderTags')
  }
}
