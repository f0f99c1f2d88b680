// A call of the AWS Query protocol with a JSON answer, signed with an access key where the action requires it.
import { Problem, type ProblemCode } from '../problem.ts'
import { type Credentials, signRequest } from '../verify/client.ts'
import { isObject, jsonObject, type SendRequest } from './http.ts'

export interface AwsCall {
  readonly service: 'sts' | 'iam'
  readonly action: string
  readonly parameters: Readonly<Record<string, string | undefined>>
  /** Undefined: not signed. */
  readonly credentials: Credentials | undefined
}

export interface AwsEndpoint {
  /** Origin of the server. */
  readonly url: string
  readonly region: string
  /** Epoch seconds. */
  readonly now: () => number
  readonly send: SendRequest
}

const versions = { sts: '2011-06-15', iam: '2010-05-08' } as const

/** Codes of refusals that a caller of this file distinguishes; every other one is `denied`. */
const codes: ReadonlyMap<string, ProblemCode> = new Map([
  ['NoSuchEntity', 'not_found'],
  ['LimitExceeded', 'limit_exceeded'],
  ['InvalidClientTokenId', 'unauthenticated'],
  ['Throttling', 'unavailable'],
])

/**
 * Returns the members of `<Action>Result`.
 * @throws Problem('unavailable') when the server cannot be reached or is overloaded; else a Problem with the server's message
 */
export async function callAws(
  { url, region, now, send }: AwsEndpoint,
  { service, action, parameters, credentials }: AwsCall,
): Promise<Readonly<Record<string, unknown>>> {
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const body = new URLSearchParams([['Action', action], ['Version', versions[service]], ...given]).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  const answer = await send({
    method: 'POST',
    url: `${url}/`,
    headers:
      credentials === undefined
        ? headers
        : signRequest({
            method: 'POST',
            url: `${url}/`,
            headers,
            body,
            credentials,
            region,
            service,
            now: now(),
          }),
    body,
    purpose: action,
  })
  const parsed = jsonObject(answer.text)
  if (answer.status !== 200) throw refusal(action, answer.status, parsed)
  const response = parsed[`${action}Response`]
  const result = isObject(response) ? response[`${action}Result`] : undefined
  return isObject(result) ? result : {}
}

function refusal(action: string, status: number, parsed: Readonly<Record<string, unknown>>): Problem {
  const error = isObject(parsed['Error']) ? parsed['Error'] : {}
  const code = typeof error['Code'] === 'string' ? error['Code'] : ''
  const message = typeof error['Message'] === 'string' ? error['Message'] : `status ${status}`
  const kind = codes.get(code) ?? (status >= 500 || status === 429 ? 'unavailable' : 'denied')
  return new Problem(kind, code === '' ? `${action}: ${message}` : `${action}: ${code}: ${message}`)
}

/** A text member of a result. @throws Problem('unavailable') when it is absent */
export function textIn(result: unknown, name: string): string {
  const value = isObject(result) ? result[name] : undefined
  if (typeof value === 'string' && value !== '') return value
  throw new Problem('unavailable', `the server's answer has no \`${name}\``)
}

/** A time of a result in epoch seconds: our server writes a number, AWS a number too. @throws Problem('unavailable') */
export function timeIn(result: unknown, name: string): number {
  const value = isObject(result) ? result[name] : undefined
  if (typeof value === 'number' && Number.isFinite(value)) return Math.floor(value)
  throw new Problem('unavailable', `the server's answer has no \`${name}\``)
}
