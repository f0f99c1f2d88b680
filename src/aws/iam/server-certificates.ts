// Actions on server certificates.
import type * as sdk from '@aws-sdk/client-iam'
import { serverCertificateArn } from '../../iam/arn.ts'
import type { Iam } from '../../iam/iam.ts'
import { requiredSecret } from '../../iam/password/secret-input.ts'
import { action } from '../action.ts'
import { dateOf, pageIn, pageOut, tagList, tagsIn, tagsOut } from './shapes.ts'

type Certificate = Awaited<ReturnType<Iam['getServerCertificate']>>

const metadataOf = (certificate: Certificate) => ({
  Path: certificate.path,
  ServerCertificateName: certificate.name,
  ServerCertificateId: certificate.id,
  Arn: serverCertificateArn(certificate),
  UploadDate: dateOf(certificate.createdAt),
  Expiration: dateOf(certificate.notAfter),
})

export const serverCertificateActions = (iam: Iam) => [
  action<sdk.UploadServerCertificateCommandInput>('UploadServerCertificate', async (input, call) => {
    const certificate = await iam.uploadServerCertificate(call, {
      certificateName: input.ServerCertificateName,
      path: input.Path,
      body: input.CertificateBody,
      privateKey: requiredSecret('privateKey', input.PrivateKey),
      chain: input.CertificateChain,
      tags: tagsIn(input.Tags),
    })
    return { ServerCertificateMetadata: metadataOf(certificate), Tags: tagsOut(certificate.tags) }
  }),
  action<sdk.GetServerCertificateCommandInput>('GetServerCertificate', async (input, call) => {
    const certificate = await iam.getServerCertificate(call, { certificateName: input.ServerCertificateName })
    return {
      ServerCertificate: {
        ServerCertificateMetadata: metadataOf(certificate),
        CertificateBody: certificate.body,
        CertificateChain: certificate.chain,
        Tags: tagList(certificate.tags),
      },
    }
  }),
  action<sdk.ListServerCertificatesCommandInput>('ListServerCertificates', async (input, call) => {
    const found = await iam.listServerCertificates(call, { ...pageIn(input), pathPrefix: input.PathPrefix })
    return { ServerCertificateMetadataList: found.items.map(metadataOf), ...pageOut(found) }
  }),
  action<sdk.UpdateServerCertificateCommandInput>('UpdateServerCertificate', async (input, call) => {
    await iam.updateServerCertificate(call, {
      certificateName: input.ServerCertificateName,
      newName: input.NewServerCertificateName,
      newPath: input.NewPath,
    })
    return {}
  }),
  action<sdk.DeleteServerCertificateCommandInput>('DeleteServerCertificate', async (input, call) => {
    await iam.deleteServerCertificate(call, { certificateName: input.ServerCertificateName })
    return {}
  }),
  action<sdk.TagServerCertificateCommandInput>('TagServerCertificate', async (input, call) => {
    const { ServerCertificateName: certificateName } = input
    await iam.tagServerCertificate(call, { certificateName, tags: tagsIn(input.Tags) ?? [] })
    return {}
  }),
  action<sdk.UntagServerCertificateCommandInput>('UntagServerCertificate', async (input, call) => {
    const { ServerCertificateName: certificateName, TagKeys: keys } = input
    await iam.untagServerCertificate(call, { certificateName, keys })
    return {}
  }),
  action<sdk.ListServerCertificateTagsCommandInput>('ListServerCertificateTags', async (input, call) => {
    const { ServerCertificateName: certificateName } = input
    const tags = await iam.listServerCertificateTags(call, { ...pageIn(input), certificateName })
    return { Tags: tagList(tags.items), ...pageOut(tags) }
  }),
]
