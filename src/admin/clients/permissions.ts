// What else it takes to choose the settings of a client. Some of them make it act for people who were not asked, or speak about people
// towards other services, and the client is often in the hands of whoever chooses them.
import { isDeepStrictEqual } from 'node:util'
import type { Call } from '../../iam/caller.ts'
import type { ClaimTarget } from '../../oidc/claims/mapping.ts'
import type { ClientEntry } from '../../oidc/clients/stored.ts'
import type { Permission } from '../operation.ts'
import type { UseCases } from '../use-cases.ts'

/** For the documentation. */
export const trustAction = 'TrustClient'

/** What a setting gives, in a form that is compared with what it gave before; undefined: nothing. */
type GivenBySetting = (entry: ClientEntry) => unknown

const trusting: Readonly<Record<string, GivenBySetting>> = {
  // A code for whoever opens a link, without a question.
  first_party: (entry) => entry['first_party'] === true || undefined,
  // Sessions of roles that people may assume.
  roles: (entry) => entry['roles'],
  // What tokens of others say.
  introspects: (entry) => entry['introspects'],
  claims: (entry) => claimsForServices(entry['claims']),
}

/** Of claims that other services read, in access tokens and in the answers of introspection. Not checked yet whether they are rules. */
function claimsForServices(claims: unknown): unknown {
  if (typeof claims !== 'object' || claims === null) return undefined
  const reaching = Object.entries(claims).filter(([, rule]) => reachesServices(rule))
  return reaching.length === 0 ? undefined : Object.fromEntries(reaching)
}

const ofServices: ReadonlySet<unknown> = new Set<ClaimTarget>(['access_token', 'introspection'])

/** A claim is delivered everywhere unless its rule says where. */
function reachesServices(rule: unknown): boolean {
  const targets = typeof rule === 'object' && rule !== null && 'in' in rule ? rule.in : undefined
  return !Array.isArray(targets) || targets.some((target) => ofServices.has(target))
}

const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value))
/** As JSON: objects of a request have another prototype than those of the store. */
const isSame = (a: unknown, b: unknown): boolean => isDeepStrictEqual(plain(a), plain(b))

/** @param before undefined for a new client */
export function trustPermissions(
  arn: string,
  before: ClientEntry | undefined,
  after: ClientEntry,
): readonly Permission[] {
  const isGiven = Object.values(trusting).some((given) => {
    const wanted = given(after)
    return wanted !== undefined && wanted !== null && !isSame(wanted, before && given(before))
  })
  return isGiven ? [{ action: trustAction, arn }] : []
}

/** Ids in the entry's `resources`, which are texts or `{ id, scopes }`. */
const namedResources = ({ resources }: ClientEntry): readonly unknown[] =>
  (Array.isArray(resources) ? resources : []).map((one: unknown) =>
    typeof one === 'object' && one !== null && 'id' in one ? one.id : one,
  )

/**
 * A client that names the decision API asks it for decisions without a policy of its own (decision/authzen-caller.ts), so whoever
 * names it must be allowed to ask.
 * @throws Problem('denied')
 */
export async function authorizeDecisions(
  { authorize, decisionResource, serverAccountId }: UseCases,
  call: Call,
  before: ClientEntry | undefined,
  after: ClientEntry,
): Promise<void> {
  const names = (entry: ClientEntry) => namedResources(entry).includes(decisionResource)
  if (!names(after) || (before !== undefined && names(before))) return
  await authorize(call, 'decision:Evaluate', `arn:aws:decision::${serverAccountId}:subject/*`)
  await authorize(call, 'decision:Search', `arn:aws:decision::${serverAccountId}:search`)
}
