// IAM: who there is in an account and what they may do. Owns users, groups, roles, policies, access keys, MFA devices,
// login profiles, outside providers, and the one authorisation of the whole product (authorize.ts). It does not read
// signatures or tokens (sts/), show pages (sign-in/, console/) or know the AWS wire (aws/).
// The path through it: a use case is given the caller and typed input, asks authorize.ts, changes one record by
// compare-and-swap, and is on record (with-audit.ts) before it answers.
import { accessKeys } from './access-keys.ts'
import { account } from './account.ts'
import { authorizationDetails } from './authorization-details.ts'
import { credentialReport } from './credential-report.ts'
import type { Parts } from './dependencies.ts'
import { groups } from './groups.ts'
import { inlinePolicies } from './inline-policies.ts'
import { instanceProfiles } from './instance-profiles.ts'
import { attachments } from './managed-policy/attachments.ts'
import { boundaries } from './managed-policy/boundaries.ts'
import { managedPolicies } from './managed-policy/managed-policies.ts'
import { policyTags } from './managed-policy/tags.ts'
import { policyVersions } from './managed-policy/versions.ts'
import { mfaDevices } from './mfa/devices.ts'
import { accountPasswordPolicy } from './password/account-password-policy.ts'
import { loginProfiles } from './password/login-profiles.ts'
import { principalTags } from './principal-tags.ts'
import { providers } from './provider/openid-providers.ts'
import { samlProviders } from './provider/saml-providers.ts'
import { roles } from './roles.ts'
import { simulations } from './simulation/simulate.ts'
import { unusedCredentials } from './unused-credentials.ts'
import { users } from './users.ts'
import { audited, type Trail } from './with-audit.ts'

const useCases = (parts: Parts) => ({
  ...users(parts),
  ...groups(parts),
  ...roles(parts),
  ...instanceProfiles(parts),
  ...inlinePolicies(parts),
  ...managedPolicies(parts),
  ...policyVersions(parts),
  ...policyTags(parts),
  ...attachments(parts),
  ...boundaries(parts),
  ...principalTags(parts),
  ...accessKeys(parts),
  ...mfaDevices(parts),
  ...loginProfiles(parts),
  ...accountPasswordPolicy(parts),
  ...unusedCredentials(parts),
  ...providers(parts),
  ...samlProviders(parts),
  ...account(parts),
  ...credentialReport(parts),
  ...authorizationDetails(parts),
  ...simulations(parts),
})

export type Iam = ReturnType<typeof useCases>

/** All use cases, each on record. */
export const openIam = (parts: Parts, trail: Trail): Iam => audited(trail, 'iam', useCases(parts))
