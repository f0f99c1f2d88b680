// Which kinds of password hashes were imported from other programs, so that sign-ins that are refused take the same time
// whatever kind of hash there is (docs/attacks.md 22). One record for the whole server: a sign-in name may be of any account.
import { parsePasswordHash, sampleOf, workOf } from '../../secure/password/password-hash.ts'
import { upsert } from '../../store/conditional-writes.ts'
import { type Setting, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

const recordId = 'imported-password-hashes'

/** Why a text is not accepted as a hash, as the rest of the sentence that its name begins. */
export function faultOfHash(text: string): string | undefined {
  const hash = parsePasswordHash(text)
  return hash.kind === 'refused' ? hash.reason : undefined
}

/** The kind of a stored hash, such as `bcrypt`, for audit entries. */
export const kindOfHash = (text: string): string => parsePasswordHash(text).kind

/** For each kind that was ever imported, a hash that takes as long as the slowest. */
export async function importedSamples(store: Pick<Store, 'get'>): Promise<readonly string[]> {
  return samplesOf(await store.get('setting', recordId))
}

/** To be called before a hash is stored. @param text a hash without faults */
export async function rememberImported(store: Store, text: string): Promise<void> {
  if (withHash(await importedSamples(store), text) === undefined) return
  await upsert(store, 'setting', recordId, (old) => {
    const samples = samplesOf(old)
    const value = JSON.stringify(withHash(samples, text) ?? samples)
    return { id: recordId, accountId: serverAccount, value }
  })
}

const samplesOf = (setting: Setting | undefined): readonly string[] =>
  setting === undefined ? [] : (JSON.parse(setting.value) as readonly string[])

/** Undefined when they already say it. */
function withHash(samples: readonly string[], text: string): readonly string[] | undefined {
  const hash = parsePasswordHash(text)
  if (hash.kind === 'refused') return undefined
  const { kind, work } = workOf(hash)
  const ofKind = (sample: string) => {
    const read = parsePasswordHash(sample)
    return read.kind !== 'refused' && workOf(read).kind === kind ? workOf(read).work : undefined
  }
  if (samples.some((sample) => (ofKind(sample) ?? 0) >= work)) return undefined
  return [...samples.filter((sample) => ofKind(sample) === undefined), sampleOf(hash)]
}
