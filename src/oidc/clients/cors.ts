// Which browser origins may call the endpoints that authenticate a client (CORS, Fetch standard): the origins of the client's
// redirect URIs and its `allowed_origins`. Discovery and keys are open to all.
import type { KoaContextWithOIDC } from 'oidc-provider'

interface CallingClient {
  readonly clientId: string
  readonly redirectUris?: readonly string[] | undefined
  readonly [name: string]: unknown
}

const origins = new WeakMap<CallingClient, ReadonlySet<string>>()

export function mayCallFrom(_ctx: KoaContextWithOIDC, origin: string, client: CallingClient): boolean {
  if (origin === 'null') return false
  const known = origins.get(client) ?? originsOf(client)
  origins.set(client, known)
  return known.has(origin)
}

function originsOf(client: CallingClient): ReadonlySet<string> {
  const named = client['allowed_origins']
  const all = [...(client.redirectUris ?? []), ...(Array.isArray(named) ? named.map(String) : [])]
  return new Set(all.flatMap((uri) => URL.parse(uri)?.origin ?? []).filter((origin) => origin !== 'null'))
}
