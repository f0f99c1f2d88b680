// What registered clients may request: the operator's `registration:` section. The limits are applied whenever such a client is
// read, so they also hold for clients that registered before.
import { z } from 'zod'
import { registeredMappingSchema } from '../claims/mapping.ts'
import { scopes as openIdScopes } from '../claims.ts'
import { type ClientResources, clientResourcesSchema, grantTypes, roleArnSchema } from './settings.ts'

const authMethods = [
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'none',
] as const

/** The `registration:` section of the configuration. */
const sectionSchema = z.strictObject({
  grant_types: z.array(z.enum(grantTypes)).min(1).default(['authorization_code', 'refresh_token']),
  token_endpoint_auth_methods: z
    .array(z.enum(authMethods))
    .min(1)
    .default([...authMethods]),
  /** Scopes of OpenID Connect and ours. `roles` lets a client act as a role for a person who consents. */
  scopes: z
    .array(z.enum(openIdScopes))
    .refine((all) => all.includes('openid'), 'must include `openid`')
    .default(openIdScopes.filter((scope) => scope !== 'roles')),
  /** Configured resources, each as its id or as `{ id, scopes }`. */
  resources: clientResourcesSchema.default({ ids: [], scopes: {} }),
  /** ARNs of the roles that such a client may act as; absent: any that the person may assume. */
  roles: z.array(roleArnSchema).optional(),
  /** Whether such a client may bring a claim mapping (docs/claims.md). */
  claims: z.boolean().default(false),
  /**
   * Whether a client may be named by the https URL of its metadata document instead of registering (docs/agents.md): `true`
   * for any host, or the hosts that documents may be on.
   */
  metadata_documents: z
    .union([
      z.boolean(),
      z.strictObject({
        hosts: z
          .array(
            z
              .string()
              .toLowerCase()
              .regex(
                /^(?:\*\.)?[a-z0-9.-]+(?::\d{1,5})?$/,
                'must be a host, `*.` and a domain, or `host:port`',
              ),
          )
          .min(1)
          .max(200),
      }),
    ])
    .default(false),
})

export const registrationSchema = sectionSchema.prefault({})

export const registrationKeys: readonly string[] = Object.keys(sectionSchema.shape)

export interface RegistrationLimits {
  readonly grant_types: readonly string[]
  readonly token_endpoint_auth_methods: readonly string[]
  readonly scopes: readonly string[]
  readonly resources: ClientResources
  readonly roles?: readonly string[] | undefined
  readonly claims: boolean
  readonly metadata_documents: boolean | { readonly hosts: readonly string[] }
}

type Metadata = Record<string, unknown>

/** Metadata that the limits set; a client cannot choose other values. */
const setByLimits = ({ resources, roles }: RegistrationLimits) =>
  ({ resources: resources.ids, resource_scopes: resources.scopes, roles }) as const

/** Grants of a client that names none. */
export function defaultGrants({ grant_types }: RegistrationLimits): readonly string[] {
  const usual = grant_types.filter((grant) => grant === 'authorization_code' || grant === 'refresh_token')
  return usual.length > 0 ? usual : grant_types
}

/** Why the limits refuse the metadata of a client; undefined when they do not. */
export function faultOfRegistration(limits: RegistrationLimits, metadata: Metadata): string | undefined {
  const method = metadata['token_endpoint_auth_method']
  if (!limits.token_endpoint_auth_methods.includes(String(method)))
    return `\`token_endpoint_auth_method\` must be one of ${limits.token_endpoint_auth_methods.join(', ')}`
  const grants = metadata['grant_types']
  if (grants !== undefined) {
    if (!Array.isArray(grants) || !grants.every((grant) => limits.grant_types.includes(String(grant))))
      return `\`grant_types\` may hold ${limits.grant_types.join(', ')}`
    if (method === 'none' && grants.includes('client_credentials'))
      return '`client_credentials` needs a client that authenticates'
  }
  const wider = scopesOf(metadata['scope']).find((scope) => !limits.scopes.includes(scope))
  if (wider !== undefined) return `\`scope\` may hold ${limits.scopes.join(' ')}`
  return faultOfMapping(limits, metadata['claims'])
}

function faultOfMapping(limits: RegistrationLimits, claims: unknown): string | undefined {
  if (claims === undefined) return undefined
  if (!limits.claims) return '`claims` is for the operator to set'
  const issue = registeredMappingSchema.safeParse(claims).error?.issues[0]
  return issue && `\`${['claims', ...issue.path.map(String)].join('.')}\`: ${issue.message}`
}

/** Whether a client's value is the one that the limits set, as in metadata that was read and is sent back (RFC 7592). */
export const isSetByLimits = (limits: RegistrationLimits, key: string, value: unknown): boolean =>
  JSON.stringify(value) ===
  JSON.stringify(new Map<string, unknown>(Object.entries(setByLimits(limits))).get(key))

/** Reduces the metadata of a registered client to the limits; changes `metadata`. */
export function applyLimits(limits: RegistrationLimits, metadata: Metadata): void {
  const method = String(metadata['token_endpoint_auth_method'])
  const requested = [metadata['grant_types'] ?? []].flat().map(String)
  const grants = limits.token_endpoint_auth_methods.includes(method)
    ? requested.filter(
        (grant) =>
          limits.grant_types.includes(grant) && !(method === 'none' && grant === 'client_credentials'),
      )
    : []
  metadata['grant_types'] = grants
  // oidc-provider adds the grant for a response type `code`.
  if (!grants.includes('authorization_code')) metadata['response_types'] = []
  const named = scopesOf(metadata['scope'])
  const kept = limits.scopes.filter((scope) => named.length === 0 || named.includes(scope))
  // An empty list would mean no limit.
  metadata['scope'] = kept.length > 0 ? kept.join(' ') : 'openid'
  for (const [key, value] of Object.entries(setByLimits(limits))) metadata[key] = value
  const mapping = limits.claims ? registeredMappingSchema.safeParse(metadata['claims']) : undefined
  metadata['claims'] = mapping?.success ? mapping.data : undefined
}

const scopesOf = (scope: unknown): string[] =>
  typeof scope === 'string' ? scope.split(' ').filter((word) => word !== '') : []
