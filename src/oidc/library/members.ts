// The members of oidc-provider's classes that this server replaces although they are not part of its documented interface,
// in one table with the number of parameters each is declared with. A member that is missing or has changed stops the
// server at start, because a replacement that is never called would be a security hole; test/oidc/library.test.ts finds
// it earlier, when oidc-provider is upgraded.
import type { Provider } from 'oidc-provider'

/** What oidc-provider's Client model has beyond its type definitions (lib/models/client.js). */
export interface ClientModel {
  readonly clientId: string
  readonly backchannelLogoutUri?: string | undefined
  readonly [name: string]: unknown
}

/** What oidc-provider's Claims filter has (lib/helpers/claims.js). */
export interface ClaimsModel {
  /** The claims of the account, with what else it gave under symbols. */
  readonly available: Readonly<Record<string | symbol, unknown>>
}

/** What oidc-provider's Session model has beyond its type definitions (lib/models/session.js). */
export interface SessionModel {
  readonly id: string
  readonly uid: string
  readonly accountId?: string | undefined
  /** Epoch seconds; undefined until the session is saved for the first time. */
  readonly exp: number | undefined
  /** The id to remove at the next save, after `resetIdentifier`. */
  oldId: string | undefined
  save(ttl: number): Promise<string>
}

/** Signatures of the replaced members, as oidc-provider calls them. */
export interface ReplacedMembers {
  'Claims.prototype.result': (this: ClaimsModel) => Promise<Readonly<Record<string, unknown>>>
  'Client.find': (id: string) => Promise<unknown>
  'Client.prototype.backchannelLogout': (this: ClientModel, sub: string, sid: string) => Promise<void>
  'Client.prototype.compareClientSecret': (this: ClientModel, secret: string) => boolean | Promise<boolean>
  'Client.prototype.grantTypeAllowed': (this: ClientModel, grant: string) => boolean
  'RefreshToken.prototype.generateTokenId': () => string
  'ReplayDetection.unique': (issuer: string, jti: string, expiresAt: number) => Promise<boolean>
  'Session.prototype.persist': (this: SessionModel) => Promise<string>
  'Session.prototype.save': (this: SessionModel, ttl: number) => Promise<string>
}

/** Number of parameters (`Function.length`) of each replaced member in the pinned version. */
export const replacedMembers: Readonly<Record<keyof ReplacedMembers, number>> = {
  'Claims.prototype.result': 0,
  'Client.find': 1,
  'Client.prototype.backchannelLogout': 2,
  'Client.prototype.compareClientSecret': 1,
  'Client.prototype.grantTypeAllowed': 1,
  'RefreshToken.prototype.generateTokenId': 0,
  'ReplayDetection.unique': 3,
  'Session.prototype.persist': 0,
  'Session.prototype.save': 1,
}

/** The object that holds a member, `Client.prototype` or `Client`, and the member's own name. */
function holderOf(provider: Provider, member: keyof ReplacedMembers): { holder: object; name: string } {
  const path = member.split('.')
  const name = path.pop() ?? ''
  const holder = path.reduce<unknown>(
    (owner, part) => (isObject(owner) ? Reflect.get(owner, part) : undefined),
    provider,
  )
  if (!isObject(holder)) throw changed(member, 'is missing')
  return { holder, name }
}

/**
 * Replaces a member of one provider's classes; other providers of this process keep theirs.
 * @param replace gets the member as it was and gives the one to call from now on
 * @throws TypeError naming the member when oidc-provider has none of that name and number of parameters
 */
export function replaceMember<Member extends keyof ReplacedMembers>(
  provider: Provider,
  member: Member,
  replace: (original: ReplacedMembers[Member]) => ReplacedMembers[Member],
): void {
  const { holder, name } = holderOf(provider, member)
  const original: unknown = Reflect.get(holder, name)
  if (typeof original !== 'function') throw changed(member, 'is missing')
  if (original.length !== replacedMembers[member])
    throw changed(member, `has ${original.length} parameters instead of ${replacedMembers[member]}`)
  // The parser's cast: name and number of parameters are checked, which is all that JavaScript can say.
  const value = replace(original as ReplacedMembers[Member])
  Object.defineProperty(holder, name, { value, writable: true, configurable: true })
}

const changed = (member: string, how: string): TypeError =>
  new TypeError(`oidc-provider: ${member} ${how}; see src/oidc/library/members.ts`)

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
