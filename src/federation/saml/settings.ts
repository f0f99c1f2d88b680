// `kind: saml` of `identity_providers:`: a SAML 2.0 identity provider, described by its metadata.
import { createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Problem } from '../../problem.ts'
import { Secret } from '../../secure/secret.ts'
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

/** Some providers have a query in it. Plain http needs CHANCERY_OUTBOUND_ALLOW, which every fetch checks. */
const metadataUrl = z
  .string()
  .max(2048)
  .refine((text) => {
    const url = URL.parse(text)
    return url !== null && ['https:', 'http:'].includes(url.protocol) && !url.hash && !url.username
  }, 'must be an https URL without fragment or user')

export const samlSettings = z
  .strictObject({
    kind: z.literal('saml'),
    /** In the callback's path, `/federation/<name>/callback`, and in its ARN. */
    name: providerName,
    /** The provider's metadata, XML. */
    metadata: metadataXml.optional(),
    /** A file with the metadata; relative to the working directory. */
    metadata_file: z.string().min(1).max(4096).optional(),
    /** Where the metadata is fetched from, again and again; needs `entity_id`. */
    metadata_url: metadataUrl.optional(),
    /** The provider's entity id: the one that is taken from the metadata of `metadata_url`. */
    entity_id: z
      .string()
      .regex(/^[\x21-\x7e]{1,1024}$/, 'must be a URI of 1 to 1024 characters')
      .optional(),
    /** PEM, one or more: the metadata of `metadata_url` must be signed by one of them. */
    metadata_certificate: z.string().min(1).max(65_536).optional(),
    disabled: z.boolean().default(false),
    /** Key pairs with which the provider's encrypted assertions are decrypted, newest first; only the first is in our metadata. */
    encryption: z
      .strictObject({
        /** Only encrypted assertions are accepted. */
        required: z.boolean().default(false),
        keys: z
          .array(
            z
              .strictObject({ private_key: secretText, certificate: z.string().min(1).max(16_384) })
              .superRefine(({ private_key, certificate }, context) => {
                const fault = keyFault(private_key.reveal(), certificate)
                if (fault) context.addIssue({ code: 'custom', message: fault })
              }),
          )
          .min(1)
          .max(3),
      })
      .optional(),
    sign_in: z
      .strictObject({
        ...signInFields,
        /** The permanent identifier of a user: a persistent NameID, a NameID that is an e-mail address, or an attribute. */
        subject: z
          .union([
            z.enum(['persistent', 'email']).transform((from) => ({ from })),
            z
              .strictObject({ attribute: z.string().min(1).max(1024) })
              .transform(({ attribute: name }) => ({ from: 'attribute' as const, name })),
          ])
          .default({ from: 'persistent' }),
        /** Which element the provider must sign. Other signatures must be valid as well. */
        want: z.enum(['assertion', 'response', 'both', 'either']).default('assertion'),
        /** PEM; requests of this server are signed with it. */
        private_key: secretText.optional(),
        /** PEM; the certificate of that key, with which the provider verifies the requests. */
        certificate: z.string().min(1).max(16_384).optional(),
      })
      .superRefine(({ private_key, certificate, sign_out }, context) => {
        const fault = keyFault(private_key?.reveal(), certificate)
        if (fault) context.addIssue({ code: 'custom', message: fault })
        // A logout request by redirect must be signed (SAML Profiles section 4.4.3.1).
        if (sign_out && !private_key)
          context.addIssue({ code: 'custom', message: 'sign_out needs private_key and certificate' })
      })
      .optional(),
  })
  .superRefine((given, context) => {
    try {
      checkSource(given)
      if (given.metadata_url === undefined) readMetadata(metadataOf(given))
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause
      context.addIssue({ code: 'custom', message: cause.message })
    }
  })

type Settings = z.output<typeof samlSettings>

/** @throws Problem('invalid_input') when fields of different sources are mixed */
function checkSource(given: Settings): void {
  const { metadata, metadata_file, metadata_url: url, entity_id, metadata_certificate: pem } = given
  if ([metadata, metadata_file, url].filter((one) => one !== undefined).length !== 1)
    throw new Problem(
      'invalid_input',
      'exactly one of metadata, metadata_file and metadata_url must be given',
    )
  if ((url === undefined) !== (entity_id === undefined))
    throw new Problem('invalid_input', 'entity_id must be given with metadata_url, and only with it')
  if (pem === undefined) return
  if (url === undefined) throw new Problem('invalid_input', 'metadata_certificate needs metadata_url')
  try {
    if (certificatesIn(pem).map((one) => new X509Certificate(one)).length > 0) return
  } catch {}
  throw new Problem('invalid_input', 'metadata_certificate must be PEM')
}

const certificatesIn = (pem: string): readonly string[] =>
  pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []

function metadataOf({ metadata, metadata_file: file }: Pick<Settings, 'metadata' | 'metadata_file'>): string {
  if (metadata !== undefined || file === undefined) return metadata ?? ''
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Problem('invalid_input', `metadata_file \`${file}\` cannot be read`, { cause })
  }
}

function keyFault(key: string | undefined, certificate: string | undefined): string | undefined {
  if (key === undefined && certificate === undefined) return undefined
  if (key === undefined || certificate === undefined)
    return 'private_key and certificate must be set together'
  try {
    const own = new X509Certificate(certificate).publicKey
    if (own.asymmetricKeyType !== 'rsa') return 'private_key must be RSA'
    return createPublicKey(key).equals(own) ? undefined : 'certificate does not belong to private_key'
  } catch {
    return 'private_key and certificate must be PEM'
  }
}

// Attribute names of the eduPerson and LDAP profiles, of Microsoft, and common short names.
export const samlClaims: DefaultClaims = {
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
  // As in openid/settings.ts: groups only when the settings map them.
  groups: [],
}

export function samlRecord(given: Settings, { accountId, now }: Owner): SamlProvider {
  const { sign_in: signIn, name } = given
  return {
    kind: 'saml',
    // API reference, CreateSAMLProvider.
    id: `arn:aws:iam::${accountId}:saml-provider/${name}`,
    accountId,
    name,
    ...recordedMetadata(given),
    subject: signIn?.subject ?? { from: 'persistent' },
    want: signIn?.want ?? 'assertion',
    certificate: signIn?.certificate,
    disabled: given.disabled,
    createdAt: now,
    tags: [],
    signIn: signIn && rulesOf(signIn, samlClaims, 'saml'),
    secret: signIn?.private_key,
    ...encryptionOf(given),
  }
}

type MetadataFields = Pick<SamlProvider, 'metadata' | 'metadataSource' | 'entityId' | 'validUntil'>

function recordedMetadata(given: Settings): MetadataFields {
  const { metadata_url: url, entity_id: entityId = '', metadata_certificate: pem = '' } = given
  if (url !== undefined) {
    const metadataSource = { url, certificates: certificatesIn(pem) }
    return { metadata: '', metadataSource, entityId, validUntil: undefined }
  }
  const metadata = metadataOf(given)
  return { metadata, ...readRecorded(metadata) }
}

function encryptionOf({ encryption }: Settings): Pick<SamlProvider, 'decryptionKeys' | 'encryption'> {
  if (encryption === undefined) return {}
  const { keys, required } = encryption
  return {
    decryptionKeys: new Secret(keys.map(({ private_key }) => private_key.reveal()).join('\n')),
    encryption: { certificates: keys.map(({ certificate }) => certificate), required },
  }
}
