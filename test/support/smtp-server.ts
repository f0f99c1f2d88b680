// An SMTP server on loopback that keeps what it receives, and fails as a test says.
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { found } from './waiting.ts'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** By lower-case name, unfolded; of a name that is repeated the first. */
  readonly headers: ReadonlyMap<string, string>
  /** The number of lines in the header, unfolded. */
  readonly headerCount: number
  readonly text: string
  readonly html: string
  readonly raw: string
  readonly encrypted: boolean
}

/** Thrown by a step of a test to answer with this reply. */
export class Reply extends Error {
  readonly responseCode: number
  constructor(responseCode: number, message = 'as the test says') {
    super(message)
    this.responseCode = responseCode
  }
}

export interface SmtpBehaviour {
  /** Answers RCPT TO; throw a Reply to refuse. */
  recipient?: (address: string) => void
  /** Before the reply to a message; throw a Reply to refuse. The message counts as received only if it is accepted. */
  data?: (mail: ReceivedMail) => Promise<void> | void
  /** The user name and password that are accepted. */
  login?: { readonly user: string; readonly password: string }
}

export interface TestSmtpServer {
  readonly port: number
  readonly received: ReceivedMail[]
  readonly behaviour: SmtpBehaviour
  /** The next message to `address` that arrives, or has arrived and was not taken yet. Rejects after 20 s. */
  next(address: string): Promise<ReceivedMail>
  close(): Promise<void>
}

export async function smtpServer(
  behaviour: SmtpBehaviour = {},
  options: SMTPServerOptions & { readonly port?: number } = {},
): Promise<TestSmtpServer> {
  const received: ReceivedMail[] = []
  const untaken: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: behaviour.login === undefined,
    ...(options.key === undefined && { disabledCommands: ['STARTTLS'], allowInsecureAuth: true }),
    disableReverseLookup: true,
    closeTimeout: 100,
    ...options,
    onAuth({ username, password }, _session, done) {
      const { login } = behaviour
      if (username === login?.user && password === login?.password) done(null, { user: username })
      else done(new Reply(535, `wrong password ${password}`))
    },
    onRcptTo({ address }, _session, done) {
      try {
        behaviour.recipient?.(address)
        done()
      } catch (error) {
        done(error as Error)
      }
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const mail = parsed(
          Buffer.concat(chunks).toString('utf8'),
          mailFrom ? mailFrom.address : '',
          rcptTo.map(({ address }) => address),
          Boolean(session.secure),
        )
        const accepted = async () => {
          await behaviour.data?.(mail)
          received.push(mail)
          untaken.push(mail)
        }
        accepted().then(
          () => done(),
          (error: Error) => done(error),
        )
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((ready) => server.listen(options.port ?? 0, '127.0.0.1', () => ready()))
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    received,
    behaviour,
    async next(address) {
      const take = () => {
        const at = untaken.findIndex(({ to }) => to.includes(address))
        return at < 0 ? undefined : untaken.splice(at, 1)[0]
      }
      return found(`mail to ${address}`, take, { every: 10 }).catch((cause) => {
        throw new Error(`there was mail to ${JSON.stringify(received.map(({ to }) => to))}`, { cause })
      })
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}

/** The link in a message, the same in its text and its HTML. */
export function linkIn({ text }: Pick<ReceivedMail, 'text'>): string {
  const found = /^https?:\/\/\S+$/m.exec(text)?.[0]
  if (found === undefined) throw new Error(`no link in:\n${text}`)
  return found
}

function parsed(raw: string, from: string, to: readonly string[], encrypted: boolean): ReceivedMail {
  const { headers, count, body } = split(raw)
  const boundary = /boundary="([^"]*)"/.exec(headers.get('content-type') ?? '')?.[1] ?? ''
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r\n/, '')))
  const part = (type: string) => {
    const found = parts.find((one) => one.headers.get('content-type')?.startsWith(type))
    return found === undefined
      ? ''
      : decoded(found.body, found.headers.get('content-transfer-encoding')).replaceAll('\r\n', '\n')
  }
  return {
    from,
    to,
    headers,
    headerCount: count,
    text: part('text/plain'),
    html: part('text/html'),
    raw,
    encrypted,
  }
}

function split(text: string) {
  const end = text.indexOf('\r\n\r\n')
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
    if (!headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value)
  }
  return { headers, count: lines.length, body: text.slice(end + 4) }
}

function decoded(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
