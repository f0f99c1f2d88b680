// What a person did, from the audit trail: their own entries alone.
import type { AuditRecord } from '../../audit/event.ts'
import { readTrail } from '../../audit/read.ts'
import type { Store } from '../../store/store.ts'
import { shownResource } from '../authorization/shown-resource.ts'
import type { PersonCall } from '../caller.ts'
import type { ListPage, ListRequest, Markers } from '../paging.ts'

/** Of an entry of the audit trail what its person may read. */
export type OwnEntry = Pick<AuditRecord, 'at' | 'action' | 'outcome' | 'resource' | 'sourceIp' | 'userAgent'>

export interface OwnActivity {
  /**
   * Entries of the person, the newest first.
   * @throws Problem('validation') for a marker of another person or day
   */
  readonly list: (call: PersonCall, request: ListRequest) => Promise<ListPage<OwnEntry>>
  /**
   * When the person last signed in to applications, epoch seconds by client id: of those among their latest two hundred entries.
   */
  readonly lastSignIns: (call: PersonCall) => Promise<ReadonlyMap<string, number>>
  /** Access keys without their secrets, at most a hundred. */
  readonly keys: (userId: string) => Promise<readonly object[]>
}

const isRead = /^[a-z-]+:(?:Get|List|Simulate)[A-Z]/
/** Pages of the trail that are read for one page of the list. */
const mostReads = 5

/** Reads that were allowed are left out: the person's own pages make many of them. */
const isShownTo =
  (userId: string) =>
  ({ actor, action, outcome }: AuditRecord): boolean =>
    (actor?.id === undefined || actor.id === userId) && !(outcome === 'done' && isRead.test(action))

const shownEntry = ({ at, action, outcome, resource, sourceIp, userAgent }: AuditRecord): OwnEntry => ({
  at,
  action,
  outcome,
  // As in the answer to the person: the path of something that they may not read says that it exists.
  resource: outcome === 'denied' && resource !== undefined ? shownResource(action, resource) : resource,
  sourceIp,
  userAgent,
})

/** Entries among which the last sign-in to an application is looked for. */
const latest = 200
const clientResource = 'client/'

/** Most access keys in a download. */
const mostKeys = 100

export function openOwnActivity(store: Store, markers: Markers): OwnActivity {
  return {
    async list(call, { marker, maxItems: limit = 50 }) {
      const { accountId, arn: who, userId } = call.caller
      const user = await store.get('user', userId)
      const list = `own-activity:${userId}`
      // A name is used again after its user was deleted: what is older is somebody else's.
      const query = { accountId, who, from: user?.createdAt ?? call.circumstances.now, limit }
      const items: OwnEntry[] = []
      let after = markers.open(call, list, marker)
      for (let reads = 0; reads < mostReads && items.length < limit; reads++) {
        const found = await readTrail(store, { ...query, after })
        items.push(...found.records.filter(isShownTo(userId)).map(shownEntry))
        after = found.next
        if (after === undefined) break
      }
      return { items, marker: after && markers.seal(call, list, after) }
    },
    async lastSignIns(call) {
      const { accountId, arn: who, userId } = call.caller
      const user = await store.get('user', userId)
      const from = user?.createdAt ?? call.circumstances.now
      const { records } = await readTrail(store, { accountId, who, from, limit: latest })
      const signIns = new Map<string, number>()
      for (const { actor, action, outcome, resource = '', at } of records) {
        if (action !== 'oidc:Authorize' || outcome !== 'done' || actor?.id !== userId) continue
        if (!resource.startsWith(clientResource)) continue
        const clientId = resource.slice(clientResource.length)
        if (!signIns.has(clientId)) signIns.set(clientId, at)
      }
      return signIns
    },
    async keys(value) {
      const { records } = await store.find('accessKey', { by: 'user', value }, { limit: mostKeys })
      return records.map(({ id, status, createdAt, lastUsed }) => ({ id, status, createdAt, lastUsed }))
    },
  }
}
