// `kind: saml` of `identity_providers:`: a SAML 2.0 identity provider, described by its metadata.
import { createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Problem } from '../../problem.ts'
import type { SamlProvider } from '../../store/records.ts'
import {
  type DefaultClaims,
  type Owner,
  providerName,
  rulesOf,
  secretText,
  signInFields,
} from '../settings.ts'
import { readMetadata, readRecorded } from './metadata.ts'

const metadataXml = z.string().min(1).max(10_000_000)

export const samlSettings = z
  .strictObject({
    kind: z.literal('saml'),
    /** In the callback's path, `/federation/<name>/callback`, and in its ARN. */
    name: providerName,
    /** The provider's metadata, XML. */
    metadata: metadataXml.optional(),
    /** A file that holds it; relative to the working directory. */
    metadata_file: z.string().min(1).max(4096).optional(),
    disabled: z.boolean().default(false),
    sign_in: z
      .strictObject({
        ...signInFields,
        /** Who somebody is for ever: a persistent NameID, a NameID that is an e-mail address, or an attribute. */
        subject: z
          .union([
            z.enum(['persistent', 'email']).transform((from) => ({ from })),
            z
              .strictObject({ attribute: z.string().min(1).max(1024) })
              .transform(({ attribute: name }) => ({ from: 'attribute' as const, name })),
          ])
          .default({ from: 'persistent' }),
        /** What the provider must sign. Whatever else is signed must hold as well. */
        want: z.enum(['assertion', 'response', 'both', 'either']).default('assertion'),
        /** PEM; our requests are signed with it. */
        private_key: secretText.optional(),
        /** PEM; of that key, for the provider to check our requests with. */
        certificate: z.string().min(1).max(16_384).optional(),
      })
      .superRefine(({ private_key, certificate, sign_out }, context) => {
        const fault = keyFault(private_key?.reveal(), certificate)
        if (fault) context.addIssue({ code: 'custom', message: fault })
        // SAML Profiles §4.4.3.1: a logout request by redirect must be signed.
        if (sign_out && !private_key)
          context.addIssue({ code: 'custom', message: 'sign_out needs private_key and certificate' })
      })
      .optional(),
  })
  .superRefine((given, context) => {
    try {
      readMetadata(metadataOf(given))
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      context.addIssue({ code: 'custom', message: cause.message })
    }
  })

type Settings = z.output<typeof samlSettings>

function metadataOf({ metadata, metadata_file: file }: Pick<Settings, 'metadata' | 'metadata_file'>): string {
  if (metadata !== undefined && file === undefined) return metadata
  if (file === undefined || metadata !== undefined)
    throw new Problem('invalid_input', 'exactly one of metadata and metadata_file must be given')
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Problem('invalid_input', `metadata_file \`${file}\` cannot be read`, { cause })
  }
}

function keyFault(key: string | undefined, certificate: string | undefined): string | undefined {
  if (key === undefined && certificate === undefined) return undefined
  if (key === undefined || certificate === undefined) return 'private_key and certificate go together'
  try {
    const own = new X509Certificate(certificate).publicKey
    if (own.asymmetricKeyType !== 'rsa') return 'private_key must be RSA'
    return createPublicKey(key).equals(own) ? undefined : 'certificate is not of private_key'
  } catch {
    return 'private_key and certificate must be PEM'
  }
}

// Names of the eduPerson and LDAP profiles, of Microsoft, and what administrators call them.
const defaults: DefaultClaims = {
  name: [
    'uid',
    'urn:oid:0.9.2342.19200300.100.1.1',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name',
    'username',
    'NameID',
  ],
  displayName: [
    'displayName',
    'urn:oid:2.16.840.1.113730.3.1.241',
    'http://schemas.microsoft.com/identity/claims/displayname',
    'cn',
    'urn:oid:2.5.4.3',
  ],
  email: [
    'mail',
    'urn:oid:0.9.2342.19200300.100.1.3',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    'email',
  ],
  emailVerified: ['email_verified'],
  // As in openid/settings.ts: only what the settings map.
  groups: [],
}

export function samlRecord(given: Settings, { accountId, now }: Owner): SamlProvider {
  const { sign_in: signIn, name } = given
  const metadata = metadataOf(given)
  return {
    kind: 'saml',
    // API reference, CreateSAMLProvider.
    id: `arn:aws:iam::${accountId}:saml-provider/${name}`,
    accountId,
    name,
    metadata,
    ...readRecorded(metadata),
    subject: signIn?.subject ?? { from: 'persistent' },
    want: signIn?.want ?? 'assertion',
    certificate: signIn?.certificate,
    disabled: given.disabled,
    createdAt: now,
    tags: [],
    signIn: signIn && rulesOf(signIn, defaults, 'saml'),
    secret: signIn?.private_key,
  }
}
