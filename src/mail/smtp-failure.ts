// How an attempt to hand over a message failed, and what an administrator can do about it.

/** What the cause is, as far as it is known. */
export type SmtpProblem = keyof typeof advice

/** What to do, by cause; the rest of a page or answer says what happened. */
const advice = {
  'host-not-found': 'check the spelling of the host: this server finds no address of that name',
  'not-allowed':
    'name a host with a public address and encryption, or have the operator list the host in CHANCERY_OUTBOUND_ALLOW',
  unreachable:
    'check host and port, and that a firewall lets this server connect there: 587 is usual for STARTTLS, 465 for TLS',
  certificate:
    'name the host by the name that is in its certificate, or have the operator trust its authority with NODE_EXTRA_CA_CERTS',
  encryption: 'choose the encryption that this port has: usually STARTTLS on 587, TLS on 465, none on 25',
  login:
    'check user and password: many services want a password made for applications, or the whole address as the user',
  sender: 'use a sender (`from`, and the address for bounces) that this server may send from',
  recipient: 'the server takes no mail for this address: try another one, and check that it may relay mail',
  message: 'the server did not take the message itself: its answer says why',
  other: 'compare the settings with what the mail service asks for',
} as const

export const adviceFor = (problem: SmtpProblem): string => advice[problem]

/** Why an attempt failed. */
export class SmtpFailure extends Error {
  override readonly name = 'SmtpFailure'
  /** `recipient`, `content`: of this one message. `server`: of any message at the moment. */
  readonly of: 'recipient' | 'content' | 'server'
  readonly problem: SmtpProblem
  /** Another attempt would fail too (a reply of 500 to 599 about this message, RFC 5321 §4.2.1). */
  readonly permanent: boolean
  /** The reply of the server; undefined when there was none. */
  readonly replyCode: number | undefined
  /**
   * The reply with its text, one line of at most 200 characters, to be shown to administrators alone: it may name the recipient.
   * Undefined when there was none, and for replies to the sign-in at the server, which may repeat what was sent.
   */
  readonly reply: string | undefined

  constructor(
    given: Pick<SmtpFailure, 'of' | 'permanent' | 'replyCode' | 'message'> & {
      readonly reply?: string | undefined
      /** Default `other`. */
      readonly problem?: SmtpProblem
    },
  ) {
    super(given.message)
    this.of = given.of
    this.problem = given.problem ?? 'other'
    this.permanent = given.permanent
    this.replyCode = given.replyCode
    this.reply = given.reply
  }
}
