// An access key as the source: the role is assumed directly, or is the role of an instance profile.
import { Problem } from '../../problem.ts'
import type { Credentials } from '../../verify/client.ts'
import { type AwsEndpoint, callAws, textIn } from '../aws-call.ts'
import { isObject } from '../http.ts'

/** Reads the access key again for every use, because it may have been rotated. */
export type ReadAccessKey = () => Promise<Credentials>

/**
 * The ARN of the role in an instance profile (IAM API: GetInstanceProfile).
 * @throws Problem('not_found') when there is no such profile or it has no role; those of `callAws`
 */
export async function roleOfInstanceProfile(
  endpoint: AwsEndpoint,
  credentials: Credentials,
  name: string,
): Promise<string> {
  const { InstanceProfile: profile } = await callAws(endpoint, {
    service: 'iam',
    action: 'GetInstanceProfile',
    parameters: { InstanceProfileName: name },
    credentials,
  })
  const roles = isObject(profile) && Array.isArray(profile['Roles']) ? profile['Roles'] : []
  if (roles.length === 0) throw new Problem('not_found', `the instance profile \`${name}\` has no role`)
  return textIn(roles[0], 'Arn')
}
