import { type AwsEndpoint, awsEndpoint } from '../aws/endpoint.ts'
import { iamActions } from '../aws/iam.ts'
import { stsActions } from '../aws/sts.ts'
import { auditRejectedRequests } from '../iam/audit/rejected-request-audit.ts'
import type { openDeniedRequests } from '../iam/audit/request-authorization-details.ts'
import { assumeRoleWithLdapIdentity } from '../sts/operation/ldap.ts'
import type { Refusals } from '../sts/refusals.ts'
import { clientAddressOf } from '../web/request/client-address.ts'
import { openDirectories } from './directories.ts'
import type { Federation } from './federation.ts'
import type { openIamUseCases } from './iam.ts'
import { type Infrastructure, now } from './infrastructure.ts'
import type { Sts } from './sts.ts'

interface AwsDependencies {
  /** The account of the people whom directories authenticate. */
  readonly accountId: string
  readonly iam: ReturnType<typeof openIamUseCases>
  readonly sts: Sts
  readonly federation: Pick<Federation, 'providers' | 'upstreams'>
  readonly readDenied: ReturnType<typeof openDeniedRequests>
  readonly refusals: Refusals
}

/** The AWS Query protocol, on the use cases of iam/ and sts/. */
export const openAws = (
  { config, issuer, log, trail }: Infrastructure,
  { accountId, iam, sts, federation, readDenied, refusals }: AwsDependencies,
): AwsEndpoint =>
  awsEndpoint({
    actions: {
      iam: iamActions(iam),
      sts: stsActions({
        ...sts,
        readDenied,
        assumeRoleWithLdapIdentity: assumeRoleWithLdapIdentity({
          ...sts,
          directories: openDirectories(federation.providers, federation.upstreams, accountId),
        }),
      }),
    },
    authenticate: sts.authenticate,
    audit: auditRejectedRequests(trail, (address) => refusals.admit(address) !== undefined),
    clock: now,
    clientAddress: clientAddressOf(config.trustedProxies),
    isSecure: () => issuer.startsWith('https:'),
    onBug: (err, requestId) => log.error({ err, requestId }, 'an AWS call failed'),
  })
