// A compiled statement: everything that can be computed from the policy alone.

import { type Pattern, patternOf } from '../language/pattern.ts'
import type { Document, DocumentKind, Position, Statement, Version, Written } from '../language/syntax.ts'
import type { Context, Request } from '../request.ts'
import { CompiledCondition } from './conditions.ts'
import type { LayerName, StatementRef } from './decision.ts'
import { type Names, PrincipalList, type Reach, reach } from './principal-names.ts'

/** A compiled document. Created only by compile.ts, so that one text is one object. */
export interface Compiled {
  readonly kind: DocumentKind
  /** The document's name in decisions. */
  readonly name: string
  readonly text: string
  readonly statements: readonly CompiledStatement[]
  /** Unique within this process. */
  readonly number: number
}

/** A request with the values that every statement needs, computed once. */
export interface PreparedRequest {
  readonly request: Request
  /** In lower case. */
  readonly action: string
  readonly resource: string
  readonly context: Context
  readonly names: Names
}

/** The actions or resources of a statement: literals in a hash set when there are many, patterns in a list. */
export class PatternList {
  readonly patterns: readonly Pattern[]
  readonly not: boolean
  readonly #literals: ReadonlySet<string> | undefined
  readonly #tried: readonly Pattern[]
  /** The pattern of a list of one. */
  readonly #only: Pattern | undefined

  constructor(patterns: readonly Pattern[], not: boolean) {
    this.patterns = patterns
    this.not = not
    this.#only = patterns.length === 1 ? patterns[0] : undefined
    const literals = patterns.length > 8 ? patterns.flatMap((pattern) => pattern.literal ?? []) : []
    this.#literals = literals.length > 0 ? new Set(literals) : undefined
    this.#tried = this.#literals ? patterns.filter((pattern) => pattern.literal === undefined) : patterns
  }

  matches(text: string, context: Context): boolean {
    const only = this.#only
    return (only === undefined ? this.#listed(text, context) : only.matches(text, context)) !== this.not
  }

  #listed(text: string, context: Context): boolean {
    if (this.#literals?.has(text)) return true
    for (const pattern of this.#tried) if (pattern.matches(text, context)) return true
    return false
  }
}

export class CompiledStatement {
  readonly index: number
  readonly sid: string | undefined
  readonly allow: boolean
  readonly actions: PatternList
  /** Whether `${…}` in its resources are variables: in documents of version 2012-10-17. */
  readonly hasVariables: boolean
  /** Undefined in a trust policy, which applies to its own role. */
  readonly resources: PatternList | undefined
  readonly principals: PrincipalList | undefined
  readonly conditions: readonly CompiledCondition[]
  readonly #document: string
  // Four numbers take half the memory of two position objects, and a set may hold very many statements.
  readonly #startLine: number
  readonly #startColumn: number
  readonly #endLine: number
  readonly #endColumn: number
  #ref: StatementRef | undefined

  constructor(statement: Statement, document: Document, name: string) {
    this.#document = name
    this.index = statement.index
    this.sid = statement.sid
    this.allow = statement.effect === 'Allow'
    this.#startLine = statement.start.line
    this.#startColumn = statement.start.column
    this.#endLine = statement.end.line
    this.#endColumn = statement.end.column
    this.actions = actionsOf(statement)
    this.hasVariables = document.version === '2012-10-17'
    this.resources = resourcesOf(statement, document.version)
    this.conditions = conditionsOf(statement, document.version)
    this.principals = principalsOf(statement, document.kind, this.conditions)
  }

  /** How far a grant of this statement reaches this principal; 3 in documents without principals. */
  reachOf(prepared: PreparedRequest): Reach {
    return this.principals === undefined ? reach.direct : this.principals.reachOf(prepared.names)
  }

  /** Whether action and resource match; conditions are not evaluated. */
  covers(prepared: PreparedRequest): boolean {
    if (!this.actions.matches(prepared.action, prepared.context)) return false
    return this.resources === undefined || this.resources.matches(prepared.resource, prepared.context)
  }

  conditionsHold(context: Context): boolean {
    for (const condition of this.conditions) if (!condition.holds(context)) return false
    return true
  }

  /** Whether action, resource and conditions match; the principal is not considered. */
  applies(prepared: PreparedRequest): boolean {
    return this.covers(prepared) && this.conditionsHold(prepared.context)
  }

  ref(layer: LayerName): StatementRef {
    if (this.#ref?.layer === layer) return this.#ref
    const { sid, index } = this
    const start: Position = { line: this.#startLine, column: this.#startColumn }
    const end: Position = { line: this.#endLine, column: this.#endColumn }
    this.#ref = { layer, document: this.#document, sid, index, start, end }
    return this.#ref
  }
}

/** Shares equal values between statements. Bounded: when full, it is emptied. */
class Shared<T> {
  readonly #known = new Map<string, T>()

  of(key: string, make: () => T): T {
    if (key.length > 512) return make()
    let value = this.#known.get(key)
    if (value !== undefined) return value
    if (this.#known.size >= 4096) this.#known.clear()
    value = make()
    this.#known.set(key, value)
    return value
  }
}

const sharedActions = new Shared<PatternList>()
const sharedConditions = new Shared<CompiledCondition>()
const noConditions: readonly CompiledCondition[] = []

function conditionsOf({ conditions }: Statement, version: Version): readonly CompiledCondition[] {
  if (conditions.length === 0) return noConditions
  return conditions.map((one) => {
    const { set = '', operator, ifExists, key, values } = one
    const shape = JSON.stringify([version, set, operator, ifExists, key.text, values.map(({ text }) => text)])
    return sharedConditions.of(shape, () => new CompiledCondition(one, version))
  })
}

const actionOptions = { version: '2008-10-17', wildcards: true, arn: 'never', ignoreCase: true } as const

function actionsOf({ actions, notActions }: Statement): PatternList {
  const listed = actions ?? notActions ?? []
  // As JSON, because a name may contain blanks.
  const shape = JSON.stringify([actions === undefined, listed.map(({ text }) => text)])
  return sharedActions.of(
    shape,
    () =>
      new PatternList(
        listed.map(({ text }) => patternOf(text, actionOptions)),
        actions === undefined,
      ),
  )
}

function resourcesOf({ resources, notResources }: Statement, version: Version): PatternList | undefined {
  const listed: readonly Written[] | undefined = resources ?? notResources
  if (listed === undefined) return undefined
  const options = { version, wildcards: true, arn: 'if-head-is-wild' } as const
  return new PatternList(
    listed.map(({ text }) => patternOf(text, options)),
    resources === undefined,
  )
}

function principalsOf(
  { principals, notPrincipals, effect }: Statement,
  kind: DocumentKind,
  conditions: readonly CompiledCondition[],
): PrincipalList | undefined {
  const listed = principals ?? notPrincipals
  if (listed === undefined) return undefined
  return new PrincipalList(listed, {
    not: principals === undefined,
    allow: effect === 'Allow',
    everyone: conditions.some(namesArns) ? reach.direct : kind === 'trust' ? reach.account : reach.limited,
  })
}

/**
 * docs/policy-semantics.md §1: `*` with a condition on aws:PrincipalArn counts as naming the principal, provided that the
 * condition cannot hold without the key. Any other `*` grants access in a resource policy, and in a trust policy only
 * delegates to the account.
 */
function namesArns(condition: CompiledCondition): boolean {
  return (
    condition.key === 'aws:principalarn' &&
    /^(String|Arn)/.test(condition.operator) &&
    !condition.negated &&
    !condition.ifExists &&
    condition.set !== 'ForAllValues'
  )
}
