// What a picture of a person's access is made of, and the requests that it asks the policy engine about.
import { compile, type PolicySet, policySet } from '../../policy/engine/compile.ts'
import type { Layers } from '../../policy/engine/decide.ts'
import { principalKeys } from '../../policy/engine/principal-of-arn.ts'
import type { Context, Principal, Request } from '../../policy/request.ts'
import type { Tag } from '../../store/records.ts'

export interface PolicyFacts {
  /** The name of an inline policy or the ARN of a managed policy. */
  readonly name: string
  readonly document: string
  /** The permission that the reader lacks to see what it says. */
  readonly hidden?: string | undefined
}

export interface BoundaryFacts {
  /** ARN of the managed policy. */
  readonly name: string
  /** Undefined when the policy does not exist: nothing is allowed. */
  readonly document: string | undefined
  readonly hidden?: string | undefined
}

/** A person, group or role with what policies it has. */
export interface BearerFacts {
  /** Unique id. */
  readonly id: string
  readonly kind: 'person' | 'group' | 'role'
  readonly name: string
  readonly arn: string
  readonly policies: readonly PolicyFacts[]
  /** The permission that the reader lacks to see which policies it has. */
  readonly hidden?: string | undefined
}

export interface PersonFacts extends BearerFacts {
  readonly tags: readonly Tag[]
  readonly boundary: BoundaryFacts | undefined
  readonly disabled: boolean
}

export interface RoleFacts extends BearerFacts {
  readonly tags: readonly Tag[]
  readonly boundary: BoundaryFacts | undefined
  /** As it is stored, with unique ids. */
  readonly trust: string
  /** The reader may not ask what it may do. */
  readonly undecided?: boolean
}

export interface AccessFacts {
  readonly accountId: string
  /** Epoch seconds. */
  readonly now: number
  readonly person: PersonFacts
  readonly groups: readonly BearerFacts[]
  /** The roles to be drawn. */
  readonly roles: readonly RoleFacts[]
  /** The permission that the reader lacks to see which roles there are. */
  readonly rolesHidden: string | undefined
  /** Undefined: the account has none. */
  readonly guardrails: readonly PolicyFacts[] | undefined
}

export interface AccessQuestion {
  readonly action: string
  readonly resource: string
  /** Condition keys that are assumed, in lower case. */
  readonly context: Context
}

/** The name of the session in questions about roles. */
const sessionName = 'picture'

const isoSeconds = (now: number): string => new Date(now * 1000).toISOString().replace('.000Z', 'Z')

const tagsOf = (tags: readonly Tag[]) =>
  tags.map(({ key, value }) => [`aws:principaltag/${key}`.toLowerCase(), value] as const)

const clock = (now: number) =>
  [
    ['aws:currenttime', isoSeconds(now)],
    ['aws:epochtime', String(now)],
  ] as const

const setOf = (policies: readonly PolicyFacts[], kind: 'identity' | 'guardrail'): PolicySet =>
  policySet(policies.map(({ name, document }) => compile(document, kind, name)))

/** A boundary whose policy does not exist has no documents and so allows nothing. */
const boundarySet = ({ name, document }: BoundaryFacts): PolicySet =>
  policySet(document === undefined ? [] : [compile(document, 'boundary', name)])

const limits = (boundary: BoundaryFacts | undefined, guardrails: readonly PolicyFacts[] | undefined) => ({
  ...(boundary && { boundary: boundarySet(boundary) }),
  ...(guardrails && { guardrail: [setOf(guardrails, 'guardrail')] }),
})

export type PersonLayerFacts = Pick<AccessFacts, 'person' | 'groups' | 'guardrails'>

/** As the server itself has them for a request of the person (authorization/principal-policies.ts). */
export const layersOfPerson = ({ person, groups, guardrails }: PersonLayerFacts): Layers => ({
  identity: setOf(
    [person, ...groups].flatMap(({ policies }) => policies),
    'identity',
  ),
  ...limits(person.boundary, guardrails),
})

/** As the server itself has them for a session of the role. */
export const layersOfRole = (
  { policies, boundary }: Pick<RoleFacts, 'policies' | 'boundary'>,
  guardrails: readonly PolicyFacts[] | undefined,
): Layers => ({ identity: setOf(policies, 'identity'), ...limits(boundary, guardrails) })

interface FactsScope {
  readonly accountId: string
  readonly now: number
}

const ofPerson = (
  { accountId, now }: FactsScope,
  { id, arn, tags }: Pick<PersonFacts, 'id' | 'arn' | 'tags'>,
  given: Context,
): Pick<Request, 'principal' | 'context' | 'resourceAccount'> => {
  const principal: Principal = { kind: 'user', accountId, arn, id }
  const context = new Map([...clock(now), ...principalKeys(principal), ...tagsOf(tags), ...given])
  return { principal, context, resourceAccount: accountId }
}

export const requestOfPerson = (
  asked: FactsScope,
  person: Pick<PersonFacts, 'id' | 'arn' | 'tags'>,
  { action, resource, context }: AccessQuestion,
): Request => ({ ...ofPerson(asked, person, context), action, resource })

const noKeys: Context = new Map()

/** `sts:AssumeRole` of the person on the role. */
export const assumeRequest = (
  asked: FactsScope,
  person: Pick<PersonFacts, 'id' | 'arn' | 'tags'>,
  role: Pick<RoleFacts, 'arn'>,
  context: Context = noKeys,
): Request => ({ ...ofPerson(asked, person, context), action: 'sts:AssumeRole', resource: role.arn })

/** The question, asked by a session of the role. What names the session is not taken from the question. */
export function requestOfRole(
  { accountId, now }: FactsScope,
  { id, name, arn, tags }: Pick<RoleFacts, 'id' | 'name' | 'arn' | 'tags'>,
  { action, resource, context: given }: AccessQuestion,
): Request {
  const session = `arn:aws:sts::${accountId}:assumed-role/${name}/${sessionName}`
  const principal: Principal = { kind: 'role-session', accountId, arn: session, roleArn: arn, roleId: id }
  const context = new Map([...clock(now), ...tagsOf(tags), ...given, ...principalKeys(principal)])
  context.delete('aws:username')
  // The second factor of who assumes a role does not count in its session (docs/policy-semantics.md section 5).
  context.set('aws:multifactorauthpresent', 'false')
  return { principal, context, resourceAccount: accountId, action, resource }
}

/** Condition keys that a person's record decides, present or not. */
export const isPersonKey = (key: string): boolean => /^aws:(principal|userid$|username$)/.test(key)

/** `account`: everybody of it whom a policy allows to become the role; `principal`: of another account, or deleted. */
export type OutsideKind = 'account' | 'provider' | 'service' | 'anyone' | 'session' | 'principal'

/** Whom a trust policy names, or who has a policy. */
export type WhoFacts =
  | {
      readonly kind: 'person' | 'group' | 'role'
      readonly id: string
      readonly name: string
      readonly arn: string
    }
  | { readonly kind: 'outside'; readonly what: OutsideKind; readonly name: string }

/** What a picture that is not of a person is made of, beside its own policies. */
export interface AroundFacts {
  readonly accountId: string
  /** Epoch seconds. */
  readonly now: number
  readonly who: readonly WhoFacts[]
  /** The permission that the reader lacks to see who that is. */
  readonly whoHidden: string | undefined
}
