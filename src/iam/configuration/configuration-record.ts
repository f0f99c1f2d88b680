// The configuration file that is in effect for all processes of a store. During a rolling restart some processes still have the
// earlier file; it is decided here which of the two counts, so that the earlier one does not restore entries that the newer one
// removed (docs/attacks.md 41).
import { createIfAbsent, updateIfPresent } from '../../store/conditional-writes.ts'
import { type ConfigurationRecord, type EpochSeconds, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

const recordId = 'configuration'

/** Seconds after its replacement for which a file is assumed to belong to a process that is about to be replaced as well. */
export const rollingRestart = 900
/** The most replaced files that are remembered. */
const maxReplaced = 20

type ConfigurationFacts = Omit<ConfigurationRecord, 'id' | 'accountId'>

/** The parts of a configuration file that matter here. */
export interface ConfigurationFile {
  /** Hash of the file's providers, clients and resources. */
  readonly hash: string
  /** `revision` of the file: of two files that have one, the greater counts, whatever the order in which processes start. */
  readonly revision: number | undefined
  /** Client ids. */
  readonly clients: readonly string[]
  /** Resource identifiers. */
  readonly resources: readonly string[]
}

/**
 * Decides for all processes whether a file takes effect.
 * @param endClient called for each client of the previous file that this one no longer has. Called before the file takes effect, so
 *   that an interrupted start repeats it
 * @returns `superseded` when a newer file is in effect; then nothing is changed
 * @throws Problem('unavailable') when the store cannot be reached
 */
export async function claimConfiguration(
  store: Pick<Store, 'create' | 'get' | 'update'>,
  file: ConfigurationFile,
  now: EpochSeconds,
  endClient: (clientId: string) => Promise<void>,
): Promise<'applies' | 'superseded'> {
  for (;;) {
    const seen = await store.get('configuration', recordId)
    if (seen && nextRecord(seen, file, now) === 'superseded') return 'superseded'
    for (const id of seen?.clients ?? []) if (!file.clients.includes(id)) await endClient(id)
    let outcome: 'applies' | 'superseded' = 'applies'
    const decide = (old: ConfigurationRecord): ConfigurationRecord => {
      const next = nextRecord(old, file, now)
      outcome = next === 'superseded' ? next : 'applies'
      return next === 'superseded' ? old : { ...next, id: recordId, accountId: serverAccount }
    }
    if (await updateIfPresent(store.update('configuration', recordId, decide))) return outcome
    const first = { ...nextRecord(undefined, file, now), id: recordId, accountId: serverAccount }
    if (await createIfAbsent(store.create('configuration', first))) return 'applies'
  }
}

/** The next configuration record when a process with this file starts. Pure. */
export function nextRecord(kept: undefined, file: ConfigurationFile, now: EpochSeconds): ConfigurationFacts
export function nextRecord(
  kept: ConfigurationFacts | undefined,
  file: ConfigurationFile,
  now: EpochSeconds,
): ConfigurationFacts | 'superseded'
export function nextRecord(
  kept: ConfigurationFacts | undefined,
  { hash, revision, clients, resources }: ConfigurationFile,
  now: EpochSeconds,
): ConfigurationFacts | 'superseded' {
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

export interface ActiveConfiguration {
  /** False for a client of this process's file that the file in effect no longer has. */
  hasClient(id: string): boolean
  hasResource(id: string): boolean
  close(): void
}

/**
 * The clients and resources of the file in effect. Changes are followed, so that a process with an earlier file stops serving
 * removed entries within two seconds.
 */
export async function openActiveConfiguration(
  store: Pick<Store, 'get' | 'watch'>,
): Promise<ActiveConfiguration> {
  let kept: ConfigurationFacts | undefined
  const load = async () => {
    kept = await store.get('configuration', recordId)
  }
  const stop = store.watch((changed) => {
    // While the store is unavailable the last state stays; the store reports a change when it is back.
    if (changed.has('configuration')) load().catch(() => undefined)
  })
  await load()
  return {
    hasClient: (id) => kept?.clients.includes(id) ?? true,
    hasResource: (id) => kept?.resources.includes(id) ?? true,
    close: stop,
  }
}
