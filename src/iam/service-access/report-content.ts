// The content of a service last accessed report: the services that a user, group, role or managed policy grants, and when the users and
// roles concerned last attempted to use each of them.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { EpochSeconds, Role, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { roleArn, userArn } from '../arn.ts'
import { defaultVersionDocument } from '../lookup.ts'
import { policyUsageKey } from '../managed-policy/attachments.ts'
import { grantedBy, serviceOf } from './granted-services.ts'
import { trackedDays } from './recorder.ts'
import { type AccessSubject, policiesOf } from './subject-of-arn.ts'

export interface ReportEntity {
  readonly kind: 'user' | 'role'
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly path: string
}

export interface Attempt {
  /** Index of the user or role in `entities`. */
  readonly entity: number
  readonly at: EpochSeconds
  readonly region?: string | undefined
}

export interface AccessedService {
  readonly namespace: string
  /** The latest attempt of each user or role that used the service, latest first. */
  readonly attempts: readonly Attempt[]
  /** By name of the action, without the service. Those that the policies name are listed although nobody attempted them. */
  readonly actions: readonly { readonly name: string; readonly last?: Attempt | undefined }[]
}

export interface ReportContent {
  /** Users and roles that could use the service through the policies of the subject. */
  readonly entities: readonly ReportEntity[]
  /** Sorted by namespace. */
  readonly services: readonly AccessedService[]
}

/** Entities examined in one turn of the event loop. */
const perTurn = 100

type Reader = Pick<Store, 'get' | 'getBy' | 'each'>

export async function generateContent(
  store: Reader,
  accountId: string,
  subject: AccessSubject,
  now: EpochSeconds,
): Promise<ReportContent> {
  const documents =
    subject.kind === 'policy'
      ? [defaultVersionDocument(subject.record)]
      : (await policiesOf(store, subject)).map(({ document }) => document)
  const entities: ReportEntity[] = []
  const attempts: (Attempt & { readonly action: string })[] = []
  for await (const entity of entitiesOf(store, accountId, subject)) {
    if (entities.length % perTurn === perTurn - 1) await nextTurn()
    const known = await store.get('serviceAccess', entity.id)
    const tracked = (known?.actions ?? []).filter(({ at }) => at > now - trackedDays * 86_400)
    attempts.push(...tracked.map((one) => ({ ...one, entity: entities.length })))
    entities.push(entity)
  }
  const byService = Map.groupBy(attempts, ({ action }) => serviceOf(action))
  const granted = grantedBy(documents, [...byService.keys()])
  const services = granted.services.map((namespace) => {
    const latest = (byService.get(namespace) ?? []).toSorted((a, b) => b.at - a.at)
    const named = granted.actions.filter((action) => serviceOf(action) === namespace)
    return {
      namespace,
      attempts: firstOf(latest, ({ entity }) => String(entity)).map(({ entity, at, region }) => ({
        entity,
        at,
        region,
      })),
      actions: actionsOf(latest, named),
    }
  })
  return { entities, services }
}

/** Attempts before named actions of the same name; names are compared without case. */
function actionsOf(
  latest: readonly (Attempt & { readonly action: string })[],
  named: readonly string[],
): AccessedService['actions'] {
  const nameOf = (action: string) => action.slice(action.indexOf(':') + 1)
  const attempted = latest.map(({ action, entity, at, region }) => ({
    name: nameOf(action),
    last: { entity, at, region },
  }))
  const all = [...attempted, ...named.map((action) => ({ name: nameOf(action) }))]
  return firstOf(all, ({ name }) => name.toLowerCase()).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** The first item of each key, in the same order. */
function firstOf<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const first = new Map<string, T>()
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item)
  return [...first.values()]
}

const entityOf = (kind: 'user' | 'role', record: User | Role): ReportEntity => ({
  kind,
  id: record.id,
  arn: kind === 'user' ? userArn(record) : roleArn(record),
  name: record.name,
  path: record.path,
})

/** Of a policy, members of a group with it are users of it; each entity once. */
async function* entitiesOf(
  store: Reader,
  accountId: string,
  subject: AccessSubject,
): AsyncGenerator<ReportEntity> {
  const { kind, record } = subject
  if (kind === 'user' || kind === 'role') return yield entityOf(kind, record)
  if (kind === 'group') return yield* membersOf(store, record.id)
  const seen = new Set<string>()
  const attached = { by: 'attached', value: policyUsageKey(accountId, record.arn) } as const
  const unseen = ({ id }: ReportEntity) => !seen.has(id) && seen.add(id)
  for await (const user of store.each('user', attached)) {
    const entity = entityOf('user', user)
    if (unseen(entity)) yield entity
  }
  for await (const group of store.each('group', attached))
    for await (const entity of membersOf(store, group.id)) if (unseen(entity)) yield entity
  for await (const role of store.each('role', attached)) yield entityOf('role', role)
}

async function* membersOf(store: Reader, groupId: string): AsyncGenerator<ReportEntity> {
  for await (const user of store.each('user', { by: 'group', value: groupId })) yield entityOf('user', user)
}

export const packContent = (content: ReportContent): string =>
  gzipSync(JSON.stringify(content)).toString('base64')

/** What packContent made. */
export const unpackContent = (text: string): ReportContent =>
  JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString()) as ReportContent
