// The mail server as administrators see and change it: its settings without secrets, a message that tries it, and what waits to be
// sent. Callers have been authorized (admin/operation.ts).
import { countWithinHour } from '../iam/sign-in/message-limit.ts'
import { type FieldFault, Problem } from '../problem.ts'
import { randomToken } from '../secure/random.ts'
import { upsert } from '../store/conditional-writes.ts'
import { type EpochSeconds, type MailServerRecord, serverAccount } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { CurrentMailServer } from './current-mail-server.ts'
import type { AnnounceServerChange, ChangedBy } from './mail-server-notice.ts'
import type { DeliveryAttempt, Mailer } from './mailer.ts'
import { isMailAddress, type Mailbox, type MailSettings } from './settings.ts'
import {
  changedMembers,
  checkMembers,
  isPasswordMissing,
  type MailServerChange,
  type MessageOf,
  membersOf,
  recordId,
  type StoredMembers,
  settingsProblem,
  storedMailServer,
} from './stored-settings.ts'

/** Test messages that one caller may send in an hour. */
const mostTests = 10

export interface MailServerDependencies {
  /** `mail:` of the configuration file. */
  readonly file: MailSettings | undefined
  readonly current: Pick<CurrentMailServer, 'refresh'>
  readonly mailer: Mailer
  readonly store: Store
  readonly now: () => EpochSeconds
  /** Why mail may not go over this host; undefined when it may, or when that is not known. */
  readonly checkHost: (settings: MailSettings) => Promise<FieldFault | undefined>
  readonly messageOf: MessageOf
  /** Tells administrators, by the mail server that is in use, before another takes its place. */
  readonly announce: AnnounceServerChange
}

const placeOf = ({ host, port }: Pick<MailSettings, 'host' | 'port'>): string => `${host}:${port}`

const settingsIn = (members: StoredMembers): MailSettings | undefined => {
  const checked = checkMembers(members)
  return 'settings' in checked ? checked.settings : undefined
}

const textOf = ({ name, address }: Mailbox): string => (name === '' ? address : `${name} <${address}>`)

const shownSettings = (settings: MailSettings) => ({
  host: settings.host,
  port: settings.port,
  security: settings.security,
  user: settings.login?.user,
  passwordSet: settings.login !== undefined,
  from: textOf(settings.from),
  replyTo: settings.replyTo && textOf(settings.replyTo),
  bouncesTo: settings.bouncesTo,
  organization: settings.organization,
})

/** What is in use, and the version of what is stored. */
function stateOf(file: MailSettings | undefined, record: MailServerRecord | undefined) {
  const checked = record && checkMembers(membersOf(record))
  const settings = file ?? (checked && 'settings' in checked ? checked.settings : undefined)
  const source = file ? ('file' as const) : settings && ('stored' as const)
  return {
    source,
    settings: settings && shownSettings(settings),
    version: record?.revision ?? 'none',
    isStored: record !== undefined,
  }
}

export class MailServerAdministration {
  readonly #deps: MailServerDependencies

  constructor(deps: MailServerDependencies) {
    this.#deps = deps
  }

  async read() {
    return stateOf(this.#deps.file, await storedMailServer(this.#deps.store))
  }

  /** Messages that wait, of all processes; and of the oldest of them, why it was not sent yet. */
  async outbox() {
    const { store } = this.#deps
    const lookup = { by: 'queue', value: 'message' } as const
    const waiting = await store.count('mail', lookup)
    const [oldest] = (await store.find('mail', lookup, { limit: 1 })).records
    return { waiting, oldestAt: oldest?.createdAt, failure: oldest?.failure }
  }

  /**
   * Sets or changes the mail server of run time.
   * @param by who changes it, for the notice to administrators
   * @param expect called with the version that is changed
   * @throws Problem('unmodifiable') while the configuration file has `mail:` · Problem('validation') with every fault, among them a
   *   stored password that would go elsewhere · what `expect` throws
   */
  async change(change: MailServerChange, by: ChangedBy, expect: (version: string) => void) {
    const { file, store, current, checkHost } = this.#deps
    if (file !== undefined) throw inFile()
    const known = await storedMailServer(store)
    const { settings } = this.#checked(known && membersOf(known), change)
    const fault = await checkHost(settings)
    if (fault !== undefined) throw settingsProblem([fault])
    expect(stateOf(file, known).version)
    if (Object.keys(change).length > 0) await this.#announce(known, by, placeOf(settings))
    let before = stateOf(file, undefined)
    let after = before
    await upsert(store, 'mailServer', recordId, (old) => {
      before = stateOf(file, old)
      expect(before.version)
      const { members } = this.#checked(old && membersOf(old), change)
      const next = { id: recordId, accountId: serverAccount, revision: randomToken(), ...members }
      after = stateOf(file, next)
      return next
    })
    await current.refresh()
    return { before, after }
  }

  /**
   * Removes the mail server of run time, which sends a notice to administrators before; what waits to be sent is kept until its time is over.
   * @throws Problem('not_found') when none is stored · what `expect` throws
   */
  async remove(by: ChangedBy, expect: (version: string) => void) {
    const { file, store, current } = this.#deps
    const known = await storedMailServer(store)
    if (known === undefined)
      throw new Problem('not_found', file ? inFile().message : 'no mail server is set up')
    const before = stateOf(undefined, known)
    expect(before.version)
    await this.#announce(known, by, undefined)
    await store.delete('mailServer', recordId)
    await current.refresh()
    return before
  }

  /**
   * Hands a test message to the mail server, past the outbox, with the settings that are stored at this moment.
   * @throws Problem('throttled') after ten in an hour, Problem('unavailable') when mail is not configured
   */
  async sendTest({ id, name, userId, accountId }: TestSender, address: string): Promise<DeliveryAttempt> {
    const { store, now, mailer, current } = this.#deps
    if (!isMailAddress(address)) throw new Problem('validation', `\`${address}\` is not an e-mail address`)
    if ((await countWithinHour(store, `mail-test:${id}`, now())) > mostTests)
      throw new Problem('throttled', `${mostTests} test messages were sent in the last hour`)
    await current.refresh()
    return mailer.sendNow({ accountId, userId, userName: name, address }, 'test', {})
  }

  /** Nothing is announced by settings of which none was ever in use. */
  async #announce(
    known: MailServerRecord | undefined,
    by: ChangedBy,
    after: string | undefined,
  ): Promise<void> {
    const { file, current, announce } = this.#deps
    const settings = known && settingsIn(membersOf(known))
    if (file !== undefined || settings === undefined) return
    await current.refresh()
    await announce(by, { before: placeOf(settings), after })
  }

  #checked(old: StoredMembers | undefined, change: MailServerChange) {
    const checked = checkMembers(changedMembers(old, change), this.#deps.messageOf)
    if ('faults' in checked) throw settingsProblem(checked.faults)
    if (old !== undefined && isPasswordMissing(old, checked.settings, change))
      throw settingsProblem([
        {
          field: 'password',
          message:
            'must be given again when host, port or user change, or the encryption is given up: it is sent only where it was set for',
        },
      ])
    return checked
  }
}

/** Who asks for a test message. */
export interface TestSender {
  /** By which the messages are counted. */
  readonly id: string
  readonly name: string
  /** Undefined for callers that are no user. */
  readonly userId: string | undefined
  readonly accountId: string
}

const inFile = (): Problem =>
  new Problem(
    'unmodifiable',
    'mail is set in the configuration file: change it there, or remove `mail:` from it and reload, to set it here',
  )
