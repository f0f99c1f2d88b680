// The YAML file of `chancery plan`, `apply` and `export`: what an account holds, without secrets. A member that an item leaves
// out is not managed; a section that the file leaves out is not looked at.
import { isMap, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { parseTests } from '../../policy/engine/policy-tests.ts'
import { Problem } from '../../problem.ts'
import { suggestion } from '../../web/closest.ts'
import { schemaMessage } from '../../web/schema-messages.ts'

const name = z.string().min(1).max(128)
/** An IAM policy document. */
const document = z.record(z.string(), z.unknown())
/** ARNs, or names of policies of the account. */
const policies = z.array(z.string().min(1)).optional()
/** Inline policies by name. */
const inline = z.record(name, document).optional()
const path = z.string().optional()
/** Name or ARN of the permissions boundary; `false`: none. */
const boundary = z.union([z.string().min(1), z.literal(false)]).optional()
const tags = z.record(name, z.string().max(256)).optional()
/** As `chancery policy test` takes them. */
const tests = z
  .array(z.unknown())
  .superRefine((given, { addIssue }) => {
    for (const { test, member, message } of parseTests(given).faults ?? [])
      addIssue({
        code: 'custom',
        message,
        path: [test, member].filter((part) => part !== undefined),
      })
  })
  .optional()

const sections = {
  policies: z.strictObject({ name, path, description: z.string().optional(), document, tests, tags }),
  groups: z.strictObject({ name, path, displayName: z.string().optional(), policies, inline }),
  roles: z.strictObject({
    name,
    path,
    description: z.string().optional(),
    maxSessionDuration: z.number().int().optional(),
    trust: document,
    policies,
    inline,
    boundary,
    tags,
  }),
  people: z.strictObject({
    name,
    path,
    displayName: z.string().optional(),
    email: z.string().optional(),
    emailVerified: z.boolean().optional(),
    attributes: z.record(z.string(), z.string()).optional(),
    groups: z.array(name).optional(),
    state: z.enum(['enabled', 'disabled']).optional(),
    policies,
    inline,
    boundary,
    tags,
  }),
  // Metadata by its registered names, as in the configuration file; the server checks it.
  clients: z
    .looseObject({ name, state: z.enum(['enabled', 'disabled']).optional() })
    .refine(
      (client) => !('client_secret' in client) && !('client_id' in client),
      'has no `client_id` (that is `name`) and no `client_secret` (the server makes it)',
    ),
  /** OpenID Connect providers, by their issuer. */
  providers: z.strictObject({ name: z.url(), clientIds: z.array(name).optional(), tags }),
  samlProviders: z.strictObject({ name, metadata: z.string().min(1), tags }),
} as const

export type Section = keyof typeof sections

/** In the order in which things are made: what others refer to first. Deletions go the other way. */
export const sectionNames = Object.keys(sections) as readonly Section[]

/** One thing of a section, by the members that are managed. */
export interface Item {
  readonly name: string
  readonly [member: string]: unknown
}

/** By section, then by name. */
export type State = ReadonlyMap<Section, ReadonlyMap<string, Item>>

const fileSchema = z.strictObject(
  Object.fromEntries(sectionNames.map((section) => [section, z.array(sections[section]).optional()])),
)

/** The keys that may stand at a place: sections at the top, below that those of an item. */
const keysAt = ([section]: readonly PropertyKey[]): readonly string[] =>
  section === undefined
    ? sectionNames
    : sectionNames.flatMap((name) =>
        name === section && 'shape' in sections[name] ? Object.keys(sections[name].shape) : [],
      )

/**
 * Reads a file.
 * @param label names the file in messages
 * @throws Problem('invalid_input') with every fault, each with its line
 */
export function parseDeclared(text: string, label: string): State {
  const lines = new LineCounter()
  const parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const faults: { readonly line: number; readonly message: string }[] = parsed.errors.map((error) => ({
    line: lines.linePos(error.pos[0]).line,
    message: error.message.split('\n')[0] ?? '',
  }))
  const lineOf = (at: readonly PropertyKey[]): number => {
    for (let length = at.length; length >= 0; length--) {
      const node = parsed.getIn(at.slice(0, length), true)
      const range = node && typeof node === 'object' && 'range' in node ? node.range : undefined
      if (Array.isArray(range)) return lines.linePos(Number(range[0])).line
    }
    return 1
  }
  if (faults.length === 0 && parsed.contents !== null && !isMap(parsed.contents))
    faults.push({ line: 1, message: `must have sections: ${sectionNames.join(', ')}` })
  const checked = fileSchema.safeParse(faults.length > 0 ? {} : (parsed.toJS() ?? {}), {
    error: schemaMessage,
  })
  for (const issue of checked.error?.issues ?? [])
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) {
        const at = [...issue.path, key]
        faults.push({
          line: lineOf(issue.path),
          message: `\`${at.map(String).join('.')}\` is not a known key here${suggestion(key, keysAt(issue.path))}`,
        })
      }
    else
      faults.push({
        line: lineOf(issue.path),
        message: `\`${issue.path.map(String).join('.')}\` ${issue.message}`,
      })
  const state = new Map<Section, ReadonlyMap<string, Item>>()
  for (const section of sectionNames) {
    const items = checked.data?.[section] as readonly Item[] | undefined
    if (items === undefined) continue
    const byName = new Map<string, Item>()
    for (const [at, item] of items.entries()) {
      if (byName.has(item.name))
        faults.push({
          line: lineOf([section, at]),
          message: `\`${item.name}\` is twice among the ${section}`,
        })
      byName.set(item.name, item)
    }
    state.set(section, byName)
  }
  if (faults.length === 0) return state
  throw new Problem(
    'invalid_input',
    faults.map(({ line, message }) => `${label}:${line}: ${message}`).join('\n'),
  )
}
