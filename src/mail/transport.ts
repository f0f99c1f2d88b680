// What messages are handed to; smtp.ts is the implementation, loaded only where mail is configured.

export interface OutgoingMail {
  /** Unique; the same in every attempt, so that mail programs can recognize a message that was sent twice. */
  readonly id: string
  /** One address (isMailAddress). */
  readonly to: string
  /** Name that mail programs show as the sender, unless the settings have one. */
  readonly sender?: string | undefined
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface MailTransport {
  /** Resolves with the server's reply when it has accepted the message. @throws SmtpFailure */
  send(mail: OutgoingMail): Promise<string>
  close(): void
}
