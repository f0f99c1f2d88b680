// `chancery audit`.
import { Command } from 'commander'
import { ending, type MakeCommand } from './context.ts'
import { withProgress } from './progress.ts'

export const auditCommand: MakeCommand = (context, ended) =>
  new Command('audit').description('the audit trail').addCommand(
    new Command('verify').description('check every chain for gaps and changes').action(() =>
      ending({ context, ended }, async () => {
        const { verifyAudit } = await import('../audit/verify-command.ts')
        const { lines, intact } = await withProgress(context, 'entries checked', (progress) =>
          verifyAudit(context.config(), progress),
        )
        for (const line of lines) context.out(`${line}\n`)
        return intact ? 0 : 1
      }),
    ),
  )
