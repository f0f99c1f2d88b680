// Entries as the running server stores them: each part of it uses the same four outcomes for the same answers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteRoleCommand, GetRoleCommand, ListRolesCommand } from '@aws-sdk/client-iam'
import { type Outcome, outcomes } from '../../src/audit/outcome.ts'
import { serverAccount } from '../../src/store/records.ts'
import { startRoleServer } from '../support/role-server.ts'
import { accountId } from '../support/server.ts'
import { storedEvents } from '../support/trail.ts'

test('each part of the server records the same outcomes', { timeout: 60_000 }, async (t) => {
  const server = await startRoleServer()
  t.after(() => server.stop())
  const { iam } = server
  const evil = { sub: 'repo:evil/app' }
  const requests: readonly (readonly [action: string, outcome: Outcome, act: () => Promise<unknown>])[] = [
    ['iam:ListRoles', 'done', () => iam.send(new ListRolesCommand({}))],
    ['iam:GetRole', 'refused', () => iam.send(new GetRoleCommand({ RoleName: 'none' }))],
    ['iam:DeleteRole', 'refused', () => iam.send(new DeleteRoleCommand({ RoleName: 'deploy' }))],
    ['sts:AssumeRoleWithWebIdentity', 'done', async () => server.web(await server.token())],
    ['sts:AssumeRoleWithWebIdentity', 'denied', async () => server.web(await server.token(evil))],
    ['sts:AssumeRoleWithWebIdentity', 'refused', () => server.web('x.y.z')],
    ['sts:ExchangeToken', 'done', async () => server.exchange({ subject_token: await server.token() })],
    ['sts:ExchangeToken', 'denied', async () => server.exchange({ subject_token: await server.token(evil) })],
    ['sts:ExchangeToken', 'refused', () => server.exchange({ subject_token: 'x.y.z' })],
    [
      'oidc:AuthenticateClient',
      'done',
      async () => server.asClient({ client_assertion: await server.token() }),
    ],
    ['oidc:IssueToken', 'refused', () => server.asClient({ client_assertion: 'x.y.z' })],
    ['oidc:IssueToken', 'refused', () => fetch(`${server.server.url}/token`, { method: 'POST' })],
  ]
  for (const [, , act] of requests) await act().catch(() => undefined)
  const stored = (
    await Promise.all([accountId, serverAccount].map((account) => storedEvents(server.server, account)))
  ).flat()
  for (const [action, outcome] of requests)
    assert.ok(
      stored.some((one) => one['action'] === action && one['outcome'] === outcome),
      `no entry of ${action} that is ${outcome}`,
    )
  for (const event of stored)
    assert.ok(
      outcomes.some((one) => one === event['outcome']),
      JSON.stringify(event),
    )
})
