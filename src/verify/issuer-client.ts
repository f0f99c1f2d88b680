// The questions a verifier asks its issuer, and nothing else: published keys, the signing key of a session, the
// policies of a role, the revocations. Signed as the service itself; answers are bounded in size and time.
import type { JsonWebKey } from 'node:crypto'
import { Problem } from '../problem.ts'
import { isPolicyArn } from '../secure/session-claims.ts'
import { signRequest } from '../secure/sigv4-sign.ts'
import { type Settings, unreachable } from './options.ts'

const patience = 5_000
const largest = 8 * 1_048_576

export interface NamedDocument {
  readonly name: string
  readonly document: string
}

/** A role's policies as the issuer holds them now. */
export interface Bundle {
  readonly version: string
  readonly documents: readonly NamedDocument[]
  /** Present and empty: a boundary that allows nothing. */
  readonly boundary: readonly NamedDocument[] | undefined
  /** Tags of the role: principal tags of its sessions, where the session itself has none of that key. */
  readonly tags: readonly (readonly [key: string, value: string])[]
}

export interface Home {
  keys(): Promise<readonly JsonWebKey[]>
  /** The derived key of (date, our region, our service) for the session of `token`; `expiresAt` in epoch seconds. */
  signingKey(token: string, date: string): Promise<{ readonly key: Buffer; readonly expiresAt: number }>
  /** Of a role by its unique id, or of a managed policy by its ARN. `held` is the version we have: `unchanged` when it is still the one. */
  policies(id: string, version: string, held: string | undefined): Promise<Bundle | 'unchanged'>
  /** The JSON array of texts that a session token names by hash. */
  sessionPolicies(hash: string): Promise<string>
  /** The signed feed since `cursor`; the issuer may hold the answer for `wait` seconds until something changes. */
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

export function createHome(settings: Settings): Home {
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
        AbortSignal.timeout(patience + 1000 * (question.wait ?? 0)),
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
      if (!Array.isArray(keys)) throw unreachable('its keys', 'no `keys` in the answer')
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
        throw unreachable('a signing key', 'malformed answer')
      return { key: Buffer.from(key, 'hex'), expiresAt }
    },
    async policies(id, version, held) {
      const path = isPolicyArn(id)
        ? `/v1/policies?arn=${encodeURIComponent(id)}`
        : `/v1/policies?id=${encodeURIComponent(id)}&version=${encodeURIComponent(version)}`
      const headers = held === undefined ? {} : { 'if-none-match': `"${held}"` }
      const { status, text } = await ask({ method: 'GET', path, what: 'policies', headers }, true)
      return status === 304 ? 'unchanged' : parseBundle(text)
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

/** The verifier's own access key is signed for `decision`, the name under which the issuer answers services. */
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
    if (size > largest) throw new Error(`answer above ${largest} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parseObject(text: string, what: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {}
  throw unreachable(what, 'the answer is not a JSON object')
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

function parseBundle(text: string): Bundle {
  const { version, documents, boundary, tags } = parseObject(text, 'policies')
  if (typeof version !== 'string' || !Array.isArray(documents) || !documents.every(isNamed))
    throw unreachable('policies', 'malformed answer')
  // A boundary that cannot be read must not become "no boundary".
  const limit = boundary ?? undefined
  if (limit !== undefined && !(Array.isArray(limit) && limit.every(isNamed)))
    throw unreachable('policies', 'malformed boundary')
  if (!Array.isArray(tags) || !tags.every(isPair)) throw unreachable('policies', 'malformed tags')
  return { version, documents, boundary: limit, tags }
}

/** 404: there is no such live session or role. Any other refusal is about this service, and not its caller's fault. */
function refused(what: string, status: number, text: string): Problem {
  const detail = `the issuer answered ${status} when asked for ${what}: ${text.slice(0, 500)}`
  if (status === 404) return new Problem('unauthenticated', 'the issuer knows no such session', { detail })
  return new Problem('unavailable', `this service could not get ${what} from the issuer`, {
    detail,
    retryAfter: 30,
  })
}
