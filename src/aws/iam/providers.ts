// Actions on OpenID Connect providers.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { action } from '../action.ts'
import { dateOf, pageIn, pageOut, tagList, tagsIn, tagsOut } from './shapes.ts'

export const providerActions = (iam: Iam) => [
  action<sdk.CreateOpenIDConnectProviderCommandInput>('CreateOpenIDConnectProvider', async (input, call) => {
    const provider = await iam.createOpenIDConnectProvider(call, {
      url: input.Url,
      clientIds: input.ClientIDList,
      thumbprints: input.ThumbprintList,
      tags: tagsIn(input.Tags),
    })
    return { OpenIDConnectProviderArn: provider.id, Tags: tagsOut(provider.tags) }
  }),
  action<sdk.GetOpenIDConnectProviderCommandInput>('GetOpenIDConnectProvider', async (input, call) => {
    const provider = await iam.getOpenIDConnectProvider(call, { arn: input.OpenIDConnectProviderArn })
    return {
      // As at AWS, the URL is returned without its scheme.
      Url: provider.url.replace(/^https?:\/\//, ''),
      ClientIDList: provider.clientIds,
      ThumbprintList: provider.thumbprints,
      CreateDate: dateOf(provider.createdAt),
      Tags: tagList(provider.tags),
    }
  }),
  action<sdk.ListOpenIDConnectProvidersCommandInput>('ListOpenIDConnectProviders', async (_, call) => ({
    OpenIDConnectProviderList: (await iam.listOpenIDConnectProviders(call)).map(({ id }) => ({ Arn: id })),
  })),
  action<sdk.DeleteOpenIDConnectProviderCommandInput>('DeleteOpenIDConnectProvider', async (input, call) => {
    await iam.deleteOpenIDConnectProvider(call, { arn: input.OpenIDConnectProviderArn })
    return {}
  }),
  action<sdk.AddClientIDToOpenIDConnectProviderCommandInput>(
    'AddClientIDToOpenIDConnectProvider',
    async (input, call) => {
      const { OpenIDConnectProviderArn: arn, ClientID: clientId } = input
      await iam.addClientIDToOpenIDConnectProvider(call, { arn, clientId })
      return {}
    },
  ),
  action<sdk.RemoveClientIDFromOpenIDConnectProviderCommandInput>(
    'RemoveClientIDFromOpenIDConnectProvider',
    async (input, call) => {
      const { OpenIDConnectProviderArn: arn, ClientID: clientId } = input
      await iam.removeClientIDFromOpenIDConnectProvider(call, { arn, clientId })
      return {}
    },
  ),
  action<sdk.UpdateOpenIDConnectProviderThumbprintCommandInput>(
    'UpdateOpenIDConnectProviderThumbprint',
    async (input, call) => {
      const { OpenIDConnectProviderArn: arn, ThumbprintList: thumbprints } = input
      await iam.updateOpenIDConnectProviderThumbprint(call, { arn, thumbprints })
      return {}
    },
  ),
  action<sdk.TagOpenIDConnectProviderCommandInput>('TagOpenIDConnectProvider', async (input, call) => {
    const arn = input.OpenIDConnectProviderArn
    await iam.tagOpenIDConnectProvider(call, { arn, tags: tagsIn(input.Tags) ?? [] })
    return {}
  }),
  action<sdk.UntagOpenIDConnectProviderCommandInput>('UntagOpenIDConnectProvider', async (input, call) => {
    await iam.untagOpenIDConnectProvider(call, { arn: input.OpenIDConnectProviderArn, keys: input.TagKeys })
    return {}
  }),
  action<sdk.ListOpenIDConnectProviderTagsCommandInput>(
    'ListOpenIDConnectProviderTags',
    async (input, call) => {
      const request = { ...pageIn(input), arn: input.OpenIDConnectProviderArn }
      const tags = await iam.listOpenIDConnectProviderTags(call, request)
      return { Tags: tagList(tags.items), ...pageOut(tags) }
    },
  ),
]
