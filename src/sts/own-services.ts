// The services this server itself is. SigV4 is symmetric, so whoever holds a session's signing key for one of these could
// sign as every session that called it: no such key ever leaves the server, whatever a policy allows.

/** Names our own surfaces ask for in a credential's scope. A surface that authenticates under another name does not compile. */
export const ownServices = ['sts', 'iam', 'decision'] as const

export type OwnService = (typeof ownServices)[number]

const names: ReadonlySet<string> = new Set(ownServices)

export const isOwnService = (service: string): boolean => names.has(service)
