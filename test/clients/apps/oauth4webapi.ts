// One sign-in with oauth4webapi, from discovery to userinfo, with every check that the library has.
import * as oauth from 'oauth4webapi'

export interface SignIn {
  readonly issuer: URL
  readonly client: oauth.Client
  readonly auth: oauth.ClientAuth
  readonly redirectUri: string
  /** Parameters of the authorization request beside `client_id`, `redirect_uri`, `state`, `nonce` and those of PKCE. */
  readonly parameters: Readonly<Record<string, string>>
  readonly pkce: boolean
  /** Goes through the pages; gives the parameters that the callback got. */
  readonly answer: (request: URL) => Promise<URLSearchParams>
}

export interface SignedIn {
  readonly tokens: oauth.TokenEndpointResponse
  readonly idToken: oauth.IDToken
  readonly userinfo: oauth.UserInfoResponse
}

const insecure = { [oauth.allowInsecureRequests]: true }

export async function signIn(given: SignIn): Promise<SignedIn> {
  const { issuer, client, redirectUri } = given
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  const verifier = oauth.generateRandomCodeVerifier()
  const expectedState = oauth.generateRandomState()
  const expectedNonce = oauth.generateRandomNonce()
  const request = new URL(server.authorization_endpoint ?? '')
  const parameters = {
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: redirectUri,
    state: expectedState,
    nonce: expectedNonce,
    ...given.parameters,
  }
  for (const [name, value] of Object.entries(parameters)) request.searchParams.set(name, value)
  if (given.pkce) {
    request.searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(verifier))
    request.searchParams.set('code_challenge_method', 'S256')
  }
  const code = oauth.validateAuthResponse(server, client, await given.answer(request), expectedState)
  const answered = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    given.auth,
    code,
    redirectUri,
    given.pkce ? verifier : oauth.nopkce,
    insecure,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, answered, {
    expectedNonce,
    requireIdToken: true,
  })
  await oauth.validateApplicationLevelSignature(server, answered, insecure)
  const idToken = oauth.getValidatedIdTokenClaims(tokens)
  if (!idToken) throw new Error('the token response has no ID token')
  const response = await oauth.userInfoRequest(server, client, tokens.access_token, insecure)
  return {
    tokens,
    idToken,
    userinfo: await oauth.processUserInfoResponse(server, client, idToken.sub, response),
  }
}
