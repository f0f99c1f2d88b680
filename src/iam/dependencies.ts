// Dependencies of the IAM use cases. Each use case takes the call (caller and request) first and its input second. The time of a
// change is the time of the request (`call.circumstances.now`).
import type { PasswordHasher } from '../secure/password/password.ts'
import type { EpochSeconds } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { Authorizer } from './authorization/authorize.ts'
import type { Ends } from './ends.ts'
import type { Markers } from './paging.ts'
import type { ReportTrustWarnings } from './role/trust-policy-warnings.ts'

export interface IamDependencies {
  readonly store: Store
  readonly authorizer: Authorizer
  readonly markers: Markers
  readonly hasher: Pick<PasswordHasher, 'hash' | 'verify' | 'needsRehash'>
  /** Name of an account's organization, shown in authenticator apps. */
  readonly issuerName: (accountId: string) => Promise<string>
  /** Revokes the sessions that must end with a change (docs/ends.md). */
  readonly ends: Ends
  readonly reportTrustWarnings?: ReportTrustWarnings
  /**
   * Reads the fields of a SAML metadata document that the provider's record keeps.
   * @throws Problem('invalid_input')
   */
  readonly readSamlMetadata: (xml: string) => {
    readonly entityId: string
    readonly validUntil: EpochSeconds | undefined
  }
  /** Issuer URL of an account's tokens for other services; the keys are created when an account enables them. */
  readonly outbound: {
    readonly issuerOf: (accountId: string) => string
    readonly createKeys: () => Promise<void>
  }
  /** Resolves when the accesses noted before are stored, or could not be (service-access/recorder.ts). */
  readonly accessesStored: () => Promise<void>
  /** True for hosts whose issuer URL may use plain http (CHANCERY_OUTBOUND_ALLOW). */
  readonly plainHttpAllowed?: (host: string) => boolean
}
