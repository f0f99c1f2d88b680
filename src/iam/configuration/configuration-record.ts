// Which configuration file the store was last started with. Providers, clients and resources are the file's: what an entry
// made ends with it. Processes of a rolling restart have two files for a while; which of them counts is decided here, once,
// so that the older one neither brings back what the newer one left out nor undoes it again and again (attacks.md 41).
import { created, whenThere } from '../../store/conditional-writes.ts'
import { type ConfigurationRecord, type EpochSeconds, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

const recordId = 'configuration'

/** Seconds for which a file that was replaced is taken for that of a process which is about to be replaced as well. */
export const rollingRestart = 900
/** More files than replace each other within that time. */
const maxReplaced = 20

type Kept = Omit<ConfigurationRecord, 'id' | 'accountId'>

/** What of a file counts here. */
export interface ConfigurationFile {
  /** Of everything in the file that makes providers, clients and resources. */
  readonly hash: string
  /** `revision:` of the file: of two that have one, the greater counts, whenever their processes start. */
  readonly revision: number | undefined
  /** Client ids. */
  readonly clients: readonly string[]
  /** Resource identifiers. */
  readonly resources: readonly string[]
}

/**
 * Decides, for all processes, whether a file counts from now on.
 * @param endClient called for each client of the file before that this one has no more; before the file counts, so that a
 *   start that is cut off does it again
 * @returns `superseded`: a newer file was started since, and this one changes nothing
 * @throws Problem('unavailable') when the store is away
 */
export async function claimConfiguration(
  store: Pick<Store, 'create' | 'get' | 'update'>,
  file: ConfigurationFile,
  now: EpochSeconds,
  endClient: (clientId: string) => Promise<void>,
): Promise<'applies' | 'superseded'> {
  for (;;) {
    const seen = await store.get('configuration', recordId)
    if (seen && nextOf(seen, file, now) === 'superseded') return 'superseded'
    for (const id of seen?.clients ?? []) if (!file.clients.includes(id)) await endClient(id)
    let outcome: 'applies' | 'superseded' = 'applies'
    const decide = (old: ConfigurationRecord): ConfigurationRecord => {
      const next = nextOf(old, file, now)
      outcome = next === 'superseded' ? next : 'applies'
      return next === 'superseded' ? old : { ...next, id: recordId, accountId: serverAccount }
    }
    if (await whenThere(store.update('configuration', recordId, decide))) return outcome
    const first = { ...nextOf(undefined, file, now), id: recordId, accountId: serverAccount }
    if (await created(store.create('configuration', first))) return 'applies'
  }
}

/** Pure: what is kept after a process with this file has started. */
export function nextOf(kept: undefined, file: ConfigurationFile, now: EpochSeconds): Kept
export function nextOf(
  kept: Kept | undefined,
  file: ConfigurationFile,
  now: EpochSeconds,
): Kept | 'superseded'
export function nextOf(
  kept: Kept | undefined,
  { hash, revision, clients, resources }: ConfigurationFile,
  now: EpochSeconds,
): Kept | 'superseded' {
  const own = {
    hash,
    ...(revision === undefined ? {} : { revision }),
    clients: [...clients],
    resources: [...resources],
  }
  if (kept === undefined) return { ...own, replaced: [] }
  if (kept.hash === hash) return { ...own, replaced: kept.replaced }
  const recent = kept.replaced.filter(({ at }) => now - at < rollingRestart)
  const numbered = revision !== undefined && kept.revision !== undefined && revision !== kept.revision
  if (numbered ? revision < kept.revision : recent.some((one) => one.hash === hash)) return 'superseded'
  const replaced = [...recent.filter((one) => one.hash !== hash), { hash: kept.hash, at: now }]
  return { ...own, replaced: replaced.slice(-maxReplaced) }
}

export interface ConfiguredNow {
  /** False for a client of this process's own file that a newer file has no more. */
  hasClient(id: string): boolean
  hasResource(id: string): boolean
  close(): void
}

/**
 * The clients and resources of the file that counts, followed while it changes: an older process stops serving what a
 * newer file left out, within a second or two.
 */
export async function openConfiguredNow(store: Pick<Store, 'get' | 'watch'>): Promise<ConfiguredNow> {
  let kept: Kept | undefined
  const load = async () => {
    kept = await store.get('configuration', recordId)
  }
  const stop = store.watch((changed) => {
    // While the store is away the last answer stands; its return is announced as a change.
    if (changed.has('configuration')) load().catch(() => undefined)
  })
  await load()
  return {
    hasClient: (id) => kept?.clients.includes(id) ?? true,
    hasResource: (id) => kept?.resources.includes(id) ?? true,
    close: stop,
  }
}
