// Checks of the mail server: connection, TLS and signing in, as for a message.
import type { Config } from '../../config.ts'
import { type Finding, fail, findingsOf, ok } from './finding.ts'

export const checkMail = ({ file: { mail } }: Pick<Config, 'file'>): Promise<readonly Finding[]> =>
  findingsOf('mail', 'see `mail:` in the configuration file', async () => {
    if (mail === undefined)
      return [ok('mail', 'not configured: links are copied by an administrator, and nobody is notified')]
    const { SmtpTransport } = await import('../../mail/smtp.ts')
    const transport = new SmtpTransport(mail, { connections: 1 })
    const server = `${mail.host}:${mail.port}`
    try {
      await transport.verify()
      return [ok('mail', `${server} takes messages; try one with \`chancery mail test --to ADDRESS\``)]
    } catch (error) {
      return [
        fail(
          'mail',
          `${server}: ${(error as Error).message}`,
          'check host, port, security, user and password of `mail:`; messages wait in the outbox meanwhile',
        ),
      ]
    } finally {
      transport.close()
    }
  })
