// Names of apps, for entries, which have only client ids.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ActivityRow } from '../../../views/console/activity/activity.ts'
import { inLanguage } from '../../../views/html.ts'
import { clientArn } from '../../oidc/clients/access.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import { messagesOf } from '../frame/show.ts'
import type { AuditEntry } from './entries.ts'
import { repeatedWords, repeatsAmong } from './repeated.ts'
import { type AppNames, activityRow, clientIdOf } from './row.ts'

/** Apps of one page that are looked up. */
const most = 20

const inDetails = ['client', 'client_id', 'clientId'] as const

/** The apps that an entry is about. */
function clientIdsOf({ who, resource = '', details }: AuditEntry): readonly string[] {
  const members = new Map<string, unknown>(
    typeof details === 'object' && details !== null ? Object.entries(details) : [],
  )
  const all = [clientIdOf(who), clientIdOf(resource), ...inDetails.map((name) => members.get(name))]
  return all.filter((id): id is string => typeof id === 'string' && id !== '')
}

/**
 * Reads the names of the apps of one page of entries. Each is authorized like the page of the app, but not recorded in the trail:
 * reading the list already is.
 */
export async function appNames(request: ConsoleRequest, entries: readonly AuditEntry[]): Promise<AppNames> {
  const { clients, serverAccountId: owner } = request.ports.use
  if (request.accountId !== owner) return new Map()
  const ids = [...new Set(entries.flatMap(clientIdsOf))].slice(0, most)
  const found = await Promise.all(
    ids.map(async (id) => {
      const permission = { action: 'chancery:GetClient', resource: clientArn(owner, id) }
      const isDenied = (await request.denial(permission)) !== undefined
      const name = isDenied ? undefined : (await clients.find(id))?.metadata['client_name']
      return typeof name === 'string' && name !== '' ? [[id, name] as const] : []
    }),
  )
  return new Map(found.flat())
}

/**
 * Entries as lines of a list. Callers chose parts of the reasons, and it takes time to find the messages that they were made from: others
 * have a turn after each (docs/attacks.md 36).
 */
export async function activityRows(
  request: ConsoleRequest,
  entries: readonly AuditEntry[],
): Promise<readonly ActivityRow[]> {
  const [apps, repeats] = await Promise.all([appNames(request, entries), repeatsAmong(request, entries)])
  const translate = messagesOf(request)
  const rows: ActivityRow[] = []
  for (const entry of entries) {
    const row = activityRow(entry, apps)
    const reason = row.reason && inLanguage(row.reason, translate)
    rows.push({ ...row, reason, repeated: repeatedWords(repeats.get(entry.id)) })
    if (reason !== undefined) await nextTurn()
  }
  return rows
}
