// `chancery audit`: the operations of the admin API on the trail, and `verify`, which reads the store itself.
import { Command } from 'commander'
import { adminCommand } from '../admin/commands.ts'
import { ending, type MakeCommand } from '../context.ts'
import { withProgress } from '../progress.ts'
import { exportCommand, followCommand } from './reading.ts'

export const auditCommand: MakeCommand = (context, ended) =>
  adminCommand('audit', context, ended)
    .addCommand(followCommand(context, ended))
    .addCommand(exportCommand(context, ended))
    .addCommand(
      new Command('verify').description('check every chain for gaps and changes').action(() =>
        ending({ context, ended }, async () => {
          const { verifyAudit } = await import('../../audit/verify-command.ts')
          const { lines, intact } = await withProgress(context, 'entries checked', (progress) =>
            verifyAudit(context.config(), progress),
          )
          for (const line of lines) context.out(`${line}\n`)
          return intact ? 0 : 1
        }),
      ),
    )
