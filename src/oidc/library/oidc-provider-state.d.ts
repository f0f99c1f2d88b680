// Types of oidc-provider's private state, which keys.ts changes, and of its current request.
declare module 'oidc-provider/lib/helpers/weak_cache.js' {
  import type Provider from 'oidc-provider'
  import type { ExternalSigningKey, JWK, KoaContextWithOIDC } from 'oidc-provider'
  export default function stateOf(provider: Provider): {
    readonly keystore: { clear(): void; add(key: ExternalSigningKey): void }
    jwks: { keys: readonly JWK[] }
    /** Registered grants, by name (lib/helpers/initialize_app.js). */
    readonly grantTypeHandlers: ReadonlyMap<string, (ctx: KoaContextWithOIDC) => Promise<void>>
  }
}

declare module 'oidc-provider/lib/helpers/als.js' {
  import type { AsyncLocalStorage } from 'node:async_hooks'
  import type { KoaContextWithOIDC } from 'oidc-provider'

  /** The request that `Provider.ctx` gives. */
  const current: AsyncLocalStorage<KoaContextWithOIDC>
  export default current
}
