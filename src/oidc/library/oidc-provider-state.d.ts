// Types of oidc-provider's private state, which keys.ts changes.
declare module 'oidc-provider/lib/helpers/weak_cache.js' {
  import type Provider from 'oidc-provider'
  import type { ExternalSigningKey, JWK } from 'oidc-provider'
  export default function stateOf(provider: Provider): {
    readonly keystore: { clear(): void; add(key: ExternalSigningKey): void }
    jwks: { keys: readonly JWK[] }
    /** `scopes`: those that are of no resource (lib/helpers/configuration.js). */
    readonly configuration: { readonly scopes: ReadonlySet<string> }
  }
}
