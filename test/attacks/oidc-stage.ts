// What the OIDC attacks start from: codes and refresh tokens of a signed-in person, and many hands at once.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { Browser, basic, codeFor, post, type TokenAnswer } from '../oidc/browser.ts'
import { auditorSecret, type Running, webSecret } from '../oidc/open.ts'

export const web = basic('web', webSecret)
export const webBack = 'https://app.example/cb'

export interface Code {
  readonly code: string
  readonly verifier: string
}

export const webCode = (at: Running, scope = 'openid'): Promise<Code> =>
  codeFor(new Browser(at.issuer), { client_id: 'web', redirect_uri: webBack, scope })

export const redeemCode = (
  at: { readonly issuer: string },
  { code, verifier }: Code,
  headers: Readonly<Record<string, string>> = web,
): Promise<TokenAnswer> =>
  post(
    `${at.issuer}/token`,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: webBack },
    headers,
  )

/** Access and refresh token of a fresh sign-in at the confidential client. */
export async function webTokens(
  at: Running,
  scope = 'openid',
): Promise<{ readonly access: string; readonly refresh: string }> {
  const { status, body } = await redeemCode(at, await webCode(at, scope))
  if (status !== 200) throw new Error(JSON.stringify(body))
  return { access: String(body['access_token']), refresh: String(body['refresh_token']) }
}

export const refresh = (
  url: string,
  token: string,
  headers: Readonly<Record<string, string>> = web,
): Promise<TokenAnswer> =>
  post(`${url}/token`, { grant_type: 'refresh_token', refresh_token: token }, headers)

/** Tokens of the public client, which has no secret and, here, no key. */
export async function spaTokens(at: Running): Promise<{ readonly access: string; readonly refresh: string }> {
  const redirect_uri = 'https://spa.example/cb'
  const { code, verifier } = await codeFor(new Browser(at.issuer), { client_id: 'spa', redirect_uri })
  const { status, body } = await post(`${at.issuer}/token`, {
    grant_type: 'authorization_code',
    client_id: 'spa',
    code,
    code_verifier: verifier,
    redirect_uri,
  })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return { access: String(body['access_token']), refresh: String(body['refresh_token']) }
}

export const spaRefresh = (url: string, token: string): Promise<TokenAnswer> =>
  post(`${url}/token`, { grant_type: 'refresh_token', refresh_token: token, client_id: 'spa' })

export const isActive = async (at: { readonly issuer: string }, token: string): Promise<unknown> =>
  (await post(`${at.issuer}/introspect`, { token }, basic('auditor', auditorSecret))).body['active']

export interface Other {
  readonly url: string
  readonly process: ChildProcess
  kill(): Promise<void>
}

/** A second process over the same store, speaking for the same issuer. */
export async function otherProcess(dir: string, issuer: string): Promise<Other> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../oidc/serve.ts'), dir, issuer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    url: `http://127.0.0.1:${line.toString().trim()}`,
    process: child,
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
