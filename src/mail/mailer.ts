// Puts messages into the outbox, and sends what is in it: composes the text and hands it to the SMTP server.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Language } from '../../views/languages/languages.ts'
import type { AuditEvent } from '../audit/event.ts'
import type { Trail } from '../audit/trail.ts'
import { Problem } from '../problem.ts'
import { randomToken } from '../secure/random.ts'
import type { EpochSeconds, QueuedMail } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { compose, type Facts } from './compose.ts'
import type { MailServerSource } from './current-mail-server.ts'
import { knownLanguage, languageOf } from './language.ts'
import { MailOutbox, type MailResult, type NewMail } from './outbox.ts'
import { isMailAddress } from './settings.ts'
import { adviceFor, SmtpFailure, type SmtpProblem } from './smtp-failure.ts'
import { type FactsOf, facts as factNames, type MailTemplate } from './texts.ts'

export interface MailerDependencies {
  readonly store: Store
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** The public URL, no trailing slash. Links are made of it alone (docs/attacks.md 3). */
  readonly issuer: string
  readonly log: { warn(fields: object, message: string): void }
  /** Name of an account's organization in the texts; default: that of the settings, or the host of the issuer. */
  readonly organizationOf?: (accountId: string) => Promise<string>
  /** Language of an account's pages; default: none. */
  readonly accountLanguage?: (accountId: string) => Promise<string | undefined>
  readonly count?: ((result: MailResult) => void) | undefined
}

/** What the mail server did with one message. */
export interface DeliveryAttempt {
  readonly accepted: boolean
  /** Its reply, or why there was none; one line. */
  readonly answer: string
  /** What failed, and what to do about it; undefined when it was accepted. */
  readonly problem: SmtpProblem | undefined
  readonly advice: string | undefined
}

export interface Recipient {
  readonly accountId: string
  /** Undefined: nobody yet. */
  readonly userId: string | undefined
  readonly userName: string
  readonly address: string
  /** Default: that of the account, or English. */
  readonly language?: Language | undefined
}

/** Work that the outbox does for a request: may be done twice, so what it adds has ids made of the request's. */
export type RequestHandler = (request: QueuedMail, values: Facts) => Promise<void>

export class Mailer {
  readonly outbox: MailOutbox
  readonly #deps: MailerDependencies
  readonly #server: MailServerSource
  readonly #host: string
  readonly #organizationOf: (accountId: string) => Promise<string>
  readonly #handlers = new Map<string, RequestHandler>()

  constructor(server: MailServerSource, deps: MailerDependencies) {
    const { host } = new URL(deps.issuer)
    this.#deps = deps
    this.#host = host
    this.#organizationOf = deps.organizationOf ?? (async () => server.current?.settings.organization ?? host)
    this.#server = server
    this.outbox = new MailOutbox({
      ...deps,
      canSend: () => this.isConfigured,
      process: (mail) => this.#process(mail),
      failureOf: (error) =>
        error instanceof SmtpFailure
          ? { permanent: error.permanent, ofServer: error.of === 'server', message: error.message }
          : { permanent: false, ofServer: false, message: messageOf(error) },
      onFailed: (mail, reason) => deps.trail.record(this.#undelivered(mail, reason)),
      count: deps.count ?? (() => undefined),
    })
    server.onChange?.(() => this.outbox.resume())
  }

  /** Whether mail is configured now. */
  get isConfigured(): boolean {
    return this.#server.current !== undefined
  }

  /** The language of messages to somebody of an account. */
  async languageFor({
    accountId,
    attributes,
  }: {
    readonly accountId: string
    readonly attributes?: { readonly locale?: string | undefined } | undefined
  }): Promise<Language> {
    return languageOf({ attributes }, await this.#deps.accountLanguage?.(accountId))
  }

  /** Does what requests of this name ask for (`request`). */
  handle(name: string, handler: RequestHandler): void {
    this.#handlers.set(name, handler)
  }

  /**
   * Queues a message. Durable when it resolves.
   * @param lifetime seconds after which it is not sent any more
   * @returns false when mail is not configured, or the address is none that mail can be sent to
   * @throws Problem('unavailable') when too many messages wait
   */
  async send<T extends MailTemplate>(
    to: Recipient,
    template: T,
    facts: FactsOf<T>,
    { lifetime, id }: { readonly lifetime: number; readonly id?: string },
  ): Promise<boolean> {
    if (!this.isConfigured || !isMailAddress(to.address)) return false
    const { accountId, userId, address } = to
    const language = to.language ?? (await this.languageFor(to))
    const content = { to: address, language, facts: await this.#factsFor(to, facts) }
    await this.outbox.add({ accountId, userId, template, content, lifetime, ...(id !== undefined && { id }) })
    return true
  }

  /**
   * Hands a message to the mail server now, past the outbox, and says what the server answered.
   * @throws Problem('unavailable') when mail is not configured
   */
  async sendNow<T extends MailTemplate>(
    to: Recipient,
    template: T,
    facts: FactsOf<T>,
  ): Promise<DeliveryAttempt> {
    const transport = this.#server.current?.transport
    if (transport === undefined) throw new Problem('unavailable', 'mail is not configured')
    const all = await this.#factsFor(to, facts)
    try {
      const reply = await transport.send({
        id: randomToken(),
        to: to.address,
        sender: all['organization'],
        ...compose(template, all, to.language ?? (await this.languageFor(to))),
      })
      return { accepted: true, answer: reply, problem: undefined, advice: undefined }
    } catch (error) {
      if (!(error instanceof SmtpFailure)) throw error
      const { message, reply, problem } = error
      const answer = reply === undefined ? message : `${message}: ${reply}`
      return { accepted: false, answer, problem, advice: adviceFor(problem) }
    }
  }

  /**
   * Queues what somebody asked for who may be unknown, so that the answer and its cost are the same for everybody.
   * @throws Problem('unavailable') when too many wait
   */
  async request(name: string, values: Facts, given: Pick<NewMail, 'accountId' | 'lifetime'>): Promise<void> {
    await this.outbox.add({ ...given, queue: 'request', template: name, content: values })
  }

  /**
   * Waits for attempts that run; those that take longer are repeated by another process.
   * @param limitMs milliseconds
   */
  async close(limitMs = 5000): Promise<void> {
    const limit = new AbortController()
    const late = sleep(limitMs, undefined, { signal: limit.signal }).catch(() => undefined)
    await Promise.race([this.outbox.stop(), late])
    limit.abort()
    this.#server.close()
  }

  async #factsFor({ accountId, userName: user }: Recipient, facts: Facts): Promise<Facts> {
    return { ...facts, organization: await this.#organizationOf(accountId), host: this.#host, user }
  }

  async #process(mail: QueuedMail): Promise<void> {
    const content: unknown = JSON.parse(mail.content.reveal())
    if (mail.queue === 'request') return this.#handlers.get(mail.template)?.(mail, factsIn(content))
    const { to, facts, language } = contentOf(content)
    const { template } = mail
    // A message of a later version, which knew more texts.
    if (!isTemplate(template))
      throw new SmtpFailure({
        of: 'content',
        permanent: true,
        replyCode: undefined,
        message: 'its text is unknown',
      })
    const transport = this.#server.current?.transport
    if (transport === undefined) throw notConfigured()
    await transport.send({
      id: mail.id,
      to,
      sender: facts['organization'],
      ...compose(template, facts, language),
    })
  }

  #undelivered({ accountId, userId, template, tries, id }: QueuedMail, reason: string): AuditEvent {
    return {
      at: this.#deps.now(),
      accountId,
      action: 'mail:Deliver',
      who: 'server',
      actor: { kind: 'server' },
      resource: userId,
      outcome: 'failed',
      reason,
      requestId: id,
      sourceIp: '',
      details: { template, tries },
    }
  }
}

/** Mail was removed while the message was on its way. */
const notConfigured = (): SmtpFailure =>
  new SmtpFailure({
    of: 'server',
    permanent: false,
    replyCode: undefined,
    message: 'mail is not configured',
  })

const isTemplate = (name: string): name is MailTemplate => Object.hasOwn(factNames, name)

function contentOf(value: unknown): {
  readonly to: string
  readonly facts: Facts
  readonly language: Language
} {
  const given = new Map<string, unknown>(Object.entries(value ?? {}))
  return {
    to: String(given.get('to')),
    facts: factsIn(given.get('facts')),
    language: knownLanguage(given.get('language')),
  }
}

const factsIn = (value: unknown): Facts =>
  Object.fromEntries(Object.entries(value ?? {}).map(([name, fact]) => [name, String(fact)]))

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 200)
