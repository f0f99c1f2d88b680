// Resolves a host once and refuses it when any of its addresses is not public, unless the operator allowed the host by name.
// Callers connect to the returned addresses and do not resolve again (attacks.md 25).
import { lookup as dnsLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { Problem } from '../../problem.ts'
import { isPublicAddress } from './public-address.ts'

export interface Address {
  readonly address: string
  readonly family: number
}

/** Resolves a host name to all of its addresses. */
export type Resolve = (host: string) => Promise<readonly Address[]>

export const systemResolve: Resolve = (host) => dnsLookup(host, { all: true, verbatim: true })

/** Whether CHANCERY_OUTBOUND_ALLOW lists the host, or the host with its port. */
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
  const isInside = addresses.some(({ address }) => !isPublicAddress(address))
  // Without the address: administrators who check a provider must not learn those of the operator's network.
  if (isInside && !isAllowed(url, allow))
    throw communicationError(
      `\`${host}\` has an address that is not public, and is not in CHANCERY_OUTBOUND_ALLOW`,
    )
  return addresses
}

async function resolved(host: string, resolve: Resolve, signal: AbortSignal): Promise<readonly Address[]> {
  const addresses = await Promise.race([resolve(host), aborted(signal)]).catch((cause) => {
    throw communicationError(`\`${host}\` does not resolve`, cause)
  })
  if (addresses.length === 0) throw communicationError(`\`${host}\` has no address`)
  return addresses
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_done, fail) => {
    if (signal.aborted) fail(signal.reason)
    signal.addEventListener('abort', () => fail(signal.reason), { once: true })
  })

/** A `lookup` function that always returns the checked addresses. */
export const pinnedTo =
  (addresses: readonly Address[]): LookupFunction =>
  (_host, options, done) => {
    const all = addresses.map(({ address, family }) => ({ address, family }))
    if (options.all) return done(null, all)
    done(null, all[0]?.address ?? '', all[0]?.family)
  }

/** A failed request to a provider. @param detail for the log only */
export function communicationError(detail: string, cause?: unknown): Problem {
  return new Problem('idp_communication_error', 'An error occurred while calling the identity provider', {
    detail: cause instanceof Error ? `${detail}: ${cause.message}` : detail,
    cause,
  })
}
