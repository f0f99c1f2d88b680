// What keys.ts reaches inside oidc-provider for.
declare module 'oidc-provider/lib/helpers/weak_cache.js' {
  import type Provider from 'oidc-provider'
  import type { ExternalSigningKey, JWK } from 'oidc-provider'
  export default function stateOf(provider: Provider): {
    readonly keystore: { clear(): void; add(key: ExternalSigningKey): void }
    jwks: { keys: readonly JWK[] }
  }
}
