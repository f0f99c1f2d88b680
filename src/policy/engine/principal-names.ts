// The names by which policies refer to a principal, and how far a grant to each reaches (docs/policy-semantics.md §1).

import type { PrincipalName } from '../language/syntax.ts'
import type { Principal } from '../request.ts'

/**
 * 0: not named · 1: the account is named, which only delegates · 2: limited by boundary and session policies · 3: not
 * limited.
 */
export type Reach = 0 | 1 | 2 | 3
export const reach = { none: 0, account: 1, limited: 2, direct: 3 } as const satisfies Record<string, Reach>

/** The names of a principal, in the form that `nameOf` gives a written name. */
export interface Names {
  /** Each name with the reach of a grant to it. */
  readonly reaches: ReadonlyMap<string, Reach>
  /**
   * Groups of names: a Deny with NotPrincipal exempts a principal that has a listed name in every group. Empty: never
   * exempt.
   */
  readonly spared: readonly (readonly string[])[]
  /** Whether an Allow to `*` includes this principal; the bearer of an external token must be named by its provider. */
  readonly anyone: boolean
}

/** A written name in normal form: ARNs and ids unchanged, accounts as their number, other types with the type as prefix. */
export function nameOf({ type, name: { text } }: PrincipalName): string {
  if (type !== 'AWS') return `${type}:${text}`
  if (/^\d{12}$/.test(text)) return accountName(text)
  const root = /^arn:[a-z0-9-]+:iam::(\d{12}):root$/.exec(text)
  return root ? accountName(root[1]!) : text
}

const accountName = (accountId: string): string => `account:${accountId}`

export function namesOf(principal: Principal): Names {
  switch (principal.kind) {
    case 'root':
      return named([accountGroup(principal.accountId)])
    case 'user':
      return named([group([principal.arn, principal.id], reach.direct), accountGroup(principal.accountId)])
    case 'role-session':
      return named(
        [
          group([principal.arn, sessionId(principal)], reach.direct),
          group([principal.roleArn, principal.roleId], reach.limited),
          accountGroup(principal.accountId),
        ],
        principal.federated === undefined ? [] : [group([`Federated:${principal.federated}`], reach.limited)],
      )
    case 'federated-user':
      return named(
        [group([principal.arn], reach.direct), accountGroup(principal.accountId)],
        principal.issuerArn.endsWith(':root')
          ? []
          : [group([principal.issuerArn, principal.issuerId ?? principal.issuerArn], reach.limited)],
      )
    case 'web-identity':
      return { ...named([group([`Federated:${principal.provider}`], reach.direct)]), anyone: false }
    case 'service':
      return named([group([`Service:${principal.service}`], reach.direct)])
    case 'anonymous':
      return named([])
  }
}

/**
 * `AROA…:name`, AWS's `aws:userid` of a role session: trust policies keep a named session in this form, so that it means no
 * session of another role that is made later under the same name.
 */
const sessionId = ({ arn, roleId }: { readonly arn: string; readonly roleId: string }): string =>
  `${roleId}:${arn.slice(arn.lastIndexOf('/') + 1)}`

type Group = readonly (readonly [string, Reach])[]
const group = (names: readonly string[], how: Reach): Group => names.map((name) => [name, how] as const)
const accountGroup = (accountId: string): Group => group([accountName(accountId)], reach.account)

function named(groups: readonly Group[], others: readonly Group[] = []): Names {
  return {
    reaches: new Map([...others, ...groups].flat()),
    spared: groups.map((names) => names.map(([name]) => name)),
    anyone: true,
  }
}

/** The Principal or NotPrincipal element of one statement, hashed. */
export class PrincipalList {
  readonly #names: ReadonlySet<string>
  readonly #everyone: boolean
  readonly #not: boolean
  readonly #allow: boolean
  /** How far a grant to `*` reaches. */
  readonly #everyoneReach: Reach

  constructor(names: readonly PrincipalName[], options: { not: boolean; allow: boolean; everyone: Reach }) {
    this.#everyone = names.some(({ type, name }) => type === 'AWS' && name.text === '*')
    this.#names = new Set(names.map(nameOf))
    this.#not = options.not
    this.#allow = options.allow
    this.#everyoneReach = options.everyone
  }

  /** The listed names, when only a principal with one of them can match. */
  get keys(): ReadonlySet<string> | undefined {
    return this.#not || this.#everyone ? undefined : this.#names
  }

  reachOf(names: Names): Reach {
    if (this.#not) return this.#allow ? this.#reachOfUnlisted(names) : this.#spares(names) ? 0 : reach.direct
    let best: Reach = this.#everyone && (names.anyone || !this.#allow) ? this.#everyoneReach : 0
    for (const [name, how] of names.reaches) if (how > best && this.#names.has(name)) best = how
    return best
  }

  /** Allow with NotPrincipal includes every principal without a listed name, also anonymous callers. */
  #reachOfUnlisted(names: Names): Reach {
    if (this.#everyone || !names.anyone) return 0
    for (const name of names.reaches.keys()) if (this.#names.has(name)) return 0
    return this.#everyoneReach
  }

  #spares({ spared }: Names): boolean {
    if (this.#everyone) return true
    return spared.length > 0 && spared.every((names) => names.some((name) => this.#names.has(name)))
  }
}
