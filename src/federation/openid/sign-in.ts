// Sign-in with an OpenID Connect provider: authorization code flow with PKCE and nonce, using openid-client over the guarded
// fetch. beginSignIn: discovery → authorization URL. completeSignIn: response → tokens → ID token (id-token.ts) → userinfo.
// The result is returned only after everything in it was verified.
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type ClientAuth,
  Configuration,
  calculatePKCECodeChallenge,
  clockSkew,
  customFetch,
  fetchUserInfo,
  skipStateCheck,
  type TokenEndpointResponse,
} from 'openid-client'
import { z } from 'zod'
import { sha256base64url } from '../../secure/digest.ts'
import { randomToken } from '../../secure/random.ts'
import type { OpenIdProvider } from '../../store/records.ts'
import type {
  ProviderCallback,
  ProviderDependencies,
  RedirectUpstream,
  SignInOptions,
  UpstreamPerson,
} from '../kind.ts'
import { authenticationContextIn } from '../mapping.ts'
import { clientAuthenticationMethods } from '../oauth2/client-authentication.ts'
import { invalidResponse, isInvalidClient, problemOf } from '../oauth2/provider-errors.ts'
import { communicationError } from '../outbound/checked-address.ts'
import { standardFetch } from '../outbound/standard-fetch.ts'
import { checkOpenId } from './check.ts'
import { type Discovered, Discoveries, type KnownProvider, keySourceOf } from './discovery.ts'
import { verifyIdToken } from './id-token.ts'
import { mergeUserinfoClaims } from './joined-claims.ts'
import { verifyLogoutToken } from './logout-token.ts'
import { openIdRisks } from './risks.ts'

/** Characters. A longer ID token is not kept as `id_token_hint`; the provider then asks the user to confirm the sign-out. */
const maxHint = 6000
const noHint = '-'

const memorySchema = z.strictObject({
  /** Hash of the issuer and client of the request. */
  to: z.string(),
  verifier: z.string(),
  nonce: z.string(),
  /** Time of the request when it asked for a new authentication, epoch seconds. */
  since: z.number().optional(),
})
type Memory = z.output<typeof memorySchema>
type Client = NonNullable<OpenIdProvider['client']>

export function openIdUpstream(deps: ProviderDependencies): RedirectUpstream<OpenIdProvider> {
  const discoveries = new Discoveries(deps)
  return {
    flow: 'redirect',
    answers: 'query',
    beginSignIn: async (provider, options) => {
      const client = clientOf(provider)
      const { document, known } = await discoveries.of(provider)
      const memory: Memory = {
        to: destinationOf(provider),
        verifier: randomToken(),
        nonce: randomToken(),
        ...(options.fresh ? { since: deps.now() } : {}),
      }
      const config = configured(deps, provider, document, known)
      const to = buildAuthorizationUrl(
        config,
        await authorizationParameters(provider, client, options, memory),
      )
      return { to: to.href, memory: JSON.stringify(memory) }
    },
    completeSignIn: async (provider, response) => {
      const memory = memorySchema.parse(JSON.parse(response.memory))
      const client = clientOf(provider)
      // The record's issuer or client was changed in the meantime: the code belongs to the former one.
      if (memory.to !== destinationOf(provider))
        throw invalidResponse('the provider was changed in the meantime')
      const { document, known } = await discoveries.of(provider)
      try {
        return await personFromResponse(deps, provider, client, { document, known }, response, memory)
      } catch (error) {
        throw problemOf(error)
      }
    },
    signOutUrl: async (provider, leave, returnTo) => {
      const { document, known } = await discoveries.of(provider)
      if (document.endSessionEndpoint === undefined) return undefined
      return buildEndSessionUrl(configured(deps, provider, document, known), {
        post_logout_redirect_uri: returnTo,
        ...(leave === noHint ? {} : { id_token_hint: leave }),
      }).href
    },
    readLogoutToken: async (provider, token) => {
      const { id: clientId, algorithms } = clientOf(provider)
      const { document, known } = await discoveries.of(provider)
      const source = keySourceOf(provider, document)
      return verifyLogoutToken(token, { source, clientId, algorithms }, known.keys, deps.now())
    },
    check: (provider) => checkOpenId(provider, deps),
    risks: openIdRisks,
  }
}

const destinationOf = ({ url, client }: OpenIdProvider): string =>
  sha256base64url(JSON.stringify([url, client?.id]))

function clientOf({ client }: OpenIdProvider): Client {
  if (client === undefined)
    throw communicationError('the provider has no client, so users cannot sign in with it')
  return client
}

/** Created for each use, so that it reflects the current record. It holds no keys. */
function configured(
  deps: ProviderDependencies,
  provider: OpenIdProvider,
  document: Discovered,
  known: KnownProvider,
  auth?: ClientAuth,
): Configuration {
  const { authorizationEndpoint, tokenEndpoint, userinfoEndpoint, endSessionEndpoint } = document
  const config = new Configuration(
    {
      issuer: document.issuer,
      authorization_endpoint: authorizationEndpoint,
      token_endpoint: tokenEndpoint,
      ...(userinfoEndpoint === undefined ? {} : { userinfo_endpoint: userinfoEndpoint }),
      ...(endSessionEndpoint === undefined ? {} : { end_session_endpoint: endSessionEndpoint }),
      authorization_response_iss_parameter_supported: document.issParameterSupported,
      // The algorithms that the record allows; those that the provider offers may include `none`.
      id_token_signing_alg_values_supported: [...clientOf(provider).algorithms],
    },
    clientOf(provider).id,
    { [clockSkew]: deps.now() - Math.floor(Date.now() / 1000) },
    auth,
  )
  // The guarded fetch decides which hosts may use plain http, and discovery.ts checks the endpoints for browsers.
  allowInsecureRequests(config)
  const fetch = standardFetch(known.fetch)
  config[customFetch] = (url, { method, headers, body, signal }) =>
    fetch(url, { method, headers, body: body ?? null, signal: signal ?? null })
  return config
}

async function authorizationParameters(
  provider: OpenIdProvider,
  client: Client,
  options: SignInOptions,
  memory: Memory,
): Promise<Record<string, string>> {
  const acr = provider.signIn?.secondFactor.acr ?? []
  return {
    ...client.parameters,
    ...(options.strong && acr.length > 0 ? { acr_values: acr.join(' ') } : {}),
    ...(options.fresh ? { prompt: 'login', max_age: '0' } : {}),
    ...(options.loginHint === undefined ? {} : { login_hint: options.loginHint }),
    client_id: client.id,
    response_type: 'code',
    redirect_uri: options.callback,
    scope: client.scopes.join(' '),
    state: options.state,
    nonce: memory.nonce,
    code_challenge: await calculatePKCECodeChallenge(memory.verifier),
    code_challenge_method: 'S256',
  }
}

async function personFromResponse(
  deps: ProviderDependencies,
  provider: OpenIdProvider,
  client: Client,
  at: { readonly document: Discovered; readonly known: KnownProvider },
  response: ProviderCallback,
  memory: Memory,
): Promise<UpstreamPerson> {
  const { document, known } = at
  const { tokens, config } = await redeemCode(deps, provider, client, at, response, memory)
  const idToken = tokens.id_token
  if (idToken === undefined) throw invalidResponse('the token endpoint returned no ID token')
  const expected = {
    source: keySourceOf(provider, document),
    clientId: client.id,
    algorithms: client.algorithms,
    nonce: memory.nonce,
    accessToken: tokens.access_token,
    provedSince: memory.since,
  }
  const verified = await verifyIdToken(idToken, expected, known.keys, deps.now())
  const more =
    client.userinfo && document.userinfoEndpoint !== undefined
      ? await fetchUserInfo(config, tokens.access_token, verified.subject)
      : {}
  const { auth_time: authTime, sid } = verified.claims
  return {
    issuer: provider.url,
    subject: verified.subject,
    claims: mergeUserinfoClaims(verified.claims, more, provider.signIn?.mapping),
    ...authenticationContextIn(verified.claims),
    authTime: typeof authTime === 'number' ? Math.floor(authTime) : undefined,
    spend: verified.spend,
    signOut: { subject: verified.subject, session: typeof sid === 'string' ? sid : undefined },
    leave: provider.signIn?.signOut ? (idToken.length <= maxHint ? idToken : noHint) : undefined,
  }
}

/** Exchanges the code, first with the client authentication that the provider accepted last, then with the other one. */
async function redeemCode(
  deps: ProviderDependencies,
  provider: OpenIdProvider,
  client: Client,
  { document, known }: { readonly document: Discovered; readonly known: KnownProvider },
  response: ProviderCallback,
  memory: Memory,
): Promise<{ tokens: TokenEndpointResponse; config: Configuration }> {
  const methods = clientAuthenticationMethods({ ...client, secret: provider.secret }, deps.now)
  const url = new URL(response.callback)
  for (const [name, value] of response.parameters) url.searchParams.append(name, value)
  const ask = async (method: number) => {
    const config = configured(deps, provider, document, known, methods[method] ?? methods[0])
    const tokens = await authorizationCodeGrant(config, url, {
      pkceCodeVerifier: memory.verifier,
      expectedNonce: memory.nonce,
      // The caller has checked it.
      expectedState: skipStateCheck,
      idTokenExpected: true,
    })
    known.authMethod = method
    return { tokens, config }
  }
  const first = known.authMethod
  try {
    return await ask(first)
  } catch (error) {
    if (methods.length < 2 || !isInvalidClient(error)) throw error
    return await ask(1 - first)
  }
}
