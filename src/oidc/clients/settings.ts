// The `clients:` and `resources:` sections of the configuration, with the registered metadata names of OpenID Connect
// (https://www.iana.org/assignments/oauth-parameters). This file validates what oidc-provider does not.
import type { ClientMetadata } from 'oidc-provider'
import { z } from 'zod'
import { randomToken } from '../../secure/random.ts'
import { oneLine } from '../../store/person.ts'
import { claimMappingSchema } from '../claims/mapping.ts'
import { lifetimes } from '../lifetimes.ts'
import { clientProfiles, profileFaults, profileMetadata } from './profiles.ts'

export const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

export const grantTypes = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  deviceGrant,
  tokenExchangeGrant,
  jwtBearerGrant,
] as const

export const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
/** Schemes that run a script or read a local file in the browser (docs/attacks.md 2). */
const scriptable = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'blob:',
  'file:',
  'filesystem:',
  'about:',
  'view-source:',
])

/** What is wrong with a URI that the browser may be redirected to; undefined when it is valid. Also used at registration. */
export function redirectTargetFault(
  text: string,
  kind: 'web' | 'native',
  { insecure = false }: { readonly insecure?: boolean } = {},
): string | undefined {
  const url = URL.parse(text)
  if (!url || text.length > 2048) return 'must be an absolute URL'
  if (/[\s\\*\0-\x1f\x7f]/.test(text)) return 'must not hold spaces, backslashes or wildcards'
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/\/[^/?#]*@/i.test(text))
    return 'must not name a user'
  if (text.includes('#')) return 'must not have a fragment'
  if (scriptable.has(url.protocol)) return `must not use \`${url.protocol}\``
  if (url.protocol === 'https:') return undefined
  if (url.protocol === 'http:')
    return loopbackHosts.has(url.hostname) || (insecure && kind === 'web')
      ? undefined
      : 'must be https unless it is loopback (or `allow_insecure_redirects` is set)'
  // RFC 8252 §7.1: a private-use scheme is a domain name in reverse, so it has a dot.
  if (kind === 'native' && (url.protocol.includes('.') || insecure)) return undefined
  return 'must be https, loopback http, or for native clients a scheme such as `com.example.app:`'
}

const webUrl = z
  .string()
  .refine((text) => redirectTargetFault(text, 'web') === undefined, 'must be an https URL')
const scopeText = z
  .string()
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/,
    'must be scopes separated by single spaces',
  )

/** Compared exactly; a wildcard would look like a pattern and match nothing. */
const literal = z
  .string()
  .min(1)
  .max(2048)
  .regex(/^[^*?]+$/, 'is compared exactly: no wildcards')
const outsideIssuer = z
  .string()
  .max(255)
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), 'must be a URL')

/** The resources a client may request; `scopes` restricts the scopes of the resources it names. */
export interface ClientResources {
  readonly ids: readonly string[]
  readonly scopes: Readonly<Record<string, readonly string[]>>
}

/** A list of resource ids, or of `{ id, scopes }` for some of a resource's scopes. */
export const clientResourcesSchema = z
  .array(
    z.union([z.string(), z.strictObject({ id: z.string(), scopes: z.array(scopeText) })], {
      error: 'must be the id of a resource, or `id` and `scopes`',
    }),
  )
  .transform((all) => ({
    ids: all.map((one) => (typeof one === 'string' ? one : one.id)),
    scopes: Object.fromEntries(
      all.flatMap((one) => (typeof one === 'string' ? [] : [[one.id, one.scopes] as const])),
    ),
  }))

export const roleArnSchema = z
  .string()
  .regex(/^arn:aws:iam::\d{12}:role\/[!-~]{1,512}$/, 'must be the ARN of a role')

/** Who may sign in to a client. */
export const clientAccess = ['everyone', 'groups', 'policy'] as const

/**
 * Unique ids, such as `AIDA…` of users: a client's own token has its id as the subject, and a service would take it for the user who has
 * the same one (RFC 9068 §5, RFC 9700 §4.15). Of their length alone: ids that this server chooses for clients are one longer, and in a
 * hundred of them one begins so in some case.
 */
export const uniqueIdForm = /^A[A-Z]{3}[A-Z0-9]{17}$/i
export const uniqueIdFault = 'must not have the form of a unique id of users and roles'

/** One entry of `clients:`. */
export const entrySchema = z.strictObject({
  client_id: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable characters')
    .refine((id) => !uniqueIdForm.test(id), uniqueIdFault),
  client_secret: z.string().min(8, 'must be at least 8 characters').max(512).optional(),
  client_name: z
    .string()
    .min(1)
    .max(128)
    .regex(oneLine, 'must be one line without control characters')
    .optional(),
  application_type: z.enum(['web', 'native']).default('web'),
  token_endpoint_auth_method: z
    .enum(['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'])
    .optional(),
  redirect_uris: z.array(z.string()).max(50).default([]),
  post_logout_redirect_uris: z.array(z.string()).max(50).default([]),
  grant_types: z.array(z.enum(grantTypes)).min(1).optional(),
  response_types: z.array(z.literal('code')).optional(),
  scope: scopeText.optional(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(20) }).optional(),
  jwks_uri: webUrl.optional(),
  backchannel_logout_uri: webUrl.optional(),
  backchannel_logout_session_required: z.boolean().optional(),
  dpop_bound_access_tokens: z.boolean().optional(),
  require_pushed_authorization_requests: z.boolean().optional(),
  require_auth_time: z.boolean().optional(),
  default_max_age: z.number().int().min(0).optional(),
  default_acr_values: z.array(z.string()).optional(),
  id_token_signed_response_alg: z.enum(['RS256', 'ES256', 'EdDSA', 'Ed25519']).optional(),
  /** A profile of stricter rules (docs/connect-an-app.md). */
  profile: z.enum(clientProfiles).optional(),
  /** Requires PKCE of a confidential client; public and native clients always need it. */
  require_pkce: z.boolean().optional(),
  client_uri: webUrl.optional(),
  logo_uri: webUrl.optional(),
  policy_uri: webUrl.optional(),
  tos_uri: webUrl.optional(),
  contacts: z.array(z.string()).optional(),
  initiate_login_uri: webUrl.optional(),
  /** An application of the operator, which needs no consent. */
  first_party: z.boolean().default(false),
  /** Allows http redirect URIs other than loopback, and for native clients schemes without a dot. */
  allow_insecure_redirects: z.boolean().default(false),
  /** Origins, besides those of the redirect URIs, whose scripts may call `/token`. */
  allowed_origins: z.array(webUrl).default([]),
  /** The workload whose token authenticates the client (RFC 7523 §2.2); each claim is compared exactly. */
  workload: z
    .strictObject({
      issuer: outsideIssuer,
      subject: literal,
      audience: literal.optional(),
      claims: z.record(z.string().min(1).max(255), literal).optional(),
    })
    .optional(),
  /** The resources it may request; default any. */
  resources: clientResourcesSchema.optional(),
  /** The roles it may assume, as ARNs or `any`. A first-party client gets the scope `roles` only with this property. */
  roles: z.union([z.literal('any'), z.array(roleArnSchema)]).optional(),
  /** Resources whose opaque tokens it may introspect as their server; `any` for every token. */
  introspects: z.union([z.literal('any'), z.array(z.string())]).optional(),
  /** Who may use it: everyone, members of `access_groups`, or whom a policy allows `oidc:SignIn` on it. */
  access: z.enum(clientAccess).default('everyone'),
  access_groups: z.array(z.string().min(1).max(128)).min(1).max(50).optional(),
  /** Claims of its tokens besides the standard ones (docs/claims.md). */
  claims: claimMappingSchema.optional(),
})

export const clientKeys: readonly string[] = Object.keys(entrySchema.shape)

/** One entry of `clients:`. */
export const clientSchema = entrySchema.superRefine((client, context) => {
  const fault = (path: readonly (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path: [...path], message })
  for (const name of ['redirect_uris', 'post_logout_redirect_uris'] as const) {
    for (const [i, uri] of client[name].entries()) {
      const wrong = redirectTargetFault(uri, client.application_type, {
        insecure: client.allow_insecure_redirects,
      })
      if (wrong !== undefined) fault([name, i], wrong)
    }
  }
  if (client.workload) {
    for (const name of ['client_secret', 'jwks', 'jwks_uri', 'token_endpoint_auth_method'] as const)
      if (client[name] !== undefined) fault([name], 'is of no use with `workload`')
  }
  const method = client.workload ? 'workload' : authMethodOf(client)
  const needsSecret = method.startsWith('client_secret_')
  if (needsSecret && client.client_secret === undefined) fault(['client_secret'], `is needed for ${method}`)
  if (!needsSecret && client.client_secret !== undefined)
    fault(['client_secret'], `is of no use with ${method}`)
  if (method === 'private_key_jwt' && !client.jwks && !client.jwks_uri)
    fault(['jwks'], `is needed for ${method}`)
  const grants = grantsOf(client)
  if (grants.includes('authorization_code') && client.redirect_uris.length === 0) {
    fault(['redirect_uris'], 'are needed for authorization_code')
  }
  if (grants.includes('client_credentials') && method === 'none') {
    fault(['grant_types'], 'client_credentials needs a client that authenticates')
  }
  if ((client.access === 'groups') !== (client.access_groups !== undefined))
    fault(['access_groups'], 'are needed for `access: groups`, and of use with it alone')
  if (client.profile)
    for (const [name, why] of profileFaults({ ...client, method, grants })) fault([name], why)
})

export type ClientSettings = z.output<typeof clientSchema>

const clientIdsOnce = (clients: readonly ClientSettings[]): boolean =>
  new Set(clients.map((client) => client.client_id)).size === clients.length

/** The `clients:` section. */
export const clientsSchema = z
  .array(clientSchema)
  .refine(clientIdsOnce, 'a client_id is used twice')
  .refine(
    (clients) => clients.every((client) => client.client_id !== workloadClient),
    `\`workload\` is built in`,
  )
  .default([])

/** One entry of `resources:`: an API that access tokens are issued for (RFC 8707). */
export const resourceSchema = z.strictObject({
  /** The absolute URI that clients send as `resource`; also the token's `aud`. */
  id: z
    .string()
    .refine((text) => URL.canParse(text) && !text.includes('#'), 'must be an absolute URI without fragment'),
  scopes: z.array(scopeText).default([]),
  format: z.enum(['jwt', 'opaque']).default('jwt'),
  /** Seconds. */
  token_lifetime: z.number().int().min(30).max(43_200).default(lifetimes.JwtAccessToken),
})
export type ResourceSettings = z.output<typeof resourceSchema>

/** The `resources:` section. */
export const resourcesSchema = z
  .array(resourceSchema)
  .refine((all) => new Set(all.map((one) => one.id)).size === all.length, 'a resource id is used twice')
  .default([])

/** A built-in public client, for exchanges of outside tokens without a client of their own. */
export const workloadClient = 'workload'

/** Client metadata beyond the registered names. */
export const extraMetadata = [
  'first_party',
  'allowed_origins',
  'resources',
  'resource_scopes',
  'roles',
  'introspects',
  'claims',
  'access',
  'access_groups',
  'secrets_version',
  'profile',
  'require_pkce',
  'workload',
  'registered',
] as const

/** The configured clients and the built-in one, as client metadata for oidc-provider. */
export function staticClients(clients: readonly ClientSettings[]): ClientMetadata[] {
  return [
    ...clients.map(clientMetadataOf),
    {
      client_id: workloadClient,
      client_name: 'Workloads',
      token_endpoint_auth_method: 'none',
      grant_types: [tokenExchangeGrant, jwtBearerGrant],
      response_types: [],
      redirect_uris: [],
    },
  ]
}

/** Client metadata for oidc-provider. */
export function clientMetadataOf(client: ClientSettings): ClientMetadata {
  const grants = grantsOf(client)
  const { resources, allow_insecure_redirects: _, ...rest } = client
  const metadata: Record<string, unknown> = {
    ...rest,
    ...(resources ? { resources: resources.ids, resource_scopes: resources.scopes } : {}),
    // workload.ts: the assertion is verified in place of the secret, so the secret is random and unknown.
    ...(client.workload
      ? { token_endpoint_auth_method: 'client_secret_post', client_secret: randomToken() }
      : { token_endpoint_auth_method: authMethodOf(client) }),
    ...profileMetadata(client.profile, client.id_token_signed_response_alg),
    grant_types: [...grants],
    response_types: grants.includes('authorization_code') ? ['code'] : [],
  }
  return metadata as unknown as ClientMetadata
}

type AuthPart = Pick<ClientSettings, 'token_endpoint_auth_method' | 'client_secret' | 'jwks' | 'jwks_uri'>

/** The authentication method of a client; by its credentials when none is stated. */
function authMethodOf(client: AuthPart): NonNullable<ClientSettings['token_endpoint_auth_method']> {
  if (client.token_endpoint_auth_method) return client.token_endpoint_auth_method
  if (client.client_secret !== undefined) return 'client_secret_basic'
  return client.jwks || client.jwks_uri ? 'private_key_jwt' : 'none'
}

/** The grants of a client; by its redirect URIs when none are stated. */
const grantsOf = (
  client: Pick<ClientSettings, 'grant_types' | 'redirect_uris'>,
): readonly (typeof grantTypes)[number][] =>
  client.grant_types ??
  (client.redirect_uris.length > 0 ? ['authorization_code', 'refresh_token'] : ['client_credentials'])

/** Warnings about redirect URIs that only `allow_insecure_redirects` permits; one line per client. */
export const insecureRedirects = (clients: readonly ClientSettings[]): string[] =>
  clients.flatMap(({ client_id, application_type, redirect_uris, post_logout_redirect_uris }) => {
    const insecure = [...redirect_uris, ...post_logout_redirect_uris].filter(
      (uri) => redirectTargetFault(uri, application_type) !== undefined,
    )
    return insecure.length === 0
      ? []
      : [
          `client \`${client_id}\`: allow_insecure_redirects lets codes go to ${insecure.join(', ')}, where others may read them`,
        ]
  })
