// Exchanges a code for an access token at a plain OAuth 2 provider. Such providers deviate from RFC 6749: GitHub reports errors
// with status 200, and answers form-encoded unless asked for JSON.
import type { ClientAuth } from 'openid-client'
import type { Problem } from '../../problem.ts'
import { parseUniqueJson } from '../../secure/unique-json.ts'
import { communicationError } from '../outbound/checked-address.ts'
import type { Fetched, GuardedFetch } from '../outbound/guarded-fetch.ts'
import { sanitizeForLog } from '../outbound/sanitize-for-log.ts'
import { invalidResponse } from './provider-errors.ts'

export interface TokenRequest {
  readonly issuer: string
  readonly tokenEndpoint: string
  readonly code: string
  readonly callback: string
  readonly verifier: string
}

/** Errors about the client. */
const clientRefused = new Set(['invalid_client', 'incorrect_client_credentials'])
/** Errors about the code. */
const codeRefused = new Set(['invalid_grant', 'bad_verification_code'])

/**
 * Uses the first client authentication variant, and the next when the provider rejects our credentials.
 * @throws Problem('invalid_identity_token') for a refused code · Problem('idp_communication_error')
 */
export async function redeemCode(
  request: TokenRequest,
  ways: readonly ClientAuth[],
  fetch: GuardedFetch,
): Promise<string> {
  let error = ''
  for (const way of ways) {
    const answer = await ask(request, way, fetch)
    const fields = fieldsOf(answer)
    const token = fields['access_token']
    error = typeof fields['error'] === 'string' ? fields['error'] : ''
    if (answer.status === 200 && error === '' && typeof token === 'string' && token !== '')
      return bearer(token, fields)
    if (answer.status !== 401 && !clientRefused.has(error)) throw failure(answer, error, fields)
  }
  throw communicationError(`the token endpoint refused us: ${sanitizeForLog(error)}`)
}

async function ask(request: TokenRequest, way: ClientAuth, fetch: GuardedFetch): Promise<Fetched> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: request.code,
    redirect_uri: request.callback,
    code_verifier: request.verifier,
  })
  const headers = new Headers({
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  })
  const { issuer, tokenEndpoint } = request
  await way({ issuer, token_endpoint: tokenEndpoint }, { client_id: '' }, body, headers)
  return fetch(tokenEndpoint, {
    method: 'POST',
    headers: Object.fromEntries(headers),
    body: body.toString(),
  })
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(answer: Fetched): Fields {
  const text = answer.body.toString()
  const json = parseUniqueJson(text)
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Fields
  const form = /^application\/x-www-form-urlencoded\b/i.test(answer.headers.get('content-type') ?? '')
  return form ? Object.fromEntries(new URLSearchParams(text)) : {}
}

/** RFC 6749 §7.1; some providers omit the type and mean Bearer. */
function bearer(token: string, { token_type: type }: Fields): string {
  if (type !== undefined && String(type).toLowerCase() !== 'bearer')
    throw communicationError(`token_type \`${sanitizeForLog(String(type))}\` is not bearer`)
  // It becomes part of a header.
  if (!/^[\x21-\x7e]{1,8192}$/.test(token))
    throw communicationError('the access token has invalid characters')
  return token
}

function failure(answer: Fetched, error: string, { error_description: description }: Fields): Problem {
  const words = sanitizeForLog(typeof description === 'string' ? `${error}: ${description}` : error)
  return codeRefused.has(error)
    ? invalidResponse(`the token endpoint refused the code: ${words}`)
    : communicationError(`the token endpoint: HTTP ${answer.status} ${words}`)
}
