// Settings of providers that administrators give at run time: an entry as in the configuration file, read by the same schema. What
// an entry of the file may name besides is refused: files of this server, and hosts that the operator did not allow.
import type { z } from 'zod'
import { type FieldFault, Problem } from '../problem.ts'
import type { IdentityProvider } from '../store/records.ts'
import type { ProviderEntry } from './configuration-entry.ts'
import { fetchedUrls } from './fetched-urls.ts'
import { merged, misdirectedSecret, withKeptSecrets } from './kept-secrets.ts'
import { entryOf, providerSchema, recordOf } from './kinds.ts'
import { refusedHosts } from './outbound/refused-hosts.ts'
import { isTooLarge, mostMembers, secretsInPublicMembers } from './public-members.ts'
import type { Owner } from './settings.ts'
import { readUsableKeySet } from './workload/jwks.ts'

interface RunTimeDependencies {
  /** Hosts of CHANCERY_OUTBOUND_ALLOW. */
  readonly allow: ReadonlySet<string>
  /** The words for an issue of a schema; undefined: those of the schema. */
  readonly message: (issue: z.core.$ZodRawIssue) => string | undefined
}

export class RunTimeSettings {
  readonly #deps: RunTimeDependencies

  constructor(deps: RunTimeDependencies) {
    this.#deps = deps
  }

  /** @throws Problem('validation') with every fault at its field */
  read(entry: ProviderEntry, owner: Owner): IdentityProvider {
    if (isTooLarge(entry))
      throw new Problem('validation', `the entry has more than ${mostMembers} members and items`)
    const misplaced = [...fileMembers(entry), ...secretsInPublicMembers(entry)]
    if (misplaced.length > 0) throw invalid(misplaced)
    const { message } = this.#deps
    const parsed = providerSchema.safeParse(entry, { error: (issue) => message(issue) ?? formMessage(issue) })
    if (!parsed.success) throw invalid(parsed.error.issues.flatMap(faultsOf).slice(0, mostFaults))
    const record = recordOf(parsed.data, owner)
    const faults = [...refusedHosts(fetchedUrls(record), this.#deps.allow), ...unusableKeys(record)]
    if (faults.length > 0) throw invalid(faults)
    return record
  }

  /**
   * The record after a change of its entry (RFC 7396). Secrets that the change leaves out stay. ARN, tags and what AWS's API has
   * set besides stay too.
   * @throws Problem('validation') with every fault at its field
   */
  change(old: IdentityProvider, change: ProviderEntry): IdentityProvider {
    const fixed = fixedMembers(old, change)
    if (fixed.length > 0) throw invalid(fixed)
    const entry = merged(entryOf(old), change) as ProviderEntry
    const { accountId, createdAt } = old
    const next = this.read(withKeptSecrets(old, entry, change), { accountId, now: createdAt })
    const misdirected = misdirectedSecret(old, next, change)
    if (misdirected.length > 0) throw invalid(misdirected)
    const { id, uid, tags, disabled } = old
    return { ...beyondEntry(old, next), id, uid, tags, disabled, createdAt, fromFile: false }
  }
}

/** Uploaded keys of which none verifies anything, or of which one is private and would be shown. */
function unusableKeys(provider: IdentityProvider): readonly FieldFault[] {
  if (provider.kind !== 'openid' || provider.keys.from !== 'upload') return []
  try {
    readUsableKeySet(provider.keys.jwks, provider.bundleFormat)
    return []
  } catch (error) {
    if (error instanceof Problem) return [{ field: 'jwks', message: `is refused: ${error.message}` }]
    throw error
  }
}

/** The record with what its entry cannot say. */
function beyondEntry(old: IdentityProvider, next: IdentityProvider): IdentityProvider {
  if (old.kind === 'openid' && next.kind === 'openid') return { ...next, thumbprints: old.thumbprints }
  if (old.kind !== 'saml' || next.kind !== 'saml') return next
  const sourceOf = ({ metadataSource, entityId }: typeof old) => JSON.stringify([metadataSource, entityId])
  const isFetched = next.metadataSource !== undefined && sourceOf(old) === sourceOf(next)
  // Keys that were added by the IAM API cannot be written as an entry.
  const hasOtherKeys = next.encryption === undefined && old.encryption?.keys !== undefined
  return {
    ...next,
    ...(isFetched && { metadata: old.metadata, validUntil: old.validUntil }),
    ...(hasOtherKeys && { encryption: old.encryption, decryptionKeys: old.decryptionKeys }),
  }
}

/** The ARN has the name, or without its scheme the issuer. */
function fixedMembers(old: IdentityProvider, change: ProviderEntry): readonly FieldFault[] {
  const { kind, name } = old
  const fixed: readonly (readonly [string, unknown])[] =
    kind === 'openid'
      ? [['kind', kind]]
      : [
          ['kind', kind],
          ['name', name],
        ]
  const faults = fixed.flatMap(([field, value]) =>
    field in change && change[field] !== value
      ? [{ field, message: 'is part of its ARN and cannot be changed: create another provider' }]
      : [],
  )
  const url = change['url']
  const isOther = kind === 'openid' && url !== undefined && url !== old.url
  return isOther ? [...faults, { field: 'url', message: fixedIssuer }] : faults
}

const fixedIssuer = 'names the identities of its users and cannot be changed: create another provider'

/** Members that name a file of this server: an API caller must not read those. */
function fileMembers(value: unknown, path: readonly string[] = []): readonly FieldFault[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = [...path, name].join('.')
    if (fileNames.has(name)) {
      const message = `is for the configuration file: give \`${name.replace(/_file$/, '')}\` itself`
      return [{ field, message }]
    }
    return fileMembers(inner, [...path, name])
  })
}

/** The most faults that one answer lists. */
const mostFaults = 50

const fileNames: ReadonlySet<string> = new Set(['metadata_file', 'ca_file'])

const invalid = (fields: readonly FieldFault[]): Problem =>
  new Problem('validation', fields.map(({ field, message }) => `\`${field}\` ${message}`).join('; '), {
    fields,
  })

function formMessage(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') return 'is not known here'
  if (issue.code === 'invalid_union') return 'must be of the documented form'
  return undefined
}

function faultsOf(issue: z.core.$ZodIssue): readonly FieldFault[] {
  const path = issue.path.map((part) => String(part).slice(0, 64))
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: [...path, key.slice(0, 64)].join('.'),
      message: 'is not known here',
    }))
  // Rules about several members stand at the object that has them: such a fault is shown at the first that it names.
  const isOfSeveral = path.length === 0 || path.join('.') === 'sign_in'
  const member = isOfSeveral ? severalMembers.exec(issue.message)?.[0] : undefined
  return [{ field: [...path, ...(member === undefined ? [] : [member])].join('.'), message: issue.message }]
}

const severalMembers =
  /\b(?:name|jwks|ca|bind_dn|start_tls|entity_id|metadata_certificate|metadata|client_secret|private_key|sign_out)\b/
