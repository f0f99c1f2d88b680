// An application as the browser meets it: a callback on a port of its own, PKCE, and the token endpoint.
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt } from 'jose'

export interface RelyingParty {
  readonly origin: string
  /** For the server's YAML file; `firstParty` skips consent. */
  readonly settings: string
  /** The address that starts a sign-in; more parameters than the usual may be given. */
  startAt(issuer: string, more?: Readonly<Record<string, string>>): string
  /** What came back at the callback since the last start. */
  returned(): URLSearchParams | undefined
  /** Redeems the code that came back: the response of the token endpoint. */
  tokens(issuer: string, more?: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>>
  /** The same: the claims of the ID token. */
  redeem(issuer: string): Promise<Readonly<Record<string, unknown>>>
  close(): void
}

export async function openRelyingParty(
  options: { readonly firstParty?: boolean } = {},
): Promise<RelyingParty> {
  let returned: URLSearchParams | undefined
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname === '/callback') returned = url.searchParams
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><title>Notebook</title><h1>Back at the application</h1>')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const redirectUri = `${origin}/callback`
  let verifier = ''
  // Nobody else can use the code of a client that authenticates, so its people may be let through without a question.
  const secret = options.firstParty ? randomBytes(24).toString('hex') : undefined
  const tokens: RelyingParty['tokens'] = async (issuer, more = {}) => {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'notebook',
        code: returned?.get('code') ?? '',
        redirect_uri: redirectUri,
        code_verifier: verifier,
        ...(secret === undefined ? {} : { client_secret: secret }),
        ...more,
      }),
    })
    return (await response.json()) as Readonly<Record<string, unknown>>
  }
  return {
    origin,
    settings: `clients:
  - client_id: notebook
    client_name: Notebook
    ${secret === undefined ? 'token_endpoint_auth_method: none' : `client_secret: ${secret}\n    token_endpoint_auth_method: client_secret_post`}
    redirect_uris: ['${redirectUri}']
    post_logout_redirect_uris: ['${origin}/bye']
    first_party: ${options.firstParty === true}
  - client_id: tv
    client_name: Living room
    token_endpoint_auth_method: none
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code']
`,
    startAt(issuer, more = {}) {
      returned = undefined
      verifier = randomBytes(32).toString('base64url')
      const asked = new URLSearchParams({
        client_id: 'notebook',
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid profile email',
        state: 'state-of-the-application',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...more,
      })
      return `${issuer}/authorize?${asked}`
    },
    returned: () => returned,
    tokens,
    async redeem(issuer) {
      const body = await tokens(issuer)
      if (typeof body['id_token'] !== 'string') throw new Error(`no ID token: ${JSON.stringify(body)}`)
      return decodeJwt(body['id_token'])
    },
    close: () => server.close(),
  }
}
