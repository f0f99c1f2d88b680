// A GitHub-shaped OAuth 2 server on loopback, made after GitHub's documentation and not on any library of ours:
// `/login/oauth/authorize` with a login form (fields `login`, `password`), `/login/oauth/access_token` (200 with `error`;
// a form unless JSON is asked for), `/api/v3/user`, `/api/v3/user/emails`. Use: `preset: github` with `base_url: up.origin`,
// CHANCERY_OUTBOUND_ALLOW with `up.host`; `signInThere` of openid-upstream.ts walks its page too.
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface GitHubAccount {
  readonly login: string
  readonly password: string
  /** Answer of `/user`; `login` is added. */
  readonly user: Readonly<Record<string, unknown>>
  /** Answer of `/user/emails`. */
  readonly emails: readonly unknown[]
}

export interface GitHubQuirks {
  /** Answers in JSON only, forms only, or as asked. */
  answers?: 'form' | undefined
  /** Replaces a path's answer: status and body. */
  instead?: ReadonlyMap<string, readonly [status: number, body: string]> | undefined
  /** Never answers there. */
  hangs?: string | undefined
  /** Takes one code again and again. */
  reusable?: boolean | undefined
}

export interface GitHubUpstream {
  readonly origin: string
  readonly host: string
  readonly client: { readonly id: string; readonly secret: string }
  readonly accounts: GitHubAccount[]
  readonly quirks: GitHubQuirks
  readonly requests: readonly string[]
  close(): void
}

const defaultAccounts = (): GitHubAccount[] => [
  {
    login: 'octocat',
    password: 'octocat-upstream-password',
    user: { id: 583231, name: 'The Octocat', email: 'profile@anywhere.example' },
    emails: [
      { email: 'old@corp.example', verified: true, primary: false },
      { email: 'octocat@corp.example', verified: true, primary: true },
    ],
  },
]

interface Grant {
  readonly account: GitHubAccount
  readonly redirectUri: string
  readonly challenge: string | undefined
}

export async function startGitHubUpstream(options: {
  readonly redirectUris: readonly string[]
  readonly accounts?: readonly GitHubAccount[]
}): Promise<GitHubUpstream> {
  const accounts = options.accounts ? [...options.accounts] : defaultAccounts()
  const client = { id: 'Iv1.0123456789abcdef', secret: 'github-upstream-secret' }
  const quirks: GitHubQuirks = {}
  const requests: string[] = []
  const codes = new Map<string, Grant>()
  const tokens = new Map<string, GitHubAccount>()

  const authorize = async (url: URL, request: IncomingMessage, response: ServerResponse) => {
    const asked = url.searchParams
    const redirectUri = asked.get('redirect_uri') ?? options.redirectUris[0] ?? ''
    if (asked.get('client_id') !== client.id || !options.redirectUris.includes(redirectUri))
      return void response.writeHead(404).end('no such application')
    if (request.method !== 'POST') return page(response, false)
    const fields = new URLSearchParams(await bodyOf(request))
    const back = new URL(redirectUri)
    back.searchParams.set('state', asked.get('state') ?? '')
    if (fields.has('refuse')) {
      back.searchParams.set('error', 'access_denied')
      back.searchParams.set('error_description', 'The user has denied your application access.')
      return void response.writeHead(302, { location: back.href }).end()
    }
    const account = accounts.find(
      ({ login, password }) => login === fields.get('login') && password === fields.get('password'),
    )
    if (!account) return page(response, true)
    const code = randomBytes(10).toString('hex')
    codes.set(code, { account, redirectUri, challenge: asked.get('code_challenge') ?? undefined })
    back.searchParams.set('code', code)
    response.writeHead(302, { location: back.href }).end()
  }

  const redeem = async (request: IncomingMessage): Promise<Record<string, string>> => {
    const fields = new URLSearchParams(await bodyOf(request))
    const { id, secret } = credentialsOf(request, fields)
    if (id !== client.id || secret !== client.secret)
      return {
        error: 'incorrect_client_credentials',
        error_description: 'The client_id and/or client_secret passed are incorrect.',
      }
    const code = fields.get('code') ?? ''
    const grant = codes.get(code)
    const challenge = createHash('sha256')
      .update(fields.get('code_verifier') ?? '')
      .digest('base64url')
    if (
      !grant ||
      fields.get('redirect_uri') !== grant.redirectUri ||
      (grant.challenge && grant.challenge !== challenge)
    )
      return { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' }
    if (!quirks.reusable) codes.delete(code)
    const token = `gho_${randomBytes(18).toString('hex')}`
    tokens.set(token, grant.account)
    return { access_token: token, scope: 'read:user,user:email', token_type: 'bearer' }
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    requests.push(`${request.method} ${url.pathname}`)
    if (quirks.hangs === url.pathname) return
    const instead = quirks.instead?.get(url.pathname)
    if (instead)
      return void response.writeHead(instead[0], { 'content-type': 'application/json' }).end(instead[1])
    const account = tokens.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    switch (url.pathname) {
      case '/login/oauth/authorize':
        return void authorize(url, request, response)
      case '/login/oauth/access_token':
        return void redeem(request).then((answer) => {
          const json = quirks.answers !== 'form' && request.headers.accept === 'application/json'
          const type = json ? 'application/json' : 'application/x-www-form-urlencoded'
          response.writeHead(200, { 'content-type': `${type}; charset=utf-8` })
          response.end(json ? JSON.stringify(answer) : new URLSearchParams(answer).toString())
        })
      case '/api/v3/user':
        return json(response, account, account && { login: account.login, ...account.user })
      case '/api/v3/user/emails':
        return json(response, account, account?.emails)
      default:
        response.writeHead(404).end()
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    host: new URL(origin).host,
    client,
    accounts,
    quirks,
    requests,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function json(response: ServerResponse, account: GitHubAccount | undefined, body: unknown): void {
  response.writeHead(account ? 200 : 401, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(account ? body : { message: 'Requires authentication' }))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function credentialsOf(request: IncomingMessage, fields: URLSearchParams) {
  const packed = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (packed === undefined) return { id: fields.get('client_id'), secret: fields.get('client_secret') }
  const [id, secret] = Buffer.from(packed, 'base64').toString().split(':')
  return { id, secret }
}

function page(response: ServerResponse, wrong: boolean): void {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(`<!doctype html><html lang="en"><title>Sign in to OctoHub</title><h1>Sign in to OctoHub</h1>
${wrong ? '<p role="alert">Incorrect username or password</p>' : ''}
<form method="post">
<p><label>Login <input name="login" autocomplete="username"></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password"></label></p>
<p><button>Sign in</button> <button name="refuse" value="1">Cancel</button></p>
</form>`)
}
