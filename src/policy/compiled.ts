// A statement made ready to be asked.
import { CompiledCondition } from './conditions.ts'
import type { LayerName, StatementRef } from './decision.ts'
import { type Pattern, patternOf } from './pattern.ts'
import { type Names, PrincipalList, type Reach, reach } from './principal-names.ts'
import type { Context, Request } from './request.ts'
import type { Document, DocumentKind, Position, Statement, Version, Written } from './syntax.ts'

/** A document ready to decide. Made by compile.ts alone, so that one text is one object. */
export interface Compiled {
  readonly kind: DocumentKind
  /** What reasons call the document. */
  readonly name: string
  readonly text: string
  readonly statements: readonly CompiledStatement[]
  /** Tells it from every other of this process. */
  readonly number: number
}

/** A request with what every statement would work out again. */
export interface Asked {
  readonly request: Request
  /** In lower case. */
  readonly action: string
  readonly resource: string
  readonly context: Context
  readonly names: Names
}

/** Actions or resources of a statement: texts hashed when there are many, patterns one by one. */
export class PatternList {
  readonly patterns: readonly Pattern[]
  readonly not: boolean
  readonly #literals: ReadonlySet<string> | undefined
  readonly #tried: readonly Pattern[]
  /** The one pattern, of a list of one. */
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
  /** Undefined in a trust policy, whose resource is its role. */
  readonly resources: PatternList | undefined
  readonly principals: PrincipalList | undefined
  readonly conditions: readonly CompiledCondition[]
  readonly #document: string
  // Four numbers weigh half of two positions, and a set may hold very many statements.
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
    this.resources = resourcesOf(statement, document.version)
    this.conditions = conditionsOf(statement, document.version)
    this.principals = principalsOf(statement, document.kind, this.conditions)
  }

  /** How far it reaches whom; 3 where there is no principal to name. */
  reachOf(asked: Asked): Reach {
    return this.principals === undefined ? reach.direct : this.principals.reachOf(asked.names)
  }

  /** Action and resource, not the conditions. */
  covers(asked: Asked): boolean {
    if (!this.actions.matches(asked.action, asked.context)) return false
    return this.resources === undefined || this.resources.matches(asked.resource, asked.context)
  }

  conditionsHold(context: Context): boolean {
    for (const condition of this.conditions) if (!condition.holds(context)) return false
    return true
  }

  /** Everything but the principal. */
  applies(asked: Asked): boolean {
    return this.covers(asked) && this.conditionsHold(asked.context)
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

/** What many statements have in common is kept once. Bounded: when full, it starts anew, and only saves less. */
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
  const shape = `${actions === undefined} ${listed.map(({ text }) => text).join(' ')}`
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
 * Semantics §1: `*` with a condition on aws:PrincipalArn counts as naming. Only a condition that must see the key does.
 * Otherwise `*` lets everyone past a resource's door, and in a trust policy, which must name, only delegates.
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
