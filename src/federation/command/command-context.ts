// What the `chancery provider` commands depend on.
import type { EpochSeconds, IdentityProvider } from '../../store/records.ts'
import type { CheckStep, Risk } from '../kind.ts'
import type { UserDirectory } from './sign-in-preview.ts'

export interface KnownProvider {
  readonly provider: IdentityProvider
  /**
   * `file`: an entry of the configuration file, applied at the next start · `former file`: created by an earlier file and no
   * longer in this one · `store`: created by IAM
   */
  readonly from: 'file' | 'former file' | 'store'
}

/** Result of verifying a token. */
export interface TokenVerdict {
  readonly claims: Readonly<Record<string, unknown>>
  /** Why a sign-in would refuse it. */
  readonly refused: string | undefined
  /** Why a check could not be made. */
  readonly unchecked: string | undefined
}

export interface ProviderCommandContext {
  readonly now: EpochSeconds
  readonly providers: readonly KnownProvider[]
  readonly check: (provider: IdentityProvider) => AsyncIterable<CheckStep>
  /** Findings about the provider's settings, and about the roles that trust it. */
  readonly risks: (provider: IdentityProvider) => Promise<readonly Risk[]>
  readonly verifyToken: (provider: IdentityProvider, token: string) => Promise<TokenVerdict>
  /** Deletes a provider from the store and ends its users' sessions; undefined when there is no store yet. */
  readonly remove: ((provider: IdentityProvider) => Promise<void>) | undefined
  /** The local users; undefined when there is no store yet. */
  readonly users: UserDirectory | undefined
}
