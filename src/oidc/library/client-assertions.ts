// oidc-provider accepts only client assertions that the client signed itself (RFC 7523 §3: `iss` and `sub` are the client).
// To accept those of another issuer as well, they are taken out of the form as it is parsed, and verified where
// oidc-provider would compare the client's secret: by then the client is known.
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { currentRequest } from '../artifacts/token-request.ts'
import { type ClientModel, replaceMember } from './members.ts'

export interface ForeignAssertions {
  /**
   * Splits a parsed form. Undefined when it has no assertion of another issuer; otherwise the assertion, and the form
   * that oidc-provider gets to see, which must have a `client_secret`.
   */
  takeFrom(body: unknown): { readonly assertion: string; readonly body: unknown } | undefined
  /** Whether a client authenticates with such assertions, and never with a secret. */
  isUsedBy(client: ClientModel): boolean
  /** @throws errors.InvalidClientAuth unless the assertion authenticates the client */
  verify(assertion: string, client: ClientModel, ctx: KoaContextWithOIDC): Promise<void>
}

export function acceptForeignAssertions(provider: Provider, foreign: ForeignAssertions): void {
  const bodies = new WeakMap<object, unknown>()
  const assertions = new WeakMap<object, string>()
  // oidc-provider assigns `ctx.oidc.body` once, when it has parsed the form (lib/shared/selective_body.js).
  Object.defineProperty(provider.OIDCContext.prototype, 'body', {
    configurable: true,
    get(this: object) {
      return bodies.get(this)
    },
    set(this: object, body: unknown) {
      const taken = foreign.takeFrom(body)
      if (taken) assertions.set(this, taken.assertion)
      bodies.set(this, taken ? taken.body : body)
    },
  })
  replaceMember(
    provider,
    'Client.prototype.compareClientSecret',
    (compare) =>
      async function (this: ClientModel, secret: string) {
        const ctx = currentRequest()
        const assertion = ctx && assertions.get(ctx.oidc)
        if (!ctx || assertion === undefined) return !foreign.isUsedBy(this) && compare.call(this, secret)
        await foreign.verify(assertion, this, ctx)
        return true
      },
  )
}
