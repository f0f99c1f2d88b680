// Checks of the public URL, made as people and services reach it: through DNS, TLS and every proxy in between.
import type { Config } from '../../config.ts'
import { type Finding, fail, findingsOf, ok, warn } from './finding.ts'

const limitMs = 10_000
/** Seconds; AWS clients and TOTP codes tolerate more, signed tokens of strict services do not. */
const mostSkew = 5

/** @param issuer the public URL, no trailing slash */
export const checkPublicUrl = (issuer: string, config: Config): Promise<readonly Finding[]> =>
  findingsOf(
    'issuer',
    `let ${issuer} reach this server; start it first, and check DNS, the proxy and CHANCERY_ISSUER`,
    async () => {
      const response = await fetch(`${issuer}/.well-known/openid-configuration`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(limitMs),
      })
      const received = Date.now()
      const text = await response.text()
      return [
        discoveryFinding(issuer, response.status, text),
        clockFinding(response.headers.get('date'), received),
        ...(await cookieFindings(issuer)),
        proxyFinding(issuer, config),
      ]
    },
  )

function discoveryFinding(issuer: string, status: number, text: string): Finding {
  const found = status === 200 ? issuerIn(text) : undefined
  if (found === issuer) return ok('issuer', `${issuer} reaches a server that calls itself so`)
  if (found !== undefined)
    return fail(
      'issuer',
      `${issuer} reaches a server that calls itself ${found}`,
      'set CHANCERY_ISSUER to one of the two',
    )
  return fail(
    'issuer',
    `${issuer}/.well-known/openid-configuration answers ${status} without an issuer`,
    'let the proxy pass every path of the origin to this server, without redirects',
  )
}

function issuerIn(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'issuer' in value ? String(value.issuer) : undefined
  } catch {
    return undefined
  }
}

/** Compares with whoever wrote the header: this server, or the proxy in front of it. */
function clockFinding(date: string | null, receivedMs: number): Finding {
  const there = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(there))
    return warn('clock', 'the response of the public URL has no date', 'let the proxy pass the Date header')
  const skew = Math.round((there - receivedMs) / 1000)
  if (Math.abs(skew) <= mostSkew) return ok('clock', `agrees with the public URL within ${mostSkew} s`)
  return fail(
    'clock',
    `is ${Math.abs(skew)} s ${skew > 0 ? 'behind' : 'ahead of'} the public URL`,
    'synchronize the clocks of all machines (chrony, systemd-timesyncd)',
  )
}

/** The interaction that a sign-in begins with sets cookies, whose attributes a proxy must not change. */
async function cookieFindings(issuer: string): Promise<readonly Finding[]> {
  const response = await fetch(`${issuer}/account`, {
    redirect: 'manual',
    headers: { accept: 'text/html' },
    signal: AbortSignal.timeout(limitMs),
  })
  await response.text()
  const cookies = response.headers.getSetCookie()
  if (cookies.length === 0)
    return [
      fail(
        'cookies',
        `${issuer}/account sets no cookie (status ${response.status})`,
        'let the proxy pass Set-Cookie headers',
      ),
    ]
  const location = response.headers.get('location')
  const target = location === null ? undefined : URL.parse(location, issuer)
  if (target && target.origin !== issuer)
    return [
      fail(
        'cookies',
        `sign-in leads to ${target.origin}, where its cookies are not sent`,
        'let the proxy leave Location headers as they are',
      ),
    ]
  const weak = cookies.filter(
    (cookie) => !/;\s*httponly/i.test(cookie) || (issuer.startsWith('https:') && !/;\s*secure/i.test(cookie)),
  )
  if (weak.length > 0)
    return [
      fail(
        'cookies',
        `${weak.length} of ${cookies.length} cookies arrive without HttpOnly or Secure`,
        'let the proxy leave Set-Cookie headers as they are',
      ),
    ]
  return [ok('cookies', `${cookies.length} set by a sign-in, with their attributes`)]
}

function proxyFinding(issuer: string, { tls, trustedProxies, host, workers }: Config): Finding {
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(issuer).hostname)
  if (trustedProxies.length > 0)
    return ok('proxy', `X-Forwarded-For is used when ${trustedProxies.join(', ')} sends it`)
  if (tls || loopback || issuer.startsWith('http:'))
    return ok(
      'proxy',
      `none is expected: ${workers === 1 ? 'one process serves' : `${workers} processes serve`} ${host} directly`,
    )
  return warn(
    'proxy',
    'TLS ends at a proxy, whose address counts as that of every client: all share one rate limit',
    'set CHANCERY_TRUSTED_PROXIES to the addresses of the proxy, which must set X-Forwarded-For',
  )
}
