// AWS's error messages, to the letter, because tools match on them (docs/policy-semantics.md).
import { isProblem, Problem } from '../problem.ts'

const notFound = {
  user: (name: string) => `The user with name ${name} cannot be found.`,
  group: (name: string) => `The group with name ${name} cannot be found.`,
  role: (name: string) => `The role with name ${name} cannot be found.`,
  instanceProfile: (name: string) => `Instance Profile ${name} cannot be found.`,
  passwordPolicy: (accountId: string) => `The Password Policy with domain name ${accountId} cannot be found.`,
  passwordPolicyToDelete: (_: string) => 'The account policy with name PasswordPolicy cannot be found.',
  userPolicy: (name: string) => `The user policy with name ${name} cannot be found.`,
  groupPolicy: (name: string) => `The group policy with name ${name} cannot be found.`,
  rolePolicy: (name: string) => `The role policy with name ${name} cannot be found.`,
  policy: (arn: string) => `Policy ${arn} was not found.`,
  /** For attaching it, and for what it is attached to. */
  policyToAttach: (arn: string) => `Policy ${arn} does not exist or is not attachable.`,
  boundary: (arn: string) => `Scope ARN: ${arn} does not exist or is not attachable.`,
  accessKey: (id: string) => `The Access Key with id ${id} cannot be found.`,
  loginProfile: (name: string) => `Login Profile for User ${name} cannot be found.`,
  mfaDevice: (serial: string) => `MFA Device with serial number ${serial} does not exist.`,
  mfaOfUser: (serial: string) => `MFA Device invalid for user. Serial number: ${serial}`,
  openIdProvider: (arn: string) => `OpenIDConnect Provider not found for arn ${arn}`,
  openIdProviderToDelete: (arn: string) => `OpenId connect Provider ${arn} cannot be found.`,
  samlProvider: (arn: string) => `Manifest not found for arn ${arn}`,
  accountAlias: (alias: string) => `The account alias ${alias} cannot be found.`,
  sshPublicKey: (id: string) => `The Public Key with id ${id} cannot be found.`,
  signingCertificate: (id: string) => `The Certificate with id ${id} cannot be found.`,
  serviceSpecificCredential: (id: string) => `No such credential ${id} exists`,
  serverCertificate: (name: string) => `The Server Certificate with name ${name} cannot be found.`,
} as const

const taken = {
  user: (name: string) => `User with name ${name} already exists.`,
  group: (name: string) => `Group with name ${name} already exists.`,
  role: (name: string) => `Role with name ${name} already exists.`,
  instanceProfile: (name: string) => `Instance Profile ${name} already exists.`,
  policy: (name: string) => `A policy called ${name} already exists. Duplicate names are not allowed.`,
  loginProfile: (name: string) => `Login Profile for user ${name} already exists.`,
  mfaDevice: (_: string) => 'MFA device already exists.',
  mfaOfSameUser: (user: string) => `MFA Device for user ${user} already exists.`,
  mfaInUse: (_: string) => 'MFA Device is already in use.',
  openIdProvider: (url: string) => `Provider with url ${url} already exists.`,
  samlProvider: (name: string) => `Provider with name ${name} already exists.`,
  accountAlias: (alias: string) => `The account alias ${alias} already exists.`,
  serverCertificate: (name: string) => `The Server Certificate with name ${name} already exists.`,
} as const

const deleteConflicts = {
  attached: 'Cannot delete entity, must detach all policies first.',
  roleInProfile: 'Cannot delete entity, must remove roles from instance profile first.',
  inline: 'Cannot delete entity, must delete policies first.',
  accessKeys: 'Cannot delete entity, must delete access keys first.',
  mfaDevice: 'Cannot delete entity, must remove tokens from principal first.',
  sshPublicKeys: 'Cannot delete entity, must delete SSH public keys first.',
  signingCertificates: 'Cannot delete entity, must delete certificates first.',
  serviceSpecificCredentials:
    'Cannot delete entity, must remove referenced objects first. These are service-specific credentials.',
  loginProfile: 'Cannot delete entity, must delete login profile first.',
  // AWS uses the same message for a user in groups and for a group with users.
  membership: 'Cannot delete entity, must remove users from group first.',
  policyAttached: 'Cannot delete a policy attached to entities.',
  policyVersions:
    "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
  defaultVersion: 'Cannot delete the default version of a policy.',
  mfaEnabled: 'MFA VirtualDevice in use. Must deactivate first.',
} as const

export const noSuch = (what: keyof typeof notFound, name: string) =>
  new Problem('not_found', notFound[what](name))

/** A version that does not exist, of a policy that exists or not. */
export const noSuchVersion = (arn: string, version: string) =>
  new Problem('not_found', `Policy ${arn} version ${version} does not exist or is not attachable.`)

/** For detaching a policy that is not attached. */
export const notAttached = (arn: string) => new Problem('not_found', `Policy ${arn} was not found.`)

export const alreadyExists = (what: keyof typeof taken, name: string) =>
  new Problem('conflict', taken[what](name))

export const deleteConflict = (what: keyof typeof deleteConflicts) =>
  new Problem('delete_conflict', deleteConflicts[what])

/**
 * Waits for a `create`, and replaces the store's conflict error with AWS's message.
 * @throws Problem('conflict') when the unique field is taken
 */
export async function createUnique<T>(work: Promise<T>, what: keyof typeof taken, name: string): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isProblem(error, 'conflict')) throw alreadyExists(what, name)
    throw error
  }
}
