// Opens what mail is sent with: the SMTP server of the configuration file or, without one, that of run time, which is reached as
// every other host that administrators name.
import type { Config } from '../../config.ts'
import { mailSocket } from '../../federation/outbound/mail-socket.ts'
import { CurrentMailServer } from '../../mail/current-mail-server.ts'
import type { Store } from '../../store/store.ts'

export const openMailServer = (
  { file, outboundAllow: allow }: Config,
  store: Store,
  log: { warn(fields: object, message: string): void },
): Promise<CurrentMailServer> =>
  CurrentMailServer.open({
    store,
    file: file.mail,
    log,
    // Loaded only where mail is configured.
    async openTransport(settings, source) {
      const { SmtpTransport } = await import('../../mail/smtp.ts')
      const connect = (until: AbortSignal) => mailSocket(settings, { allow }, until)
      return new SmtpTransport(settings, source === 'stored' ? { connect } : {})
    },
  })
