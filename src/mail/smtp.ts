// Hands messages to the SMTP server of the settings (RFC 5321), over a few connections that are kept open. Nothing is sent
// without TLS unless the settings say so, and the server's certificate is always verified. Errors of this file name the code
// and the step of the conversation and never repeat what was sent.
import type { Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import type { MailSettings } from './settings.ts'
import { SmtpFailure } from './smtp-failure.ts'
import { problemOf } from './smtp-problem.ts'
import type { MailTransport, OutgoingMail } from './transport.ts'

export interface SmtpOptions {
  /** Connections of this process at most. */
  readonly connections?: number
  /** PEM certificates of authorities, in place of those of Node. */
  readonly ca?: string
  /** Connects in place of Node, not encrypted yet. Settings that were made at run time come with one that checks the address. */
  readonly connect?: ((until: AbortSignal) => Promise<MailSocket>) | undefined
}

type SocketCallback = (error: Error | null, made?: { readonly connection: Socket }) => void

/** A connection to the mail server, or why there is none. */
export type MailSocket =
  | { readonly socket: Socket }
  | { readonly refused: 'host-not-found' | 'not-allowed' | 'unreachable'; readonly why: string }

/** Milliseconds for one attempt in all, connection included. */
export const sendLimitMs = 60_000
const connectMs = 10_000
const silenceMs = 30_000

export class SmtpTransport implements MailTransport {
  readonly #settings: MailSettings
  readonly #pool

  constructor(settings: MailSettings, { connections = 8, ca, connect }: SmtpOptions = {}) {
    this.#settings = settings
    const { host, port, security, login } = settings
    this.#pool = createTransport({
      pool: true,
      maxConnections: connections,
      // The outbox repeats what fails.
      maxRequeues: 0,
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
      ...(login && { auth: { user: login.user, pass: login.password.reveal() } }),
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      socketTimeout: silenceMs,
      dnsTimeout: connectMs,
      ...(connect && {
        getSocket(_options: unknown, done: SocketCallback) {
          connected(connect).then((connection) => done(null, { connection }), done)
        },
      }),
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }

  /** Resolves with the server's reply when it has accepted the message. @throws SmtpFailure */
  async send({ id, to, sender, subject, text, html }: OutgoingMail): Promise<string> {
    const { from, replyTo, bouncesTo } = this.#settings
    const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
    const { response } = await withinLimit(
      this.#pool.sendMail({
        messageId: `<${id}@${domain}>`,
        from: from.name === '' ? { name: senderName(sender), address: from.address } : from,
        to: { name: '', address: to },
        ...(replyTo && { replyTo }),
        envelope: { from: bouncesTo, to },
        subject,
        text,
        html,
        // No automatic answers to a program (RFC 3834 §5).
        headers: { 'Auto-Submitted': 'auto-generated' },
      }),
    )
    return oneLine(response)
  }

  /** Connects, with TLS and signing in as for a message; sends nothing. @throws SmtpFailure */
  async verify(): Promise<void> {
    await withinLimit(this.#pool.verify())
  }

  close(): void {
    this.#pool.close()
  }
}

/** @throws SmtpFailure */
async function connected(connect: NonNullable<SmtpOptions['connect']>): Promise<Socket> {
  const made = await connect(AbortSignal.timeout(connectMs))
  if ('socket' in made) return made.socket
  const { refused: problem, why } = made
  throw new SmtpFailure({ of: 'server', permanent: false, replyCode: undefined, problem, message: why })
}

/** At most 200 characters. */
const oneLine = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200)

/** In one line, so that a name cannot add a header. */
const senderName = (name = ''): string => name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, fail) => {
    const late = { of: 'server', permanent: false, replyCode: undefined, problem: 'unreachable' } as const
    const message = `no result within ${sendLimitMs / 1000} s`
    timer = setTimeout(() => fail(new SmtpFailure({ ...late, message })), sendLimitMs)
  })
  try {
    return await Promise.race([work, limit])
  } catch (error) {
    throw error instanceof SmtpFailure ? error : failureOf(error)
  } finally {
    clearTimeout(timer)
  }
}

/** The step that a failure belongs to, by nodemailer's `command`. All others are failures of the server or of our settings. */
const steps: ReadonlyMap<unknown, 'recipient' | 'content'> = new Map([
  ['RCPT TO', 'recipient'],
  ['DATA', 'content'],
])

function failureOf(error: unknown): SmtpFailure {
  const given = new Map<string, unknown>(error instanceof Error ? Object.entries(error) : [])
  const [code, command, reply] = [given.get('code'), given.get('command'), given.get('responseCode')]
  const response = given.get('response')
  const replyCode = typeof reply === 'number' ? reply : undefined
  const of = (replyCode !== undefined && steps.get(command)) || 'server'
  // TLS and socket errors say what is wrong with a certificate or a name; other messages may repeat what was sent.
  const why =
    error instanceof Error && replyCode === undefined && code !== 'EAUTH' ? `: ${oneLine(error.message)}` : ''
  const what = [
    replyCode && `reply ${replyCode}`,
    code,
    typeof command === 'string' && `at ${command.split(' ', 2).join(' ')}`,
  ]
  return new SmtpFailure({
    of,
    permanent: of !== 'server' && replyCode !== undefined && replyCode >= 500,
    replyCode,
    problem: problemOf({ code, command, replyCode, message: error instanceof Error ? error.message : '' }),
    ...(typeof response === 'string' && code !== 'EAUTH' && { reply: oneLine(response) }),
    message: `the mail server ${replyCode === undefined ? 'could not be used' : 'refused'} (${what.filter(Boolean).join(' ')})${why}`,
  })
}
