// What is asked of the engine: who, what, on what, under which circumstances.

/** One value: a single-valued key. An array: a multi-valued key, even with one or no entry (semantics §3). */
export type ContextValue = string | readonly string[]

/** Condition keys in lower case → value, so that key names match whatever their case. A Map, never a plain object. */
export type Context = ReadonlyMap<string, ContextValue>

/** Makes a Context from pairs whose key names may be in any case; undefined values are absent keys. */
export function contextOf(entries: Iterable<readonly [string, ContextValue | undefined]>): Context {
  const context = new Map<string, ContextValue>()
  for (const [key, value] of entries) if (value !== undefined) context.set(key.toLowerCase(), value)
  return context
}

/** Who asks, as policies can name them. */
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
      /** The user, or root, who called GetFederationToken. */
      readonly issuerArn: string
      /** Their unique id, where a policy may have stored that instead of the ARN. */
      readonly issuerId?: string | undefined
    }
  | {
      /** The bearer of an outside token, before it becomes a session; only trust policies meet it. `provider` is its ARN. */
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
  /** An ARN, or any name a service uses. */
  readonly resource: string
  /** Owner of the resource; the principal's own account when absent. */
  readonly resourceAccount?: string | undefined
  readonly context: Context
}
