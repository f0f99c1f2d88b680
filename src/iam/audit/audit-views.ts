// Saved views of the audit trail: filters under a name, for everybody in the account who may read the trail. All of an account are in
// one record, because they are few and read together.
import { z } from 'zod'
import { Problem } from '../../problem.ts'
import { upsert } from '../../store/conditional-writes.ts'
import type { Store } from '../../store/store.ts'

/** Of one account. */
const mostViews = 50

const stored = z.array(
  z.object({ name: z.string(), filter: z.record(z.string(), z.string()), reads: z.boolean() }),
)

export interface AuditView {
  readonly name: string
  /** Filters of a list of audit entries, by their names there. */
  readonly filter: Readonly<Record<string, string>>
  /** Whether reads that were allowed are shown. */
  readonly reads: boolean
}

const recordIdOf = (accountId: string): string => `audit-views ${accountId}`
const byName = (one: AuditView, other: AuditView): number => (one.name < other.name ? -1 : 1)

export class AuditViews {
  readonly #store: Pick<Store, 'get' | 'create' | 'update'>

  constructor(store: Pick<Store, 'get' | 'create' | 'update'>) {
    this.#store = store
  }

  /** In the order of their names, at most 50. */
  async list(accountId: string): Promise<readonly AuditView[]> {
    return viewsIn((await this.#store.get('setting', recordIdOf(accountId)))?.value)
  }

  /** Saves a view, in the place of one of the same name. @throws Problem('limit_exceeded') when the account has 50 others */
  async save(accountId: string, view: AuditView): Promise<void> {
    await this.#change(accountId, (views) => {
      const others = views.filter(({ name }) => name !== view.name)
      if (others.length >= mostViews)
        throw new Problem('limit_exceeded', `an account has at most ${mostViews} saved views`)
      return [...others, view].toSorted(byName)
    })
  }

  async remove(accountId: string, name: string): Promise<void> {
    await this.#change(accountId, (views) => views.filter((view) => view.name !== name))
  }

  #change(accountId: string, change: (views: readonly AuditView[]) => readonly AuditView[]): Promise<void> {
    const id = recordIdOf(accountId)
    return upsert(this.#store, 'setting', id, (old) => ({
      id,
      accountId,
      value: JSON.stringify(change(viewsIn(old?.value))),
    }))
  }
}

const viewsIn = (value: string | undefined): readonly AuditView[] =>
  value === undefined ? [] : stored.parse(JSON.parse(value))
