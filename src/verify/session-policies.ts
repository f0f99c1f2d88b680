// What narrows one session: a set per link of its chain. Texts are compiled once per session; managed policies stand in the
// token as ARNs and are as the issuer has them now (role-policies.ts keeps and confirms them). Documents of one call are
// united, links narrow each other (semantics §1). A link too long for the token stands in it as a hash, and is asked for by it.
import { type Compiled, compile, type PolicySet, policySet } from '../policy/compile.ts'
import { Problem } from '../problem.ts'
import { sha256base64url } from '../secure/digest.ts'
import { isPolicyArn, type PolicyLink } from '../secure/session-claims.ts'
import type { Home } from './issuer-client.ts'
import type { RolePolicies } from './role-policies.ts'
import type { LiveSession } from './sessions.ts'
import { SingleFlight } from './single-flight.ts'

/** One call: its texts, compiled, and the ARNs of its managed policies. */
interface Link {
  readonly texts: readonly Compiled[]
  readonly arns: readonly string[]
}

/** Sets when nothing can change during the session. */
type Narrowing = { readonly sets: readonly PolicySet[] } | { readonly links: readonly Link[] }

const linkOf = (entries: readonly string[]): Link => ({
  texts: entries
    .filter((entry) => !isPolicyArn(entry))
    .map((text, at) => compile(text, 'session', `session policy ${at + 1}`)),
  arns: entries.filter(isPolicyArn),
})

export class SessionPolicies {
  readonly #home: Pick<Home, 'sessionPolicies'>
  readonly #managed: Pick<RolePolicies, 'of'>
  /** The session cache bounds them. */
  readonly #ready = new WeakMap<LiveSession, Narrowing>()
  readonly #flight = new SingleFlight<Narrowing>()

  /** @param managed bundles by the ARN of a managed policy */
  constructor(home: Pick<Home, 'sessionPolicies'>, managed: Pick<RolePolicies, 'of'>) {
    this.#home = home
    this.#managed = managed
  }

  /** @throws Problem('unavailable') when a link cannot be had: going on without it would widen */
  async of(session: LiveSession): Promise<readonly PolicySet[]> {
    const ready =
      this.#ready.get(session) ?? (await this.#flight.run(session.claims.jti, () => this.#make(session)))
    if ('sets' in ready) return ready.sets
    return Promise.all(ready.links.map((link) => this.#current(link, session.claims.iat)))
  }

  async #make(session: LiveSession): Promise<Narrowing> {
    const entries = await Promise.all((session.claims.sp ?? []).map((link) => this.#entriesOf(link)))
    const links = entries.map(linkOf)
    const ready = links.every(({ arns }) => arns.length === 0)
      ? { sets: links.map(({ texts }) => policySet(texts)) }
      : { links }
    this.#ready.set(session, ready)
    return ready
  }

  /** Sets of the same documents are the same set (compile.ts), so that this costs a look-up while nothing changes. */
  async #current({ texts, arns }: Link, issuedAt: number): Promise<PolicySet> {
    const managed = await Promise.all(arns.map((arn) => this.#managed.of(arn, '', issuedAt)))
    return policySet([...texts, ...managed.flatMap(({ layers }) => layers.identity.documents)])
  }

  async #entriesOf(link: PolicyLink): Promise<readonly string[]> {
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
