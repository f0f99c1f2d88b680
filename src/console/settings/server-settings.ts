// Settings of the configuration file, as they are in force: mail with a test, the audit trail, and how a backup is made.
import { auditTrailPage } from '../../../views/console/settings/audit-trail.ts'
import { backupPage } from '../../../views/console/settings/backup.ts'
import { type MailTestView, mailServerPage } from '../../../views/console/settings/mail-server.ts'
import { auditTrail } from '../../admin/audit/operations.ts'
import { mailServer, mailTest } from '../../admin/mail-server/schemas.ts'
import { adminCommand } from '../frame/command.ts'
import { isFormProblem } from '../frame/form.ts'
import { staleProblem } from '../frame/fresh.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'

async function showMail(
  request: ConsoleRequest,
  outcome: { readonly tested?: MailTestView; readonly problem?: string } = {},
): Promise<void> {
  const [server, denied] = await Promise.all([
    request.ask('GetMailServer', mailServer),
    request.denial({
      action: 'chancery:TestMailServer',
      resource: `arn:aws:chancery::${request.ports.use.serverAccountId}:mail-server`,
    }),
  ])
  await showPage(request, {
    section: 'settings',
    title: 'Mail',
    status: outcome.problem === undefined ? 200 : 422,
    body: mailServerPage({
      server,
      denied,
      target: { action: '/console/settings/mail/test', token: request.token },
      tested: outcome.tested,
      problem: outcome.problem,
      commands: [
        adminCommand(request.ports.issuer, 'GetMailServer'),
        adminCommand(request.ports.issuer, 'TestMailServer'),
        'npx chancery mail test --to you@acme.example',
      ],
    }),
  })
}

async function testMail(request: ConsoleRequest): Promise<void> {
  await request.form()
  if (!(await request.isFresh())) return showMail(request, { problem: staleProblem.message })
  try {
    await showMail(request, { tested: await request.ask('TestMailServer', mailTest) })
  } catch (error) {
    if (!isFormProblem(error, 'throttled')) throw error
    await showMail(request, { problem: sentence(error.message) })
  }
}

async function showAuditTrail(request: ConsoleRequest): Promise<void> {
  const trail = await request.ask('GetAuditTrail', auditTrail)
  await showPage(request, {
    section: 'settings',
    title: 'Audit trail',
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
    title: 'Backup',
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
  ['GET', '/settings/mail', (request) => showMail(request)],
  ['POST', '/settings/mail/test', testMail],
  ['GET', '/settings/audit', showAuditTrail],
  ['GET', '/settings/backup', showBackup],
]
