// The request that the engine evaluates: principal, action, resource and context.

/**
 * A string is a single-valued key. An array is a multi-valued key, even with one entry or none (docs/policy-semantics.md
 * §3).
 */
export type ContextValue = string | readonly string[]

/**
 * Lower-case condition key → value, so that key names match in any case. A Map rather than an object, so that no key can
 * reach a prototype.
 */
export type Context = ReadonlyMap<string, ContextValue>

/**
 * Makes a Context from pairs whose keys may be in any case; an undefined value means that the key is absent.
 * @param base keys that the pairs are added to, and which they replace
 */
export function contextOf(
  entries: Iterable<readonly [string, ContextValue | undefined]>,
  base?: Context,
): Context {
  const context = new Map<string, ContextValue>(base)
  for (const [key, value] of entries) if (value !== undefined) context.set(key.toLowerCase(), value)
  return context
}

/** The caller, with the properties by which policies can name it. */
export type Principal =
  | { readonly kind: 'root'; readonly accountId: string; readonly arn: string }
  | { readonly kind: 'user'; readonly accountId: string; readonly arn: string; readonly id: string }
  | {
      /** A session of a role: `arn` is `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
      readonly kind: 'role-session'
      readonly accountId: string
      readonly arn: string
      readonly roleArn: string
      readonly roleId: string
      /** The provider the session was federated through, as `Principal: {Federated: …}` names it. */
      readonly federated?: string | undefined
    }
  | {
      /** GetFederationToken: `arn:aws:sts::<account>:federated-user/<name>`. */
      readonly kind: 'federated-user'
      readonly accountId: string
      readonly arn: string
      /** ARN of the user, or root, who called GetFederationToken. */
      readonly issuerArn: string
      /** Unique id of that user, which a policy may contain instead of the ARN. */
      readonly issuerId?: string | undefined
    }
  | {
      /**
       * The bearer of an external token before a session is issued; only trust policies see it. `provider` is the ARN of
       * the provider.
       */
      readonly kind: 'web-identity'
      readonly accountId: string
      readonly provider: string
    }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'anonymous' }

export interface Request {
  readonly principal: Principal
  /** `prefix:Name`. */
  readonly action: string
  /** An ARN, or any other name that a service uses. */
  readonly resource: string
  /** Account that owns the resource; the principal's own account when absent. */
  readonly resourceAccount?: string | undefined
  readonly context: Context
}
