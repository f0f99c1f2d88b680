// Classifies failures of the SMTP library by cause.
import type { SmtpProblem } from './smtp-failure.ts'

/** What nodemailer says of a failure. */
interface Failure {
  readonly code: unknown
  /** Step of the conversation, such as `RCPT TO`. */
  readonly command: unknown
  readonly replyCode: number | undefined
  readonly message: string
}

/** Steps of the conversation whose refusal by a reply is about what was sent in them. */
const byStep: ReadonlyMap<unknown, SmtpProblem> = new Map([
  ['MAIL FROM', 'sender'],
  ['RCPT TO', 'recipient'],
  ['DATA', 'message'],
])
const byCode: ReadonlyMap<unknown, SmtpProblem> = new Map([
  ['EDNS', 'host-not-found'],
  ['EAUTH', 'login'],
  ['ENOAUTH', 'login'],
  ['ETLS', 'encryption'],
  ['ETIMEDOUT', 'unreachable'],
  ['ECONNECTION', 'unreachable'],
  ['ESOCKET', 'unreachable'],
])
/** Names of the library for what OpenSSL and Node say of certificates, and of a server that speaks no TLS. */
const aboutCertificate = /certificate|altnames|self[- ]signed/i
const aboutTls = /wrong version number|packet length too long|ssl3_get_record|unknown protocol|STARTTLS/i

export function problemOf({ code, command, replyCode, message }: Failure): SmtpProblem {
  // 530: sign in first (RFC 4954 §6).
  if (replyCode === 530) return 'login'
  if (replyCode !== undefined) return byStep.get(command) ?? byCode.get(code) ?? 'other'
  if (aboutCertificate.test(message)) return 'certificate'
  if (aboutTls.test(message)) return 'encryption'
  return byCode.get(code) ?? 'other'
}
