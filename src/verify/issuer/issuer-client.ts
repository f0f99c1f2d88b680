// The verifier's requests to its issuer: published keys, the signing key of a session, the policies of a role, revocations.
// Requests are signed with the service's own access key; responses are bounded in size and time.
import type { JsonWebKey } from 'node:crypto'
import { Problem } from '../../problem.ts'
import { isPolicyArn } from '../../secure/session/session-claims.ts'
import { signRequest } from '../../secure/sigv4/sign.ts'
import { type Settings, unreachable } from '../options.ts'

const timeoutMs = 5_000
const largest = 8 * 1_048_576

export interface NamedDocument {
  readonly name: string
  readonly document: string
}

/** The current policies of a role. */
export interface PolicyBundle {
  readonly version: string
  readonly documents: readonly NamedDocument[]
  /** An empty list is a boundary that allows nothing; undefined is no boundary. */
  readonly boundary: readonly NamedDocument[] | undefined
  /** The guardrails of the account; undefined: it has none. */
  readonly guardrails: readonly NamedDocument[] | undefined
  /** Tags of the role. They are principal tags of its sessions, unless the session has a tag with the same key. */
  readonly tags: readonly (readonly [key: string, value: string])[]
}

export interface IssuerClient {
  keys(): Promise<readonly JsonWebKey[]>
  /** The signing key for the session of `token`, derived for this date, region and service; `expiresAt` in epoch seconds. */
  signingKey(token: string, date: string): Promise<{ readonly key: Buffer; readonly expiresAt: number }>
  /**
   * The policies of a role or user by its unique id, or of a managed policy by its ARN. `held` is the version already held:
   * `unchanged` means that it is current.
   */
  policies(id: string, version: string, held: string | undefined): Promise<PolicyBundle | 'unchanged'>
  /** The JSON array of policy texts that a session token references by hash. */
  sessionPolicies(hash: string): Promise<string>
  /**
   * The signed revocation feed since `cursor`; the issuer may delay the response up to `wait` seconds until there is a
   * change.
   */
  revocations(cursor: string | undefined, wait: number, signal: AbortSignal): Promise<string>
}

interface Question {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly what: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly wait?: number
  readonly signal?: AbortSignal
}

export function createIssuerClient(settings: Settings): IssuerClient {
  const ask = async (question: Question, signed: boolean): Promise<{ status: number; text: string }> => {
    const url = settings.issuer + question.path
    const headers = {
      ...question.headers,
      ...(question.body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const init = {
      method: question.method,
      headers: signed ? await sign(settings, url, question, headers) : headers,
      redirect: 'error' as const,
      signal: AbortSignal.any([
        AbortSignal.timeout(timeoutMs + 1000 * (question.wait ?? 0)),
        ...(question.signal === undefined ? [] : [question.signal]),
      ]),
      ...(question.body === undefined ? {} : { body: question.body }),
    }
    let response: Response
    let text: string
    try {
      response = await settings.fetch(url, init)
      text = await boundedText(response)
    } catch (cause) {
      throw unreachable(question.what, cause)
    }
    if (response.status >= 500 || response.status === 429)
      throw unreachable(question.what, `status ${response.status}`)
    if (response.status >= 400) throw refused(question.what, response.status, text)
    return { status: response.status, text }
  }

  return {
    async keys() {
      const { text } = await ask({ method: 'GET', path: '/jwks', what: 'its keys' }, false)
      const { keys } = parseObject(text, 'its keys')
      if (!Array.isArray(keys)) throw unreachable('its keys', 'no `keys` in the response')
      return keys as JsonWebKey[]
    },
    async signingKey(token, date) {
      const body = JSON.stringify({ token, date, region: settings.region, service: settings.service })
      const { text } = await ask(
        { method: 'POST', path: '/v1/signing-key', what: 'a signing key', body },
        true,
      )
      const { key, expiresAt } = parseObject(text, 'a signing key')
      if (typeof key !== 'string' || !/^[0-9a-f]{64}$/.test(key) || typeof expiresAt !== 'number')
        throw unreachable('a signing key', 'malformed response')
      return { key: Buffer.from(key, 'hex'), expiresAt }
    },
    async policies(id, version, held) {
      const name = isPolicyArn(id) ? 'arn' : id.startsWith('AIDA') ? 'user' : 'id'
      const query = new URLSearchParams({ [name]: id, ...(name === 'arn' ? {} : { version }) })
      const path = `/v1/policies?${query}`
      const headers = held === undefined ? {} : { 'if-none-match': `"${held}"` }
      const { status, text } = await ask({ method: 'GET', path, what: 'policies', headers }, true)
      return status === 304 ? 'unchanged' : parsePolicyBundle(text)
    },
    async sessionPolicies(hash) {
      const path = `/v1/policies?hash=${encodeURIComponent(hash)}`
      return (await ask({ method: 'GET', path, what: 'session policies' }, true)).text
    },
    async revocations(cursor, wait, signal) {
      const query = new URLSearchParams({ wait: String(wait), ...(cursor === undefined ? {} : { cursor }) })
      const path = `/v1/revocations?${query}`
      return (await ask({ method: 'GET', path, what: 'revocations', wait, signal }, true)).text
    },
  }
}

/** Requests are signed for `decision`, the service name of the issuer's decision API. */
async function sign(settings: Settings, url: string, question: Question, headers: Record<string, string>) {
  const credentials = await settings.credentials()
  return signRequest({
    method: question.method,
    url,
    headers,
    body: question.body ?? '',
    credentials,
    region: settings.region,
    service: 'decision',
    now: settings.clock(),
  })
}

async function boundedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > largest) throw new Error(`response larger than ${largest} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parseObject(text: string, what: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {}
  throw unreachable(what, 'the response is not a JSON object')
}

const isNamed = (value: unknown): value is NamedDocument =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'document' in value &&
  typeof value.document === 'string'

const isPair = (value: unknown): value is readonly [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')

function parsePolicyBundle(text: string): PolicyBundle {
  const { version, documents, boundary, guardrails, tags } = parseObject(text, 'policies')
  if (typeof version !== 'string' || !Array.isArray(documents) || !documents.every(isNamed))
    throw unreachable('policies', 'malformed response')
  // What cannot be read must not become "no boundary" or "no guardrails".
  const [limit, guards] = [boundary, guardrails].map((limits) => {
    if (limits === undefined || limits === null) return undefined
    if (Array.isArray(limits) && limits.every(isNamed)) return limits
    throw unreachable('policies', 'malformed boundary or guardrails')
  })
  if (!Array.isArray(tags) || !tags.every(isPair)) throw unreachable('policies', 'malformed tags')
  return { version, documents, boundary: limit, guardrails: guards, tags }
}

/**
 * 404: no such live session or role. Any other refusal concerns the service's own credentials and is not the caller's
 * fault.
 */
function refused(what: string, status: number, text: string): Problem {
  const detail = `the issuer answered ${status} when asked for ${what}: ${text.slice(0, 500)}`
  if (status === 404)
    return new Problem('unauthenticated', 'the session is unknown to the issuer', { detail })
  return new Problem('unavailable', `${what} could not be obtained from the issuer`, {
    detail,
    retryAfter: 30,
  })
}
