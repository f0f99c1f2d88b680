// STS on the AWS wire: a table from action to use case, and the two spellings of what they take and give.
import type {
  AssumeRoleCommandInput,
  AssumeRoleResponse,
  AssumeRoleWithWebIdentityCommandInput,
  AssumeRoleWithWebIdentityResponse,
  GetCallerIdentityResponse,
} from '@aws-sdk/client-sts'
import type { AssumedRole, AssumeRole } from '../sts/assume-role.ts'
import { getCallerIdentity } from '../sts/get-caller-identity.ts'
import type { AssumeRoleRequest } from '../sts/input.ts'
import type { AssumeRoleWithWebIdentity } from '../sts/web-identity.ts'
import type { AwsAction, AwsActions, AwsCall } from './action.ts'

export interface StsUseCases {
  readonly assumeRole: AssumeRole
  readonly assumeRoleWithWebIdentity: AssumeRoleWithWebIdentity
}

/** The model has checked required members and types before an action runs. */
const typed =
  <Input, Output extends object>(run: (input: Input, call: AwsCall) => Promise<Output> | Output): AwsAction =>
  async (input, call) =>
    run(input as Input, call)

export function stsActions(sts: StsUseCases): AwsActions {
  return new Map<string, AwsAction>([
    [
      'AssumeRole',
      typed(async (input: AssumeRoleCommandInput, { caller, circumstances }) =>
        assumedAnswer(await sts.assumeRole(assumeRoleRequest(input), caller, circumstances)),
      ),
    ],
    [
      'AssumeRoleWithWebIdentity',
      typed(async (input: AssumeRoleWithWebIdentityCommandInput, { circumstances }) => {
        const request = {
          ...sessionRequest(input),
          webIdentityToken: input.WebIdentityToken!,
          providerId: input.ProviderId,
        }
        const assumed = await sts.assumeRoleWithWebIdentity(request, circumstances)
        return {
          ...assumedAnswer(assumed),
          SubjectFromWebIdentityToken: assumed.subjectFromWebIdentityToken,
          Provider: assumed.provider,
          Audience: assumed.audience,
        } satisfies AssumeRoleWithWebIdentityResponse
      }),
    ],
    [
      'GetCallerIdentity',
      typed((_input: object, { caller }) => {
        const { userId, account, arn } = getCallerIdentity(caller)
        return { UserId: userId, Account: account, Arn: arn } satisfies GetCallerIdentityResponse
      }),
    ],
  ])
}

const sessionRequest = (input: AssumeRoleCommandInput | AssumeRoleWithWebIdentityCommandInput) => ({
  roleArn: input.RoleArn!,
  roleSessionName: input.RoleSessionName!,
  policy: input.Policy,
  policyArns: input.PolicyArns?.map(({ arn }) => arn ?? ''),
  durationSeconds: input.DurationSeconds,
})

const assumeRoleRequest = (input: AssumeRoleCommandInput): AssumeRoleRequest => ({
  ...sessionRequest(input),
  externalId: input.ExternalId,
  serialNumber: input.SerialNumber,
  tokenCode: input.TokenCode,
  sourceIdentity: input.SourceIdentity,
  tags: input.Tags?.map(({ Key, Value }) => ({ key: Key!, value: Value! })),
  transitiveTagKeys: input.TransitiveTagKeys,
})

function assumedAnswer({ credentials, assumedRoleUser, packedPolicySize, sourceIdentity }: AssumedRole) {
  return {
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey.reveal(),
      SessionToken: credentials.sessionToken,
      Expiration: new Date(credentials.expiration * 1000),
    },
    AssumedRoleUser: { Arn: assumedRoleUser.arn, AssumedRoleId: assumedRoleUser.assumedRoleId },
    PackedPolicySize: packedPolicySize,
    SourceIdentity: sourceIdentity,
  } satisfies AssumeRoleResponse
}
