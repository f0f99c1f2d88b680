// The use cases of the mail server, for the admin API and the console.
import { mailAddresses } from '../federation/outbound/mail-socket.ts'
import { MailServerAdministration } from '../mail/mail-server.ts'
import { schemaMessage } from '../web/schema-messages.ts'
import { type Infrastructure, now } from './infrastructure.ts'

export const openMailAdministration = ({
  config: { file, outboundAllow: allow },
  mailServer,
  mailer,
  store,
}: Infrastructure): MailServerAdministration =>
  new MailServerAdministration({
    file: file.mail,
    current: mailServer,
    mailer,
    store,
    now,
    messageOf: schemaMessage,
    // A host that is not found may be made later; a test message says so.
    async checkHost(settings) {
      const found = await mailAddresses(settings, { allow })
      if (!('refused' in found) || found.refused !== 'not-allowed') return undefined
      return settings.security === 'none'
        ? { field: 'security', message: 'may be `none` only for hosts in CHANCERY_OUTBOUND_ALLOW' }
        : { field: 'host', message: 'must have public addresses, or be in CHANCERY_OUTBOUND_ALLOW' }
    },
  })
