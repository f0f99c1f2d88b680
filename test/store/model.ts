// The store as it should be, in memory and one verb after the other: what engines are held against (contract/model.ts).
import { kinds, ruleOf } from '../../src/store/kinds.ts'
import type { EpochSeconds, Kind, Records } from '../../src/store/records.ts'
import type { Lookup, Page } from '../../src/store/store.ts'

/** What a verb came to: what it gave, or the code of its Problem. */
export type Came = { readonly gave: unknown } | { readonly refused: string }

const refused = (code: string): Came => ({ refused: code })
const gave = (value: unknown): Came => ({ gave: value })
/** As texts are at rest: UTF-8 has no lone surrogates. */
const atRest = (text: string): string => text.toWellFormed()
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

export class ModelStore {
  readonly #time: { readonly now: EpochSeconds }
  readonly #kept = new Map<Kind, Map<string, Records[Kind]>>()

  constructor(time: { readonly now: EpochSeconds }) {
    this.#time = time
    for (const kind of Object.keys(kinds) as Kind[]) this.#kept.set(kind, new Map())
  }

  create<K extends Kind>(kind: K, record: Records[K]): Came {
    if (!record.id.isWellFormed()) return refused('invalid_input')
    if (this.#live(kind, record.id) || this.#taken(kind, record)) return refused('conflict')
    this.#of(kind).set(record.id, record)
    return gave(undefined)
  }

  get<K extends Kind>(kind: K, id: string): Came {
    return gave(this.#live(kind, id))
  }

  getBy<K extends Kind>(kind: K, unique: string, value: string): Came {
    const of = ruleOf(kind).unique[unique]
    return gave(this.#all(kind).find((record) => of?.(record) === value))
  }

  /** All pages. */
  find<K extends Kind>(kind: K, lookup: Lookup<K>, { descending }: Page): Came {
    const { by, value, prefix = '', also } = lookup
    const rules = ruleOf(kind).lookups
    const rule = rules[by]
    const has = (record: Records[K], one: { readonly by: string; readonly value: string }) =>
      [rules[one.by]?.of(record) ?? []].flat().map(atRest).includes(one.value)
    const sortOf = (record: Records[K]) => atRest(rule?.sort?.(record) ?? record.id)
    const found = this.#all(kind)
      .filter((record) => has(record, { by, value }) && (also?.values ?? []).every((one) => has(record, one)))
      .filter((record) => sortOf(record).startsWith(prefix))
      .toSorted((a, b) => byBytes(sortOf(a), sortOf(b)) || byBytes(a.id, b.id))
    return gave(descending ? found.toReversed() : found)
  }

  update<K extends Kind>(kind: K, id: string, change: (old: Records[K]) => Records[K]): Came {
    const old = this.#live(kind, id)
    if (!old) return refused('not_found')
    const changed = change(old)
    if (this.#taken(kind, changed)) return refused('conflict')
    this.#of(kind).set(id, changed)
    return gave(changed)
  }

  delete(kind: Kind, id: string): Came {
    return gave(this.#live(kind, id) !== undefined && this.#of(kind).delete(id))
  }

  take<K extends Kind>(kind: K, id: string): Came {
    const record = this.#live(kind, id)
    this.#of(kind).delete(id)
    return gave(record)
  }

  #of<K extends Kind>(kind: K): Map<string, Records[K]> {
    return this.#kept.get(kind) as Map<string, Records[K]>
  }

  #all<K extends Kind>(kind: K): Records[K][] {
    const { expires } = ruleOf(kind)
    return [...this.#of(kind).values()].filter(
      (record) => (expires?.(record) ?? Number.POSITIVE_INFINITY) > this.#time.now,
    )
  }

  #live<K extends Kind>(kind: K, id: string): Records[K] | undefined {
    return this.#all(kind).find((record) => record.id === id)
  }

  #taken<K extends Kind>(kind: K, record: Records[K]): boolean {
    const others = this.#all(kind).filter(({ id }) => id !== record.id)
    return Object.values(ruleOf(kind).unique).some((of) => {
      const value = of(record)
      return value !== undefined && others.some((other) => of(other) === value)
    })
  }
}
