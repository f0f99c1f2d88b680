// The table from a provider's kind to its sign-in implementation. Each is loaded on first use, so a server without SAML or LDAP
// does not load their libraries.
import type { IdentityProvider } from '../store/records.ts'
import type { ProviderDependencies, Upstream } from './kind.ts'

type Loaders = {
  readonly [K in IdentityProvider['kind']]?: (
    deps: ProviderDependencies,
  ) => Promise<Upstream<Extract<IdentityProvider, { kind: K }>>>
}

const loaders: Loaders = {
  openid: async (deps) => (await import('./openid/sign-in.ts')).openIdUpstream(deps),
  oauth2: async (deps) => (await import('./oauth2/sign-in.ts')).oauth2Upstream(deps),
  saml: async (deps) => (await import('./saml/sign-in.ts')).samlUpstream(deps),
  ldap: async (deps) => (await import('./ldap/sign-in.ts')).ldapUpstream(deps),
}

export interface Upstreams {
  /** The implementation for a provider, loaded on first use. @throws TypeError for an unknown kind: a bug */
  of<P extends IdentityProvider>(provider: P): Promise<Upstream<P>>
}

export function openUpstreams(deps: ProviderDependencies): Upstreams {
  const loaded = new Map<string, Promise<unknown>>()
  return {
    of<P extends IdentityProvider>(provider: P): Promise<Upstream<P>> {
      const known = loaded.get(provider.kind)
      const upstream = known ?? load(provider.kind, deps)
      loaded.set(provider.kind, upstream)
      return upstream as Promise<Upstream<P>>
    },
  }
}

const load = (kind: IdentityProvider['kind'], deps: ProviderDependencies): Promise<unknown> => {
  const loader = loaders[kind]
  if (loader === undefined) throw new TypeError(`no upstream for providers of kind ${kind}`)
  return loader(deps)
}
