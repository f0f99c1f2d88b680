// The `chancery` command line: one definition, from which come parsing, help, shell completion and the table in
// docs/commands.md. The work of each command is in its room.
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { auditCommand } from './audit.ts'
import { completionCommand } from './completion.ts'
import type { CommandContext, Ended, ExitCode } from './context.ts'
import { policyCommand } from './policy.ts'
import { providerCommand } from './provider.ts'
import { configCommand, healthCommand, registrationTokenCommand, startCommand } from './server.ts'
import { backupCommand, restoreCommand } from './store.ts'
import { trustCommand } from './trust.ts'

/** In the order in which help lists them. */
const commands = [
  startCommand,
  healthCommand,
  configCommand,
  registrationTokenCommand,
  auditCommand,
  backupCommand,
  restoreCommand,
  policyCommand,
  trustCommand,
  providerCommand,
  completionCommand,
] as const

/** The version in package.json, which lies beside src/ and beside dist/. */
function packageVersion(): string {
  const file = import.meta.filename.endsWith('.ts') ? '../../package.json' : '../../../package.json'
  const found = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as { version: string }
  return found.version
}

/** The whole command line. How the command that ran ended is left in `ended`. */
export function commandLine(context: CommandContext, ended: Ended = { code: 0 }): Command {
  const program = new Command('chancery')
    .description('Identity server: OpenID Connect provider, AWS STS and IAM endpoint, policy engine.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print help for a command')
    .showHelpAfterError('(--help prints the usage)')
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .exitOverride()
  for (const command of commands) program.addCommand(inherit(command(context, ended), program))
  program.addHelpText(
    'after',
    '\nExit codes: 0 fine or allowed, 1 findings, denied or failed, 2 wrong usage.',
  )
  return program
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
