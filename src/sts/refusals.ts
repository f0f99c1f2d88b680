// Refused requests of callers who have not proven who they are: how many of them are put on record, and the line in the
// log that lets an operator act. Anybody can cause such refusals, so each address has a bounded number of both.
/** What the log says of a refusal; the caller learns less. */
export interface RefusedRequest {
  readonly action: string
  /** The check of the way in that refused; undefined when the request did not get that far. */
  readonly check: string | undefined
  readonly who: string
  readonly clientId?: string | undefined
  readonly resource: string | undefined
  /** What was wanted and what was seen. */
  readonly reason: string
  readonly sourceIp: string
  readonly requestId: string
}

export interface Refusals {
  /**
   * Asked once for each refusal. Undefined: neither recorded nor logged, because this address had many lately.
   * Otherwise how many were left out since the last that was not, of all addresses.
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
