// Amazon resource names (ARNs) of IAM resources (IAM User Guide, "IAM identifiers").
import { Problem } from '../problem.ts'
import { issuerWithoutScheme } from '../secure/issuer-name.ts'
import type { Caller, ClientCaller } from './caller.ts'

interface Named {
  readonly accountId: string
  readonly path: string
  readonly name: string
}

const iamArn = (type: string) => (of: Named) => `arn:aws:iam::${of.accountId}:${type}${of.path}${of.name}`

export const userArn = iamArn('user')
export const groupArn = iamArn('group')
export const roleArn = iamArn('role')
export const instanceProfileArn = iamArn('instance-profile')
export const serverCertificateArn = iamArn('server-certificate')
export const policyArn = iamArn('policy')
/** Also the serial number of a virtual MFA device. */
export const mfaArn = iamArn('mfa')
export const rootArn = (accountId: string) => `arn:aws:iam::${accountId}:root`

/** `issuer` with its https://; the ARN leaves it out (API reference: CreateOpenIDConnectProvider). */
export const openIdProviderArn = (accountId: string, issuer: string) =>
  `arn:aws:iam::${accountId}:oidc-provider/${issuerWithoutScheme(issuer)}`

export const samlProviderArn = (accountId: string, name: string) =>
  `arn:aws:iam::${accountId}:saml-provider/${name}`

/**
 * The caller's account.
 * @throws Problem('missing_credentials') for an anonymous caller
 */
export function accountOf(caller: Caller | ClientCaller): string {
  if (caller.kind === 'anonymous')
    throw new Problem('missing_credentials', 'Request is missing Authentication Token')
  return caller.accountId
}
