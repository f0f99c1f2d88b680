// The `chancery` command line: one definition, from which come parsing, help, shell completion and the table in
// docs/commands.md. The work of each command is in its room.
import { Command, CommanderError } from 'commander'
import { version } from '../web/version.ts'
import { adminCommands } from './admin/commands.ts'
import { administratorCommand } from './administrator.ts'
import { agentCommand } from './agent/agent.ts'
import { credentialsCommand } from './agent/credentials.ts'
import { keysCommand } from './agent/rotation.ts'
import { auditCommand } from './audit/command.ts'
import { whyCommand } from './audit/why.ts'
import { clientCommand } from './client.ts'
import { completionCommand } from './completion.ts'
import type { CommandContext, Ended, ExitCode } from './context.ts'
import { applyCommand, exportCommand, planCommand } from './declared/command.ts'
import { doctorCommand } from './doctor/command.ts'
import { mailCommand } from './mail.ts'
import { masterKeyCommand } from './master-key.ts'
import { peopleCommand } from './people/command.ts'
import { policyCommand } from './policy.ts'
import { providerCommand } from './provider.ts'
import {
  configCommand,
  healthCommand,
  registrationTokenCommand,
  reloadCommand,
  startCommand,
} from './server.ts'
import { backupCommand, restoreCommand } from './store.ts'
import { trustCommand } from './trust.ts'

/** In the order in which help lists them. */
const commands = [
  startCommand,
  healthCommand,
  configCommand,
  doctorCommand,
  reloadCommand,
  registrationTokenCommand,
  administratorCommand,
  peopleCommand,
  ...adminCommands,
  planCommand,
  applyCommand,
  exportCommand,
  auditCommand,
  whyCommand,
  backupCommand,
  restoreCommand,
  policyCommand,
  trustCommand,
  providerCommand,
  clientCommand,
  mailCommand,
  agentCommand,
  credentialsCommand,
  keysCommand,
  masterKeyCommand,
  completionCommand,
] as const

/** The whole command line. How the command that ran ended is left in `ended`. */
export function commandLine(context: CommandContext, ended: Ended = { code: 0 }): Command {
  const program = new Command('chancery')
    .description('Identity server: OpenID Connect provider, AWS STS and IAM endpoint, policy engine.')
    .version(version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print help for a command')
    .showHelpAfterError('(--help prints the usage)')
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .exitOverride()
  for (const command of commands) addMerged(program, inherit(command(context, ended), program))
  program.addHelpText(
    'after',
    '\nExit codes: 0 fine or allowed, 1 findings, denied or failed, 2 wrong usage.',
  )
  return program
}

/** Adds a command; two groups with one name, such as `keys`, become one group. */
function addMerged(program: Command, command: Command): void {
  const group = program.commands.find((one) => one.name() === command.name())
  if (group === undefined) program.addCommand(command)
  else for (const child of command.commands) group.addCommand(child)
}

/** Settings that commander copies only to commands it makes itself. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent)
  for (const child of command.commands) inherit(child, command)
  return command
}

/**
 * Runs one command line, given without the program's name.
 * @returns the exit code: that of the command, 0 for help and version, 2 for a line that is no command
 */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const ended: Ended = { code: 0 }
  try {
    await commandLine(context, ended).parseAsync(args.length === 0 ? ['help'] : args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // A group of commands by itself prints its help.
    return error.exitCode === 0 || error.code === 'commander.help' ? 0 : 2
  }
  return ended.code
}
