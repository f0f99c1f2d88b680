// Resource servers that access tokens are issued for (RFC 8707). A token for a resource is a JWT (RFC 9068) that the resource
// verifies itself, unless the resource is configured as opaque. A token without a resource is opaque and for userinfo only.
import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider'
import type { ResourceSettings } from './settings.ts'

interface ResourceClient {
  readonly clientId: string
  readonly [name: string]: unknown
}

/** Whether a client may request a resource; a client without `resources` may request all. */
export function mayRequestResource(client: ResourceClient, id: string): boolean {
  const allowed = client['resources']
  return !Array.isArray(allowed) || allowed.includes(id)
}

/** The scopes of a resource that the client may request. */
export function allowedScopes(
  client: ResourceClient,
  id: string,
  scopes: readonly string[],
): readonly string[] {
  const narrowed = new Map<string, unknown>(Object.entries(client['resource_scopes'] ?? {})).get(id)
  return Array.isArray(narrowed) ? scopes.filter((scope) => narrowed.includes(scope)) : scopes
}

/** Accepts `audience` for `resource`, as other servers call it, when it names a configured resource. */
export const audienceAsResource =
  (resources: readonly ResourceSettings[]) =>
  (ctx: KoaContextWithOIDC, _client: ResourceClient, oneOf?: string[]): string | string[] | undefined => {
    if (oneOf) return oneOf
    const body = ctx.oidc.body as { readonly audience?: unknown } | undefined
    const audience = body?.audience ?? ctx.query['audience']
    return resources.some(({ id }) => id === audience) ? String(audience) : undefined
  }

/** The function gives the resource server of a client's tokens. It throws errors.InvalidTarget for an unknown or forbidden resource. */
export function resourceServers(
  resources: readonly ResourceSettings[],
  configuredNow: { hasResource(id: string): boolean },
) {
  const known: ReadonlyMap<string, ResourceServer> = new Map(resources.map((one) => [one.id, serverOf(one)]))
  return (id: string, client: ResourceClient): ResourceServer => {
    const server = known.get(id)
    if (!server || !configuredNow.hasResource(id) || !mayRequestResource(client, id))
      throw new errors.InvalidTarget()
    return { ...server, scope: allowedScopes(client, id, server.scope.split(' ')).join(' ') }
  }
}

/** oidc-provider's `getResourceServerInfo`: throws errors.InvalidTarget for an unknown or forbidden resource. */
export const resourceServerInfo =
  (serverOfClient: ReturnType<typeof resourceServers>) =>
  (ctx: KoaContextWithOIDC, id: string, client: ResourceClient): ResourceServer => {
    const server = serverOfClient(id, client)
    useDefaultScope(ctx, server.scope.split(' '))
    return server
  }

/** Endpoints where access is asked for; at the others a scope narrows what was granted. */
const asking: ReadonlySet<string> = new Set([
  'authorization',
  'pushed_authorization_request',
  'device_authorization',
])

/**
 * RFC 6749 §3.3: a request without `scope` has a default. Here the default is every scope of the requested resources that the client
 * may request, for MCP clients, which send no scope when the server does not announce any. Authorization details are enough
 * without a scope.
 */
function useDefaultScope({ oidc }: KoaContextWithOIDC, scopes: readonly string[]): void {
  const { params } = oidc
  if (!params || !asking.has(oidc.route) || params['authorization_details'] !== undefined) return
  if (params['scope'] !== undefined && !defaulted.has(params)) return
  defaulted.add(params)
  const before = typeof params['scope'] === 'string' ? params['scope'].split(' ') : []
  params['scope'] = [...new Set([...before, ...scopes])].join(' ')
}

/** Parameters of requests without a scope that name more than one resource. */
const defaulted = new WeakSet<object>()

const serverOf = (resource: ResourceSettings): ResourceServer => ({
  scope: resource.scopes.join(' '),
  audience: resource.id,
  accessTokenFormat: resource.format,
  accessTokenTTL: resource.token_lifetime,
  jwt: { sign: { alg: 'ES256' } },
})
