// How administrators see an identity provider: its settings without secrets, where it is changed, and its version.
import { sha256base64url, sha256hex } from '../../secure/digest.ts'
import type { EpochSeconds, IdentityProvider } from '../../store/records.ts'

/** An entry of `identity_providers:`, by its names. */
export type ProviderEntry = Readonly<Record<string, unknown>>

/** Reads and writes the settings of providers; federation/ fulfils it. */
export interface ProviderSettings {
  /** The entry of a record, without secrets. */
  entryOf(provider: IdentityProvider): ProviderEntry
  /** Paths of the secrets that a record has. */
  secretsOf(provider: IdentityProvider): readonly string[]
  /** @throws Problem('validation') with every fault at its field */
  read(
    entry: ProviderEntry,
    owner: { readonly accountId: string; readonly now: EpochSeconds },
  ): IdentityProvider
  /** Pure. @throws Problem('validation') with every fault at its field */
  change(old: IdentityProvider, change: ProviderEntry): IdentityProvider
  /** Of providers in sentences. */
  issuerOf(provider: IdentityProvider): string
}

export interface ManagedProviderView {
  readonly provider: IdentityProvider
  readonly issuer: string
  /** `file`: of the configuration file, and read-only; `former-file`: of an earlier one, disabled. */
  readonly source: 'stored' | 'file' | 'former-file'
  readonly settings: ProviderEntry
  readonly secrets: readonly string[]
  /** Changes whenever an administrator changes something. */
  readonly version: string
}

/** @param isInFile whether the configuration file has a provider of this ARN */
export function viewOf(
  provider: IdentityProvider,
  {
    settings,
    isInFile,
  }: { readonly settings: ProviderSettings; readonly isInFile: (arn: string) => boolean },
): ManagedProviderView {
  const entry = settings.entryOf(provider)
  const secrets = settings.secretsOf(provider)
  const { disabled, fromFile, changes } = provider
  return {
    provider,
    issuer: settings.issuerOf(provider),
    // One that is enabled is in the file of another process, which is newer.
    source: fromFile !== true ? 'stored' : isInFile(provider.id) || !disabled ? 'file' : 'former-file',
    settings: entry,
    secrets,
    version: sha256base64url(
      JSON.stringify([entry, secrets, disabled, fromFile, changes, setByIam(provider)]),
    ).slice(0, 22),
  }
}

/** What AWS's API sets besides. */
const setByIam = (provider: IdentityProvider): readonly unknown[] => [
  provider.tags,
  provider.kind === 'openid' ? provider.thumbprints : undefined,
  provider.kind === 'saml' ? provider.encryption : undefined,
]

/** Characters of a text that an audit entry repeats. */
const mostRecorded = 2000

/** Settings for audit entries: long texts, such as metadata, by their hash. */
export const withoutLongTexts = (settings: ProviderEntry): ProviderEntry =>
  JSON.parse(JSON.stringify(settings), (_, value: unknown) =>
    typeof value === 'string' && value.length > mostRecorded
      ? `sha256 ${sha256hex(value)}, ${value.length} characters`
      : value,
  ) as ProviderEntry
