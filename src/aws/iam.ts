// The IAM actions of the AWS Query protocol. Each calls one use case of iam/; an action that is not listed is refused with
// InvalidAction.
import type { Iam } from '../iam/iam.ts'
import type { AwsActions } from './action.ts'
import { accountActions } from './iam/account.ts'
import { bearerPolicyActions } from './iam/bearer-policies.ts'
import { credentialActions } from './iam/credentials.ts'
import { groupActions } from './iam/groups.ts'
import { instanceProfileActions } from './iam/instance-profiles.ts'
import { managedPolicyActions } from './iam/managed-policies.ts'
import { mfaDeviceActions } from './iam/mfa-devices.ts'
import { outboundFederationActions } from './iam/outbound-federation.ts'
import { passwordPolicyActions } from './iam/password-policy.ts'
import { providerActions } from './iam/providers.ts'
import { roleActions } from './iam/roles.ts'
import { samlProviderActions } from './iam/saml-providers.ts'
import { serverCertificateActions } from './iam/server-certificates.ts'
import { serviceAccessActions } from './iam/service-access.ts'
import { serviceLinkedRoleActions } from './iam/service-linked-roles.ts'
import { simulationActions } from './iam/simulations.ts'
import { userCredentialActions } from './iam/user-credentials.ts'
import { userActions } from './iam/users.ts'

export const iamActions = (iam: Iam): AwsActions =>
  new Map([
    ...userActions(iam),
    ...groupActions(iam),
    ...roleActions(iam),
    ...serviceLinkedRoleActions(iam),
    ...instanceProfileActions(iam),
    ...bearerPolicyActions(iam),
    ...managedPolicyActions(iam),
    ...credentialActions(iam),
    ...passwordPolicyActions(iam),
    ...userCredentialActions(iam),
    ...serverCertificateActions(iam),
    ...mfaDeviceActions(iam),
    ...providerActions(iam),
    ...samlProviderActions(iam),
    ...accountActions(iam),
    ...serviceAccessActions(iam),
    ...outboundFederationActions(iam),
    ...simulationActions(iam),
  ])
