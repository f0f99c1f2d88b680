// Signs in through OIDC as an application and a browser would: authorization code with PKCE, the forms for password, code
// and consent, and the code exchanged for tokens.
import { createHash, randomBytes } from 'node:crypto'
import { Browser, type BrowserPage, type PageForm } from './browser.ts'

export interface Person {
  readonly name: string
  readonly password: string
  /** Returns a code that has not been used. */
  readonly code: () => string
}

export interface Application {
  readonly clientId: string
  readonly redirectUri: string
}

export interface SignedIn {
  /** Titles of the pages visited. */
  readonly pages: readonly string[]
  readonly claims: Readonly<Record<string, unknown>>
}

interface Discovery {
  readonly authorization_endpoint: string
  readonly token_endpoint: string
}

const most = 10

/** @throws Error for an unexpected page, or when the flow does not end at the application */
export async function signIn(issuer: string, application: Application, person: Person): Promise<SignedIn> {
  const found = await fetch(`${issuer}/.well-known/openid-configuration`)
  const discovery = (await found.json()) as Discovery
  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(16).toString('base64url')
  const browser = new Browser()
  const pages: string[] = []
  let seen = await browser.open(
    authorizationUrl(discovery, application, verifier, state),
    application.redirectUri,
  )
  for (let i = 0; i < most && !('left' in seen); i++) {
    pages.push(seen.title)
    const [form, filled] = fillForm(seen, person)
    seen = await browser.submit(seen, form, filled, application.redirectUri)
  }
  if (!('left' in seen)) throw new Error(`still at ${seen.url} after ${most} pages`)
  const claims = await redeem(discovery, application, verifier, state, new URL(seen.left))
  return { pages, claims }
}

function authorizationUrl(
  discovery: Discovery,
  application: Application,
  verifier: string,
  state: string,
): string {
  const url = new URL(discovery.authorization_endpoint)
  url.search = String(
    new URLSearchParams({
      client_id: application.clientId,
      redirect_uri: application.redirectUri,
      response_type: 'code',
      scope: 'openid profile',
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }),
  )
  return url.href
}

/** The form to fill in on this page, with the values. */
function fillForm(page: BrowserPage, person: Person): [PageForm, Record<string, string>] {
  const withField = (name: string) => page.forms.find(({ fields }) => fields.has(name))
  const password = withField('password')
  if (password !== undefined) return [password, { username: person.name, password: person.password }]
  const code = withField('code')
  if (code !== undefined) return [code, { code: person.code() }]
  const allow = page.forms.find(({ action }) => action.endsWith('/allow'))
  if (allow !== undefined) return [allow, {}]
  throw new Error(`no form to fill in on \`${page.title}\` (${page.status} ${page.url})`)
}

async function redeem(
  discovery: Discovery,
  application: Application,
  verifier: string,
  state: string,
  callback: URL,
) {
  const code = callback.searchParams.get('code')
  if (code === null || callback.searchParams.get('state') !== state)
    throw new Error(`refused: ${callback.search}`)
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: application.redirectUri,
    client_id: application.clientId,
    code_verifier: verifier,
  })
  const response = await fetch(discovery.token_endpoint, { method: 'POST', body })
  const tokens = (await response.json()) as { readonly id_token?: string }
  if (tokens.id_token === undefined)
    throw new Error(`no ID token: ${response.status} ${JSON.stringify(tokens)}`)
  const [, payload = ''] = tokens.id_token.split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
}
