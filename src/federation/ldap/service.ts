// Opens a connection to the first working server of a directory, bound as the service account. A server that is down or hangs
// is skipped for a while; one that rejects our credentials ends the attempt.
import { isProblem, Problem } from '../../problem.ts'
import type { LdapProvider } from '../../store/records.ts'
import { communicationError } from '../outbound/checked-address.ts'
import { CircuitBreaker } from '../outbound/circuit-breaker.ts'
import { HostSlots } from '../outbound/host-slots.ts'
import { type Directory, openDirectory } from './client.ts'
import type { OnStep, Outbound } from './connection.ts'
import { refusalOf, resultText } from './refusals.ts'

/** Time limit of a sign-in over all servers. */
const signInMs = 4_500
/** Time limit for connecting to one server and binding as the service. */
const serverMs = 1_500

/** A connection bound as the service account. */
export interface ServiceSession {
  readonly service: Directory
  /** Opens another, unbound connection to the same server. It is closed with the session. */
  openSecond(): Promise<Directory>
}

export type WithDirectory = <T>(
  provider: LdapProvider,
  work: (session: ServiceSession) => Promise<T>,
) => Promise<T>

/**
 * @param limitMs milliseconds for a sign-in over all servers
 * @throws Problem('idp_communication_error') when no server answers
 */
export function directoryServers(outbound: Outbound, limitMs = signInMs): WithDirectory {
  const slots = new HostSlots()
  const breaker = new CircuitBreaker({ failures: 3, pauseMs: 15_000, now: () => performance.now() })
  return (provider, work) => {
    const signal = AbortSignal.timeout(limitMs)
    return slots.run(provider.id, signal, async () => {
      const failures: Problem[] = []
      for (const url of provider.urls) {
        try {
          const outcome = await breaker.run(`${provider.id} ${url}`, () =>
            tryServer(provider, url, outbound, signal, work),
          )
          if ('done' in outcome) return outcome.done
          throw outcome.refused
        } catch (error) {
          if (!isUnanswered(error)) throw error
          failures.push(error)
        }
      }
      throw communicationError(failures.map(({ detail }) => detail).join(' · '))
    })
  }
}

/** Result of one server: the work's result, or the refusal of the service account. */
type Outcome<T> = { readonly done: T } | { readonly refused: ServiceRefused }

async function tryServer<T>(
  provider: LdapProvider,
  url: string,
  outbound: Outbound,
  signal: AbortSignal,
  work: (session: ServiceSession) => Promise<T>,
): Promise<Outcome<T>> {
  const open: Directory[] = []
  try {
    const service = await openService(provider, url, outbound, signal)
    open.push(service)
    const openSecond = async () => {
      const another = await openDirectory({ ...provider, url }, outbound, signal)
      open.push(another)
      return another
    }
    return { done: await work({ service, openSecond }) }
  } catch (error) {
    if (error instanceof ServiceRefused) return { refused: error }
    throw error
  } finally {
    for (const one of open) one.close()
  }
}

/**
 * Connects and binds as the service account, when one is configured.
 * @throws ServiceRefused · Problem('idp_communication_error')
 */
export async function openService(
  provider: LdapProvider,
  url: string,
  outbound: Outbound,
  signal: AbortSignal,
  onStep?: OnStep,
): Promise<Directory> {
  // This limit covers connecting and binding only; later requests have the limit of the whole sign-in.
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
    const said = `${url}: bind as \`${bindDn}\`: ${resultText(error)}`
    throw refusalOf(error) ? new ServiceRefused(said) : communicationError(said)
  }
}

/** The service account's credentials are wrong. Other servers are not tried, because each attempt may count against the account. */
class ServiceRefused extends Problem {
  constructor(detail: string) {
    super('idp_communication_error', communicationError('').message, { detail })
  }
}

const isUnanswered = (error: unknown): error is Problem =>
  isProblem(error, 'idp_communication_error') && !(error instanceof ServiceRefused)
