// Clients that an administrator manages, in the store: each has an entry like those of the configuration's `clients:` section,
// checked by the same schema, and its secrets. Also the settings of clients that registered themselves.
import type { z } from 'zod'
import { type FieldFault, Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { Secret } from '../../secure/secret.ts'
import type { EpochSeconds, ManagedClient } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { ManagedClients } from '../artifacts/adapter.ts'
import { withoutGroupNames } from './access-groups.ts'
import { type ClientSettings, clientMetadataOf, clientSchema } from './settings.ts'

/** A JSON object: the entry of a client without client_id and secret. */
export type ClientEntry = Readonly<Record<string, unknown>>

export const entryOf = (record: Pick<ManagedClient, 'entry'>): ClientEntry =>
  withoutGroupNames(JSON.parse(record.entry) as ClientEntry)

/** Values of the secrets, oldest first. */
export const secretsOf = ({ secrets }: Pick<ManagedClient, 'secrets'>): readonly string[] =>
  secrets === undefined ? [] : (JSON.parse(secrets.reveal()) as string[])

export const sealSecrets = (values: readonly string[]): Secret | undefined =>
  values.length === 0 ? undefined : new Secret(JSON.stringify(values))

const secretMethods: ReadonlySet<unknown> = new Set([
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
])

/**
 * The entry with its authentication method. When it names none, the client authenticates with its keys or its workload if it has
 * any, otherwise with a secret; a native application cannot keep a secret (RFC 8252 §8.4).
 */
export function withAuthMethod(entry: ClientEntry): ClientEntry {
  const { token_endpoint_auth_method: method, jwks, jwks_uri, workload, application_type } = entry
  if (method !== undefined || workload !== undefined) return entry
  if (jwks !== undefined || jwks_uri !== undefined)
    return { ...entry, token_endpoint_auth_method: 'private_key_jwt' }
  return {
    ...entry,
    token_endpoint_auth_method: application_type === 'native' ? 'none' : 'client_secret_basic',
  }
}

export const usesSecret = (entry: ClientEntry): boolean =>
  secretMethods.has(entry['token_endpoint_auth_method'])

/**
 * Checks an entry with its newest secret as an entry of the configuration is checked.
 * @throws Problem('validation') with every fault
 */
export function parseEntry(clientId: string, entry: ClientEntry, secret: string | undefined): ClientSettings {
  const parsed = clientSchema.safeParse({
    ...entry,
    client_id: clientId,
    ...(secret !== undefined && usesSecret(entry) && { client_secret: secret }),
  })
  if (parsed.success) return parsed.data
  throw invalidClient(parsed.error.issues.map(faultOf))
}

const faultOf = ({ path, message }: z.core.$ZodIssue): FieldFault => ({
  field: path.map(String).join('.') || 'client',
  message,
})

export const invalidClient = (fields: readonly FieldFault[]): Problem =>
  new Problem('validation', fields.map(({ field, message }) => `\`${field}\` ${message}`).join('; '), {
    fields,
  })

/** The metadata of a client of the store, with its newest secret. */
export const storedMetadata = (record: ManagedClient) =>
  clientMetadataOf(parseEntry(record.id, entryOf(record), secretsOf(record).at(-1)))

/** Finds clients for oidc-provider. Changes of other processes take effect within a second. */
export const managedClients = (store: Pick<Store, 'get' | 'delete'>): ManagedClients => ({
  async find(clientId) {
    const record = await store.get('client', clientId)
    if (record === undefined) return undefined
    if (record.disabled || record.source === 'registered') return { disabled: record.disabled }
    return {
      disabled: false,
      metadata: { ...storedMetadata(record), secrets_version: secretsVersion(record) },
    }
  },
  createdAt: (clientId) => createdAtOf(store, clientId),
  async removed(clientId) {
    await store.delete('client', clientId)
  },
})

/**
 * When a client of the store was created; undefined for other clients. What was issued or agreed to before belonged to an
 * earlier client with the same id.
 */
export async function createdAtOf(
  store: Pick<Store, 'get'>,
  clientId: string,
): Promise<EpochSeconds | undefined> {
  const record = await store.get('client', clientId)
  return record?.source === 'stored' ? record.createdAt : undefined
}

/** Differs after every change of the secrets: oidc-provider keeps the object of a client while its metadata is the same. */
const secretsVersion = ({ secretFacts }: ManagedClient): string =>
  sha256base64url(secretFacts.map(({ id }) => id).join(' ')).slice(0, 22)
