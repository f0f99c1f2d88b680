// Sign-in to a protected host. Cookies of this server do not reach other hosts, so each protected host has a cookie of its own:
// 1. A page load without it is redirected to `/forward-auth/start` here, with a random state in a cookie of the host.
// 2. There the person signs in, or is signed in already, and the browser returns to `/.chancery/callback` of the host with a code.
// 3. The code counts once, for a minute, for this host and the browser that has the state; it is exchanged for the host's cookie.
// The cookie names the browser session, under a MAC over the host, and is worth nothing once that session has ended.
import type { Context } from 'koa'
import { Problem } from '../../problem.ts'
import { type OriginalRequest, originOf } from './original-request.ts'

export interface HostSessionPorts {
  readonly issuer: string
  /** Epoch seconds. */
  readonly clock: () => number
  /** Seals a text for one named step until an instant (epoch seconds). */
  readonly sealTicket: (step: string, subject: string, expiresAt: number) => string
  /** @throws Problem when the ticket is not of this step or has expired */
  readonly openTicket: (step: string, ticket: string) => string
  readonly randomToken: () => string
  readonly hash: (text: string) => string
  /** True for the first call with this id. `until` in epoch seconds. */
  readonly spend: (id: string, until: number) => Promise<boolean>
}

type Place = Pick<OriginalRequest, 'host' | 'secure'>

const codeSeconds = 60
/** After this the cookie is made again from the browser session, without asking the person. */
const cookieSeconds = 8 * 3600
const stateSeconds = 3600
/** Longer paths do not survive the way through sign-in; the browser returns to `/`. */
const longestReturn = 1400

const cookieName = (name: 'session' | 'state', secure: boolean): string =>
  `${secure ? '__Host-' : ''}chancery-forward-${name}`

function cookieOf(ctx: Context, name: 'session' | 'state', { secure }: Place): string | undefined {
  const wanted = `${cookieName(name, secure)}=`
  for (const pair of ctx.get('cookie').split(';')) {
    const text = pair.trim()
    if (text.startsWith(wanted)) return text.slice(wanted.length)
  }
  return undefined
}

const setCookie = (name: 'session' | 'state', value: string, maxAge: number, { secure }: Place): string =>
  `${cookieName(name, secure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`

/** The id of the browser session in the host's cookie; undefined without a valid cookie of this host. */
export function sessionIdOf(ctx: Context, place: Place, ports: HostSessionPorts): string | undefined {
  const ticket = cookieOf(ctx, 'session', place)
  if (ticket === undefined) return undefined
  try {
    return ports.openTicket(`forward-auth ${place.host}`, ticket)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/**
 * Where a browser is sent to sign in, and the cookie that it must return with.
 * @param way `start` for a browser without a session, `another` to sign in with another account
 */
export function signInRedirect(
  ctx: Context,
  original: Pick<OriginalRequest, 'host' | 'secure' | 'path' | 'query'>,
  ports: HostSessionPorts,
  way: 'start' | 'another' = 'start',
): { readonly location: string; readonly cookie: string } {
  const known = cookieOf(ctx, 'state', original)
  // Several tabs share one state.
  const state = known !== undefined && /^[\w-]{20,64}$/.test(known) ? known : ports.randomToken()
  const query = new URLSearchParams({
    rd: originOf(original) + returnPathOf(original),
    state: ports.hash(state),
  })
  return {
    location: `${ports.issuer}/forward-auth/${way}?${query}`,
    cookie: setCookie('state', state, stateSeconds, original),
  }
}

/** Path and query to which a browser returns after sign-in. */
export function returnPathOf({ path, query }: Pick<OriginalRequest, 'path' | 'query'>): string {
  const target = query === '' ? path : `${path}?${query}`
  return target.length <= longestReturn ? target : '/'
}

interface Code {
  readonly sessionId: string
  readonly state: string
  /** Path and query on the host. */
  readonly back: string
  readonly id: string
}

/** What `/forward-auth/start` and `/forward-auth/another` are given. */
export interface ReturnTo {
  /** URL on the protected host. */
  readonly rd: string
  /** Hash of the state in the host's cookie. */
  readonly state: string
}

/** @throws Problem('invalid_input') unless the host is protected; http is refused unless this server has no https either */
export function returnUrl({ rd, state }: ReturnTo, hosts: ReadonlySet<string>, issuer: string): URL {
  const url = URL.parse(rd)
  const schemes = issuer.startsWith('https:') ? ['https:'] : ['https:', 'http:']
  if (
    !url ||
    !schemes.includes(url.protocol) ||
    !hosts.has(url.host) ||
    url.username !== '' ||
    url.password !== ''
  )
    throw new Problem('invalid_input', '`rd` must be a URL of a host that `forward_auth` has')
  if (!/^[\w-]{43}$/.test(state)) throw new Problem('invalid_input', '`state` must be that of the redirect')
  return url
}

/** The address on the protected host that ends a sign-in there. @throws Problem('invalid_input') as `returnUrl` does */
export function callbackUrl(
  given: ReturnTo & { readonly sessionId: string },
  hosts: ReadonlySet<string>,
  ports: HostSessionPorts,
): string {
  const url = returnUrl(given, hosts, ports.issuer)
  const code: Code = {
    sessionId: given.sessionId,
    state: given.state,
    back: url.pathname + url.search,
    id: ports.randomToken(),
  }
  const ticket = ports.sealTicket(
    `forward-code ${url.host}`,
    JSON.stringify(code),
    ports.clock() + codeSeconds,
  )
  return `${url.origin}/.chancery/callback?code=${ticket}`
}

/**
 * Exchanges a code for the host's cookie and redirects to what was asked for. `onSession` is called before the cookie is set.
 * @throws Problem('denied')
 */
export async function finishSignIn(
  ctx: Context,
  ticket: string,
  place: Place,
  ports: HostSessionPorts & { readonly onSession: (sessionId: string) => Promise<void> },
): Promise<void> {
  // Sealed by this server, so its form is known.
  const code = JSON.parse(ports.openTicket(`forward-code ${place.host}`, ticket)) as Code
  const state = cookieOf(ctx, 'state', place)
  if (state === undefined || ports.hash(state) !== code.state)
    throw new Problem('denied', 'this sign-in began in another browser; open the page again')
  if (!(await ports.spend(`forward-code ${code.id}`, ports.clock() + 2 * codeSeconds)))
    throw new Problem('denied', 'this sign-in has been completed already; open the page again')
  await ports.onSession(code.sessionId)
  const value = ports.sealTicket(`forward-auth ${place.host}`, code.sessionId, ports.clock() + cookieSeconds)
  ctx.append('Set-Cookie', setCookie('session', value, cookieSeconds, place))
  ctx.append('Set-Cookie', setCookie('state', '', 0, place))
  ctx.status = 303
  // A path that begins with two slashes would name another host.
  ctx.set('Location', code.back.startsWith('//') ? '/' : code.back)
  ctx.body = ''
}

/** Removes the host's cookie. */
export const clearCookie = (ctx: Context, place: Place): void =>
  ctx.append('Set-Cookie', setCookie('session', '', 0, place))
