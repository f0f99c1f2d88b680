// Settings of the configuration file, as they are in force: the audit trail, and how a backup is made.
import { t } from '../../../views/console/message.ts'
import { auditTrailPage } from '../../../views/console/settings/audit-trail.ts'
import { backupPage } from '../../../views/console/settings/backup.ts'
import { auditTrail } from '../../admin/audit/operations.ts'
import { adminCommand } from '../frame/command.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'

async function showAuditTrail(request: ConsoleRequest): Promise<void> {
  const trail = await request.perform('GetAuditTrail', auditTrail)
  await showPage(request, {
    section: 'settings',
    title: t('Audit trail'),
    body: auditTrailPage({
      trail,
      seesReceivers: request.accountId === request.ports.use.serverAccountId,
      commands: [
        adminCommand(request.ports.issuer, 'GetAuditTrail'),
        'npx chancery audit verify',
        'npx chancery reload',
      ],
    }),
  })
}

async function showBackup(request: ConsoleRequest): Promise<void> {
  await showPage(request, {
    section: 'settings',
    title: t('Backup'),
    body: backupPage({
      commands: [
        'npx chancery backup --out chancery.jsonl.gz',
        'npx chancery restore chancery.jsonl.gz',
        'npx chancery audit verify',
      ],
    }),
  })
}

export const serverSettingsRoutes: readonly ConsoleRoute[] = [
  ['GET', '/settings/audit', showAuditTrail],
  ['GET', '/settings/backup', showBackup],
]
