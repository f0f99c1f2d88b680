// Tells administrators that the mail server is about to be changed or removed, by the server that is in use until then: whoever takes it
// over reads one-time links, and could hold back the notices about what they do (docs/attacks.md 48).
import { setTimeout as sleep } from 'node:timers/promises'
import { administratorsOf } from '../iam/people/administrators.ts'
import type { EpochSeconds, User } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { instantIn } from './instant.ts'
import type { Mailer } from './mailer.ts'
import { recipientOf } from './people-messages.ts'

/** Administrators who get the notice, at most. */
const mostRecipients = 50
/** Milliseconds that a change waits for the server that is left: it may be changed because it does not answer. */
const longestWait = 5_000
/** Seconds after which a notice that was queued is not sent any more. */
const lifetime = 24 * 3600

/** Who changes the mail server, and from where. */
export interface ChangedBy {
  /** ARN. */
  readonly who: string
  readonly sourceIp: string
}

export interface ServerChange {
  /** Host and port. */
  readonly before: string
  /** Undefined: there is none any more. */
  readonly after: string | undefined
}

interface Dependencies {
  readonly store: Pick<Store, 'each'>
  readonly mailer: Pick<Mailer, 'send' | 'sendNow' | 'languageFor'>
  readonly now: () => EpochSeconds
  readonly issuer: string
  /** Whose administrators manage the mail server. */
  readonly accountId: string
  readonly log: { warn(fields: object, message: string): void }
}

export type AnnounceServerChange = (by: ChangedBy, change: ServerChange) => Promise<void>

/**
 * Never fails. What the server in use has not accepted in time is queued, and then sent by the next one.
 */
export const announceServerChange =
  (deps: Dependencies): AnnounceServerChange =>
  async (by, change) => {
    const tell = async (user: User): Promise<void> => {
      const { mailer, issuer, now } = deps
      const language = await mailer.languageFor(user)
      const to = recipientOf(user, language)
      const facts = {
        who: by.who,
        address: by.sourceIp,
        at: instantIn(now(), user.attributes?.timeZone, language),
        before: change.before,
        after: change.after ?? '–',
        settingsUrl: `${issuer}/console/settings/mail`,
      }
      const late = sleep(longestWait, undefined, { ref: false })
      const sent = await Promise.race([mailer.sendNow(to, 'mail-server-changed', facts), late]).catch(
        () => undefined,
      )
      if (sent?.accepted !== true) await mailer.send(to, 'mail-server-changed', facts, { lifetime })
    }
    try {
      const told = await Promise.allSettled((await recipients(deps)).map(tell))
      for (const one of told) if (one.status === 'rejected') throw one.reason
    } catch (err) {
      deps.log.warn({ err }, 'an administrator was not told that the mail server changes')
    }
  }

async function recipients({ store, accountId }: Dependencies): Promise<readonly User[]> {
  const found: User[] = []
  for await (const user of administratorsOf(store, accountId)) {
    if (user.email === undefined || !user.emailVerified || user.disabled) continue
    if (found.push(user) >= mostRecipients) break
  }
  return found
}
