// Who makes a request to a protected host: the user of the host's session cookie or, without a live one, the role session of a
// bearer token (RFC 6750) whose audience is the host's origin. The cookie comes first, because browser applications send bearer
// tokens of their own to their server.
import type { Context } from 'koa'
import { LRUCache } from 'lru-cache'
import type { Caller } from '../../iam/caller.ts'
import { atMost } from '../../iam/record/at-most.ts'
import { signedInCaller } from '../../iam/signed-in-caller.ts'
import type { AuthenticateToken } from '../../sts/authentication/access-token.ts'
import type { ForwardedPerson } from './identity.ts'
import { type OriginalRequest, originOf } from './original-request.ts'
import { type HostSessionPorts, sessionIdOf } from './session.ts'

/** A live browser session. */
export interface LiveSession {
  readonly person: ForwardedPerson & { readonly arn: string }
  /** Epoch seconds. */
  readonly authTime: number
  /** Authentication methods of the sign-in (RFC 8176). */
  readonly amr: readonly string[]
}

export interface Visitor {
  readonly caller: Exclude<Caller, { kind: 'anonymous' }>
  readonly person: ForwardedPerson
}

export interface VisitorPorts extends HostSessionPorts {
  /** A browser session of a user who is not disabled; undefined once it has ended. */
  readonly sessionOf: (sessionId: string) => Promise<LiveSession | undefined>
  readonly authenticateToken: AuthenticateToken
}

/** Milliseconds for which a session is taken as live without reading it again. */
const liveFor = 500

export class Visitors {
  readonly #ports: VisitorPorts
  readonly #held = new LRUCache<string, Promise<LiveSession | undefined>>({ ...atMost(10_000), ttl: liveFor })

  constructor(ports: VisitorPorts) {
    this.#ports = ports
  }

  /**
   * Undefined without a live session and without a token.
   * @throws Problem('unauthenticated' | 'expired_token') for a token that is not valid for this host
   */
  async of(ctx: Context, original: OriginalRequest): Promise<Visitor | undefined> {
    const id = sessionIdOf(ctx, original, this.#ports)
    const session = id === undefined ? undefined : await this.session(id)
    if (session) return userOf(session, this.#ports.clock())
    const token = bearerTokenOf(ctx)
    return token === undefined ? undefined : this.#ofToken(token, original)
  }

  session(id: string): Promise<LiveSession | undefined> {
    const known = this.#held.get(id)
    if (known) return known
    const found = this.#ports.sessionOf(id)
    this.#held.set(id, found)
    found.catch(() => this.#held.delete(id))
    return found
  }

  async #ofToken(token: string, original: OriginalRequest): Promise<Visitor> {
    const { method, path } = original
    const audience = originOf(original)
    const presented = { scheme: 'bearer', token, proof: undefined, method, path, audience } as const
    const caller = await this.#ports.authenticateToken(presented)
    // An ARN: no user has such a name.
    const { arn, accountId } = caller
    const person = { id: arn, accountId, name: arn, email: undefined, emailVerified: false, groups: [] }
    return { caller, person }
  }
}

/** A header that occurs twice is no token. */
const bearerTokenOf = (ctx: Context): string | undefined => {
  const [header, ...more] = ctx.req.headersDistinct['authorization'] ?? []
  return more.length > 0 ? undefined : /^bearer +([\w.~+/=-]+)$/i.exec(header ?? '')?.[1]
}

export const userOf = ({ person, ...signIn }: LiveSession, now: number): Visitor => ({
  person,
  caller: signedInCaller(person, signIn, now),
})
