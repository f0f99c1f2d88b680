// The entry of `kind: saml` that makes a record, without its private keys.
import type { SamlProvider } from '../../store/records.ts'
import { type ProviderEntry, signInEntry, stated } from '../configuration-entry.ts'
import { samlClaims } from './settings.ts'

export function samlEntry(provider: SamlProvider): ProviderEntry {
  const { name, metadata, metadataSource, entityId, encryption } = provider
  return stated({
    kind: 'saml',
    name,
    metadata: metadataSource === undefined ? metadata : undefined,
    metadata_url: metadataSource?.url,
    entity_id: metadataSource && entityId,
    metadata_certificate: metadataSource?.certificates.join('\n') || undefined,
    encryption: encryption && encryptionOf(encryption),
    sign_in: signInOf(provider),
  })
}

/** Keys that were added by the IAM API have no certificate, and cannot be written as an entry. */
function encryptionOf({
  certificates,
  required,
}: NonNullable<SamlProvider['encryption']>): ProviderEntry | undefined {
  if (certificates.length === 0) return undefined
  return { ...(required && { required }), keys: certificates.map((certificate) => ({ certificate })) }
}

function signInOf({ signIn, subject, want, certificate }: SamlProvider): ProviderEntry | undefined {
  if (signIn === undefined) return undefined
  return {
    ...signInEntry(signIn, samlClaims, 'saml'),
    ...stated(
      {
        subject: subject.from === 'attribute' ? { attribute: subject.name } : subject.from,
        want,
        certificate,
      },
      { subject: 'persistent', want: 'assertion' },
    ),
  }
}
