// The YAML file of CHANCERY_CONFIG: which rooms own which section, how it is read, and how its faults are said.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { auditSchema } from '../audit/settings.ts'
import { forwardAuthSchema } from '../decision/forward-auth/settings.ts'
import { identityProvidersSchema } from '../federation/kinds.ts'
import { placesSchema } from '../iam/places/settings.ts'
import { mailKeys, mailSchema } from '../mail/settings.ts'
import { registrationKeys, registrationSchema } from '../oidc/clients/registration-limits.ts'
import { clientKeys, clientsSchema, resourceSchema, resourcesSchema } from '../oidc/clients/settings.ts'
import { suggestion } from '../web/closest.ts'
import { schemaMessage } from '../web/schema-messages.ts'
import { substitute } from './substitute.ts'

/** `decision_log:`: which AuthZEN and forward-auth decisions go on record. Refusals do unless it is off: an auditor asks for those first. */
const decisionLogSchema = z
  .strictObject({
    /** `off` · `sampled`: every deny, and `rate` of the allows · `full` */
    mode: z.enum(['off', 'sampled', 'full']).default('sampled'),
    rate: z.number().min(0).max(1).default(0),
  })
  .prefault({})

/** The YAML file: each section is owned by the room that uses it. */
export const fileSchema = z.strictObject({
  /** Of two files that have one, the greater counts, whenever their processes start (iam/configuration). */
  revision: z.number().int().min(0).optional(),
  clients: clientsSchema,
  resources: resourcesSchema,
  registration: registrationSchema,
  /** PKCE from confidential clients too. */
  require_pkce: z.boolean().default(false),
  identity_providers: identityProvidersSchema,
  decision_log: decisionLogSchema,
  /** Where the audit trail is sent, and how long it is kept. */
  audit: auditSchema,
  /** Hosts that reverse proxies protect by asking this server. */
  forward_auth: forwardAuthSchema,
  /** Without it nothing is sent. */
  mail: mailSchema.optional(),
  /** Without it addresses are shown without a place. */
  places: placesSchema.optional(),
})

export type FileConfig = z.output<typeof fileSchema>

/**
 * Reads and checks the file.
 * @param name as CHANCERY_CONFIG has it, relative to `cwd`; undefined: an empty file
 * @returns every fault at once, with the name of the file; the configuration is that of an empty file then
 */
export function readFile(
  name: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): { config: FileConfig; faults: string[] } {
  const nothing = fileSchema.parse({})
  if (name === undefined) return { config: nothing, faults: [] }
  const path = resolve(cwd, name)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return {
      config: nothing,
      faults: [`CHANCERY_CONFIG: cannot read \`${path}\`: ${(error as Error).message}`],
    }
  }
  const document = parseDocument(text, { uniqueKeys: true, strict: true })
  if (document.errors.length > 0) {
    return {
      config: nothing,
      faults: document.errors.map((error) => `${name}: ${error.message.split('\n')[0]}`),
    }
  }
  let value: unknown
  try {
    // Bounds the "billion laughs" of nested aliases.
    value = document.toJS({ maxAliasCount: 50 }) ?? {}
  } catch (error) {
    return { config: nothing, faults: [`${name}: ${(error as Error).message}`] }
  }
  const found = substitute(value, env, cwd)
  const faults = found.faults.map((fault) => `${name}: ${fault}`)
  const parsed = fileSchema.safeParse(found.value, { error: schemaMessage })
  if (parsed.success) return { config: parsed.data, faults }
  return {
    config: nothing,
    faults: [
      ...faults,
      ...parsed.error.issues.flatMap((issue) => faultsOfFile(name, issue, found.value, fileParts)),
    ],
  }
}

/** Which keys a part of the file has. */
interface FilePart {
  /** Where its keys stand, for instance ``in an entry of `clients` ``. */
  readonly place: string
  readonly keys: readonly string[]
}

/** The faults of one issue; `value` is the file as it was read, `parts` where keys may stand. */
function faultsOfFile(
  name: string,
  issue: z.core.$ZodIssue,
  value: unknown,
  parts: readonly FilePart[],
): string[] {
  const at = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
  const entry = entryNamed(value, issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = at === '' ? key : `${at}.${key}`
      return `${name}: \`${path}\`${entry} is not a known key${belongs(key, parts)}`
    })
  }
  return [`${name}: ${at === '' ? 'the file' : at}${entry}: ${issue.message}`]
}

function belongs(key: string, parts: readonly FilePart[]): string {
  const places = parts.filter(({ keys }) => keys.includes(key)).map(({ place }) => place)
  if (places.length > 0) return ` here; it belongs ${places.join(' or ')}`
  return ` here${suggestion(
    key,
    parts.flatMap(({ keys }) => keys),
  )}`
}

/** What operators call entries by, in the order in which it is looked for. */
const names = ['client_id', 'id', 'name', 'url', 'issuer'] as const

/** ` (client_id wiki)` for a path into the entry of that name; empty when the entry has none. */
function entryNamed(value: unknown, path: readonly PropertyKey[]): string {
  const [section, index] = path
  if (typeof section !== 'string' || typeof index !== 'number') return ''
  const entries = member(value, section)
  const entry: unknown = Array.isArray(entries) ? entries[index] : undefined
  for (const name of names) {
    const given = member(entry, name)
    if (typeof given === 'string') return ` (${name} \`${given.replace(/\p{Cc}/gu, '').slice(0, 128)}\`)`
  }
  return ''
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined

/** Where the keys of the file may stand, to say where one in the wrong place belongs. */
const fileParts: readonly FilePart[] = [
  { place: 'at the top of the file', keys: Object.keys(fileSchema.shape) },
  { place: 'in an entry of `clients`', keys: clientKeys },
  { place: 'in an entry of `resources`', keys: Object.keys(resourceSchema.shape) },
  { place: 'in `registration`', keys: registrationKeys },
  { place: 'in `mail`', keys: mailKeys },
]
