// The services that this server itself provides. SigV4 is symmetric: who holds the signing key of a session for one of these
// could sign as that session here, so such a key never leaves the server, whatever a policy allows.

/** Service names in the credential scope of requests to this server; `SignedRequest.service` accepts no other. */
export const ownServices = ['sts', 'iam', 'decision'] as const

export type OwnService = (typeof ownServices)[number]

const names: ReadonlySet<string> = new Set(ownServices)

export const isOwnService = (service: string): boolean => names.has(service)
