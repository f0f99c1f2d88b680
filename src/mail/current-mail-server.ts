// The mail server that messages are handed to at the moment: that of the configuration file or, without one, the one that
// administrators set at run time, which is followed while the process runs.
import type { Store } from '../store/store.ts'
import type { MailSettings } from './settings.ts'
import { checkMembers, membersOf, storedMailServer } from './stored-settings.ts'
import type { MailTransport, OutgoingMail } from './transport.ts'

export interface ConfiguredMail {
  readonly settings: MailSettings
  readonly transport: MailTransport
}

/** Where the mailer finds what it sends with. */
export interface MailServerSource {
  /** Undefined: mail is not configured. */
  readonly current: ConfiguredMail | undefined
  /** Calls the listener after each change of `current`. */
  onChange?(listener: () => void): void
  close(): void
}

export interface CurrentMailServerDependencies {
  readonly store: Pick<Store, 'find' | 'watch'>
  /** `mail:` of the configuration file. */
  readonly file: MailSettings | undefined
  readonly openTransport: (settings: MailSettings, source: 'file' | 'stored') => Promise<MailTransport>
  readonly log: { warn(fields: object, message: string): void }
}

export class CurrentMailServer implements MailServerSource {
  readonly #deps: CurrentMailServerDependencies
  readonly #listeners: (() => void)[] = []
  #current: (ConfiguredMail & { readonly transport: LastingTransport }) | undefined
  #revision: string | undefined
  #loading: Promise<void> = Promise.resolve()
  #stop: () => void = () => undefined
  #closed = false

  private constructor(deps: CurrentMailServerDependencies) {
    this.#deps = deps
  }

  static async open(deps: CurrentMailServerDependencies): Promise<CurrentMailServer> {
    const opened = new CurrentMailServer(deps)
    if (deps.file !== undefined) await opened.#use(deps.file, 'file')
    else {
      opened.#stop = deps.store.watch((changed) => {
        // While the store is unavailable the last settings stay in use; its return is announced as a change.
        if (changed.has('mailServer'))
          opened.refresh().catch((err: unknown) => deps.log.warn({ err }, 'the mail settings were not read'))
      })
      await opened.refresh()
    }
    return opened
  }

  get current(): ConfiguredMail | undefined {
    return this.#current
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Reads what is stored now, past every cache. One after the other, so that an earlier answer never replaces a later one. */
  refresh(): Promise<void> {
    if (this.#deps.file !== undefined) return Promise.resolve()
    const next = this.#loading.catch(() => undefined).then(() => this.#load())
    this.#loading = next
    return next
  }

  close(): void {
    this.#closed = true
    this.#stop()
    this.#current?.transport.close()
  }

  async #load(): Promise<void> {
    const record = await storedMailServer(this.#deps.store)
    if (record?.revision === this.#revision) return
    const checked = record && checkMembers(membersOf(record))
    if (checked !== undefined && 'faults' in checked)
      this.#deps.log.warn(
        { faults: checked.faults },
        'the stored mail settings are not valid: nothing is sent',
      )
    await this.#use(checked && 'settings' in checked ? checked.settings : undefined, 'stored')
    this.#revision = record?.revision
  }

  async #use(settings: MailSettings | undefined, source: 'file' | 'stored'): Promise<void> {
    const transport = settings && new LastingTransport(await this.#deps.openTransport(settings, source))
    if (this.#closed) return transport?.close()
    const former = this.#current
    this.#current = settings && transport && { settings, transport }
    former?.transport.retire()
    for (const listener of this.#listeners) listener()
  }
}

/** A transport that, when it is replaced, first finishes the messages that it was given. */
class LastingTransport implements MailTransport {
  readonly #transport: MailTransport
  #sending = 0
  #retired = false

  constructor(transport: MailTransport) {
    this.#transport = transport
  }

  async send(mail: OutgoingMail): Promise<string> {
    this.#sending += 1
    try {
      return await this.#transport.send(mail)
    } finally {
      this.#sending -= 1
      if (this.#retired && this.#sending === 0) this.#transport.close()
    }
  }

  retire(): void {
    this.#retired = true
    if (this.#sending === 0) this.#transport.close()
  }

  close(): void {
    this.#transport.close()
  }
}
