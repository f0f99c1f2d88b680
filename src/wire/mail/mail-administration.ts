// The use cases of the mail server, for the admin API and the console.
import { setTimeout as sleep } from 'node:timers/promises'
import { mailAddresses } from '../../federation/outbound/mail-socket.ts'
import { MailServerAdministration } from '../../mail/mail-server.ts'
import { announceServerChange } from '../../mail/mail-server-notice.ts'
import { schemaMessage } from '../../web/schema-messages.ts'
import { type Infrastructure, now } from '../infrastructure.ts'

/** Milliseconds for which a change of the settings waits for the addresses of the host. */
const longestLookup = 5_000

/** @param accountId whose administrators manage the mail server */
export const openMailAdministration = (
  { config: { file, outboundAllow: allow }, mailServer, mailer, store, issuer, log }: Infrastructure,
  accountId: string,
): MailServerAdministration =>
  new MailServerAdministration({
    file: file.mail,
    current: mailServer,
    mailer,
    store,
    now,
    messageOf: schemaMessage,
    announce: announceServerChange({ store, mailer, now, issuer, accountId, log }),
    // A host that is not found may be made later; a test message says so, and each connection is checked.
    async checkHost(settings) {
      const late = sleep(longestLookup, undefined, { ref: false })
      const found = await Promise.race([mailAddresses(settings, { allow }), late])
      if (found === undefined || !('refused' in found) || found.refused !== 'not-allowed') return undefined
      return settings.security === 'none'
        ? { field: 'security', message: 'may be `none` only for hosts in CHANCERY_OUTBOUND_ALLOW' }
        : { field: 'host', message: 'must have public addresses, or be in CHANCERY_OUTBOUND_ALLOW' }
    },
  })
