// A browser without a screen: follows redirects, keeps cookies by path, and knows PKCE.
import { createHash, randomBytes } from 'node:crypto'

interface Cookie {
  readonly name: string
  readonly value: string
  readonly path: string
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** Where it ended, or where it would have left the site. */
  readonly url: string
}

export class Browser {
  readonly #site: string
  cookies: Cookie[] = []
  readonly visited: string[] = []

  constructor(site: string) {
    this.#site = site
  }

  /** Follows redirects within the site; stops at the first that leaves it. */
  async go(to: string, init: RequestInit = {}): Promise<Answer> {
    let url = new URL(to, this.#site)
    let request = init
    for (let hop = 0; hop < 20; hop += 1) {
      if (url.origin !== this.#site) return { status: 303, headers: new Headers(), body: '', url: url.href }
      const response = await this.#fetch(url, request)
      const where = response.headers.get('location')
      const body = await response.text()
      if (response.status < 300 || response.status > 399 || !where) {
        return { status: response.status, headers: response.headers, body, url: url.href }
      }
      url = new URL(where, url)
      request = {}
    }
    throw new Error('too many redirects')
  }

  /** One request; follows nothing. */
  async step(to: string): Promise<Answer> {
    const url = new URL(to, this.#site)
    const { status, headers } = await this.#fetch(url, {})
    return { status, headers, body: '', url: url.href }
  }

  submit(to: string, fields: Record<string, string>): Promise<Answer> {
    return this.go(to, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  }

  async #fetch(url: URL, init: RequestInit): Promise<Response> {
    this.visited.push(url.pathname)
    const cookie = this.cookies
      .filter((one) => url.pathname === one.path || url.pathname.startsWith(one.path.replace(/\/?$/, '/')))
      .map((one) => `${one.name}=${one.value}`)
      .join('; ')
    const headers = new Headers({ accept: 'text/html', ...Object.fromEntries(new Headers(init.headers)) })
    if (cookie !== '') headers.set('cookie', cookie)
    const response = await fetch(url, { ...init, redirect: 'manual', headers })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/; ?/)
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    const path = attributes.find((a) => /^path=/i.test(a))?.slice(5) ?? '/'
    this.cookies = this.cookies.filter((one) => one.name !== name || one.path !== path)
    if (value !== '' && !/max-age=0|expires=Thu, 01 Jan 1970/i.test(line))
      this.cookies.push({ name, value, path })
  }
}

export function pkce(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** Signs in at a client and gives the code it was sent back with. */
export async function codeFor(
  browser: Browser,
  params: Readonly<Record<string, string>>,
): Promise<{ readonly code: string; readonly verifier: string; readonly back: URL }> {
  const { verifier, challenge } = pkce()
  const query = new URLSearchParams({
    response_type: 'code',
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'state-1',
    ...params,
  })
  const answer = await browser.go(`/authorize?${query}`)
  const back = new URL(answer.url)
  const code = back.searchParams.get('code')
  if (!code) throw new Error(`no code: ${answer.status} ${answer.url} ${answer.body.slice(0, 300)}`)
  return { code, verifier, back }
}

export interface TokenAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, string | number | undefined>>
}

/** POST of a form to an endpoint, as JSON. */
export async function post(
  url: string,
  fields: Readonly<Record<string, string>> | URLSearchParams,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(fields as Record<string, string>),
    headers,
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
}

export const basic = (id: string, secret: string): { readonly authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
})
