// `chancery mail test`: hands one message to the mail server that is in use, beside a running server or without one.
import { Command } from 'commander'
import { issuerOf } from '../config.ts'
import { compose } from '../mail/compose.ts'
import { isMailAddress } from '../mail/settings.ts'
import { adviceFor, SmtpFailure } from '../mail/smtp-failure.ts'
import { UsageError } from '../policy/command/command-result.ts'
import { Problem } from '../problem.ts'
import { randomToken } from '../secure/random.ts'
import { type CommandContext, type ExitCode, ending, type MakeCommand } from './context.ts'
import { openMailInUse } from './mail-in-use.ts'

export const mailCommand: MakeCommand = (context, ended) =>
  new Command('mail').description('mail to people').addCommand(testCommand(context, ended))

const testCommand: MakeCommand = (context, ended) =>
  new Command('test')
    .description('send a test message with the settings of the configuration file, or those that are stored')
    .requiredOption('--to <address>', 'where it is sent')
    .action(({ to }: { readonly to: string }) =>
      ending({ context, ended }, async (): Promise<ExitCode> => {
        if (!isMailAddress(to)) throw new UsageError('--to must be one e-mail address')
        await sendTest(context, to)
        return 0
      }),
    )

async function sendTest(context: CommandContext, to: string): Promise<void> {
  const config = context.config()
  const { host } = new URL(issuerOf(config))
  const mail = await openMailInUse(config)
  if (mail === undefined)
    throw new Problem(
      'not_found',
      'mail is not configured: set it up with `chancery mail-server update`, or add `mail:` to the file that CHANCERY_CONFIG names',
    )
  const { settings, transport } = mail
  const id = randomToken()
  try {
    const facts = { host, organization: settings.organization ?? host }
    await transport.send({ id, to, ...compose('test', facts) })
  } catch (error) {
    if (error instanceof SmtpFailure)
      throw new Problem('unavailable', `${error.message}: ${adviceFor(error.problem)}`)
    throw error
  } finally {
    transport.close()
  }
  context.out(`${settings.host}:${settings.port} accepted the message ${id} to ${to}\n`)
}
