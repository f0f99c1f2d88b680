// `chancery admin reset`: works on the store itself, with the master key, so it needs no credentials and goes over no network.
import { Command, InvalidArgumentError } from 'commander'
import { type ExitCode, ending, type MakeCommand } from './context.ts'

interface ResetOptions {
  readonly password?: boolean
  readonly keepFactors?: boolean
  readonly expiresIn: number
}

export const administratorCommand: MakeCommand = (context, ended) =>
  new Command('admin').description('the administrator of this server, on its own machine').addCommand(
    new Command('reset')
      .description(
        'give an administrator who cannot sign in a one-time link; ends sessions, password and second factors',
      )
      .argument(
        '[name]',
        'user of the first account, created when there is none (default: CHANCERY_ADMIN_NAME)',
      )
      .option('--password', 'print a one-time password instead of a link')
      .option('--keep-factors', 'keep the second factors')
      .option('--expires-in <seconds>', 'how long the link can be used, 60 to 86400', lifetime, 3600)
      .addHelpText(
        'after',
        '\nRun it where the server runs, as its user and with its settings, beside a running server or without one.',
      )
      .action((name: string | undefined, options: ResetOptions) =>
        ending({ context, ended }, async (): Promise<ExitCode> => {
          const config = context.config()
          const reset = await context.resetAdministrator(config, {
            name: name ?? config.admin.name,
            password: options.password === true,
            keepFactors: options.keepFactors === true,
            lifetime: options.expiresIn,
          })
          context.err(`${reset.name}: ${reset.done.join(', ')}\n`)
          if (reset.activeKeys.length > 0)
            context.err(
              `access keys that still work: ${reset.activeKeys.join(', ')}; delete those you do not know\n`,
            )
          if (reset.expiresAt !== undefined)
            context.err(
              `the link can be used once, until ${new Date(reset.expiresAt * 1000).toISOString().replace('.000Z', 'Z')}\n`,
            )
          context.out(`${reset.url ?? reset.password?.reveal() ?? ''}\n`)
          return 0
        }),
      ),
  )

function lifetime(text: string): number {
  const seconds = Number(text)
  if (!Number.isInteger(seconds) || seconds < 60 || seconds > 86_400)
    throw new InvalidArgumentError('expected a whole number of seconds from 60 to 86400')
  return seconds
}
