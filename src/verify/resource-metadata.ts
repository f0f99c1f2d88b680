// The metadata of a protected resource (RFC 9728), by which an OAuth or MCP client finds the authorization server of a service
// that it was given no credentials for.
import { sessionPolicyDetail } from '../secure/session/person-token.ts'
import { isSecure } from './secure-url.ts'

export interface ResourceMetadata {
  /** Where clients request it: the well-known path is put in front of the path of the resource (section 3.1). */
  readonly url: string
  /** The path of that URL, for a route of the service. */
  readonly path: string
  /** The document, to be answered as JSON. */
  readonly document: Readonly<Record<string, unknown>>
}

interface ResourceOptions {
  readonly issuer: string
  readonly audience?: string | undefined
  readonly scopes?: readonly string[] | undefined
  readonly name?: string | undefined
}

const wellKnown = '/.well-known/oauth-protected-resource'

/**
 * Undefined when the audience of the service is not a URL.
 * @throws TypeError when it is a URL that cannot be a resource identifier (section 1.2)
 */
export function resourceMetadata({
  issuer,
  audience,
  scopes,
  name,
}: ResourceOptions): ResourceMetadata | undefined {
  if (audience === undefined || !/^https?:/i.test(audience)) return undefined
  const url = URL.parse(audience)
  if (!url || !isSecure(url))
    throw new TypeError(`audience must be https, or http on loopback, not \`${audience}\``)
  if (url.hash !== '' || audience.includes('#') || url.username !== '' || url.password !== '')
    throw new TypeError(`audience must not have a fragment or a user name: \`${audience}\``)
  const path = wellKnown + (url.pathname === '/' ? '' : url.pathname)
  return {
    url: url.origin + path + url.search,
    path,
    document: {
      resource: audience,
      authorization_servers: [issuer.replace(/\/$/, '')],
      bearer_methods_supported: ['header'],
      dpop_signing_alg_values_supported: ['ES256'],
      authorization_details_types_supported: [sessionPolicyDetail],
      ...(scopes !== undefined && { scopes_supported: scopes }),
      ...(name !== undefined && { resource_name: name }),
    },
  }
}
