// The roles that a signed-in person can assume, as a list: the roles of their account, after those of other accounts that their
// policies name. Each is decided by the policy engine as AssumeRole would be, once with the sign-in as it is and once as if
// the person had just used a second factor.
import { trustOfGrantTo } from '../../iam/access-requests/granted-statement.ts'
import { isRequestable } from '../../iam/access-requests/requestable.ts'
import type { Caller, Circumstances } from '../../iam/caller.ts'
import type { ListPage, ListRequest, Markers } from '../../iam/paging.ts'
import { itemSegment, pageOfSegments, type Segment } from '../../iam/record/segmented-list.ts'
import type { LayerName } from '../../policy/engine/decide.ts'
import type { PolicySet } from '../../policy/engine/policy-set.ts'
import { checkDocument } from '../../policy/language/document.ts'
import { type Context, contextOf } from '../../policy/request.ts'
import type { AssumableRole, CallerFacts, UserCaller } from '../ports.ts'
import { accountOfRole } from '../role-arn.ts'
import { evaluateTrust, isTrusted, type TrustRequest } from '../trust/trust.ts'
import { sessionNameOf } from './assume-role.ts'

/** A role with what is shown of it. */
export interface ListedRole extends AssumableRole {
  readonly path: string
  readonly description?: string | undefined
}

export type Standing =
  | { readonly is: 'available' }
  /** AssumeRole would be allowed after a sign-in with a second factor. */
  | { readonly is: 'second-factor' }
  | {
      readonly is: 'denied'
      /** The kind of policy that denies it. */
      readonly layer: LayerName
      readonly explicit: boolean
      /** Condition keys for which the request has other values than that policy wants; at most eight. */
      readonly conditions: readonly string[]
    }

export interface RoleWithStanding {
  readonly role: ListedRole
  readonly standing: Standing
  /** The person cannot become the role but may ask for it: it is marked so, and an approval would be enough. */
  readonly askable: boolean
}

export interface OwnRolesDependencies {
  readonly markers: Markers
  readonly callers: Pick<CallerFacts, 'principalOf' | 'contextOf' | 'layersOf'>
  readonly roles: {
    byArn(arn: string): Promise<ListedRole | undefined>
    /** Roles of an account whose path and name begin with `prefix`, in that order; names in lower case. */
    page(
      accountId: string,
      prefix: string,
      page: { readonly limit: number; readonly after?: string | undefined },
    ): Promise<{ readonly records: readonly ListedRole[]; readonly next: string | undefined }>
  }
}

export interface OwnRolesRequest extends ListRequest {
  /** Beginning of path and name; or of the name, for roles whose path is `/`. Empty: all roles. */
  readonly search: string
  /** Also roles that cannot be assumed with a second factor either, and that cannot be asked for. */
  readonly denied: boolean
}

export type OwnRoles = (
  person: UserCaller,
  circumstances: Circumstances,
  request: OwnRolesRequest,
) => Promise<ListPage<RoleWithStanding>>

export type OwnRole = (
  person: UserCaller,
  circumstances: Circumstances,
  arn: string,
) => Promise<RoleWithStanding | undefined>

/** Roles that are decided in one turn of the event loop: each may have to be compiled. */
const rolesPerTurn = 20

/**
 * One page of the roles. It may have fewer items than asked for although there are more, because it decides at most a thousand roles.
 * @throws Problem('validation') for a marker of another list, person or day
 */
export const ownRoles =
  (deps: OwnRolesDependencies): OwnRoles =>
  async (person, circumstances, request) => {
    const decide = await openDecision(deps, person, circumstances)
    const shown = (role: ListedRole): RoleWithStanding | undefined => {
      const found = decide(role)
      return found.standing.is === 'denied' && !found.askable && !request.denied ? undefined : found
    }
    const prefix = sortKeyOf(request.search.startsWith('/') ? request.search : `/${request.search}`)
    const named = rolesNamedIn((await deps.callers.layersOf(person)).identity, person.accountId)
    const list = `own-roles:${person.userId}:${request.denied}:${prefix}`
    const segments: readonly Segment<RoleWithStanding>[] = [
      itemSegment(
        named.filter((arn) => sortKeyOf(arn.slice(arn.indexOf(':role/') + 5)).startsWith(prefix)),
        (arn) => arn,
        async (arn) => {
          const role = await deps.roles.byArn(arn)
          const found = role && shown(role)
          // Whether a role of another account exists is learned only by those whom it trusts.
          return found?.standing.is === 'denied' ? undefined : found
        },
      ),
      async (page) => {
        const { records, next } = await deps.roles.page(person.accountId, prefix, page)
        return { items: records.flatMap((role) => shown(role) ?? []), next }
      },
    ]
    const call = { caller: person, circumstances }
    return pageOfSegments(deps.markers, call, list, request, segments, rolesPerTurn)
  }

/** One role of the person's account, also one that they may neither become nor ask for. */
export const ownRole =
  (deps: OwnRolesDependencies): OwnRole =>
  async (person, circumstances, arn) => {
    const role = accountOfRole(arn) === person.accountId ? await deps.roles.byArn(arn) : undefined
    return role && (await openDecision(deps, person, circumstances))(role)
  }

/** Path, and name in lower case: what the store sorts roles by. */
function sortKeyOf(text: string): string {
  const name = text.lastIndexOf('/') + 1
  return text.slice(0, name) + text.slice(name).toLowerCase()
}

/** Decides about roles one by one; what they have in common is looked up once. */
async function openDecision(
  { callers }: OwnRolesDependencies,
  person: UserCaller,
  circumstances: Circumstances,
): Promise<(role: ListedRole) => RoleWithStanding> {
  const name = contextOf([['sts:RoleSessionName', sessionNameOf(person.userName)]])
  const contextFor = async (caller: Caller): Promise<Context> =>
    new Map([...(await callers.contextOf(caller, circumstances)), ...name])
  const asked = { principal: callers.principalOf(person), layers: await callers.layersOf(person) }
  const now = await contextFor(person)
  const withFactor = await contextFor({ ...person, mfaAge: 0, issuedAt: circumstances.now })
  const standingOf = (role: ListedRole): Standing => {
    const question = { ...asked, role, context: now }
    if (isTrusted(question, assume)) return { is: 'available' }
    if (isTrusted({ ...question, context: withFactor }, assume)) return { is: 'second-factor' }
    return deniedBy({ ...question, context: withFactor })
  }
  const grant = trustOfGrantTo(person.userId)
  const approvalIsEnough = (role: ListedRole): boolean =>
    isTrusted({ ...asked, role, context: withFactor }, assume, grant)
  return (role) => {
    const standing = standingOf(role)
    const isOwn = standing.is === 'denied' && role.accountId === person.accountId
    return { role, standing, askable: isOwn && isRequestable(role) && approvalIsEnough(role) }
  }
}

const assume = ['sts:AssumeRole'] as const
const maxConditions = 8

function deniedBy(question: TrustRequest): Standing {
  const explanation = evaluateTrust(question, assume)?.explanation
  const layer = explanation?.layer ?? 'trust'
  const failed = explanation?.conditions.filter((one) => one.statement.layer === layer) ?? []
  return {
    is: 'denied',
    layer,
    explicit: explanation?.reason === 'explicit_deny',
    conditions: [...new Set(failed.map(({ key }) => key))].slice(0, maxConditions),
  }
}

/** Roles of other accounts that are looked up for one person. */
const maxNamed = 100
const namedRoles = new WeakMap<PolicySet, readonly string[]>()

/** ARNs of roles of other accounts that policies name without wildcards or variables. Computed once per set of policies. */
function rolesNamedIn(policies: PolicySet, accountId: string): readonly string[] {
  const known = namedRoles.get(policies)
  if (known !== undefined) return known
  const resources = policies.documents
    .flatMap(({ text, kind }) => checkDocument(text, kind).statements)
    .flatMap(({ effect, resources = [] }) => (effect === 'Allow' ? resources : []))
    .map(({ text }) => text)
  const arns = [...new Set(resources)].filter((arn) => {
    const owner = /[*?$]/.test(arn) ? undefined : accountOfRole(arn)
    return owner !== undefined && owner !== accountId
  })
  const named = arns.slice(0, maxNamed)
  namedRoles.set(policies, named)
  return named
}
