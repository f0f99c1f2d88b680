// Connections other than HTTP to configured receivers, by the same rules as the guarded fetch: to the address that was checked,
// public unless the operator allowed the host, and encrypted unless the operator allowed the host.
import { createSocket, type Socket as DatagramSocket } from 'node:dgram'
import { isIP, connect as netConnect, type Socket } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import {
  bare,
  checkedAddresses,
  communicationError,
  isAllowed,
  pinnedTo,
  type Resolve,
  systemResolve,
} from './checked-address.ts'

export interface SocketTarget {
  readonly host: string
  readonly port: number
  readonly transport: 'tls' | 'tcp' | 'udp'
  /** PEM: authorities of the receiver's certificate, instead of the system's. */
  readonly ca?: string | undefined
}

export interface GuardedSocketOptions {
  /** CHANCERY_OUTBOUND_ALLOW. */
  readonly allow: ReadonlySet<string>
  readonly resolve?: Resolve
}

export interface GuardedConnection {
  /** False once the other side ended it, or it broke. */
  readonly open: boolean
  /** Sends each part, over UDP as one datagram. Resolves when the system has taken them. @throws when it cannot be sent */
  write(parts: readonly Buffer[], until: AbortSignal): Promise<void>
  close(): void
}

/** @throws Problem('idp_communication_error'), with the reason in `detail` */
export async function guardedConnection(
  { host, port, transport, ca }: SocketTarget,
  { allow, resolve = systemResolve }: GuardedSocketOptions,
  signal: AbortSignal,
): Promise<GuardedConnection> {
  const url = new URL(`https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`)
  if (transport !== 'tls' && !isAllowed(url, allow) && !allow.has(`${host}:${port}`))
    throw communicationError(`\`${host}\` is not reached by tls, and not in CHANCERY_OUTBOUND_ALLOW`)
  const addresses = await checkedAddresses(url, allow, resolve, signal)
  const name = bare(url.hostname)
  try {
    if (transport === 'udp') return datagrams(addresses[0]?.address ?? host, addresses[0]?.family ?? 4, port)
    const to = { host: name, port, lookup: pinnedTo(addresses) }
    if (transport === 'tcp') return await connected(netConnect(to).setNoDelay(), 'connect', signal)
    const encrypted = tlsConnect({
      ...to,
      ...(isIP(name) === 0 ? { servername: name } : {}),
      ...(ca === undefined ? {} : { ca }),
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    })
    return await connected(encrypted.setNoDelay(), 'secureConnect', signal)
  } catch (cause) {
    throw communicationError(`\`${host}:${port}\` could not be reached`, cause)
  }
}

function connected(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<GuardedConnection> {
  return new Promise((done, fail) => {
    let failure: Error | undefined
    const late = () => socket.destroy(new Error('the receiver did not answer in time'))
    if (signal.aborted) late()
    signal.addEventListener('abort', late, { once: true })
    socket.on('error', (error) => {
      failure = error
      fail(error)
    })
    socket.once('close', () => fail(new Error('the connection was closed')))
    // Whoever receives syslog does not answer; the end of its side is the end of the connection.
    socket.once('end', () => socket.destroy())
    socket.resume()
    socket.once(event, () => {
      signal.removeEventListener('abort', late)
      done({
        get open() {
          return !socket.destroyed && socket.writable
        },
        write: (parts, until) =>
          new Promise((written, broken) => {
            const closed = () => broken(failure ?? new Error('the connection was closed'))
            const aborted = () => socket.destroy()
            if (socket.destroyed) return closed()
            const finished = (error?: Error | null) => {
              socket.off('close', closed)
              until.removeEventListener('abort', aborted)
              if (error) broken(error)
              else written()
            }
            socket.once('close', closed)
            until.addEventListener('abort', aborted, { once: true })
            socket.write(Buffer.concat(parts), finished)
          }),
        close: () => socket.destroy(),
      })
    })
  })
}

function datagrams(address: string, family: number, port: number): GuardedConnection {
  const socket: DatagramSocket = createSocket(family === 6 ? 'udp6' : 'udp4')
  let open = true
  socket.on('error', () => {
    open = false
  })
  socket.unref()
  return {
    get open() {
      return open
    },
    async write(parts) {
      for (const part of parts)
        await new Promise<void>((sent, failed) => {
          socket.send(part, port, address, (error) => (error ? failed(error) : sent()))
        })
    },
    close() {
      if (open) socket.close()
      open = false
    },
  }
}
