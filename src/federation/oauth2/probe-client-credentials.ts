// Probes our client credentials with an invalid authorization code: a token endpoint that rejects the code (`invalid_grant`)
// has accepted the credentials.
import type { ClientAuth } from 'openid-client'
import { Problem } from '../../problem.ts'
import { parseUniqueJson } from '../../secure/unique-json.ts'
import type { Fetched, GuardedFetch } from '../outbound/guarded-fetch.ts'
import { sanitizeForLog } from '../outbound/sanitize-for-log.ts'

/** Errors about the code, which mean that the client was accepted: RFC 6749 §5.2, and GitHub's own. */
const codeRefused = new Set(['invalid_grant', 'bad_verification_code'])
/** Errors about the client. */
const clientRefused = new Set(['invalid_client', 'unauthorized_client', 'incorrect_client_credentials'])

/** @throws Problem('invalid_input') when the credentials are refused · Problem('idp_communication_error') */
export async function probeClientCredentials(
  ways: readonly ClientAuth[],
  at: { readonly issuer: string; readonly tokenEndpoint: string },
  fetch: GuardedFetch,
): Promise<string> {
  let last = ''
  for (const way of ways) {
    const answer = await ask(way, at, fetch)
    last = errorOf(answer)
    if (codeRefused.has(last)) return `credentials accepted (${last})`
    if (answer.status >= 500) throw credentialsRefused(`HTTP ${answer.status}`)
    if (answer.status !== 401 && !clientRefused.has(last)) return `not certain: HTTP ${answer.status} ${last}`
  }
  throw credentialsRefused(`credentials refused: ${last}`)
}

const credentialsRefused = (reason: string): Problem => new Problem('invalid_input', reason)

async function ask(
  way: ClientAuth,
  { issuer, tokenEndpoint }: { readonly issuer: string; readonly tokenEndpoint: string },
  fetch: GuardedFetch,
): Promise<Fetched> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: 'chancery-provider-check',
    redirect_uri: 'https://localhost/provider-check',
    code_verifier: 'chancery-provider-check-chancery-provider-check',
  })
  const headers = new Headers({
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  })
  await way({ issuer, token_endpoint: tokenEndpoint }, { client_id: '' }, body, headers)
  return fetch(tokenEndpoint, {
    method: 'POST',
    headers: Object.fromEntries(headers),
    body: body.toString(),
  })
}

function errorOf(answer: Fetched): string {
  const text = answer.body.toString()
  const json = parseUniqueJson(text)
  const error =
    typeof json === 'object' && json !== null && 'error' in json
      ? json.error
      : new URLSearchParams(text).get('error')
  return typeof error === 'string' ? sanitizeForLog(error) : ''
}
