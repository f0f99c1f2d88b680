// What `chancery provider` is given to work with.
import type { EpochSeconds, IdentityProvider } from '../../store/records.ts'
import type { CheckStep, Risk } from '../kind.ts'
import type { House } from './sign-in-preview.ts'

export interface KnownProvider {
  readonly provider: IdentityProvider
  /**
   * `file`: of the configuration file, which the next start will apply · `former file`: an earlier file made it, and this
   * one has it no more · `store`: made by IAM
   */
  readonly from: 'file' | 'former file' | 'store'
}

/** What a token of a provider is worth, as far as it could be looked at. */
export interface TokenVerdict {
  readonly claims: Readonly<Record<string, unknown>>
  /** Why a sign-in would refuse it. */
  readonly refused: string | undefined
  /** Why something could not be looked at. */
  readonly unchecked: string | undefined
}

export interface ProviderWorld {
  readonly now: EpochSeconds
  readonly providers: readonly KnownProvider[]
  readonly check: (provider: IdentityProvider) => AsyncIterable<CheckStep>
  /** Of the provider's settings, and of the roles that trust it. */
  readonly risks: (provider: IdentityProvider) => Promise<readonly Risk[]>
  readonly believe: (provider: IdentityProvider, token: string) => Promise<TokenVerdict>
  /** Deletes a provider of the store for good, with all that came through it; undefined when there is no store yet. */
  readonly remove: ((provider: IdentityProvider) => Promise<void>) | undefined
  /** Whom we have; undefined when there is no store yet. */
  readonly house: House | undefined
}
