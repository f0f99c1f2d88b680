// The STS actions of the AWS Query protocol. Each converts its input, calls one use case of sts/ and converts the result.
import type * as sdk from '@aws-sdk/client-sts'
import type { ReadDeniedRequest } from '../iam/audit/request-authorization-details.ts'
import { Problem } from '../problem.ts'
import type { GetAccessKeyInfo } from '../sts/operation/access-key-info.ts'
import type { AssumedRole, AssumeRole } from '../sts/operation/assume-role.ts'
import type { GetFederationToken } from '../sts/operation/federation-token.ts'
import { getCallerIdentity } from '../sts/operation/get-caller-identity.ts'
import type { AssumeRoleWithLdapIdentity } from '../sts/operation/ldap.ts'
import type { GetScopedCredentials, GetSessionToken } from '../sts/operation/own-session.ts'
import type { AssumeRoleWithSaml } from '../sts/operation/saml.ts'
import type { AssumeRoleWithWebIdentity } from '../sts/operation/web-identity.ts'
import type { GetWebIdentityToken } from '../sts/operation/web-identity-token.ts'
import { type AwsActions, action, type Checked } from './action.ts'
import { decodedMessage } from './authorization-details.ts'

export interface StsUseCases {
  readonly assumeRole: AssumeRole
  readonly assumeRoleWithSaml: AssumeRoleWithSaml
  readonly assumeRoleWithWebIdentity: AssumeRoleWithWebIdentity
  readonly assumeRoleWithLdapIdentity: AssumeRoleWithLdapIdentity
  readonly getSessionToken: GetSessionToken
  readonly getFederationToken: GetFederationToken
  readonly getScopedCredentials: GetScopedCredentials
  readonly getWebIdentityToken: GetWebIdentityToken
  readonly readDenied: ReadDeniedRequest
  readonly getAccessKeyInfo: GetAccessKeyInfo
}

export const stsActions = (sts: StsUseCases): AwsActions =>
  new Map([...roleActions(sts), ...ownCredentialActions(sts), ...informationActions(sts)])

/** Actions that assume a role. */
const roleActions = (sts: StsUseCases): AwsActions =>
  new Map([
    action<sdk.AssumeRoleCommandInput>('AssumeRole', async (input, { caller, circumstances }) => {
      const request = {
        ...sessionRequest(input),
        externalId: input.ExternalId,
        serialNumber: input.SerialNumber,
        tokenCode: input.TokenCode,
        sourceIdentity: input.SourceIdentity,
        tags: tagsOf(input.Tags),
        transitiveTagKeys: input.TransitiveTagKeys,
      }
      return assumedAnswer(await sts.assumeRole(request, caller, circumstances))
    }),
    action<sdk.AssumeRoleWithSAMLCommandInput>('AssumeRoleWithSAML', async (input, { circumstances }) => {
      const request = {
        ...commonRequest(input),
        principalArn: input.PrincipalArn,
        samlAssertion: input.SAMLAssertion,
      }
      const assumed = await sts.assumeRoleWithSaml(request, circumstances)
      return {
        ...assumedAnswer(assumed),
        Subject: assumed.subject,
        SubjectType: assumed.subjectType,
        Issuer: assumed.issuer,
        Audience: assumed.audience,
        NameQualifier: assumed.nameQualifier,
      } satisfies sdk.AssumeRoleWithSAMLResponse
    }),
    action<sdk.AssumeRoleWithWebIdentityCommandInput>(
      'AssumeRoleWithWebIdentity',
      async (input, { circumstances }) => {
        const { WebIdentityToken, ProviderId } = input
        const request = {
          ...sessionRequest(input),
          webIdentityToken: WebIdentityToken,
          providerId: ProviderId,
        }
        const assumed = await sts.assumeRoleWithWebIdentity(request, circumstances)
        return {
          ...assumedAnswer(assumed),
          SubjectFromWebIdentityToken: assumed.subjectFromWebIdentityToken,
          Provider: assumed.provider,
          Audience: assumed.audience,
        } satisfies sdk.AssumeRoleWithWebIdentityResponse
      },
    ),
    action<LdapInput>('AssumeRoleWithLDAPIdentity', async (input, { circumstances }) => {
      const request = {
        ...commonRequest(input),
        roleSessionName: input.RoleSessionName,
        providerArn: input.ProviderArn,
        ldapUsername: input.LDAPUsername,
        ldapPassword: input.LDAPPassword,
      }
      return assumedAnswer(await sts.assumeRoleWithLdapIdentity(request, circumstances))
    }),
  ])

/** Actions by which a caller gets other credentials, or a token, for itself. */
const ownCredentialActions = (sts: StsUseCases): AwsActions =>
  new Map([
    action<sdk.GetSessionTokenCommandInput>('GetSessionToken', async (input, { caller, circumstances }) => {
      const request = {
        durationSeconds: input.DurationSeconds,
        serialNumber: input.SerialNumber,
        tokenCode: input.TokenCode,
      }
      const credentials = await sts.getSessionToken(request, caller, circumstances)
      return { Credentials: credentialsOut(credentials) } satisfies sdk.GetSessionTokenResponse
    }),
    action<sdk.GetFederationTokenCommandInput>(
      'GetFederationToken',
      async (input, { caller, circumstances }) => {
        const request = {
          name: input.Name,
          policy: input.Policy,
          policyArns: input.PolicyArns?.map(({ arn }) => arn ?? ''),
          durationSeconds: input.DurationSeconds,
          tags: tagsOf(input.Tags),
        }
        const token = await sts.getFederationToken(request, caller, circumstances)
        return {
          Credentials: credentialsOut(token.credentials),
          FederatedUser: { FederatedUserId: token.federatedUserId, Arn: token.arn },
          // Unlike the responses of AssumeRole, this one has it without a policy too.
          PackedPolicySize: token.packedPolicySize ?? 0,
        } satisfies sdk.GetFederationTokenResponse
      },
    ),
    action<sdk.GetScopedCredentialsCommandInput>(
      'GetScopedCredentials',
      async (input, { caller, circumstances }) => {
        const request = {
          policy: input.Policy,
          durationSeconds: input.DurationSeconds,
          description: input.ScopedSessionDescription,
        }
        const scoped = await sts.getScopedCredentials(request, caller, circumstances)
        return {
          Credentials: credentialsOut(scoped.credentials),
          SessionInfo: { ScopedSessionId: scoped.sessionId, Arn: scoped.arn },
          ScopedPoliciesCount: scoped.scopedPolicies,
          SessionTokenSize: scoped.tokenSize,
          SessionTokenUtilization: scoped.tokenUtilization,
          SourceIdentity: scoped.sourceIdentity,
        } satisfies sdk.GetScopedCredentialsResponse
      },
    ),
    action<sdk.GetWebIdentityTokenCommandInput & OriginInput>('GetWebIdentityToken', async (input, call) => {
      const request = {
        audience: input.Audience,
        signingAlgorithm: input.SigningAlgorithm,
        durationSeconds: input.DurationSeconds,
        tags: tagsOf(input.Tags),
        subjectMode: input.SubjectMode,
        scope: input.Scope,
      }
      const { token, expiration } = await sts.getWebIdentityToken(call, request)
      return {
        WebIdentityToken: token,
        Expiration: new Date(expiration * 1000),
      } satisfies sdk.GetWebIdentityTokenResponse
    }),
  ])

/** Actions that only answer a question. */
const informationActions = (sts: StsUseCases): AwsActions =>
  new Map([
    action<sdk.GetCallerIdentityCommandInput>('GetCallerIdentity', async (_input, { caller }) => {
      const { userId, account, arn } = getCallerIdentity(caller)
      return { UserId: userId, Account: account, Arn: arn } satisfies sdk.GetCallerIdentityResponse
    }),
    action<sdk.DecodeAuthorizationMessageCommandInput>('DecodeAuthorizationMessage', async (input, call) => {
      const { EncodedMessage } = input
      const [denied] = await sts.readDenied(call, 'sts:DecodeAuthorizationMessage', EncodedMessage)
      if (denied === undefined)
        throw new Problem(
          'invalid_authorization_message',
          'Message is not valid: no denied request of this account has this authorization id',
        )
      return { DecodedMessage: decodedMessage(denied) } satisfies sdk.DecodeAuthorizationMessageResponse
    }),
    action<sdk.GetAccessKeyInfoCommandInput>('GetAccessKeyInfo', async (input, call) => ({
      Account: await sts.getAccessKeyInfo(call, input.AccessKeyId),
    })),
  ])

/** Members of the service model that the SDK of this release does not know. */
interface OriginInput {
  readonly SubjectMode?: string | undefined
  readonly Scope?: string | undefined
}

const tagsOf = (tags: readonly sdk.Tag[] | undefined) =>
  (tags as readonly Checked<sdk.Tag>[] | undefined)?.map(({ Key, Value }) => ({ key: Key, value: Value }))

const sessionRequest = (
  input: Checked<sdk.AssumeRoleCommandInput> | Checked<sdk.AssumeRoleWithWebIdentityCommandInput>,
) => ({ ...commonRequest(input), roleSessionName: input.RoleSessionName })

type Common = Pick<sdk.AssumeRoleCommandInput, 'RoleArn' | 'Policy' | 'PolicyArns' | 'DurationSeconds'>

/** The input of AssumeRoleWithLDAPIdentity (extensions.ts). */
interface LdapInput extends Common {
  readonly LDAPUsername: string | undefined
  readonly LDAPPassword: string | undefined
  readonly RoleSessionName?: string | undefined
  readonly ProviderArn?: string | undefined
}

const commonRequest = (input: Checked<Common>) => ({
  roleArn: input.RoleArn,
  policy: input.Policy,
  policyArns: input.PolicyArns?.map(({ arn }) => arn ?? ''),
  durationSeconds: input.DurationSeconds,
})

const credentialsOut = (credentials: AssumedRole['credentials']) => ({
  AccessKeyId: credentials.accessKeyId,
  SecretAccessKey: credentials.secretAccessKey.reveal(),
  SessionToken: credentials.sessionToken,
  Expiration: new Date(credentials.expiration * 1000),
})

const assumedAnswer = ({ credentials, assumedRoleUser, packedPolicySize, sourceIdentity }: AssumedRole) =>
  ({
    Credentials: credentialsOut(credentials),
    AssumedRoleUser: { Arn: assumedRoleUser.arn, AssumedRoleId: assumedRoleUser.assumedRoleId },
    PackedPolicySize: packedPolicySize,
    SourceIdentity: sourceIdentity,
  }) satisfies sdk.AssumeRoleResponse
