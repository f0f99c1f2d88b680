// APIs we make access tokens for (RFC 8707). A token for a resource is a JWT (RFC 9068) that the resource checks by
// itself, unless it is configured to be opaque; a token without one is opaque and good for userinfo alone.
import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider'
import type { ResourceSettings } from './settings.ts'

interface ResourceClient {
  readonly clientId: string
  readonly [name: string]: unknown
}

/** Whether the client's entry lists a resource; an entry without `resources` lists all. */
export function mayRequestResource(client: ResourceClient, id: string): boolean {
  const allowed = client['resources']
  return !Array.isArray(allowed) || allowed.includes(id)
}

/** The scopes of a resource that the client's entry allows. */
export function allowedScopes(
  client: ResourceClient,
  id: string,
  scopes: readonly string[],
): readonly string[] {
  const narrowed = new Map<string, unknown>(Object.entries(client['resource_scopes'] ?? {})).get(id)
  return Array.isArray(narrowed) ? scopes.filter((scope) => narrowed.includes(scope)) : scopes
}

/** `audience` in place of `resource`, when it names a configured resource: what other servers call it. */
export const audienceAsResource =
  (resources: readonly ResourceSettings[]) =>
  (ctx: KoaContextWithOIDC, _client: ResourceClient, oneOf?: string[]): string | string[] | undefined => {
    if (oneOf) return oneOf
    const body = ctx.oidc.body as { readonly audience?: unknown } | undefined
    const audience = body?.audience ?? ctx.query['audience']
    return resources.some(({ id }) => id === audience) ? String(audience) : undefined
  }

/** Tells oidc-provider about a resource, or refuses it: unknown, or not this client's. */
export function resourceServers(
  resources: readonly ResourceSettings[],
  configuredNow: { hasResource(id: string): boolean },
) {
  const known: ReadonlyMap<string, ResourceServer> = new Map(resources.map((one) => [one.id, serverOf(one)]))
  return (_ctx: KoaContextWithOIDC, id: string, client: ResourceClient): ResourceServer => {
    const server = known.get(id)
    if (!server || !configuredNow.hasResource(id) || !mayRequestResource(client, id))
      throw new errors.InvalidTarget()
    const scopes = allowedScopes(client, id, server.scope.split(' '))
    return { ...server, scope: scopes.join(' ') }
  }
}

const serverOf = (resource: ResourceSettings): ResourceServer => ({
  scope: resource.scopes.join(' '),
  audience: resource.id,
  accessTokenFormat: resource.format,
  accessTokenTTL: resource.token_lifetime,
  jwt: { sign: { alg: 'ES256' } },
})
