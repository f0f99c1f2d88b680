// `chancery backup` and `chancery restore`.
import { Command } from 'commander'
import type { BackupContext } from '../store/backup-command.ts'
import { type CommandContext, type ExitCode, ending, type MakeCommand } from './context.ts'
import { type Progress, withProgress } from './progress.ts'

export const backupCommand: MakeCommand = (context, ended) =>
  new Command('backup')
    .description(
      'write the whole store to one file, beside a running server; secrets stay sealed, `keys/` is not in it',
    )
    .option('--out <file>', 'where to, `-` for standard output (default: chancery-<time>.jsonl.gz)')
    .action(({ out }: { readonly out?: string }) =>
      ending({ context, ended }, () =>
        withProgress(context, 'records', async (progress): Promise<ExitCode> => {
          const { backup } = await import('../store/backup-command.ts')
          await backup(out, backupContext(context, progress))
          return 0
        }),
      ),
    )

export const restoreCommand: MakeCommand = (context, ended) =>
  new Command('restore')
    .description(
      'read a backup into the new, empty store of CHANCERY_STORE, SQLite or MongoDB; needs the same `keys/`',
    )
    .argument('<file>', 'the backup, `-` for standard input')
    .action((file: string) =>
      ending({ context, ended }, () =>
        withProgress(context, 'records', async (progress): Promise<ExitCode> => {
          const { restoreBackup } = await import('../store/backup-command.ts')
          await restoreBackup(file, backupContext(context, progress))
          return 0
        }),
      ),
    )

function backupContext(context: CommandContext, progress: Progress): BackupContext {
  const { store, keysDir } = context.config()
  return {
    store,
    keysDir,
    now: context.now(),
    stopped: context.stopped(),
    report: (line) => context.err(`${line}\n`),
    progress,
  }
}
