// What metrics, the access log and traces need to know of a request, noted by the code that handles it: the route template,
// the request id and why it was refused. Without observers a request costs one map entry.
import type { IncomingMessage } from 'node:http'

export interface RequestFacts {
  /** The route template (`/sign-in/:uid/password`) or the AWS action (`sts:AssumeRole`); never text of the request. */
  route?: string
  requestId?: string
  /** A stable error code; never text of the request. */
  reason?: string
  /** The message of the refusal, as the response shows it. */
  message?: string
}

const facts = new WeakMap<IncomingMessage, RequestFacts>()

/** Adds to what is known of a request; later values replace earlier ones. */
export function noteFacts(req: IncomingMessage, noted: RequestFacts): void {
  const known = facts.get(req)
  if (known) Object.assign(known, noted)
  else facts.set(req, { ...noted })
}

/** Everything noted so far. */
export const factsOf = (req: IncomingMessage): Readonly<RequestFacts> => facts.get(req) ?? {}
