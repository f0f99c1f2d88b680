// Actions on SAML providers.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { optionalSecret } from '../../iam/password/secret-input.ts'
import { samlProviderUuid } from '../../iam/provider/saml-providers.ts'
import { action } from '../action.ts'
import { dateOf, pageIn, pageOut, tagList, tagsIn, tagsOut } from './shapes.ts'

/** Seconds. As at AWS, ValidUntil is a hundred years after creation when the metadata has no date. */
const century = 100 * 365 * 86_400
const endOf = ({
  validUntil,
  createdAt,
}: {
  readonly validUntil: number | undefined
  readonly createdAt: number
}) => dateOf(validUntil ?? createdAt + century)

type SamlProvider = Awaited<ReturnType<Iam['getSAMLProvider']>>

/** As at AWS, both members are there without a key too. The keys of the configuration file have no ids, and are not listed. */
const encryptionOut = ({ encryption }: SamlProvider) => ({
  AssertionEncryptionMode: encryption?.required === true ? 'Required' : 'Allowed',
  PrivateKeyList: (encryption?.keys ?? []).map(({ id, addedAt }) => ({
    KeyId: id,
    Timestamp: dateOf(addedAt),
  })),
})

export const samlProviderActions = (iam: Iam) => [
  action<sdk.CreateSAMLProviderCommandInput>('CreateSAMLProvider', async (input, call) => {
    const provider = await iam.createSAMLProvider(call, {
      name: input.Name,
      metadata: input.SAMLMetadataDocument,
      tags: tagsIn(input.Tags),
      encryptionMode: input.AssertionEncryptionMode,
      addPrivateKey: optionalSecret(input.AddPrivateKey),
    })
    return { SAMLProviderArn: provider.id, Tags: tagsOut(provider.tags) }
  }),
  action<sdk.GetSAMLProviderCommandInput>('GetSAMLProvider', async (input, call) => {
    const provider = await iam.getSAMLProvider(call, { arn: input.SAMLProviderArn })
    return {
      SAMLProviderUUID: samlProviderUuid(provider),
      SAMLMetadataDocument: provider.metadata,
      CreateDate: dateOf(provider.createdAt),
      ValidUntil: endOf(provider),
      Tags: tagList(provider.tags),
      ...encryptionOut(provider),
    }
  }),
  action<sdk.ListSAMLProvidersCommandInput>('ListSAMLProviders', async (_, call) => ({
    SAMLProviderList: (await iam.listSAMLProviders(call)).map((provider) => ({
      Arn: provider.id,
      ValidUntil: endOf(provider),
      CreateDate: dateOf(provider.createdAt),
    })),
  })),
  action<sdk.UpdateSAMLProviderCommandInput>('UpdateSAMLProvider', async (input, call) => {
    const { arn } = await iam.updateSAMLProvider(call, {
      arn: input.SAMLProviderArn,
      metadata: input.SAMLMetadataDocument,
      encryptionMode: input.AssertionEncryptionMode,
      addPrivateKey: optionalSecret(input.AddPrivateKey),
      removePrivateKey: input.RemovePrivateKey,
    })
    return { SAMLProviderArn: arn }
  }),
  action<sdk.DeleteSAMLProviderCommandInput>('DeleteSAMLProvider', async (input, call) => {
    await iam.deleteSAMLProvider(call, { arn: input.SAMLProviderArn })
    return {}
  }),
  action<sdk.TagSAMLProviderCommandInput>('TagSAMLProvider', async (input, call) => {
    await iam.tagSAMLProvider(call, { arn: input.SAMLProviderArn, tags: tagsIn(input.Tags) ?? [] })
    return {}
  }),
  action<sdk.UntagSAMLProviderCommandInput>('UntagSAMLProvider', async (input, call) => {
    await iam.untagSAMLProvider(call, { arn: input.SAMLProviderArn, keys: input.TagKeys })
    return {}
  }),
  action<sdk.ListSAMLProviderTagsCommandInput>('ListSAMLProviderTags', async (input, call) => {
    const tags = await iam.listSAMLProviderTags(call, { ...pageIn(input), arn: input.SAMLProviderArn })
    return { Tags: tagList(tags.items), ...pageOut(tags) }
  }),
]
