// What all framework middlewares share: run the verifier, and turn a refusal into a response.
import { Problem } from '../../problem.ts'
import type { AccessRequest, Verified, Verifier } from '../index.ts'
import type { IncomingRequest } from '../request.ts'
import { denialResponse, metadataResponse, type OwnResponse, problemResponse } from './own-response.ts'

/** `path` is the request's path decoded once, including mount points; name resources by this path only. */
type ValueOrFunction<R, T> = T | ((request: R, path: string) => T | Promise<T>)

/** What a route requires. Each part is a value, or a function of the framework's request and the decoded path. */
export interface Rule<R> {
  /** For example `docs:GetDocument`. */
  readonly action: ValueOrFunction<R, string>
  /** The ARN of the resource. */
  readonly resource: ValueOrFunction<R, string>
  /** The scopes that an access token of a person must have (`AccessRequest.scope`). */
  readonly scope?: ValueOrFunction<R, string | undefined>
  /** The service's own condition keys, and tags of the resource (`aws:ResourceTag/…`). */
  readonly context?: ValueOrFunction<R, AccessRequest['context']>
  /** The resource's own policy (JSON text), if any. */
  readonly resourcePolicy?: ValueOrFunction<R, string | undefined>
  /** Whether a 403 names the deciding statements. Default true. */
  readonly reasons?: boolean
}

export type Admission =
  | { readonly admitted: true; readonly verified: Verified }
  | { readonly admitted: false; readonly response: OwnResponse }

const resolvePart = async <R, T>(part: ValueOrFunction<R, T>, request: R, path: string): Promise<T> =>
  typeof part === 'function'
    ? await (part as (request: R, path: string) => T | Promise<T>)(request, path)
    : part

/**
 * Authenticates before evaluating the rule, so that unauthenticated requests cause no lookups. An error other than a
 * Problem is the service's own failure and is rethrown to its error handler.
 */
export async function admit<R>(
  verifier: Verifier,
  rule: Rule<R>,
  request: R,
  presented: IncomingRequest,
): Promise<Admission> {
  const { scope, metadata } = verifier
  if (metadata !== undefined && presented.path === metadata.path && presented.method === 'GET')
    return { admitted: false, response: metadataResponse(metadata) }
  // For the challenge of a request without credentials, which does not reach the rule.
  let oauthScope = typeof rule.scope === 'string' ? rule.scope : undefined
  try {
    const known = await verifier.authenticate(presented)
    const access = await accessRequestOf(rule, request, known.path)
    oauthScope = access.scope
    const decision = await known.decide(access)
    if (decision.effect === 'allow') return { admitted: true, verified: { ...known, decision } }
    return { admitted: false, response: denialResponse(decision, rule.reasons ?? true) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { admitted: false, response: problemResponse(error, { scope, metadata, oauthScope }) }
  }
}

const accessRequestOf = async <R>(rule: Rule<R>, request: R, path: string): Promise<AccessRequest> => ({
  action: await resolvePart(rule.action, request, path),
  resource: await resolvePart(rule.resource, request, path),
  scope: await resolvePart(rule.scope, request, path),
  context: await resolvePart(rule.context, request, path),
  resourcePolicy: await resolvePart(rule.resourcePolicy, request, path),
})
