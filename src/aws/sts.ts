// The STS actions of the AWS Query protocol: a table from action to use case, with the conversion of their input and output.
import type * as sdk from '@aws-sdk/client-sts'
import type { GetAccessKeyInfo } from '../sts/access-key-info.ts'
import type { AssumedRole, AssumeRole } from '../sts/assume-role.ts'
import { getCallerIdentity } from '../sts/get-caller-identity.ts'
import type { GetScopedCredentials, GetSessionToken } from '../sts/own-session.ts'
import type { AssumeRoleWithSaml } from '../sts/saml.ts'
import type { AssumeRoleWithWebIdentity } from '../sts/web-identity.ts'
import { type AwsActions, action, type Checked } from './action.ts'

export interface StsUseCases {
  readonly assumeRole: AssumeRole
  readonly assumeRoleWithSaml: AssumeRoleWithSaml
  readonly assumeRoleWithWebIdentity: AssumeRoleWithWebIdentity
  readonly getSessionToken: GetSessionToken
  readonly getScopedCredentials: GetScopedCredentials
  readonly getAccessKeyInfo: GetAccessKeyInfo
}

export const stsActions = (sts: StsUseCases): AwsActions =>
  new Map([
    action<sdk.AssumeRoleCommandInput>('AssumeRole', async (input, { caller, circumstances }) => {
      const request = {
        ...sessionRequest(input),
        externalId: input.ExternalId,
        serialNumber: input.SerialNumber,
        tokenCode: input.TokenCode,
        sourceIdentity: input.SourceIdentity,
        tags: (input.Tags as Checked<sdk.Tag>[] | undefined)?.map((tag) => ({
          key: tag.Key,
          value: tag.Value,
        })),
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
    action<sdk.GetCallerIdentityCommandInput>('GetCallerIdentity', async (_input, { caller }) => {
      const { userId, account, arn } = getCallerIdentity(caller)
      return { UserId: userId, Account: account, Arn: arn } satisfies sdk.GetCallerIdentityResponse
    }),
    action<sdk.GetSessionTokenCommandInput>('GetSessionToken', async (input, { caller, circumstances }) => {
      const request = {
        durationSeconds: input.DurationSeconds,
        serialNumber: input.SerialNumber,
        tokenCode: input.TokenCode,
      }
      const credentials = await sts.getSessionToken(request, caller, circumstances)
      return { Credentials: credentialsOut(credentials) } satisfies sdk.GetSessionTokenResponse
    }),
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
    action<sdk.GetAccessKeyInfoCommandInput>('GetAccessKeyInfo', async (input, call) => ({
      Account: await sts.getAccessKeyInfo(call, input.AccessKeyId),
    })),
  ])

const sessionRequest = (
  input: Checked<sdk.AssumeRoleCommandInput> | Checked<sdk.AssumeRoleWithWebIdentityCommandInput>,
) => ({ ...commonRequest(input), roleSessionName: input.RoleSessionName })

type Common = Pick<sdk.AssumeRoleCommandInput, 'RoleArn' | 'Policy' | 'PolicyArns' | 'DurationSeconds'>

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
