// The table from a provider's kind to what it does for a sign-in. Each is loaded when somebody first comes by it, so
// that a server without SAML or LDAP does not carry their libraries.
import type { IdentityProvider } from '../store/records.ts'
import type { KindParts, Upstream } from './kind.ts'

type Loaders = {
  readonly [K in IdentityProvider['kind']]?: (
    parts: KindParts,
  ) => Promise<Upstream<Extract<IdentityProvider, { kind: K }>>>
}

const loaders: Loaders = {
  openid: async (parts) => (await import('./openid/sign-in.ts')).openIdUpstream(parts),
  oauth2: async (parts) => (await import('./oauth2/sign-in.ts')).oauth2Upstream(parts),
  saml: async (parts) => (await import('./saml/sign-in.ts')).samlUpstream(parts),
  ldap: async (parts) => (await import('./ldap/sign-in.ts')).ldapUpstream(parts),
}

export interface Upstreams {
  /** @throws Problem('idp_communication_error') for a kind that this version cannot do */
  of<P extends IdentityProvider>(provider: P): Promise<Upstream<P>>
}

export function openUpstreams(parts: KindParts): Upstreams {
  const loaded = new Map<string, Promise<unknown>>()
  return {
    of<P extends IdentityProvider>(provider: P): Promise<Upstream<P>> {
      const known = loaded.get(provider.kind)
      const upstream = known ?? load(provider.kind, parts)
      loaded.set(provider.kind, upstream)
      return upstream as Promise<Upstream<P>>
    },
  }
}

const load = (kind: IdentityProvider['kind'], parts: KindParts): Promise<unknown> => {
  const loader = loaders[kind]
  if (loader === undefined) throw new TypeError(`no upstream for providers of kind ${kind}`)
  return loader(parts)
}
