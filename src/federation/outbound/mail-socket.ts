// Connections to a mail server that administrators set at run time, by the rules of the guarded fetch: to the address that was
// checked, public unless the operator allowed the host, and encrypted unless the operator allowed the host. The connection begins
// without encryption, because SMTP asks for it in its conversation (RFC 3207); whoever speaks SMTP requires it there.
import { isIP, connect as netConnect, type Socket } from 'node:net'
import { type Address, isAllowed, pinnedTo, type Resolve, systemResolve } from './checked-address.ts'
import { isPublicAddress } from './public-address.ts'

export interface MailTarget {
  readonly host: string
  readonly port: number
  readonly security: 'starttls' | 'tls' | 'none'
}

export interface MailSocketOptions {
  /** CHANCERY_OUTBOUND_ALLOW. */
  readonly allow: ReadonlySet<string>
  readonly resolve?: Resolve
}

export interface Refused {
  readonly refused: 'host-not-found' | 'not-allowed' | 'unreachable'
  /** Says nothing of the addresses that a name has inside of the operator's network. */
  readonly why: string
}

const noAddress = (host: string): Refused => ({
  refused: 'host-not-found',
  why: `the host \`${host}\` was not found`,
})

/** Whether mail may be sent over this host: its addresses, or why not. */
export async function mailAddresses(
  { host, port, security }: MailTarget,
  { allow, resolve = systemResolve }: MailSocketOptions,
): Promise<readonly Address[] | Refused> {
  const family = isIP(host)
  const url = URL.parse(`https://${family === 6 ? `[${host}]` : host}:${port}`)
  if (url === null) return noAddress(host)
  const allowed = isAllowed(url, allow) || allow.has(`${host.toLowerCase()}:${port}`)
  if (security === 'none' && !allowed)
    return {
      refused: 'not-allowed',
      why: `\`${host}\` would be reached without encryption, and is not in CHANCERY_OUTBOUND_ALLOW`,
    }
  const addresses = family === 0 ? await resolve(host).catch(() => []) : [{ address: host, family }]
  if (addresses.length === 0) return noAddress(host)
  if (allowed || addresses.every(({ address }) => isPublicAddress(address))) return addresses
  return {
    refused: 'not-allowed',
    why: `\`${host}\` has an address that is not public, and is not in CHANCERY_OUTBOUND_ALLOW`,
  }
}

/** Connects without encryption to an address that was checked. */
export async function mailSocket(
  target: MailTarget,
  options: MailSocketOptions,
  until: AbortSignal,
): Promise<{ readonly socket: Socket } | Refused> {
  const { host, port } = target
  const late: Refused = { refused: 'unreachable', why: `\`${host}:${port}\` did not answer in time` }
  const found = await Promise.race([mailAddresses(target, options), aborted(until).then(() => late)])
  if ('refused' in found) return found
  return new Promise((done) => {
    const socket = netConnect({ host, port, lookup: pinnedTo(found), noDelay: true })
    const end = (result: { readonly socket: Socket } | Refused) => {
      until.removeEventListener('abort', abort)
      socket.off('error', failed).off('connect', connected)
      done(result)
    }
    const abort = () => {
      socket.destroy()
      end(late)
    }
    const failed = (error: Error) =>
      end({ refused: 'unreachable', why: `\`${host}:${port}\` could not be reached: ${reasonOf(error)}` })
    const connected = () => end({ socket })
    // Between here and the first word of SMTP, an error must not end the process.
    socket.on('error', () => undefined)
    socket.once('error', failed).once('connect', connected)
    if (until.aborted) abort()
    else until.addEventListener('abort', abort, { once: true })
  })
}

/** The code of the system, such as ECONNREFUSED: messages may name addresses. */
const reasonOf = (error: Error): string => ('code' in error ? String(error.code) : 'it was closed')

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done()
    signal.addEventListener('abort', () => done(), { once: true })
  })
