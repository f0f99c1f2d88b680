// Envoy's `ext_authz` over HTTP asks with the method and the path of the original request under a path prefix (Envoy
// documentation, "HTTP service: path_prefix"). Routes have fixed methods and paths, so such a request is noted and then handled
// like a GET of the prefix.
import type { IncomingMessage } from 'node:http'

export const envoyPrefix = '/forward-auth/envoy'

interface EnvoyRequest {
  readonly method: string
  /** Path and query, as received. */
  readonly target: string
}

const noted = new WeakMap<IncomingMessage, EnvoyRequest>()

/** Notes a request under the prefix and makes it a GET of the prefix; leaves every other request as it is. */
export function noteEnvoyRequest(req: IncomingMessage): void {
  const target = req.url ?? ''
  if (!target.startsWith(`${envoyPrefix}/`)) return
  noted.set(req, { method: req.method ?? 'GET', target: target.slice(envoyPrefix.length) })
  req.url = envoyPrefix
  req.method = 'GET'
}

/** The original method and target of a request that `noteEnvoyRequest` changed; undefined for other requests. */
export const envoyRequestOf = (req: IncomingMessage): EnvoyRequest | undefined => noted.get(req)
