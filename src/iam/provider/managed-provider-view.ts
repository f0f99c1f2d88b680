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

/** Characters of settings in an audit entry, which has room for 32,768 with those before and after a change. */
const mostRecorded = 12_000

/** Members whose own members are recorded one by one. */
const opened: ReadonlySet<string> = new Set(['sign_in', 'sign_in.mapping'])

/**
 * Settings for audit entries: each member by its path as text, because entries leave out what is deeper or longer. What is long,
 * such as metadata, is recorded by its hash, so that nothing else is lost for it.
 */
export function recordedSettings(settings: ProviderEntry): Readonly<Record<string, string>> {
  const members = membersOf(settings, '')
  const results = [2000, 500, 100].map((most) =>
    Object.fromEntries(members.map(([path, text]) => [path, hashedAbove(most, text)])),
  )
  return results.find((one) => JSON.stringify(one).length <= mostRecorded) ?? results.at(-1) ?? {}
}

const membersOf = (settings: ProviderEntry, prefix: string): readonly (readonly [string, string])[] =>
  Object.entries(settings).flatMap(([name, value]) => {
    const path = `${prefix}${name}`
    if (opened.has(path) && typeof value === 'object' && value !== null)
      return membersOf(value as ProviderEntry, `${path}.`)
    return [[path, typeof value === 'string' ? value : JSON.stringify(value)] as const]
  })

const hashedAbove = (most: number, text: string): string =>
  text.length <= most ? text : `sha256 ${sha256hex(text)}, ${text.length} characters`
