// SAML providers: identity providers whose assertions this account takes. AWS's API knows name and metadata; how people
// sign in with one comes from the configuration file.
import { Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import type { SamlProvider, Tag } from '../../store/records.ts'
import { accountOf, samlProviderArn } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { Parts } from '../dependencies.ts'
import { endingAround } from '../ends.ts'
import { serially } from '../key-lock.ts'
import { noSuch, orTaken } from '../messages.ts'
import { type Listed, type ListRequest, pageOfItems } from '../paging.ts'
import { quotas, within } from '../quotas.ts'
import { checkTags, requestTagKeys, resourceTagKeys, tagRules, withoutTags, withTags } from '../tags.ts'
import { isOfKind, providerDoor } from './authorized-provider.ts'
import { countProviders, listProviders } from './openid-providers.ts'

interface Meant {
  readonly arn: string
}

/** Encrypted assertions: what AWS would decrypt with. */
interface Encryption {
  readonly encryptionMode?: string | undefined
  readonly addPrivateKey?: string | undefined
  readonly removePrivateKey?: string | undefined
}

export interface NewSamlProvider extends Encryption {
  readonly name: string
  readonly metadata: string
  readonly tags?: readonly Tag[] | undefined
}

export interface ChangedSamlProvider extends Meant, Encryption {
  readonly metadata?: string | undefined
}

function checkUnencrypted({ encryptionMode, addPrivateKey, removePrivateKey }: Encryption): void {
  if (encryptionMode === 'Required' || addPrivateKey !== undefined || removePrivateKey !== undefined)
    throw new Problem('invalid_input', 'encrypted assertions are not supported by this server')
}

export const samlProviders = (parts: Parts) => {
  const { store, authorizer, markers } = parts
  const { found, opened, changed } = providerDoor(parts, 'saml', 'samlProvider')
  const howMany = (accountId: string) => countProviders(store, accountId, 'saml')

  return {
    async createSAMLProvider(call: Call, input: NewSamlProvider): Promise<SamlProvider> {
      checkUnencrypted(input)
      const accountId = accountOf(call.caller)
      const { name, metadata } = input
      const id = samlProviderArn(accountId, name)
      const tags = checkTags(tagRules.samlProvider, input.tags)
      await authorizer.authorize(call, 'iam:CreateSAMLProvider', id, requestTagKeys(tags))
      const provider: SamlProvider = {
        id,
        accountId,
        kind: 'saml',
        uid: randomToken(),
        name,
        metadata,
        ...parts.readSamlMetadata(metadata),
        subject: { from: 'persistent' },
        want: 'assertion',
        certificate: undefined,
        disabled: false,
        createdAt: call.circumstances.now,
        tags,
        signIn: undefined,
        secret: undefined,
      }
      await serially(`providers:${accountId}`, async () => {
        within('SAMLProvidersPerAccount', (await howMany(accountId)) + 1)
        await orTaken(store.create('identityProvider', provider), 'samlProvider', name)
        if ((await howMany(accountId)) <= quotas.SAMLProvidersPerAccount) return
        await store.delete('identityProvider', provider.id)
        within('SAMLProvidersPerAccount', quotas.SAMLProvidersPerAccount + 1)
      })
      return provider
    },

    getSAMLProvider: (call: Call, { arn }: Meant): Promise<SamlProvider> =>
      opened(call, arn, 'iam:GetSAMLProvider'),

    async listSAMLProviders(call: Call): Promise<readonly SamlProvider[]> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:ListSAMLProviders', samlProviderArn(accountId, '*'))
      return (await listProviders(store, accountId, 'saml')).filter(isOfKind('saml'))
    },

    async updateSAMLProvider(call: Call, input: ChangedSamlProvider): Promise<Meant> {
      const { arn, metadata } = input
      checkUnencrypted(input)
      await changed(call, arn, 'iam:UpdateSAMLProvider', [], (old) =>
        metadata === undefined ? old : { ...old, metadata, ...parts.readSamlMetadata(metadata) },
      )
      return { arn }
    },

    async deleteSAMLProvider(call: Call, { arn }: Meant): Promise<void> {
      const provider = await found(call, arn)
      await authorizer.authorize(call, 'iam:DeleteSAMLProvider', arn, resourceTagKeys(provider?.tags))
      if (!provider) throw noSuch('samlProvider', arn)
      await endingAround(
        () => parts.ends.providerEnded(provider),
        async () => {
          if (!(await store.delete('identityProvider', arn))) throw noSuch('samlProvider', arn)
        },
      )
    },

    async tagSAMLProvider(call: Call, { arn, tags }: Meant & { readonly tags: readonly Tag[] }) {
      await changed(call, arn, 'iam:TagSAMLProvider', requestTagKeys(tags), (old) => ({
        ...old,
        tags: withTags(tagRules.samlProvider, old.tags, tags),
      }))
    },

    async untagSAMLProvider(call: Call, { arn, keys }: Meant & { readonly keys: readonly string[] }) {
      await changed(call, arn, 'iam:UntagSAMLProvider', [['aws:TagKeys', keys]], (old) => ({
        ...old,
        tags: withoutTags(tagRules.samlProvider, old.tags, keys),
      }))
    },

    async listSAMLProviderTags(call: Call, input: Meant & ListRequest): Promise<Listed<Tag>> {
      const provider = await opened(call, input.arn, 'iam:ListSAMLProviderTags')
      return pageOfItems(markers, call, `tags:${provider.id}`, input, provider.tags, (tag) => tag.key)
    },
  }
}
