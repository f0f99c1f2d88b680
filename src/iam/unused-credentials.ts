// Kinds of credential that this server does not keep: SSH keys, signing and server certificates, service-specific
// credentials. Their lists are authorized as AWS does and are empty, because tools such as Terraform read them before
// they delete a user.
import { accountOf } from './arn.ts'
import { opened, userNameOr } from './authorization/authorized-principal.ts'
import type { Call } from './caller.ts'
import type { Parts } from './dependencies.ts'

interface OfUser {
  readonly userName?: string | undefined
}

export const unusedCredentials = (parts: Parts) => {
  const emptyListOf =
    (action: string) =>
    async (call: Call, { userName }: OfUser): Promise<void> => {
      await opened(parts, call, 'user', userNameOr(call, userName), action)
    }

  return {
    listSSHPublicKeys: emptyListOf('iam:ListSSHPublicKeys'),
    listSigningCertificates: emptyListOf('iam:ListSigningCertificates'),

    async listServiceSpecificCredentials(
      call: Call,
      { userName, allUsers }: OfUser & { readonly allUsers?: boolean | undefined },
    ): Promise<void> {
      const action = 'iam:ListServiceSpecificCredentials'
      if (allUsers === true) await parts.authorizer.authorize(call, action, '*')
      else await opened(parts, call, 'user', userNameOr(call, userName), action)
    },

    async listServerCertificates(
      call: Call,
      { pathPrefix = '/' }: { readonly pathPrefix?: string | undefined },
    ): Promise<void> {
      const resource = `arn:aws:iam::${accountOf(call.caller)}:server-certificate${pathPrefix}`
      await parts.authorizer.authorize(call, 'iam:ListServerCertificates', resource)
    },
  }
}
