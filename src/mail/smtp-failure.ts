// How an attempt to hand over a message failed.

/** What an attempt failed of. */
export class SmtpFailure extends Error {
  override readonly name = 'SmtpFailure'
  /** `recipient`, `content`: of this one message. `server`: of any message at the moment. */
  readonly of: 'recipient' | 'content' | 'server'
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
    },
  ) {
    super(given.message)
    this.of = given.of
    this.permanent = given.permanent
    this.replyCode = given.replyCode
    this.reply = given.reply
  }
}
