// All IAM use cases. iam/ owns users, groups, roles, policies, access keys, MFA devices, login profiles and identity providers,
// and the authorization of every request to the product (authorization/authorize.ts). It does not read signatures or tokens
// (sts/), show pages (sign-in/, account/) or know the AWS protocol (aws/).
// A use case takes the call and typed input, is authorized, changes one record by compare-and-swap, and returns after its audit
// entry is durable (audit/with-audit.ts).
import { AccessReads } from './access/read-access.ts'
import { AroundReads } from './access/read-around.ts'
import { AttachmentReads } from './access/read-attachment.ts'
import { AccountAliasAndSummary } from './account/account.ts'
import { outboundFederation } from './account/outbound-federation.ts'
import { audited, type Trail } from './audit/with-audit.ts'
import type { IamDependencies } from './dependencies.ts'
import { Groups } from './groups.ts'
import { attachments } from './managed-policy/attachments.ts'
import { boundaries } from './managed-policy/boundaries.ts'
import { ManagedPolicies } from './managed-policy/managed-policies.ts'
import { PolicyTags } from './managed-policy/tags.ts'
import { PolicyVersions } from './managed-policy/versions.ts'
import { MfaDevices } from './mfa/devices.ts'
import { operationsOf } from './operations.ts'
import { AccountPasswordPolicy } from './password/account-password-policy.ts'
import { LoginProfiles } from './password/login-profiles.ts'
import { inlinePolicies } from './policy-document/inline-policies.ts'
import { principalTags } from './principal-tags.ts'
import { OpenIdProviders } from './provider/openid-providers.ts'
import { SamlProviders } from './provider/saml-providers.ts'
import { AuthorizationDetails } from './report/authorization-details.ts'
import { CredentialReports } from './report/credential-report.ts'
import { InstanceProfiles } from './role/instance-profiles.ts'
import { Roles } from './role/roles.ts'
import { ServiceLinkedRoles } from './role/service-linked-roles.ts'
import { ServerCertificates } from './server-certificates.ts'
import { policiesGrantingAccess } from './service-access/policies-granting-access.ts'
import { ServiceAccessReports } from './service-access/reports.ts'
import { Simulations } from './simulation/simulate.ts'
import { AccessKeys } from './user-credential/access-keys.ts'
import { ServiceSpecificCredentials } from './user-credential/service-specific-credentials.ts'
import { SigningCertificates } from './user-credential/signing-certificates.ts'
import { SshPublicKeys } from './user-credential/ssh-public-keys.ts'
import { Users } from './users.ts'

const useCases = (deps: IamDependencies) => ({
  ...operationsOf(new Users(deps)),
  ...operationsOf(new Groups(deps)),
  ...operationsOf(new Roles(deps)),
  ...operationsOf(new ServiceLinkedRoles(deps)),
  ...operationsOf(new InstanceProfiles(deps)),
  ...inlinePolicies(deps),
  ...operationsOf(new ManagedPolicies(deps)),
  ...operationsOf(new PolicyVersions(deps)),
  ...operationsOf(new PolicyTags(deps)),
  ...attachments(deps),
  ...boundaries(deps),
  ...principalTags(deps),
  ...operationsOf(new AccessKeys(deps)),
  ...operationsOf(new MfaDevices(deps)),
  ...operationsOf(new LoginProfiles(deps)),
  ...operationsOf(new AccountPasswordPolicy(deps)),
  ...operationsOf(new SshPublicKeys(deps)),
  ...operationsOf(new SigningCertificates(deps)),
  ...operationsOf(new ServiceSpecificCredentials(deps)),
  ...operationsOf(new ServerCertificates(deps)),
  ...operationsOf(new OpenIdProviders(deps)),
  ...operationsOf(new SamlProviders(deps)),
  ...operationsOf(new AccountAliasAndSummary(deps)),
  ...outboundFederation(deps),
  ...operationsOf(new CredentialReports(deps)),
  ...operationsOf(new AuthorizationDetails(deps)),
  ...operationsOf(new ServiceAccessReports(deps)),
  ...policiesGrantingAccess(deps),
  ...operationsOf(new Simulations(deps)),
  ...operationsOf(new AccessReads(deps)),
  ...operationsOf(new AroundReads(deps)),
  ...operationsOf(new AttachmentReads(deps)),
})

export type Iam = ReturnType<typeof useCases>

/** All use cases, each of which writes an audit entry. */
export const openIam = (deps: IamDependencies, trail: Trail): Iam => audited(trail, 'iam', useCases(deps))
