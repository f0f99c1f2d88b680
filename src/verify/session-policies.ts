// What narrows one session: a set per link of its chain, compiled once per session. Documents of one call are united, links
// narrow each other (semantics §1). A link too long for the token stands in it as a hash, and is asked for by it.
import { compile, type PolicySet, policySet } from '../policy/compile.ts'
import { Problem } from '../problem.ts'
import { sha256base64url } from '../secure/digest.ts'
import type { PolicyLink } from '../secure/session-claims.ts'
import type { Home } from './issuer-client.ts'
import type { LiveSession } from './sessions.ts'
import { SingleFlight } from './single-flight.ts'

export class SessionPolicies {
  readonly #home: Pick<Home, 'sessionPolicies'>
  /** The session cache bounds them. */
  readonly #ready = new WeakMap<LiveSession, readonly PolicySet[]>()
  readonly #flight = new SingleFlight<readonly PolicySet[]>()

  constructor(home: Pick<Home, 'sessionPolicies'>) {
    this.#home = home
  }

  /** @throws Problem('unavailable') when a link cannot be had: going on without it would widen */
  async of(session: LiveSession): Promise<readonly PolicySet[]> {
    const ready = this.#ready.get(session)
    return ready ?? this.#flight.run(session.claims.jti, () => this.#make(session))
  }

  async #make(session: LiveSession): Promise<readonly PolicySet[]> {
    const links = await Promise.all((session.claims.sp ?? []).map((link) => this.#textsOf(link)))
    const sets = links.map((texts) =>
      policySet(texts.map((text, i) => compile(text, 'session', `session policy ${i + 1}`))),
    )
    this.#ready.set(session, sets)
    return sets
  }

  async #textsOf(link: PolicyLink): Promise<readonly string[]> {
    if (!('h' in link)) return link
    const text = await this.#home.sessionPolicies(link.h)
    // The token vouches for the hash, and the hash for the text.
    const texts: unknown = sha256base64url(text) === link.h ? JSON.parse(text) : undefined
    if (Array.isArray(texts) && texts.every((item) => typeof item === 'string')) return texts
    throw new Problem('unavailable', 'the issuer gave other session policies than the session names', {
      retryAfter: 5,
    })
  }
}
