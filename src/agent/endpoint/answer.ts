// Requests and answers of the agent's endpoint, as values.
import type { IncomingHttpHeaders } from 'node:http'

export interface EndpointRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The user that connected; undefined when it cannot be determined. */
  readonly user: () => number | undefined
}

export interface EndpointAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export const json = (status: number, value: object): EndpointAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

export const text = (
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): EndpointAnswer => ({ status, headers: { 'content-type': 'text/plain', ...headers }, body })
