// Whether a token endpoint knows us: it is sent a code that cannot be. Who refuses the code has taken the credentials.
import type { ClientAuth } from 'openid-client'
import { Problem } from '../../problem.ts'
import { parseUniqueJson } from '../../secure/unique-json.ts'
import type { Fetched, GuardedFetch } from '../outbound/guarded-fetch.ts'
import { said } from '../outbound/sanitize-for-log.ts'

/** What endpoints say of the code when the client is right: RFC 6749 §5.2, and GitHub's own word. */
const codeRefused = new Set(['invalid_grant', 'bad_verification_code'])
/** What they say of the client. */
const clientRefused = new Set(['invalid_client', 'unauthorized_client', 'incorrect_client_credentials'])

/** @throws Problem('invalid_input') when the provider does not know us · Problem('idp_communication_error') */
export async function tokenAnswerTo(
  ways: readonly ClientAuth[],
  at: { readonly issuer: string; readonly tokenEndpoint: string },
  fetch: GuardedFetch,
): Promise<string> {
  let last = ''
  for (const way of ways) {
    const answer = await ask(way, at, fetch)
    last = errorOf(answer)
    if (codeRefused.has(last)) return `credentials taken (${last})`
    if (answer.status >= 500) throw notUs(`HTTP ${answer.status}`)
    if (answer.status !== 401 && !clientRefused.has(last)) return `not certain: HTTP ${answer.status} ${last}`
  }
  throw notUs(`credentials refused: ${last}`)
}

const notUs = (reason: string): Problem => new Problem('invalid_input', reason)

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
  return typeof error === 'string' ? said(error) : ''
}
