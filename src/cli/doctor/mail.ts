// Checks of the mail server: connection, TLS and signing in, as for a message.
import type { Config } from '../../config.ts'
import { adviceFor, SmtpFailure } from '../../mail/smtp-failure.ts'
import { openMailInUse } from '../mail-in-use.ts'
import { type Finding, fail, findingsOf, ok } from './finding.ts'

const places = { file: '`mail:` of the configuration file', stored: '`chancery mail-server update`' } as const

export const checkMail = (config: Config): Promise<readonly Finding[]> =>
  findingsOf('mail', 'see `mail:` in the configuration file', async () => {
    const mail = await openMailInUse(config)
    if (mail === undefined)
      return [ok('mail', 'not configured: links are copied by an administrator, and nobody is notified')]
    const { settings, transport, source } = mail
    const server = `${settings.host}:${settings.port}`
    try {
      await transport.verify()
      return [ok('mail', `${server} takes messages; try one with \`chancery mail test --to ADDRESS\``)]
    } catch (error) {
      const advice = error instanceof SmtpFailure ? `${adviceFor(error.problem)}; ` : ''
      return [
        fail(
          'mail',
          `${server}: ${(error as Error).message}`,
          `${advice}the settings are those of ${places[source]}; messages wait in the outbox meanwhile`,
        ),
      ]
    } finally {
      transport.close()
    }
  })
