// The keys with which the server signs and derives, as an administrator lists and rotates them. They also rotate by themselves
// (secure/key/key-ring.ts).
import { Problem } from '../problem.ts'
import type { KeyRing, KeyUse, ListedKey } from '../secure/key/key-ring.ts'
import type { Ends } from './ends.ts'

/** What ends when the keys of a use are replaced at once, as a phrase for answers. */
export const endsWithKeys = {
  token:
    'every ID token, access token and role session that was issued until now; services learn it within seconds',
  'session-secret':
    'every role session that was issued until now: its secret access key is no longer accepted',
  ticket: 'sign-ins in progress at an identity provider, and cursors of lists',
  cookie: 'every browser session: everybody signs in again',
  audit: 'nothing: audit keys are never removed, because the trail is verified with them',
  outbound: 'every token that was issued for other services (GetWebIdentityToken)',
} as const satisfies Record<KeyUse, string>

export interface ServerKeys {
  list(): readonly ListedKey[]
  /**
   * The next key of a use signs from now on; what the earlier keys signed stays valid until it expires.
   * @throws Problem('conflict') while the next key has been published for less than a day
   */
  rotate(use: KeyUse, now: number): Promise<void>
  /**
   * For keys that may have leaked: new keys sign from now on, and everything that the earlier ones signed is invalid.
   * @returns ids of the keys that ended
   * @throws Problem('validation') for audit keys
   */
  replace(use: KeyUse, now: number): Promise<readonly string[]>
}

export interface ServerKeyDependencies {
  readonly keyRing: Pick<KeyRing, 'list' | 'advance' | 'replaceCompromised'>
  readonly ends: Pick<Ends, 'signingKeysReplaced'>
}

/** Uses whose keys services verify with; they are notified by the revocation feed. */
const verifiedByServices: ReadonlySet<KeyUse> = new Set(['token', 'session-secret'])

export const openServerKeys = ({ keyRing, ends }: ServerKeyDependencies): ServerKeys => ({
  list: () => keyRing.list(),
  rotate: (use, now) => keyRing.advance(use, now),
  async replace(use, now) {
    if (use === 'audit')
      throw new Problem('validation', `the keys of use \`audit\` are not replaced: ${endsWithKeys.audit}`)
    const ended = await keyRing.replaceCompromised(use, now)
    if (verifiedByServices.has(use)) await ends.signingKeysReplaced(ended)
    return ended
  },
})
