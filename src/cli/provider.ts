// `chancery provider`: the identity providers there are, what is doubtful about them and whether they answer, and what one
// makes of a token or of claims.
import { Command } from 'commander'
import { checkProviders } from '../federation/command/check.ts'
import type { CommandResult } from '../federation/command/command-result.ts'
import { listProviders } from '../federation/command/list.ts'
import { providerNamed } from '../federation/command/named.ts'
import { removeProvider } from '../federation/command/remove.ts'
import { tryProvider } from '../federation/command/try.ts'
import { UsageError } from '../policy/command/command-result.ts'
import {
  type CommandContext,
  type ExitCode,
  ending,
  type MakeCommand,
  type OpenedProviders,
  printed,
} from './context.ts'

interface JsonOption {
  readonly json?: boolean
}

export const providerCommand: MakeCommand = (context, ended) =>
  new Command('provider')
    .description(
      'identity providers: their risks, whether they answer, and what they make of a token or claims',
    )
    .addCommand(listCommand(context, ended))
    .addCommand(removeCommand(context, ended))
    .addCommand(checkCommand(context, ended))
    .addCommand(tryCommand(context, ended))
    .addHelpText(
      'after',
      '\nA provider is named by its name, its ARN or its issuer; those of the configuration file and of the store are known.',
    )

const listCommand: MakeCommand = (context, ended) =>
  new Command('list')
    .description('list the identity providers of the configuration file and of the store')
    .option('--json', 'print JSON')
    .action(({ json = false }: JsonOption) =>
      ending({ context, ended, onProblem: 2 }, () =>
        withProviders(context, (opened) => listProviders(opened.providers, json)),
      ),
    )

const removeCommand: MakeCommand = (context, ended) =>
  new Command('remove')
    .description('delete a provider that is not in the configuration file, with all that came through it')
    .argument('<name>', 'the provider')
    .action((name: string) =>
      ending({ context, ended, onProblem: 2 }, () =>
        withProviders(context, (opened) => removeProvider(opened, name)),
      ),
    )

const checkCommand: MakeCommand = (context, ended) =>
  new Command('check')
    .description('check the risks of each provider, and whether it answers, step by step')
    .argument('[name...]', 'providers; all of them when none is named')
    .option('--json', 'print JSON')
    .action((names: readonly string[], { json = false }: JsonOption) =>
      ending({ context, ended, onProblem: 2 }, () =>
        withProviders(context, (opened) => {
          const named = names.map((name) => providerNamed(opened.providers, name))
          return checkProviders(opened, names.length === 0 ? opened.providers : named, json)
        }),
      ),
    )

interface TryOptions extends JsonOption {
  readonly token?: string
  readonly claims?: string
}

const tryCommand: MakeCommand = (context, ended) =>
  new Command('try')
    .description('show what a provider makes of a token or of claims, and which user that would be')
    .argument('<name>', 'the provider')
    .option('--token <file>', 'an ID token, checked with the provider’s keys; `-` for standard input')
    .option('--claims <file>', 'claims as JSON; `-` for standard input')
    .option('--json', 'print JSON')
    .action((name: string, { token, claims, json = false }: TryOptions) =>
      ending({ context, ended, onProblem: 2 }, () => {
        if ((token === undefined) === (claims === undefined))
          throw new UsageError('chancery provider try: expected one of --token FILE and --claims FILE')
        return withProviders(context, (opened) => {
          const { provider } = providerNamed(opened.providers, name)
          const given =
            token === undefined
              ? { claims: context.read(claims ?? '-') }
              : { token: context.read(token).trim() }
          return tryProvider(opened, provider, given, json)
        })
      }),
    )

async function withProviders(
  context: CommandContext,
  work: (opened: OpenedProviders) => CommandResult | Promise<CommandResult>,
): Promise<ExitCode> {
  const opened = await context.openProviders()
  try {
    return printed(context, await work(opened))
  } finally {
    await opened.close()
  }
}
