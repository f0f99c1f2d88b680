// Redundant statements: another statement already allows (or denies) the same, or a Deny overrides it completely.

import { compareParts, type Effort } from '../compare-policies/compare.ts'
import { type Part, partsOf } from '../compare-policies/part.ts'
import { Work } from '../compare-policies/work.ts'
import type { Statement } from '../language/document.ts'
import { type Linted, type Rule, type RuleFinding, statementLabel, statementRange } from './finding.ts'

/** Every pair of statements is compared, so larger documents would take too long. */
const maxStatements = 60
/** Comparisons that may be inconclusive before the rule gives up, so that adversarial patterns cannot consume time. */
const maxUnanswered = 30
const effort: Effort = { states: 800, classes: 1500, guesses: 0 }

/** Units of work for all pairs of a document, beyond which the rest is not compared. */
const mostWork = 100_000

/** Treats a Deny as an Allow, so that what two Deny statements cover can be compared. */
const asAllow = (statement: Statement): object => ({
  Effect: 'Allow',
  ...principalsOf(statement),
  ...listOf('Action', statement.actions),
  ...listOf('NotAction', statement.notActions),
  ...listOf('Resource', statement.resources),
  ...listOf('NotResource', statement.notResources),
  ...conditionsOf(statement),
})

const listOf = (name: string, written: Statement['actions']): object =>
  written === undefined ? {} : { [name]: written.map(({ text }) => text) }

function principalsOf({ principals, notPrincipals }: Statement): object {
  const listed = principals ?? notPrincipals
  if (listed === undefined) return {}
  const byType: Record<string, string[]> = {}
  for (const { type, name } of listed) byType[type] = [...(byType[type] ?? []), name.text]
  return { [principals === undefined ? 'NotPrincipal' : 'Principal']: byType }
}

function conditionsOf({ conditions }: Statement): object {
  if (conditions.length === 0) return {}
  const block: Record<string, Record<string, string[]>> = {}
  for (const { set, operator, ifExists, key, values } of conditions) {
    const name = `${set === undefined ? '' : `${set}:`}${operator}${ifExists ? 'IfExists' : ''}`
    block[name] = { ...block[name], [key.text]: values.map(({ text }) => text) }
  }
  return { Condition: block }
}

function* shadowed({ document, kind }: Linted): Iterable<RuleFinding> {
  const { statements, version } = document
  // Whom a Deny with principals matches depends on more than the request (principal-names.ts), so only documents without
  // principals are compared.
  if (statements.length < 2 || statements.length > maxStatements || kind === 'resource' || kind === 'trust')
    return
  const parts = statements.map((statement) =>
    partsOf([JSON.stringify({ Version: version, Statement: asAllow(statement) })], kind),
  )
  let unanswered = 0
  const work = new Work(mostWork)
  const covered = (one: number, by: number): boolean => {
    if (unanswered >= maxUnanswered || !mayCover(parts[by]!, parts[one]!)) return false
    const { narrower } = compareParts(parts[by]!, parts[one]!, kind, { effort, work })
    if (narrower === 'unknown') unanswered++
    return narrower === true
  }
  for (const [at, statement] of statements.entries()) {
    const by = statements.find((other, place) => {
      if (place === at) return false
      if (statement.effect === 'Deny' && other.effect === 'Allow') return false
      // Of two identical statements only the later one is reported.
      if (!covered(at, place)) return false
      return statement.effect !== other.effect || place < at || !covered(place, at)
    })
    if (by === undefined) continue
    const never = statement.effect === 'Allow' && by.effect === 'Deny'
    yield {
      ...statementRange(statement),
      message: never
        ? `${statementLabel(statement)} never allows anything: ${statementLabel(by)} (line ${by.start.line}) denies all of it`
        : `${statementLabel(statement)} is redundant: ${statementLabel(by)} (line ${by.start.line}) ${by.effect === 'Allow' ? 'allows' : 'denies'} all of it already`,
      fix: never ? 'narrow the Deny, or remove the statement' : 'remove the statement',
      ...(never ? {} : { severity: 'note' as const }),
    }
  }
}

/** A fast negative: one statement has a literal action that the other does not cover. */
function mayCover([by]: readonly Part[], [one]: readonly Part[]): boolean {
  const literal = one?.compiled.actions.not === false ? one.compiled.actions.patterns[0]?.literal : undefined
  return literal === undefined || by?.compiled.actions.matches(literal, new Map()) === true
}

export const shadowRules: readonly (readonly [string, Rule])[] = [
  [
    'unreachable',
    {
      severity: 'warning',
      summary: 'a statement that another makes redundant or ineffective',
      check: shadowed,
    },
  ],
]
