// Rate limit of audit entries and log lines for refused requests of unauthenticated callers. Anyone can cause such refusals, so each
// address has a limited number.
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
   * Call it once per refusal. Undefined when the address had too many recently: then the refusal is neither audited nor logged.
   * Otherwise the number of refusals, of all addresses, that were left out since the last one.
   */
  admit(address: string): { readonly leftOut: number } | undefined
  log(refused: RefusedRequest): void
}

/** @param allows whether an address has not used up its refusals (web/request/limits.ts) */
export function limitedRefusals(
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

/** Admits every refusal to the audit trail and logs none; for use cases whose callers are authenticated. */
export const unlimitedRefusals: Refusals = { admit: () => ({ leftOut: 0 }), log: () => {} }
