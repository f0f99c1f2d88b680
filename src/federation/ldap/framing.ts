// Splits an LDAP byte stream into messages (RFC 4511 §5.1) of bounded size: ldapts gets one complete message at a time. Parses
// only the message envelope.
import { Duplex } from 'node:stream'

/** Larger messages end the connection. */
const maxMessageBytes = 1024 * 1024
/** More bytes than this in total end the connection too; no sign-in needs as many. */
const maxTotalBytes = 16 * 1024 * 1024

interface Element {
  readonly tag: number
  /** Start and end of its content. */
  readonly from: number
  readonly to: number
}

/**
 * Tag and length of the BER element at `at`; undefined while its header is incomplete.
 * @throws Error for an indefinite length, or one beyond the limit
 */
function elementAt(bytes: Buffer, at: number): Element | undefined {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) return undefined
  if (first < 0x80) return { tag, from: at + 2, to: at + 2 + first }
  const count = first & 0x7f
  // RFC 4511 §5.1: only the definite form.
  if (count === 0 || count > 4) throw new Error('the answer is not LDAP')
  if (bytes.length < at + 2 + count) return undefined
  const length = bytes.readUIntBE(at + 2, count)
  if (length > maxMessageBytes) throw new Error(`a message over ${maxMessageBytes} bytes`)
  return { tag, from: at + 2 + count, to: at + 2 + count + length }
}

/** The end of the first message; undefined while it is incomplete. */
export function messageEnd(bytes: Buffer): number | undefined {
  if (bytes.length > 0 && bytes[0] !== 0x30) throw new Error('the answer is not LDAP')
  const to = elementAt(bytes, 0)?.to
  return to !== undefined && to <= bytes.length ? to : undefined
}

/** ExtendedRequest 1, StartTLS (RFC 4511 §4.14.1). */
export const startTlsRequest: Buffer = Buffer.concat([
  Buffer.from([0x30, 29, 0x02, 1, 1, 0x77, 24, 0x80, 22]),
  Buffer.from('1.3.6.1.4.1.1466.20037'),
])

/** The result code of the ExtendedResponse to StartTLS. @throws Error for another message */
export function startTlsResult(message: Buffer): number {
  const id = elementAt(message, elementAt(message, 0)?.from ?? 0)
  const response = elementAt(message, id?.to ?? 0)
  const code = elementAt(message, response?.from ?? 0)
  if (id?.tag !== 0x02 || message[id.from] !== 1 || response?.tag !== 0x78 || code?.tag !== 0x0a)
    throw new Error('the response to StartTLS is another message')
  return message[code.from] ?? -1
}

/** A connected socket from which complete messages are read, one at a time. */
export class MessageStream extends Duplex {
  // As on a connected net.Socket.
  readonly connecting = false
  readonly readyState = 'open'
  readonly #socket: Duplex
  #pending: Buffer = Buffer.alloc(0)
  #total = 0

  constructor(socket: Duplex) {
    super({ readableObjectMode: true })
    this.#socket = socket
    socket.on('data', (bytes: Buffer) => this.#take(bytes))
    socket.once('end', () => this.push(null))
    socket.once('error', (error) => this.destroy(error))
    socket.once('close', () => this.destroy())
  }

  #take(bytes: Buffer): void {
    this.#total += bytes.length
    if (this.#total > maxTotalBytes) return void this.destroy(new Error(`over ${maxTotalBytes} bytes`))
    this.#pending = Buffer.concat([this.#pending, bytes])
    try {
      for (let end = messageEnd(this.#pending); end !== undefined; end = messageEnd(this.#pending)) {
        this.push(this.#pending.subarray(0, end))
        this.#pending = this.#pending.subarray(end)
      }
    } catch (error) {
      this.destroy(error as Error)
    }
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#socket.write(bytes, done)
  }

  override _final(done: () => void): void {
    this.#socket.end(done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy()
    done(error)
  }
}
