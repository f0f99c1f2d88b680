// Sign-in with a plain OAuth 2 provider, such as GitHub: authorization code flow with PKCE, then the provider's API names the
// user of the access token. There is no ID token, so neither the time nor the method of authentication is known.
//
// An `iss` in the response is ignored, because its expected value is unknown. Mix-up attacks are prevented by a separate
// callback URL for each provider (RFC 9700 §4.4.2.2).
import { calculatePKCECodeChallenge } from 'openid-client'
import { z } from 'zod'
import { sha256base64url } from '../../secure/digest.ts'
import { randomToken } from '../../secure/random.ts'
import type { OAuth2Provider } from '../../store/records.ts'
import type {
  ProviderCallback,
  ProviderDependencies,
  ProviderRedirect,
  RedirectUpstream,
  SignInOptions,
  UpstreamPerson,
} from '../kind.ts'
import { communicationError, isAllowed } from '../outbound/checked-address.ts'
import { fetchesWithBreaker } from '../outbound/fetch-with-breaker.ts'
import { checkOAuth2 } from './check.ts'
import { clientAuthenticationMethods } from './client-authentication.ts'
import { personOf } from './person.ts'
import { invalidResponse, refused } from './provider-errors.ts'
import { oauth2Risks } from './risks.ts'
import { redeemCode } from './token.ts'

/** RFC 6749 §4.1.2: a code is valid for at most ten minutes. Seconds. */
const codeLife = 600
const maxCode = 2048

const memorySchema = z.strictObject({
  /** Hash of the issuer and client of the request. */
  to: z.string(),
  verifier: z.string(),
})

export function oauth2Upstream(deps: ProviderDependencies): RedirectUpstream<OAuth2Provider> {
  const fetchOf = fetchesWithBreaker(deps)
  return {
    flow: 'redirect',
    answers: 'query',
    beginSignIn: (provider, options) => authorizationRequest(provider, options, deps.allow),
    completeSignIn: (provider, response) =>
      personFromResponse(provider, response, { ...deps, fetch: fetchOf(provider.id) }),
    check: (provider) => checkOAuth2(provider, deps),
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
    // Ignored by servers without PKCE (RFC 7636 §5).
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { to: url.href, memory: JSON.stringify({ to: destinationOf(provider), verifier }) }
}

/** Browsers are redirected there without the guarded fetch, so its rule about plain http is applied here. */
function authorizationUrl(text: string, allow: ReadonlySet<string>): URL {
  const url = URL.parse(text)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isAllowed(url, allow))) return url
  throw communicationError('the authorization endpoint is no https URL')
}

async function personFromResponse(
  provider: OAuth2Provider,
  response: ProviderCallback,
  { fetch, now }: ProviderDependencies,
): Promise<UpstreamPerson> {
  const memory = memorySchema.parse(JSON.parse(response.memory))
  // The record's issuer or client was changed in the meantime: the code belongs to the former one.
  if (memory.to !== destinationOf(provider)) throw invalidResponse('the provider was changed in the meantime')
  const code = codeOf(response.parameters)
  const request = {
    issuer: provider.issuer,
    tokenEndpoint: provider.endpoints.token,
    code,
    callback: response.callback,
    verifier: memory.verifier,
  }
  const ways = clientAuthenticationMethods({ ...provider.client, secret: provider.secret }, now)
  const token = await redeemCode(request, ways, fetch)
  return {
    issuer: provider.issuer,
    ...(await personOf(provider, token, fetch)),
    amr: [],
    acr: undefined,
    // Some providers accept a code more than once.
    spend: { id: sha256base64url(JSON.stringify(['code', provider.id, code])), until: now() + codeLife },
    leave: undefined,
  }
}

/** @throws Problem('denied' | 'invalid_identity_token') */
function codeOf(parameters: ReadonlyMap<string, string>): string {
  const error = parameters.get('error')
  if (error !== undefined) throw refused(error, parameters.get('error_description'))
  const code = parameters.get('code')
  if (code === undefined || code === '' || code.length > maxCode)
    throw invalidResponse('no code in the answer')
  return code
}

const destinationOf = ({ issuer, endpoints, client }: OAuth2Provider): string =>
  sha256base64url(JSON.stringify([issuer, endpoints, client.id]))
