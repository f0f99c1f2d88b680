// The session policies of one session: a set per link of its role chain. Texts are compiled once per session; managed
// policies are ARNs in the token and are evaluated in their current version (role-policies.ts caches and confirms them).
// Documents of one call are combined, links restrict each other (docs/policy-semantics.md §1). A link that is too long for
// the token is referenced by hash and fetched from the issuer.
import { type Compiled, compile, type PolicySet, policySet } from '../../policy/engine/compile.ts'
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { isPolicyArn, type PolicyLink } from '../../secure/session/session-claims.ts'
import type { IssuerClient } from './issuer-client.ts'
import type { RolePolicies } from './role-policies.ts'
import type { LiveSession } from './sessions.ts'
import { SingleFlight } from './single-flight.ts'

/** The session policies of one call: compiled texts, and ARNs of managed policies. */
interface Link {
  readonly texts: readonly Compiled[]
  readonly arns: readonly string[]
}

/** `sets` when nothing can change during the session. */
type CompiledSessionPolicies = { readonly sets: readonly PolicySet[] } | { readonly links: readonly Link[] }

const linkOf = (entries: readonly string[]): Link => ({
  texts: entries
    .filter((entry) => !isPolicyArn(entry))
    .map((text, at) => compile(text, 'session', `session policy ${at + 1}`)),
  arns: entries.filter(isPolicyArn),
})

export class SessionPolicies {
  readonly #issuer: Pick<IssuerClient, 'sessionPolicies'>
  readonly #managed: Pick<RolePolicies, 'of'>
  /** Bounded by the session cache. */
  readonly #ready = new WeakMap<LiveSession, CompiledSessionPolicies>()
  readonly #flight = new SingleFlight<CompiledSessionPolicies>()

  /** @param managed policies by the ARN of a managed policy */
  constructor(issuerClient: Pick<IssuerClient, 'sessionPolicies'>, managed: Pick<RolePolicies, 'of'>) {
    this.#issuer = issuerClient
    this.#managed = managed
  }

  /**
   * The session policies as sets. @throws Problem('unavailable') when a link cannot be obtained, because omitting it would
   * grant more
   */
  async of(session: LiveSession): Promise<readonly PolicySet[]> {
    const ready =
      this.#ready.get(session) ?? (await this.#flight.run(session.claims.jti, () => this.#make(session)))
    if ('sets' in ready) return ready.sets
    return Promise.all(ready.links.map((link) => this.#current(link, session.claims.iat)))
  }

  async #make(session: LiveSession): Promise<CompiledSessionPolicies> {
    const entries = await Promise.all((session.claims.sp ?? []).map((link) => this.#entriesOf(link)))
    const links = entries.map(linkOf)
    const ready = links.every(({ arns }) => arns.length === 0)
      ? { sets: links.map(({ texts }) => policySet(texts)) }
      : { links }
    this.#ready.set(session, ready)
    return ready
  }

  /** Unchanged documents yield the same cached set (compile.ts), so this is a lookup while nothing changes. */
  async #current({ texts, arns }: Link, issuedAt: number): Promise<PolicySet> {
    const managed = await Promise.all(arns.map((arn) => this.#managed.of(arn, '', issuedAt)))
    return policySet([...texts, ...managed.flatMap(({ layers }) => layers.identity.documents)])
  }

  async #entriesOf(link: PolicyLink): Promise<readonly string[]> {
    if (!('h' in link)) return link
    const text = await this.#issuer.sessionPolicies(link.h)
    // The token's signature covers the hash, and the hash covers the text.
    const texts: unknown = sha256base64url(text) === link.h ? JSON.parse(text) : undefined
    if (Array.isArray(texts) && texts.every((item) => typeof item === 'string')) return texts
    throw new Problem('unavailable', 'the session policies from the issuer do not match the session', {
      retryAfter: 5,
    })
  }
}
