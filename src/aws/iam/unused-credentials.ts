// Lists of credentials that this server does not keep: always empty, in AWS's shapes.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { action } from '../action.ts'

const empty = <List extends string>(list: List) => ({ [list]: [], IsTruncated: false })

export const unusedCredentialActions = (iam: Iam) => [
  action<sdk.ListSSHPublicKeysCommandInput>('ListSSHPublicKeys', async ({ UserName: userName }, call) => {
    await iam.listSSHPublicKeys(call, { userName })
    return empty('SSHPublicKeys')
  }),
  action<sdk.ListSigningCertificatesCommandInput>(
    'ListSigningCertificates',
    async ({ UserName: userName }, call) => {
      await iam.listSigningCertificates(call, { userName })
      return empty('Certificates')
    },
  ),
  action<sdk.ListServiceSpecificCredentialsCommandInput>(
    'ListServiceSpecificCredentials',
    async ({ UserName: userName, AllUsers: allUsers }, call) => {
      await iam.listServiceSpecificCredentials(call, { userName, allUsers })
      return empty('ServiceSpecificCredentials')
    },
  ),
  action<sdk.ListServerCertificatesCommandInput>(
    'ListServerCertificates',
    async ({ PathPrefix: pathPrefix }, call) => {
      await iam.listServerCertificates(call, { pathPrefix })
      return empty('ServerCertificateMetadataList')
    },
  ),
]
