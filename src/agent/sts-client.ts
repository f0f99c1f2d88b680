// Obtains the credentials of a role: AssumeRoleWithWebIdentity for a token, AssumeRole for an access key.
import type { Credentials } from '../verify/client.ts'
import { type AwsEndpoint, callAws, textIn, timeIn } from './aws-call.ts'
import type { SessionCredentials } from './session-credentials.ts'

export interface RoleRequest {
  readonly roleArn: string
  readonly sessionName: string
  /** Seconds; undefined: an hour. */
  readonly duration: number | undefined
}

/** What proves who the workload is. */
export type Proof =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'access-key'; readonly credentials: Credentials }

/** @throws those of `callAws` */
export async function assumeRole(
  endpoint: AwsEndpoint,
  proof: Proof,
  { roleArn, sessionName, duration }: RoleRequest,
): Promise<SessionCredentials> {
  const result = await callAws(endpoint, {
    service: 'sts',
    action: proof.kind === 'token' ? 'AssumeRoleWithWebIdentity' : 'AssumeRole',
    parameters: {
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      DurationSeconds: duration?.toString(),
      WebIdentityToken: proof.kind === 'token' ? proof.token : undefined,
    },
    credentials: proof.kind === 'token' ? undefined : proof.credentials,
  })
  const { Credentials: found } = result
  return {
    accessKeyId: textIn(found, 'AccessKeyId'),
    secretAccessKey: textIn(found, 'SecretAccessKey'),
    sessionToken: textIn(found, 'SessionToken'),
    expiration: timeIn(found, 'Expiration'),
    roleArn,
  }
}
