// STS on the AWS wire: a table from action to use case, and the two spellings of what they take and give.
import type * as sdk from '@aws-sdk/client-sts'
import type { AssumedRole, AssumeRole } from '../sts/assume-role.ts'
import { getCallerIdentity } from '../sts/get-caller-identity.ts'
import type { AssumeRoleWithSaml } from '../sts/saml.ts'
import type { AssumeRoleWithWebIdentity } from '../sts/web-identity.ts'
import { type AwsActions, action, type Checked } from './action.ts'

export interface StsUseCases {
  readonly assumeRole: AssumeRole
  readonly assumeRoleWithSaml: AssumeRoleWithSaml
  readonly assumeRoleWithWebIdentity: AssumeRoleWithWebIdentity
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

const assumedAnswer = ({ credentials, assumedRoleUser, packedPolicySize, sourceIdentity }: AssumedRole) =>
  ({
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey.reveal(),
      SessionToken: credentials.sessionToken,
      Expiration: new Date(credentials.expiration * 1000),
    },
    AssumedRoleUser: { Arn: assumedRoleUser.arn, AssumedRoleId: assumedRoleUser.assumedRoleId },
    PackedPolicySize: packedPolicySize,
    SourceIdentity: sourceIdentity,
  }) satisfies sdk.AssumeRoleResponse
