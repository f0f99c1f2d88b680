// People's sign-in with an OpenID Connect provider: code flow with PKCE and nonce, by openid-client over the guarded
// fetch. Path of a sign-in: depart (discovery → authorization URL) … arrive (answer → code for tokens → id-token.ts →
// userinfo). Nothing of an answer is given on before the last of it was checked.
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
import type { KindParts, ProviderCallback, RedirectUpstream, SignInOptions, UpstreamPerson } from '../kind.ts'
import { proofIn } from '../mapping.ts'
import { waysToAuthenticate } from '../oauth2/client-authentication.ts'
import { isInvalidClient, problemOf, unbelievable } from '../oauth2/provider-errors.ts'
import { callFailed } from '../outbound/checked-address.ts'
import { standardFetch } from '../outbound/standard-fetch.ts'
import { checkOpenId } from './check.ts'
import { type Discovered, Discoveries, type KnownProvider, keySourceOf } from './discovery.ts'
import { believeIdToken } from './id-token.ts'
import { joinedClaims } from './joined-claims.ts'
import { verifyLogoutToken } from './logout-token.ts'
import { openIdRisks } from './risks.ts'

/** A session there is ended with the ID token, when it fits where we keep it; else the provider asks the person. */
const maxHint = 6000
const noHint = '-'

const memorySchema = z.strictObject({
  /** Whom they were sent to, and as which client; a hash. */
  to: z.string(),
  verifier: z.string(),
  nonce: z.string(),
  /** When they were sent off, if they were to prove themselves anew. */
  since: z.number().optional(),
})
type Memory = z.output<typeof memorySchema>
type Client = NonNullable<OpenIdProvider['client']>

export function openIdUpstream(parts: KindParts): RedirectUpstream<OpenIdProvider> {
  const discoveries = new Discoveries(parts)
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
        ...(options.fresh ? { since: parts.now() } : {}),
      }
      const config = configured(parts, provider, document, known)
      const to = buildAuthorizationUrl(
        config,
        await authorizationParameters(provider, client, options, memory),
      )
      return { to: to.href, memory: JSON.stringify(memory) }
    },
    completeSignIn: async (provider, response) => {
      const memory = memorySchema.parse(JSON.parse(response.memory))
      const client = clientOf(provider)
      // The record was pointed elsewhere while they were away: the code is not for who is there now.
      if (memory.to !== destinationOf(provider)) throw unbelievable('the provider was changed meanwhile')
      const { document, known } = await discoveries.of(provider)
      try {
        return await personFromResponse(parts, provider, client, { document, known }, response, memory)
      } catch (error) {
        throw problemOf(error)
      }
    },
    signOutUrl: async (provider, leave, returnTo) => {
      const { document, known } = await discoveries.of(provider)
      if (document.endSessionEndpoint === undefined) return undefined
      return buildEndSessionUrl(configured(parts, provider, document, known), {
        post_logout_redirect_uri: returnTo,
        ...(leave === noHint ? {} : { id_token_hint: leave }),
      }).href
    },
    readLogoutToken: async (provider, token) => {
      const { id: clientId, algorithms } = clientOf(provider)
      const { document, known } = await discoveries.of(provider)
      const source = keySourceOf(provider, document)
      return verifyLogoutToken(token, { source, clientId, algorithms }, known.keys, parts.now())
    },
    check: (provider) => checkOpenId(provider, parts),
    risks: openIdRisks,
  }
}

const destinationOf = ({ url, client }: OpenIdProvider): string =>
  sha256base64url(JSON.stringify([url, client?.id]))

function clientOf({ client }: OpenIdProvider): Client {
  if (client === undefined) throw callFailed('nobody signs in with this provider: it has no client')
  return client
}

/** A new one for each use: it holds the record as it is now, and no keys of its own. */
function configured(
  parts: KindParts,
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
      authorization_response_iss_parameter_supported: document.namesItself,
      // Not what the provider offers, which may hold `none`: what the record allows.
      id_token_signing_alg_values_supported: [...clientOf(provider).algorithms],
    },
    clientOf(provider).id,
    { [clockSkew]: parts.now() - Math.floor(Date.now() / 1000) },
    auth,
  )
  // Which hosts may be plain http is for the guarded fetch to say; browsers' endpoints were checked by discovery.
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
  parts: KindParts,
  provider: OpenIdProvider,
  client: Client,
  at: { readonly document: Discovered; readonly known: KnownProvider },
  response: ProviderCallback,
  memory: Memory,
): Promise<UpstreamPerson> {
  const { document, known } = at
  const { tokens, config } = await redeemCode(parts, provider, client, at, response, memory)
  const idToken = tokens.id_token
  if (idToken === undefined) throw unbelievable('the token endpoint gave no ID token')
  const expected = {
    source: keySourceOf(provider, document),
    clientId: client.id,
    algorithms: client.algorithms,
    nonce: memory.nonce,
    accessToken: tokens.access_token,
    provedSince: memory.since,
  }
  const believed = await believeIdToken(idToken, expected, known.keys, parts.now())
  const more =
    client.userinfo && document.userinfoEndpoint !== undefined
      ? await fetchUserInfo(config, tokens.access_token, believed.subject)
      : {}
  const { auth_time: authTime, sid } = believed.claims
  return {
    issuer: provider.url,
    subject: believed.subject,
    claims: joinedClaims(believed.claims, more, provider.signIn?.mapping),
    ...proofIn(believed.claims),
    authTime: typeof authTime === 'number' ? Math.floor(authTime) : undefined,
    spend: believed.spend,
    signOut: { subject: believed.subject, session: typeof sid === 'string' ? sid : undefined },
    leave: provider.signIn?.signOut ? (idToken.length <= maxHint ? idToken : noHint) : undefined,
  }
}

/** The code for tokens, in the way of proving ourselves that the provider took last, else in the other. */
async function redeemCode(
  parts: KindParts,
  provider: OpenIdProvider,
  client: Client,
  { document, known }: { readonly document: Discovered; readonly known: KnownProvider },
  response: ProviderCallback,
  memory: Memory,
): Promise<{ tokens: TokenEndpointResponse; config: Configuration }> {
  const ways = waysToAuthenticate({ ...client, secret: provider.secret }, parts.now)
  const url = new URL(response.callback)
  for (const [name, value] of response.parameters) url.searchParams.append(name, value)
  const ask = async (way: number) => {
    const config = configured(parts, provider, document, known, ways[way] ?? ways[0])
    const tokens = await authorizationCodeGrant(config, url, {
      pkceCodeVerifier: memory.verifier,
      expectedNonce: memory.nonce,
      // The caller has.
      expectedState: skipStateCheck,
      idTokenExpected: true,
    })
    known.way = way
    return { tokens, config }
  }
  const first = known.way
  try {
    return await ask(first)
  } catch (error) {
    if (ways.length < 2 || !isInvalidClient(error)) throw error
    return await ask(1 - first)
  }
}
