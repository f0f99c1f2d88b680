// The container credentials endpoint (AWS SDKs and Tools Reference Guide, "Container credential provider"): the SDK sends the
// token of AWS_CONTAINER_AUTHORIZATION_TOKEN(_FILE) to AWS_CONTAINER_CREDENTIALS_FULL_URI.
import type { Secret } from '../../verify/client.ts'
import { isoTime, type SessionCredentials } from '../session-credentials.ts'
import type { EndpointAnswer, EndpointRequest } from './answer.ts'
import { json } from './answer.ts'

export const containerPath = '/credentials'

export interface ContainerDependencies {
  readonly authorization: Secret
  readonly current: () => Promise<SessionCredentials>
}

export async function answerContainer(
  { method, headers }: EndpointRequest,
  { authorization, current }: ContainerDependencies,
): Promise<EndpointAnswer> {
  if (method !== 'GET') return json(405, { code: 'MethodNotAllowed', message: 'only GET is served here' })
  if (!authorization.equals(headers.authorization ?? ''))
    return json(401, {
      code: 'Unauthorized',
      message: 'the Authorization header must be the token of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
    })
  const credentials = await current()
  return json(200, {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    Token: credentials.sessionToken,
    Expiration: isoTime(credentials.expiration),
    RoleArn: credentials.roleArn,
    AccountId: credentials.roleArn.split(':')[4],
  })
}
