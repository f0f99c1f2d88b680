// `chancery keys rotate-master`: works on the store and the key file, beside running servers or without one.
import { Command } from 'commander'
import type { Config } from '../config.ts'
import { type CommandContext, type ExitCode, ending, type MakeCommand } from './context.ts'
import { withProgress } from './progress.ts'

export const masterKeyCommand: MakeCommand = (context, ended) =>
  new Command('keys').addCommand(
    new Command('rotate-master')
      .description('make a new master key and seal every secret of the store under it; run it again to go on')
      .option(
        '--prepare',
        'only add the new key to keys/, to copy the file to every machine before it is used',
      )
      .addHelpText(
        'after',
        '\nRun it where the server runs, as its user and with its settings, beside a running server or without one.\nAt the end the earlier key is removed: backups made before need the keys/ of their time.',
      )
      .action(({ prepare = false }: { readonly prepare?: boolean }) =>
        ending({ context, ended }, () => rotate(context, prepare)),
      ),
  )

async function rotate(context: CommandContext, prepare: boolean): Promise<ExitCode> {
  const { prepareMasterKey, resealStore } = await import('../store/reseal.ts')
  const config = context.config()
  if (prepare) {
    const version = prepareMasterKey(config)
    await record(config, { version, step: 'prepared' })
    context.out(
      `version ${version} is in ${config.keysDir}, and not used yet: copy the file to every machine\n`,
    )
    return 0
  }
  const place = { store: config.store, keysDir: config.keysDir }
  const stopped = context.stopped()
  const report = (line: string) => context.err(`${line}\n`)
  await record(config, { step: 'begun' })
  const { version, records } = await withProgress(context, 'records sealed', (progress) =>
    resealStore({ ...place, report, progress, stopped }),
  )
  await record(config, { version, records, step: 'done' })
  context.out(
    `${records} records are sealed under version ${version} of the master key, which is the only one\n`,
  )
  return 0
}

/** Writes an entry of the server's own account into the audit trail. */
async function record(config: Config, details: Readonly<Record<string, unknown>>): Promise<void> {
  const { recordOfCommand } = await import('./existing-store.ts')
  await recordOfCommand(config, 'chancery:RotateMasterKey', details)
}
