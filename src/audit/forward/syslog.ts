// Audit entries as syslog messages (RFC 5424), over TLS (RFC 5425) or TCP with octet counting (RFC 6587 §3.4.1), or UDP
// (RFC 5426). Syslog has no acknowledgement: over TLS and TCP the batch before a broken connection is sent again.
import type { AuditEntry } from '../../store/records.ts'
import { millisOf } from '../chain-reads.ts'
import { type AuditEvent, eventOf } from '../event.ts'
import type { Sender } from './forwarder.ts'

/** An open connection to the receiver. */
export interface SyslogConnection {
  /** False once the other side ended it, or it broke. */
  readonly open: boolean
  /** Each is one message: one datagram over UDP. Resolves when the system has taken them. */
  write(messages: readonly Buffer[], signal: AbortSignal): Promise<void>
  close(): void
}

export interface SyslogOptions {
  readonly connect: (signal: AbortSignal) => Promise<SyslogConnection>
  /** RFC 6587 octet counting; false for UDP. */
  readonly counted: boolean
  /** The name of this server, as the messages have it. */
  readonly hostname: string
  readonly show: (entry: AuditEntry) => object
}

/** Facility 13, log audit (RFC 5424 §6.2.1). */
const facility = 13
const severities = { done: 6, refused: 5, denied: 4, failed: 3 } as const satisfies Record<
  AuditEvent['outcome'],
  number
>
/** Bytes of one message over UDP, which has no larger datagrams on IPv4. */
const maxDatagram = 65_000

/** `PRINTUSASCII`, as header fields are (RFC 5424 §6); `-` when nothing is left. */
const field = (text: string, longest: number): string =>
  text.replace(/[^\x21-\x7e]/g, '?').slice(0, longest) || '-'

/** One message: header, no structured data, the entry as JSON in UTF-8. */
export function syslogMessage(
  entry: AuditEntry,
  { hostname, show }: Pick<SyslogOptions, 'hostname' | 'show'>,
): Buffer {
  const { action, outcome } = eventOf(entry.event)
  const priority = facility * 8 + severities[outcome]
  const time = new Date(millisOf(entry.id)).toISOString()
  const header = `<${priority}>1 ${time} ${field(hostname, 255)} chancery ${process.pid} ${field(action, 32)} -`
  return Buffer.from(`${header} \uFEFF${JSON.stringify(show(entry))}`)
}

const withCount = (message: Buffer): Buffer => Buffer.concat([Buffer.from(`${message.length} `), message])

export class SyslogSender implements Sender {
  readonly limits = { entries: 500, bytes: 1_000_000 }
  readonly #options: SyslogOptions
  #connection: SyslogConnection | undefined
  /** Sent over the connection last, possibly not received. */
  #last: readonly Buffer[] = []

  constructor(options: SyslogOptions) {
    this.#options = options
  }

  async send(entries: readonly AuditEntry[], signal: AbortSignal): Promise<void> {
    const { connect, counted } = this.#options
    const messages = entries.map((entry) => this.#message(entry))
    const again = this.#connection !== undefined && !this.#connection.open ? this.#last : []
    if (this.#connection?.open !== true) {
      this.#connection?.close()
      this.#connection = await connect(signal)
    }
    try {
      await this.#connection.write([...(counted ? again : []), ...messages], signal)
    } catch (error) {
      this.#connection.close()
      throw error
    }
    this.#last = messages
  }

  close(): void {
    this.#connection?.close()
  }

  #message(entry: AuditEntry): Buffer {
    const message = syslogMessage(entry, this.#options)
    return this.#options.counted ? withCount(message) : message.subarray(0, maxDatagram)
  }
}
