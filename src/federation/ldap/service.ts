// A directory's servers, tried in order, each bound to as the service. A server that hangs or is down costs a little time
// and is then left out for a while; one that takes the connection but not our password ends the search.
import { isProblem, Problem } from '../../problem.ts'
import type { LdapProvider } from '../../store/records.ts'
import { callFailed } from '../outbound/checked-address.ts'
import { CircuitBreaker } from '../outbound/circuit-breaker.ts'
import { HostSlots } from '../outbound/host-slots.ts'
import { type Directory, openDirectory } from './client.ts'
import type { OnStep, Outbound } from './connection.ts'
import { refusalOf, saidBy } from './refusals.ts'

/** For a whole sign-in, all servers together. */
const signInMs = 4_500
/** For one server to be connected to and to take the service's bind. */
const serverMs = 1_500

/** A server that took the service's bind. */
export interface Visit {
  readonly service: Directory
  /** A further connection to the same server, bound as nobody. Closed with the visit. */
  again(): Promise<Directory>
}

export type AtDirectory = <T>(provider: LdapProvider, work: (visit: Visit) => Promise<T>) => Promise<T>

/** @throws Problem('idp_communication_error') when no server answers */
export function directoryServers(outbound: Outbound): AtDirectory {
  const slots = new HostSlots()
  const breaker = new CircuitBreaker({ failures: 3, pauseMs: 15_000, now: () => performance.now() })
  return (provider, work) => {
    const signal = AbortSignal.timeout(signInMs)
    return slots.run(provider.id, signal, async () => {
      const failures: Problem[] = []
      for (const url of provider.urls) {
        try {
          const outcome = await breaker.run(`${provider.id} ${url}`, () =>
            visiting(provider, url, outbound, signal, work),
          )
          if ('done' in outcome) return outcome.done
          throw outcome.refused
        } catch (error) {
          if (!isUnanswered(error)) throw error
          failures.push(error)
        }
      }
      throw callFailed(failures.map(({ detail }) => detail).join(' · '))
    })
  }
}

/** Of one server: what came of the work, or that it refuses the service. */
type Outcome<T> = { readonly done: T } | { readonly refused: ServiceRefused }

async function visiting<T>(
  provider: LdapProvider,
  url: string,
  outbound: Outbound,
  signal: AbortSignal,
  work: (visit: Visit) => Promise<T>,
): Promise<Outcome<T>> {
  const open: Directory[] = []
  try {
    const service = await openService(provider, url, outbound, signal)
    open.push(service)
    const again = async () => {
      const another = await openDirectory({ ...provider, url }, outbound, signal)
      open.push(another)
      return another
    }
    return { done: await work({ service, again }) }
  } catch (error) {
    if (error instanceof ServiceRefused) return { refused: error }
    throw error
  } finally {
    for (const one of open) one.close()
  }
}

/**
 * Connected, and bound as the service if it has a name.
 * @throws ServiceRefused · Problem('idp_communication_error')
 */
export async function openService(
  provider: LdapProvider,
  url: string,
  outbound: Outbound,
  signal: AbortSignal,
  onStep?: OnStep,
): Promise<Directory> {
  // Runs out for the way to the bind alone; what is asked afterwards has the time of the whole.
  const setup = new AbortController()
  const timer = setTimeout(() => setup.abort(), serverMs)
  const both = AbortSignal.any([signal, setup.signal])
  try {
    const directory = await openDirectory({ ...provider, url }, outbound, both, onStep)
    await bindService(directory, provider, url)
    return directory
  } finally {
    clearTimeout(timer)
  }
}

async function bindService(directory: Directory, provider: LdapProvider, url: string): Promise<void> {
  const { bindDn, secret } = provider
  if (bindDn === undefined) return
  try {
    await directory.bind(bindDn, secret?.reveal() ?? '')
  } catch (error) {
    directory.close()
    const said = `${url}: bind as \`${bindDn}\`: ${saidBy(error)}`
    throw refusalOf(error) ? new ServiceRefused(said) : callFailed(said)
  }
}

/** Our own name or password is wrong: no other server will say otherwise, and each try may count against the account. */
class ServiceRefused extends Problem {
  constructor(detail: string) {
    super('idp_communication_error', callFailed('').message, { detail })
  }
}

const isUnanswered = (error: unknown): error is Problem =>
  isProblem(error, 'idp_communication_error') && !(error instanceof ServiceRefused)
