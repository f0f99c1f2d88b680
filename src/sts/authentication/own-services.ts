// The services that this server itself provides. SigV4 is symmetric: whoever has the signing key of a session for one of these
// services could sign requests to this server as that session, so such a key is never given out, whatever a policy allows.

/** Service names in the credential scope of requests to this server. */
export const ownServices = ['sts', 'iam', 'decision', 'chancery'] as const

export type OwnService = (typeof ownServices)[number]

const names: ReadonlySet<string> = new Set(ownServices)

export const isOwnService = (service: string): boolean => names.has(service)
