// What the use cases of this room are given. Each takes the caller first and the input second; the moment of a
// change is the request's own (`call.circumstances.now`).
import type { PasswordHasher } from '../secure/password.ts'
import type { EpochSeconds } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { Authorizer } from './authorization/authorize.ts'
import type { Ends } from './ends.ts'
import type { Markers } from './paging.ts'
import type { NoteDoubts } from './trust-policy-warnings.ts'

export interface Parts {
  readonly store: Store
  readonly authorizer: Authorizer
  readonly markers: Markers
  readonly hasher: Pick<PasswordHasher, 'hash' | 'verify' | 'needsRehash'>
  /** The public URL's host, shown in authenticator apps. */
  readonly issuerName: string
  /** What must end with each change (docs/ends.md). */
  readonly ends: Ends
  readonly noteDoubts?: NoteDoubts
  /**
   * A SAML provider's metadata, as far as its record holds it.
   * @throws Problem('invalid_input')
   */
  readonly readSamlMetadata: (xml: string) => {
    readonly entityId: string
    readonly validUntil: EpochSeconds | undefined
  }
  /** True for hosts an issuer may have without https (CHANCERY_OUTBOUND_ALLOW). */
  readonly plainHttpAllowed?: (host: string) => boolean
}
