// The table of provider kinds: the settings of each and the record they become. upstreams.ts has the sign-in code of each kind,
// loaded on first use.
import { z } from 'zod'
import { issuerWithoutScheme } from '../secure/issuer-name.ts'
import type { IdentityProvider } from '../store/records.ts'
import type { ProviderEntry } from './configuration-entry.ts'
import { ldapEntry } from './ldap/configuration-entry.ts'
import { ldapRecord, ldapSettings } from './ldap/settings.ts'
import { oauth2Entry } from './oauth2/configuration-entry.ts'
import { oauth2Record, oauth2Settings } from './oauth2/settings.ts'
import { openIdEntry } from './openid/configuration-entry.ts'
import { openIdRecord, openIdSettings } from './openid/settings.ts'
import { samlEntry } from './saml/configuration-entry.ts'
import { samlRecord, samlSettings } from './saml/settings.ts'
import type { Owner } from './settings.ts'

/** One entry of `identity_providers:`. */
export const providerSchema = z.discriminatedUnion('kind', [
  openIdSettings,
  oauth2Settings,
  ldapSettings,
  samlSettings,
])

type ProviderSettings = z.output<typeof providerSchema>

/** `identity_providers:` */
export const identityProvidersSchema = z
  .array(providerSchema)
  .max(1000)
  .superRefine((all, context) => {
    const seen = new Set<string>()
    for (const [at, given] of all.entries()) {
      for (const key of keysOf(given)) {
        if (seen.has(key))
          context.addIssue({ code: 'custom', path: [at], message: `\`${key}\` is listed twice` })
        seen.add(key)
      }
    }
  })
  .default([])

/** Values that must be unique within the file. */
function keysOf(given: ProviderSettings): readonly string[] {
  const name = given.name === undefined ? [] : [given.name.toLowerCase()]
  // The ARN leaves the scheme out, so that issuers that differ in it alone would be one provider.
  return given.kind === 'openid' ? [...name, `https://${issuerWithoutScheme(given.url)}`] : name
}

/** Creates the record of a configuration entry. */
export function recordOf(given: ProviderSettings, owner: Owner): IdentityProvider {
  switch (given.kind) {
    case 'openid':
      return openIdRecord(given, owner)
    case 'oauth2':
      return oauth2Record(given, owner)
    case 'ldap':
      return ldapRecord(given, owner)
    case 'saml':
      return samlRecord(given, owner)
  }
}

/** The configuration entry of a record, without secrets and without `disabled`. */
export function entryOf(provider: IdentityProvider): ProviderEntry {
  switch (provider.kind) {
    case 'openid':
      return openIdEntry(provider)
    case 'oauth2':
      return oauth2Entry(provider)
    case 'ldap':
      return ldapEntry(provider)
    case 'saml':
      return samlEntry(provider)
  }
}
