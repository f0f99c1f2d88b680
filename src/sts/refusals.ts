// Refused requests of callers who are not authenticated: how many are audited, and the log line for each. Anybody can cause such
// refusals, so each address has a limited number of both.
/** The log line of a refusal, with more detail than the response. */
export interface RefusedRequest {
  readonly action: string
  /** The check of the way in that refused; undefined when the request did not get that far. */
  readonly check: string | undefined
  readonly who: string
  readonly clientId?: string | undefined
  readonly resource: string | undefined
  /** The expected and the actual value. */
  readonly reason: string
  readonly sourceIp: string
  readonly requestId: string
}

export interface Refusals {
  /**
   * Call it once for each refusal. Undefined when it must be neither audited nor logged, because the address had too many
   * recently; otherwise the number of refusals, of all addresses, left out since the last one.
   */
  admit(address: string): { readonly leftOut: number } | undefined
  log(refused: RefusedRequest): void
}

/** @param allows whether an address has not used up its refusals (web/limits.ts) */
export function openRefusals(
  allows: (address: string) => boolean,
  warn: (fields: object, message: string) => void,
): Refusals {
  let leftOut = 0
  return {
    admit(address) {
      if (!allows(address)) {
        leftOut += 1
        return undefined
      }
      const before = leftOut
      leftOut = 0
      return { leftOut: before }
    },
    log: (refused) => warn({ ...refused }, 'a request for credentials was refused'),
  }
}

/** Records and logs every refusal; for use cases whose callers are known. */
export const everyRefusal: Refusals = { admit: () => ({ leftOut: 0 }), log: () => {} }
