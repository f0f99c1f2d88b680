// People's sign-in with a provider of plain OAuth 2, such as GitHub: the code flow with PKCE, then the provider's API says
// whose the access token is. There is no ID token, so nothing says when or how they proved themselves there.
//
// An `iss` in the answer is not looked at: nothing says which one to expect. Which provider an answer is of is told by the
// callback, which is each provider's own (RFC 9700 §4.4.2.2).
import { calculatePKCECodeChallenge } from 'openid-client'
import { z } from 'zod'
import { sha256base64url } from '../../secure/digest.ts'
import { randomToken } from '../../secure/random.ts'
import type { OAuth2Provider } from '../../store/records.ts'
import type {
  KindParts,
  ProviderCallback,
  ProviderRedirect,
  RedirectUpstream,
  SignInOptions,
  UpstreamPerson,
} from '../kind.ts'
import { callFailed, isAllowed } from '../outbound/checked-address.ts'
import { steadyFetches } from '../outbound/fetch-with-breaker.ts'
import { checkOAuth2 } from './check.ts'
import { waysToAuthenticate } from './client-authentication.ts'
import { personOf } from './person.ts'
import { refused, unbelievable } from './provider-errors.ts'
import { oauth2Risks } from './risks.ts'
import { redeemCode } from './token.ts'

/** RFC 6749 §4.1.2: a code lives ten minutes at most. */
const codeLife = 600
const maxCode = 2048

const memorySchema = z.strictObject({
  /** Whom they were sent to, and as which client; a hash. */
  to: z.string(),
  verifier: z.string(),
})

export function oauth2Upstream(parts: KindParts): RedirectUpstream<OAuth2Provider> {
  const fetchOf = steadyFetches(parts)
  return {
    flow: 'redirect',
    answers: 'query',
    beginSignIn: (provider, options) => authorizationRequest(provider, options, parts.allow),
    completeSignIn: (provider, response) =>
      personFromResponse(provider, response, { ...parts, fetch: fetchOf(provider.id) }),
    check: (provider) => checkOAuth2(provider, parts),
    risks: oauth2Risks,
  }
}

async function authorizationRequest(
  provider: OAuth2Provider,
  options: SignInOptions,
  allow: ReadonlySet<string>,
): Promise<ProviderRedirect> {
  const { client, endpoints } = provider
  const url = authorizationUrl(endpoints.authorization, allow)
  const verifier = randomToken()
  const parameters = {
    ...client.parameters,
    ...(options.fresh ? { prompt: 'login' } : {}),
    ...(options.loginHint === undefined ? {} : { login_hint: options.loginHint }),
    client_id: client.id,
    response_type: 'code',
    redirect_uri: options.callback,
    ...(client.scopes.length > 0 ? { scope: client.scopes.join(' ') } : {}),
    state: options.state,
    // Harmless where it is not known (RFC 7636 §5).
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { to: url.href, memory: JSON.stringify({ to: destinationOf(provider), verifier }) }
}

/** Browsers go there without the guarded fetch: its rule about plain http holds all the same. */
function authorizationUrl(text: string, allow: ReadonlySet<string>): URL {
  const url = URL.parse(text)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isAllowed(url, allow))) return url
  throw callFailed('the authorization endpoint is no https URL')
}

async function personFromResponse(
  provider: OAuth2Provider,
  response: ProviderCallback,
  { fetch, now }: KindParts,
): Promise<UpstreamPerson> {
  const memory = memorySchema.parse(JSON.parse(response.memory))
  // The record was pointed elsewhere while they were away: the code is not for who is there now.
  if (memory.to !== destinationOf(provider)) throw unbelievable('the provider was changed meanwhile')
  const code = codeOf(response.parameters)
  const request = {
    issuer: provider.issuer,
    tokenEndpoint: provider.endpoints.token,
    code,
    callback: response.callback,
    verifier: memory.verifier,
  }
  const ways = waysToAuthenticate({ ...provider.client, secret: provider.secret }, now)
  const token = await redeemCode(request, ways, fetch)
  return {
    issuer: provider.issuer,
    ...(await personOf(provider, token, fetch)),
    amr: [],
    acr: undefined,
    // Not every provider spends a code itself.
    spend: { id: sha256base64url(JSON.stringify(['code', provider.id, code])), until: now() + codeLife },
    leave: undefined,
  }
}

/** @throws Problem('denied' | 'invalid_identity_token') */
function codeOf(parameters: ReadonlyMap<string, string>): string {
  const error = parameters.get('error')
  if (error !== undefined) throw refused(error, parameters.get('error_description'))
  const code = parameters.get('code')
  if (code === undefined || code === '' || code.length > maxCode) throw unbelievable('no code in the answer')
  return code
}

const destinationOf = ({ issuer, endpoints, client }: OAuth2Provider): string =>
  sha256base64url(JSON.stringify([issuer, endpoints, client.id]))
