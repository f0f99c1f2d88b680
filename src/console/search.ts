// Search over everything: what names one thing leads to it, anything else is looked up by its beginning.

import { appPath } from '../../views/console/apps/apps.ts'
import { policyPath } from '../../views/console/frame/policy-path.ts'
import { type SearchGroup, searchPage } from '../../views/console/frame/search.ts'
import { t } from '../../views/console/message.ts'
import { groupPath, personPath } from '../../views/console/people/people.ts'
import { providerPath } from '../../views/console/providers/providers.ts'
import { rolePath } from '../../views/console/workloads/workloads.ts'
import { client } from '../admin/clients/schemas.ts'
import { group } from '../admin/groups/operations.ts'
import { listOf } from '../admin/list.ts'
import { person } from '../admin/people/schemas.ts'
import { isProblem } from '../problem.ts'
import { part } from './frame/part.ts'
import type { ConsoleRequest } from './frame/request.ts'
import type { ConsoleRoute } from './frame/route.ts'
import { showPage } from './frame/show.ts'

/** Items of each kind. */
const mostOfKind = '8'

async function search(request: ConsoleRequest): Promise<void> {
  const typed = (request.query.get('q') ?? '').trim()
  const direct = await directPath(request, typed)
  if (direct !== undefined) {
    request.ctx.redirect(direct)
    return
  }
  await showPage(request, {
    section: undefined,
    title: t('Search'),
    search: typed,
    body: searchPage({ typed, groups: typed === '' ? [] : await results(request, typed) }),
  })
}

const kinds: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^arn:aws:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/, (_, name = '') => personPath(name)],
  [/^arn:aws:iam::\d{12}:group\/(?:.*\/)?([^/]+)$/, (_, name = '') => groupPath(name)],
  [/^arn:aws:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/, (_, name = '') => rolePath(name)],
  [/^arn:aws:sts::\d{12}:assumed-role\/([^/]+)\/.+$/, (_, name = '') => rolePath(name)],
  [/^arn:aws:iam::(?:aws|\d{12}):policy\/.+$/, (arn = '') => policyPath(arn)],
  [/^arn:aws:iam::\d{12}:(?:oidc|saml)-provider\/.+$/, (arn = '') => providerPath(arn)],
  [/^arn:aws:oidc::\d{12}:client\/(.+)$/, (_, id = '') => appPath(id)],
  [/^AIDA[A-Z0-9]{10,30}$/, (id = '') => personPath(id)],
  [/^AGPA[A-Z0-9]{10,30}$/, (id = '') => groupPath(id)],
  [
    /^[\da-f]{8}(-?)[\da-f]{4}\1[\da-f]{4}\1[\da-f]{4}\1[\da-f]{12}$/i,
    (reference = '') => `/console/access/explain?reference=${reference}`,
  ],
]

/** The page of what the text names: an ARN, a unique id, an access key or the reference of a request. */
async function directPath(request: ConsoleRequest, typed: string): Promise<string | undefined> {
  for (const [form, path] of kinds) {
    const found = form.exec(typed)
    if (found !== null) return path(...found)
  }
  if (/^A[KS]IA[A-Z0-9]{12,124}$/.test(typed)) return keyPath(request, typed)
  return undefined
}

/** The owner of an access key; for a key of a session, what it did. */
async function keyPath(request: ConsoleRequest, accessKeyId: string): Promise<string> {
  const activity = `/console/activity?session=${accessKeyId}`
  if (accessKeyId.startsWith('ASIA')) return activity
  try {
    const { userName } = await request.ports.iam.getAccessKeyLastUsed(request.call, { accessKeyId })
    return userName === undefined ? activity : personPath(userName)
  } catch (error) {
    if (!isProblem(error, 'not_found', 'denied')) throw error
    return activity
  }
}

async function results(request: ConsoleRequest, typed: string): Promise<readonly SearchGroup[]> {
  const query = { search: typed.slice(0, 128), limit: mostOfKind }
  const tooLong = typed.length > 128
  if (tooLong) return []
  const [people, groups, apps] = await Promise.all([
    part(() => request.perform('ListPeople', listOf(person), { query })),
    part(() => request.perform('ListGroups', listOf(group), { query })),
    part(() => appsOf(request, query)),
  ])
  const all = (path: string): string => `${path}?search=${encodeURIComponent(typed)}`
  return [
    {
      title: t('People'),
      allTitle: t('All people that begin so'),
      all: all('/console/people'),
      items: itemsOf(people, ({ name, displayName, email }) => ({
        href: personPath(name),
        title: displayName ?? name,
        note: [name, email].filter((one) => one !== undefined).join(' · '),
      })),
    },
    {
      title: t('Groups'),
      allTitle: t('All groups that begin so'),
      all: all('/console/groups'),
      items: itemsOf(groups, ({ name, displayName, arn }) => ({
        href: groupPath(name),
        title: displayName ?? name,
        note: arn,
      })),
    },
    {
      title: t('Apps'),
      allTitle: t('All apps that begin so'),
      all: all('/console/apps'),
      items: itemsOf(apps, ({ clientId, name }) => ({
        href: appPath(clientId),
        title: name ?? clientId,
        note: clientId,
      })),
    },
  ]
}

/** Apps belong to the whole server: in another account there are none. */
async function appsOf(request: ConsoleRequest, query: Readonly<Record<string, string>>) {
  try {
    return await request.perform('ListClients', listOf(client), { query })
  } catch (error) {
    if (isProblem(error, 'not_found')) return { items: [] }
    throw error
  }
}

type Found<T> = { readonly value: { readonly items: readonly T[] } } | { readonly denied: string }

const itemsOf = <T>(
  found: Found<T>,
  show: (item: T) => SearchGroup['items'][number],
): SearchGroup['items'] => ('value' in found ? found.value.items.map(show) : [])

export const searchRoutes: readonly ConsoleRoute[] = [['GET', '/search', search]]
