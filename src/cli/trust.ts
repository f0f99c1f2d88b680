// `chancery trust`: outside tokens and the roles that trust them.
import { Command } from 'commander'
import { presetOf, presets } from '../federation/workload/presets.ts'
import { UsageError } from '../policy/command/command-result.ts'
import { presetList, template, tryToken } from '../sts/trust-trial/trust-command.ts'
import { ending, type MakeCommand, printed } from './context.ts'

export const trustCommand: MakeCommand = (context, ended) =>
  new Command('trust')
    .description('outside tokens: kinds of issuer, safe trust policies, and whether a token would match one')
    .addCommand(presetsCommand(context, ended))
    .addCommand(templateCommand(context, ended))
    .addCommand(tryCommand(context, ended))

const presetsCommand: MakeCommand = (context, ended) =>
  new Command('presets')
    .description('list the kinds of issuer, the audience to ask for and the claims to pin')
    .action(() => ending({ context, ended }, () => printed(context, { code: 0, out: presetList(), err: '' })))

type TemplateOptions = Readonly<Record<string, string | boolean | undefined>>

const templateCommand: MakeCommand = (context, ended) => {
  const command = new Command('template')
    .description('print a trust policy that lets in one workload, and the calls that create it')
    .argument('<preset>', 'one of those that `chancery trust presets` lists')
    .option('--account <id>', 'the account, 12 digits (default: that of the settings)')
    .option('--role <name>', 'name of the role', 'workload')
    .option('--endpoint <url>', 'address of this server (default: that of the settings)')
    .option('--audience <text>', 'the audience that the token is for')
    .option('--json', 'print JSON')
  // Presets share names; the same option then stands for the same thing.
  const own = new Map([...presets.values()].flatMap(({ options }) => Object.entries(options)))
  for (const [name, { is }] of own)
    if (!command.options.some(({ long }) => long === `--${name}`)) command.option(`--${name} <value>`, is)
  return command.action((preset: string, options: TemplateOptions) =>
    ending({ context, ended, onProblem: 2 }, () => {
      const text = (name: string): string | undefined => {
        const value = options[camelCase(name)]
        return typeof value === 'string' ? value : undefined
      }
      const config = context.config()
      const accountId = text('account') ?? config.accountId
      const missing = Object.entries(presetOf(preset).options).filter(
        ([name, { optional = false }]) => !optional && text(name) === undefined,
      )
      if (missing.length > 0)
        throw new UsageError(
          [`chancery trust: ${preset} needs`, ...missing.map(([name, { is }]) => `  --${name}  ${is}`)].join(
            '\n',
          ),
        )
      if (accountId === undefined)
        throw new UsageError(
          'chancery trust: --account is required, the 12 digits that `aws sts get-caller-identity` shows',
        )
      const given = Object.fromEntries(
        [...own.keys(), 'audience'].flatMap((name) => {
          const value = text(name)
          return value === undefined ? [] : [[name, value]]
        }),
      )
      const endpoint = text('endpoint') ?? config.issuer ?? `http://localhost:${config.port}`
      const request = { preset, accountId, roleName: text('role') ?? 'workload', endpoint, given }
      return printed(context, template(request, options['json'] === true))
    }),
  )
}

/** As commander names the value of `--some-option`. */
const camelCase = (name: string): string =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

interface TryOptions {
  readonly role: string
  readonly token: string
  readonly policy?: string
  readonly sessionName: string
  readonly sourceIp: string
  readonly json?: boolean
}

const tryCommand: MakeCommand = (context, ended) =>
  new Command('try')
    .description(
      'tell whether a token would match a role’s trust policy, and if not, which condition refuses it',
    )
    .requiredOption('--role <role>', 'ARN or name')
    .requiredOption('--token <file>', 'the token, `-` for standard input')
    .option('--policy <file>', 'a trust policy that is not saved yet, instead of the role’s')
    .option('--session-name <name>', 'RoleSessionName', 'try')
    .option('--source-ip <address>', 'where the request would come from', '127.0.0.1')
    .option('--json', 'print JSON')
    .action(({ role, token, policy, sessionName, sourceIp, json = false }: TryOptions) =>
      ending({ context, ended, onProblem: 2 }, async () => {
        const request = {
          role,
          token: context.read(token).trim(),
          policy: policy === undefined ? undefined : context.read(policy),
          sessionName,
          sourceIp,
        }
        const open = () => context.openTrying(context.config())
        return printed(context, await tryToken(request, open, context.now(), json))
      }),
    )
