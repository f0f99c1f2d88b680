// The SMTP server as administrators see it: its settings without secrets, and a message that tries it.
import { countWithinHour } from '../iam/sign-in/message-limit.ts'
import { Problem } from '../problem.ts'
import type { EpochSeconds } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { DeliveryAttempt, Mailer } from './mailer.ts'
import { isMailAddress, type Mailbox, type MailSettings } from './settings.ts'

/** Test messages that one person may send in an hour. */
const mostTests = 10

const textOf = ({ name, address }: Mailbox): string => (name === '' ? address : `${name} <${address}>`)

/** @param settings undefined: mail is not configured */
export const mailServerOf = (
  settings: MailSettings | undefined,
  {
    mailer,
    store,
    now,
  }: { readonly mailer: Mailer; readonly store: Store; readonly now: () => EpochSeconds },
) => ({
  settings: settings && {
    host: settings.host,
    port: settings.port,
    security: settings.security,
    user: settings.login?.user,
    from: textOf(settings.from),
    replyTo: settings.replyTo && textOf(settings.replyTo),
    bouncesTo: settings.bouncesTo,
  },
  async sendTest(
    person: { readonly id: string; readonly name: string; readonly accountId: string },
    address: string,
  ): Promise<DeliveryAttempt> {
    if (!isMailAddress(address)) throw new Problem('validation', `\`${address}\` is not an e-mail address`)
    if ((await countWithinHour(store, `mail-test:${person.id}`, now())) > mostTests)
      throw new Problem('throttled', `${mostTests} test messages were sent in the last hour`)
    const { id: userId, name: userName, accountId } = person
    return mailer.sendNow({ accountId, userId, userName, address }, 'test', {})
  },
})
