// What may be shown once: the `jti` of a DPoP proof or client assertion. oidc-provider looks, then writes; we write, and
// whoever finds it written has lost (attacks.md 5, 9). The record ends when the proof does, so it cannot pile up.
import type Provider from 'oidc-provider'
import { sha256base64url } from '../../secure/digest.ts'
import { created } from '../../store/conditional-writes.ts'
import { serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

/** Longest `jti` that is taken. */
const maxJti = 512

/** True for the one caller, in all processes, who shows this `jti` of this issuer first. */
export const spendOnce =
  (store: Store) =>
  async (issuer: string, jti: string, expiresAt: number): Promise<boolean> => {
    if (jti.length > maxJti) return false
    const id = `oidc:${sha256base64url(JSON.stringify([issuer, jti]))}`
    // RFC 7519 §2: an `exp` may have a fraction.
    return created(store.create('spent', { id, accountId: serverAccount, expiresAt: Math.ceil(expiresAt) }))
  }

/** Puts ours in the place of oidc-provider's (lib/models/replay_detection.js). */
export function replaceReplayDetection(provider: Provider, store: Store): void {
  const model = provider.ReplayDetection as unknown as { unique: ReturnType<typeof spendOnce> }
  model.unique = spendOnce(store)
}
