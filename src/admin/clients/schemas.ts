// Schemas of clients in the admin API. Metadata has the registered names of OpenID Connect, as in the configuration file.
import { z } from 'zod'
import type { ManagedClientView } from '../../oidc/clients/administration.ts'
import { entrySchema, uniqueIdFault, uniqueIdForm } from '../../oidc/clients/settings.ts'
import { instant } from '../instant.ts'

const metadata = z
  .record(z.string(), z.unknown())
  .describe('metadata by its registered names, as in the configuration file')

/** A client in answers. */
export const client = z.strictObject({
  clientId: z.string(),
  arn: z.string(),
  name: z.string().optional(),
  source: z
    .enum(['file', 'stored', 'registered'])
    .describe('file: of the configuration file, read-only; registered: by the client itself'),
  state: z.enum(['enabled', 'disabled']),
  access: z.enum(['everyone', 'groups', 'policy']).describe('who may use it'),
  metadata,
  secrets: z
    .array(
      z.strictObject({
        id: z.string(),
        createdAt: z.iso.datetime(),
        lastUsed: z.iso.datetime().optional().describe('to the minute'),
      }),
    )
    .describe('secrets of a stored client, oldest first; without their values'),
  createdAt: z.iso.datetime().optional(),
})

export const secretAnswer = z.strictObject({
  id: z.string(),
  value: z.string().describe('the secret: it is shown this once'),
})

export function clientAnswer(view: ManagedClientView, arn: string): z.input<typeof client> {
  const { clientId, source, disabled, secrets, createdAt } = view
  const known = client.shape.metadata.parse(JSON.parse(JSON.stringify(view.metadata)))
  const name = known['client_name']
  const access = client.shape.access.safeParse(known['access'])
  return {
    clientId,
    arn,
    ...(typeof name === 'string' && { name }),
    source,
    state: disabled ? 'disabled' : 'enabled',
    access: access.data ?? 'everyone',
    metadata: known,
    secrets: secrets.map(({ id, createdAt: at, lastUsed }) => ({
      id,
      createdAt: instant(at),
      ...(lastUsed !== undefined && { lastUsed: instant(lastUsed) }),
    })),
    ...(createdAt !== undefined && { createdAt: instant(createdAt) }),
  }
}

/** Members whose form is checked with the whole client, because other members decide about it. */
const anyJson = z.unknown()

/** What each member of an entry means, for documentation and help. */
const descriptions: ReadonlyMap<string, string> = new Map([
  ['client_name', 'name that people see'],
  ['application_type', 'web, or native for programs on a device'],
  ['token_endpoint_auth_method', 'how it authenticates; default a secret, or none for native'],
  ['redirect_uris', 'where sign-ins return to, compared exactly'],
  ['post_logout_redirect_uris', 'where sign-outs return to'],
  ['client_uri', 'home page, which people open from their list of apps'],
  ['initiate_login_uri', 'opened instead of client_uri, with `iss`: starts a sign-in at the app'],
  ['logo_uri', 'address of a PNG, JPEG or WebP image of at most 16 kB'],
  ['access', 'who may use it: everyone, members of access_groups, or whom a policy allows oidc:SignIn'],
  ['access_groups', 'names of groups, for access: groups'],
  ['first_party', 'an application of the operator, which needs no consent'],
  ['profile', 'stricter rules in one word'],
])

/** Members of `clients:` of the configuration, all of them optional and without defaults, because a change leaves out most. */
function entryMembers(): Readonly<Record<string, z.ZodType>> {
  const { client_id: _, client_secret: __, ...shape } = entrySchema.shape
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => {
      const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema
      const bare = inner instanceof z.ZodOptional ? inner.unwrap() : inner
      const form = name === 'resources' || name === 'claims' || name === 'roles' ? anyJson : bare
      const text = descriptions.get(name)
      const described = form instanceof z.ZodType && text !== undefined ? form.describe(text) : form
      return [name, described instanceof z.ZodType ? described : anyJson]
    }),
  )
}

const members = entryMembers()

export const newClientMembers: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  Object.entries(members).map(([name, schema]) => [name, schema.optional()]),
)

export const clientChangeMembers: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  Object.entries(members).map(([name, schema]) => [name, schema.nullable().optional()]),
)

export const newClientId = z
  .string()
  .regex(/^[\w.~-]{1,128}$/, { error: 'must be 1 to 128 of A-Z a-z 0-9 _.~-' })
  // The API could not address it (RFC 3986 section 5.2.4).
  .refine((id) => id !== '.' && id !== '..', { error: 'must have more than dots' })
  .refine((id) => !uniqueIdForm.test(id), { error: uniqueIdFault })
  .describe('client_id; the server chooses one when it is left out')
