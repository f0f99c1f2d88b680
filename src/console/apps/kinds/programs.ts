// Programs without pages of their own on a server: in the browser, on a device, in a terminal, or without anybody at all.
// The lines are those of docs/apps.md, which test/console/app-kinds.test.ts holds equal.
import type { AppKind } from './kind.ts'

export const programs: readonly AppKind[] = [
  {
    id: 'browser',
    title: 'Browser apps',
    label: 'Single-page app',
    clientId: 'spa',
    callback: 'https://wiki.example.com/callback',
    isPublic: true,
    opens: true,
    signedOut: ['/'],
    files: (v) => [
      {
        language: 'js',
        text: `const users = new oidc.UserManager({
  authority: '${v.issuer}',
  client_id: '${v.clientId}',
  redirect_uri: '${v.callback}',
  post_logout_redirect_uri: '${v.base}/',
  scope: 'openid profile',
  loadUserInfo: true,
})
if (location.pathname === '${v.path}') await users.signinCallback()
const user = await users.getUser()
if (user) document.body.textContent = user.profile.preferred_username
else await users.signinRedirect()
`,
      },
    ],
  },
  {
    id: 'mobile',
    title: 'Mobile apps',
    label: 'Mobile app',
    clientId: 'mobile',
    callback: 'com.example.wiki:/callback',
    isPublic: true,
    isNative: true,
    files: (v) => [
      {
        language: 'kotlin',
        text: `AuthorizationServiceConfiguration.fetchFromIssuer(Uri.parse("${v.issuer}")) { configuration, error ->
    if (configuration == null) throw error!!
    val request = AuthorizationRequest.Builder(
        configuration, "${v.clientId}", ResponseTypeValues.CODE, Uri.parse("${v.callback}"),
    ).setScope("openid profile").build()
    startActivityForResult(AuthorizationService(this).getAuthorizationRequestIntent(request), 1)
}
`,
      },
      {
        language: 'swift',
        text: `OIDAuthorizationService.discoverConfiguration(forIssuer: URL(string: "${v.issuer}")!) { configuration, error in
    guard let configuration else { return }
    let request = OIDAuthorizationRequest(
        configuration: configuration, clientId: "${v.clientId}", scopes: [OIDScopeOpenID, OIDScopeProfile],
        redirectURL: URL(string: "${v.callback}")!, responseType: OIDResponseTypeCode, additionalParameters: nil)
    self.flow = OIDAuthState.authState(byPresenting: request, presenting: self) { state, error in
        self.state = state
    }
}
`,
      },
    ],
  },
  {
    id: 'mcp',
    title: 'MCP clients',
    label: 'MCP client',
    clientId: 'mcp',
    callback: 'http://localhost/callback',
    isPublic: true,
    isNative: true,
    fixed: ['http://localhost/callback'],
    files: (v) => [
      {
        language: 'sh',
        text: `claude mcp add --transport http --client-id=${v.clientId} notes https://notes.example.com/mcp
`,
      },
    ],
  },
  {
    id: 'script',
    title: 'Python scripts',
    label: 'Python script',
    clientId: 'script',
    callback: 'https://script.example.com/callback',

    files: (v) => [
      {
        language: 'python',
        text: `from requests_oauthlib import OAuth2Session

issuer = "${v.issuer}"
client = OAuth2Session(
    "${v.clientId}",
    redirect_uri="${v.callback}",
    scope=["openid", "profile"],
    pkce="S256",
)
print(client.authorization_url(f"{issuer}/authorize")[0], flush=True)
client.fetch_token(
    f"{issuer}/token",
    authorization_response=input(),
    client_secret="${v.secret}",
)
print(client.get(f"{issuer}/userinfo").json()["preferred_username"])
`,
      },
    ],
  },
  {
    id: 'machine',
    title: 'Programs without people',
    label: 'Program that signs nobody in',
    clientId: 'reports',
    callback: '',
    signsNobodyIn: true,
    files: (v) => [
      {
        language: 'sh',
        text: `curl -s -u '${v.clientId}:${v.secret}' -d grant_type=client_credentials ${v.issuer}/token
`,
      },
      {
        language: 'js',
        text: `import { clientCredentialsGrant, discovery } from 'openid-client'

const server = await discovery(new URL('${v.issuer}'), '${v.clientId}', '${v.secret}')
const { access_token, expires_in } = await clientCredentialsGrant(server)
console.log(\`a token for \${expires_in} seconds: \${access_token}\`)
`,
      },
    ],
  },
]
