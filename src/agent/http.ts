// Outgoing requests of the agent, bounded in time and size; redirects are not followed.
import { Problem } from '../problem.ts'
import { type ConnectionFault, connectionFault } from './connection-fault.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** What the request is for, in messages. */
  readonly purpose: string
}

export interface HttpAnswer {
  readonly status: number
  readonly text: string
}

/** Sends a request. @throws Problem('unavailable') when there is no complete answer */
export type SendRequest = (request: HttpRequest) => Promise<HttpAnswer>

/** Milliseconds for a whole request. */
const timeout = 10_000
/** Bytes of an answer. */
const largest = 262_144

export const sendRequest: SendRequest = async ({ method, url, headers, body, purpose }) => {
  try {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
      ...(headers !== undefined && { headers }),
      ...(body !== undefined && { body }),
    })
    return { status: response.status, text: await boundedText(response) }
  } catch (cause) {
    const { why, remedy } = URL.canParse(url) ? connectionFault(url, cause) : unreadable
    throw new Problem(
      'unavailable',
      `${purpose}: cannot reach \`${originOf(url)}\` (${why})${remedy === undefined ? '' : `: ${remedy}`}`,
      { cause },
    )
  }
}

async function boundedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > largest) throw new Error(`answer larger than ${largest} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

const originOf = (url: string): string => URL.parse(url)?.origin ?? url

const unreadable: ConnectionFault = { why: 'it is not a URL', remedy: undefined }

/** A JSON object, or an empty one for any other text. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch {}
  return {}
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
