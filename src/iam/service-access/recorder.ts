// Records when each user and role last attempted each action. Sources: the entries of the audit trail (what was requested of this
// server) and the decisions that services ask for (decision/). Requests do not wait for it, and one that cannot be stored is
// noted again with the next request.
import type { AuditEvent } from '../../audit/event.ts'
import type { Trail } from '../../audit/trail.ts'
import { upsert } from '../../store/conditional-writes.ts'
import type { AccessedAction, ServiceAccess } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

interface Principal {
  /** Unique id of a user or role. */
  readonly id: string
  readonly accountId: string
}

/** Seconds in which a further attempt of the same action is not stored again by this process. */
const interval = 600
/** Days for which AWS keeps the same (User Guide, "Refine permissions in AWS using last accessed information"). */
export const trackedDays = 400
/** Actions kept of one principal: the latest. */
const maxActions = 500
/** Principal and action pairs whose last storing this process remembers. */
const maxRemembered = 50_000
/** Principals whose accesses wait to be stored; further ones are noted with their next request. */
const maxWaiting = 1000

const actionName = /^[\w.-]{1,64}:[\w*:-]{1,128}$/
const principalId = /^A(?:IDA|ROA)[A-Z0-9]+$/

interface Waiting {
  readonly accountId: string
  /** By name of the action. */
  readonly actions: Map<string, AccessedAction>
}

export class ServiceAccessRecorder {
  readonly #store: Pick<Store, 'create' | 'update'>
  readonly #remembered = new Map<string, number>()
  readonly #waiting = new Map<string, Waiting>()
  readonly #storing = new Map<string, Promise<void>>()

  constructor(store: Pick<Store, 'create' | 'update'>) {
    this.#store = store
  }

  /** Notes one attempt. Other names than `<service>:<Action>` and other principals than users and roles are ignored. */
  note({ id, accountId }: Principal, accessed: AccessedAction): void {
    const key = `${id} ${accessed.action}`
    const last = this.#remembered.get(key)
    if (last !== undefined && accessed.at - last < interval) return
    if (!principalId.test(id) || !actionName.test(accessed.action)) return
    const waiting = this.#waiting.get(id) ?? { accountId, actions: new Map() }
    if (this.#waiting.size >= maxWaiting && !this.#waiting.has(id)) return
    this.#remember(key, accessed.at)
    waiting.actions.set(accessed.action, accessed)
    this.#waiting.set(id, waiting)
    if (!this.#storing.has(id)) this.#storing.set(id, this.#storeAll(id))
  }

  /** Resolves when everything noted so far is stored, or could not be. */
  async settled(): Promise<void> {
    await Promise.all(this.#storing.values())
  }

  /** One write of a principal at a time; what is noted meanwhile is stored together by the next. */
  async #storeAll(id: string): Promise<void> {
    for (let next = this.#waiting.get(id); next !== undefined; next = this.#waiting.get(id)) {
      this.#waiting.delete(id)
      const { accountId, actions } = next
      try {
        await upsert(this.#store, 'serviceAccess', id, (old) => merged({ id, accountId }, old, actions))
      } catch {
        for (const action of actions.keys()) this.#remembered.delete(`${id} ${action}`)
      }
    }
    this.#storing.delete(id)
  }

  #remember(key: string, at: number): void {
    this.#remembered.delete(key)
    if (this.#remembered.size >= maxRemembered)
      this.#remembered.delete(this.#remembered.keys().next().value ?? '')
    this.#remembered.set(key, at)
  }
}

/** Of each action the later attempt, latest first. */
function merged(
  principal: Principal,
  old: ServiceAccess | undefined,
  noted: ReadonlyMap<string, AccessedAction>,
): ServiceAccess {
  const actions = new Map(noted)
  for (const known of old?.actions ?? [])
    if (known.at > (actions.get(known.action)?.at ?? 0)) actions.set(known.action, known)
  const latest = [...actions.values()].toSorted((a, b) => b.at - a.at).slice(0, maxActions)
  return { ...principal, actions: latest, expiresAt: (latest[0]?.at ?? 0) + trackedDays * 86_400 }
}

/** Writes an entry to the trail after noting its user or role with its action. */
export const notingAccess =
  (trail: Trail, recorder: Pick<ServiceAccessRecorder, 'note'>): Trail['record'] =>
  (event: AuditEvent) => {
    const { actor, accountId, action, at, region } = event
    if (actor?.id !== undefined && (actor.kind === 'user' || actor.kind === 'session'))
      recorder.note({ id: actor.id, accountId }, { action, at, region })
    return trail.record(event)
  }
