// Connects to a directory server: checks the address, then establishes TLS (`ldaps://` or StartTLS) with verification of the
// certificate chain and host name. No credentials are sent before that.
import { isIP, connect as netConnect, type Socket } from 'node:net'
import { type PeerCertificate, type TLSSocket, connect as tlsConnect } from 'node:tls'
import {
  bare,
  checkedAddresses,
  communicationError,
  isAllowed,
  pinnedTo,
  type Resolve,
} from '../outbound/checked-address.ts'
import { messageEnd, startTlsRequest, startTlsResult } from './framing.ts'

export interface Server {
  readonly url: string
  readonly startTls: boolean
  /** PEM; undefined for the authorities that Node trusts. */
  readonly ca: string | undefined
}

export interface Outbound {
  readonly allow: ReadonlySet<string>
  readonly resolve: Resolve
}

/** Called after each completed step with its result. */
export type OnStep = (step: 'resolve' | 'connect' | 'tls', said: string) => void

/**
 * @throws Problem('idp_communication_error'); the failed step is the one after the last reported
 */
export async function openConnection(
  server: Server,
  { allow, resolve }: Outbound,
  signal: AbortSignal,
  onStep: OnStep = () => {},
): Promise<Socket> {
  const url = new URL(server.url)
  const host = bare(url.hostname)
  const secure = url.protocol === 'ldaps:'
  if (!secure && !server.startTls && !isAllowed(url, allow))
    throw communicationError(
      `\`${server.url}\` is neither ldaps nor StartTLS, and not in CHANCERY_OUTBOUND_ALLOW`,
    )
  const addresses = await checkedAddresses(url, allow, resolve, signal)
  onStep('resolve', addresses.map(({ address }) => address).join(', '))
  const socket = netConnect({
    host,
    port: Number(url.port) || (secure ? 636 : 389),
    lookup: pinnedTo(addresses),
    signal,
    noDelay: true,
  })
  try {
    await ready(socket, 'connect', signal)
    onStep('connect', `${socket.remoteAddress} port ${socket.remotePort}`)
    if (!secure && !server.startTls) {
      onStep('tls', 'none')
      return socket
    }
    if (!secure) await startTls(socket, signal)
    const encrypted = tlsConnect({
      socket,
      // The name that the certificate must match; SNI allows no IP address (RFC 6066 §3).
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(server.ca === undefined ? {} : { ca: server.ca }),
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    })
    await ready(encrypted, 'secureConnect', signal)
    onStep('tls', certificateOf(encrypted))
    return encrypted
  } catch (cause) {
    socket.destroy()
    throw communicationError(`\`${server.url}\``, signal.aborted ? new Error('no answer in time') : cause)
  }
}

function ready(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const end = (error?: unknown) => {
      signal.removeEventListener('abort', aborted)
      socket.off('error', end).off('close', closed).off(event, end)
      // Later errors are handled by the reader; until it is attached, an error must not end the process.
      socket.on('error', () => {})
      if (error === undefined) done()
      else fail(error)
    }
    const aborted = () => {
      socket.destroy()
      end(signal.reason)
    }
    const closed = () => end(new Error('the connection was closed'))
    if (signal.aborted) return aborted()
    signal.addEventListener('abort', aborted, { once: true })
    socket
      .once('error', end)
      .once('close', closed)
      .once(event, () => end())
  })
}

/**
 * Requests StartTLS. The response must be the last plain-text byte: further bytes may have been injected and would be read as
 * the beginning of the encrypted responses.
 */
async function startTls(socket: Socket, signal: AbortSignal): Promise<void> {
  socket.write(startTlsRequest)
  const answer = await firstMessage(socket, signal)
  const code = startTlsResult(answer)
  if (code !== 0) throw new Error(`StartTLS was refused with code ${code}`)
}

function firstMessage(socket: Socket, signal: AbortSignal): Promise<Buffer> {
  return new Promise((done, fail) => {
    let bytes: Buffer = Buffer.alloc(0)
    const end = (finish: () => void) => {
      signal.removeEventListener('abort', aborted)
      socket.off('data', take).off('close', closed)
      socket.pause()
      finish()
    }
    const aborted = () => end(() => fail(signal.reason))
    const closed = () => end(() => fail(new Error('the connection was closed')))
    const take = (more: Buffer) => {
      bytes = Buffer.concat([bytes, more])
      try {
        const to = messageEnd(bytes)
        if (to === undefined) return
        if (to < bytes.length) throw new Error('plain-text bytes after the response to StartTLS')
        end(() => done(bytes))
      } catch (error) {
        end(() => fail(error))
      }
    }
    signal.addEventListener('abort', aborted, { once: true })
    socket.on('data', take).once('close', closed)
  })
}

function certificateOf(socket: TLSSocket): string {
  const { subject, subjectaltname, valid_to }: PeerCertificate = socket.getPeerCertificate()
  const names = subjectaltname ?? `CN ${subject?.CN}`
  const left = Math.floor((Date.parse(valid_to) - Date.now()) / 86_400_000)
  return `${socket.getProtocol()}, certificate for ${names.slice(0, 200)}, until ${valid_to} (${left} days)`
}
