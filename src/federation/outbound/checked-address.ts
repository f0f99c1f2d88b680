// Where an outbound connection may go: a host's addresses, resolved once, refused when one of them is not public unless
// the operator allowed the host by name. Whoever connects uses these addresses and asks no second time (attacks.md 25).
import { lookup as dnsLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { Problem } from '../../problem.ts'
import { isPublicAddress } from './public-address.ts'

export interface Address {
  readonly address: string
  readonly family: number
}

/** Every address of a name. */
export type Resolve = (host: string) => Promise<readonly Address[]>

export const systemResolve: Resolve = (host) => dnsLookup(host, { all: true, verbatim: true })

/** CHANCERY_OUTBOUND_ALLOW names a host, or a host with its port. */
export const isAllowed = (url: URL, allow: ReadonlySet<string>): boolean =>
  allow.has(url.hostname) || allow.has(url.host) || allow.has(bare(url.hostname))

/** `[::1]` → `::1`. */
export const bare = (hostname: string): string =>
  hostname.startsWith('[') ? hostname.slice(1, -1) : hostname

/** @throws Problem('idp_communication_error') */
export async function checkedAddresses(
  url: URL,
  allow: ReadonlySet<string>,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<readonly Address[]> {
  const host = bare(url.hostname)
  const family = isIP(host)
  const addresses = family === 0 ? await resolved(host, resolve, signal) : [{ address: host, family }]
  const inside = addresses.find(({ address }) => !isPublicAddress(address))
  if (inside && !isAllowed(url, allow)) {
    throw callFailed(
      `\`${host}\` is at ${inside.address}, which is not public, and not in CHANCERY_OUTBOUND_ALLOW`,
    )
  }
  return addresses
}

async function resolved(host: string, resolve: Resolve, signal: AbortSignal): Promise<readonly Address[]> {
  const addresses = await Promise.race([resolve(host), aborted(signal)]).catch((cause) => {
    throw callFailed(`\`${host}\` does not resolve`, cause)
  })
  if (addresses.length === 0) throw callFailed(`\`${host}\` has no address`)
  return addresses
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_done, fail) => {
    if (signal.aborted) fail(signal.reason)
    signal.addEventListener('abort', () => fail(signal.reason), { once: true })
  })

/** Always answers with the addresses that were checked, whatever is asked. */
export const pinnedTo =
  (addresses: readonly Address[]): LookupFunction =>
  (_host, options, done) => {
    const all = addresses.map(({ address, family }) => ({ address, family }))
    if (options.all) return done(null, all)
    done(null, all[0]?.address ?? '', all[0]?.family)
  }

/** What went wrong on the way to a provider; `detail` is for the log alone. */
export function callFailed(detail: string, cause?: unknown): Problem {
  return new Problem('idp_communication_error', 'An error occurred while calling the identity provider', {
    detail: cause instanceof Error ? `${detail}: ${cause.message}` : detail,
    cause,
  })
}
