// Requests for services of AWS that are not here. AWS_ENDPOINT_URL sends every service to one server, so they are a common mistake.
import type { IncomingMessage } from 'node:http'
import { Problem } from '../problem.ts'

/** The service in the credential scope of a signed request (Signature Version 4, "Create a signed request"). */
const scope = /^AWS4-[A-Z0-9-]{1,40} +Credential=[^,]{1,256}?\/([a-z0-9-]{1,64})\/aws4_request(?:,|$)/

/** Whether the header signs for a service that is not answered by the Query protocol here; its name. */
export function otherService(req: IncomingMessage): string | undefined {
  const service = scope.exec(req.headers.authorization ?? '')?.[1]
  return service === 'sts' || service === 'iam' ? undefined : service
}

export const notHere = (service: string): Problem =>
  new Problem(
    'unsupported_action',
    `This server answers requests for sts and iam, and this one is signed for ${service}. AWS_ENDPOINT_URL sends every service here: set AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL_IAM instead`,
  )
