// Compares a file with what the account holds. Pure: changes are data until apply runs them.
import { type Item, type Section, type State, sectionNames } from './file.ts'
import { kinds } from './kinds.ts'

export interface Difference {
  readonly member: string
  readonly before: unknown
  readonly after: unknown
}

export type Change =
  | { readonly what: 'create'; readonly section: Section; readonly item: Item }
  | {
      readonly what: 'change'
      readonly section: Section
      readonly item: Item
      readonly actual: Item
      readonly differences: readonly Difference[]
    }
  | { readonly what: 'delete'; readonly section: Section; readonly actual: Item }

export interface Plan {
  /** In the order in which they are made: creations and changes first, deletions last. */
  readonly changes: readonly Change[]
  /** Faults of the file that the account shows: members that cannot be changed. */
  readonly faults: readonly string[]
  /** Things of the sections of the file that the file does not name, and that are kept. */
  readonly unmanaged: readonly { readonly section: Section; readonly name: string }[]
}

export interface PlanOptions {
  /** Deletes what the sections of the file do not name. */
  readonly prune: boolean
  /** Never deleted, for instance the caller. */
  readonly keep: (section: Section, name: string) => boolean
}

export function planOf(wanted: State, actual: State, { prune, keep }: PlanOptions): Plan {
  const changes: Change[] = []
  const deletions: Change[] = []
  const faults: string[] = []
  const unmanaged: { section: Section; name: string }[] = []
  for (const section of sectionNames) {
    const items = wanted.get(section)
    if (items === undefined) continue
    const held = actual.get(section) ?? new Map<string, Item>()
    for (const item of items.values()) {
      const there = held.get(item.name)
      if (there === undefined) {
        changes.push({ what: 'create', section, item })
        continue
      }
      const differences = differencesOf(item, there)
      for (const { member } of differences)
        if (kinds[section].fixed.includes(member))
          faults.push(
            `${section} \`${item.name}\`: \`${member}\` cannot be changed; delete and create it anew`,
          )
      if (differences.length > 0) changes.push({ what: 'change', section, item, actual: there, differences })
    }
    for (const there of held.values()) {
      if (items.has(there.name)) continue
      if (prune && !keep(section, there.name)) deletions.unshift({ what: 'delete', section, actual: there })
      else unmanaged.push({ section, name: there.name })
    }
  }
  return { changes: [...changes, ...deletions], faults, unmanaged }
}

/** Lists whose order means nothing. */
const sets: ReadonlySet<string> = new Set(['policies', 'groups', 'clientIds'])

function differencesOf(item: Item, actual: Item): Difference[] {
  return Object.entries(item).flatMap(([member, after]) => {
    if (after === undefined || after === null) return []
    const before = actual[member]
    return canonical(member, after) === canonical(member, before) ? [] : [{ member, before, after }]
  })
}

function canonical(member: string, value: unknown): string {
  if (sets.has(member) && Array.isArray(value)) return JSON.stringify(value.map(String).sort())
  return JSON.stringify(sorted(value)) ?? 'undefined'
}

/** Members of objects in one order; that of lists is kept. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  )
}

const signs = { create: '+', change: '~', delete: '-' } as const

/** The plan as text, a line a change and a line a member. */
export function planText({ changes, faults, unmanaged }: Plan): string {
  const lines = [...faults.map((fault) => `! ${fault}`)]
  for (const change of changes) {
    const name = change.what === 'delete' ? change.actual.name : change.item.name
    const note = change.what === 'delete' ? `: ${kinds[change.section].ends}` : ''
    lines.push(`${signs[change.what]} ${change.section} ${name}${note}`)
    if (change.what === 'change')
      for (const { member, before, after } of change.differences)
        lines.push(`    ${member}: ${brief(before)} -> ${brief(after)}`)
  }
  const count = (what: Change['what']) => changes.filter((one) => one.what === what).length
  const others = unmanaged.length > 0 ? `; ${unmanaged.length} not in the file, kept` : ''
  lines.push(
    `${count('create')} to create, ${count('change')} to change, ${count('delete')} to delete${others}`,
  )
  return lines.join('\n')
}

function brief(value: unknown): string {
  const text = value === undefined ? 'none' : JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 117)}…` : text
}
