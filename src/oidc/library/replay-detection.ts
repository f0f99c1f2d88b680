// One-time use of the `jti` of a DPoP proof or client assertion (docs/attacks.md 5, 9). oidc-provider looks the `jti` up and
// then writes it; this server writes it with a unique id, so that of several requests at the same moment one succeeds.
// The record expires with the proof.
import type Provider from 'oidc-provider'
import { sha256base64url } from '../../secure/digest.ts'
import { createIfAbsent } from '../../store/conditional-writes.ts'
import { serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { withOAuthErrors } from '../artifacts/tombstones.ts'
import { replaceMember } from './members.ts'

/** Longest accepted `jti`, in characters. */
const maxJti = 512

/**
 * True for the first use of a `jti` of an issuer, in all processes; false for every other, and for one that is too long.
 * `expiresAt` in epoch seconds.
 */
export const spendOnce =
  (store: Store) =>
  async (issuer: string, jti: string, expiresAt: number): Promise<boolean> => {
    if (jti.length > maxJti) return false
    const id = `oidc:${sha256base64url(JSON.stringify([issuer, jti]))}`
    // RFC 7519 §2: `exp` may have a fraction.
    return createIfAbsent(
      store.create('spent', { id, accountId: serverAccount, expiresAt: Math.ceil(expiresAt) }),
    )
  }

/** Replaces oidc-provider's check (lib/models/replay_detection.js); without the store it is `temporarily_unavailable`. */
export function replaceReplayDetection(provider: Provider, store: Store): void {
  const spend = spendOnce(store)
  replaceMember(
    provider,
    'ReplayDetection.unique',
    () => (issuer, jti, expiresAt) => withOAuthErrors(() => spend(issuer, jti, expiresAt)),
  )
}
