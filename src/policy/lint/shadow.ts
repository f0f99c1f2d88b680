// Statements that change nothing: another allows (or denies) all of it already, or a Deny takes back all of it.

import { compareParts, type Effort } from '../compare-policies/compare.ts'
import { type Part, partsOf } from '../compare-policies/part.ts'
import type { Statement } from '../document.ts'
import { type Found, type Linted, named, type Rule, whole } from './finding.ts'

/** Each pair is a question of its own; a document with more statements would take too long. */
const mostStatements = 60
/** Patterns made to be hard are left alone. */
const mostUnanswered = 30
const effort: Effort = { states: 800, classes: 1500, guesses: 0 }

/** `Allow` for a Deny and back: what a Deny covers is asked as if it allowed it. */
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

function* shadowed({ document, kind }: Linted): Iterable<Found> {
  const { statements, version } = document
  // Who a Deny with principals means depends on more than the request (principal-names.ts), so only lists without are compared.
  if (statements.length < 2 || statements.length > mostStatements || kind === 'resource' || kind === 'trust')
    return
  const parts = statements.map((statement) =>
    partsOf([JSON.stringify({ Version: version, Statement: asAllow(statement) })], kind),
  )
  let unanswered = 0
  const covered = (one: number, by: number): boolean => {
    if (unanswered >= mostUnanswered || !mayCover(parts[by]!, parts[one]!)) return false
    const { narrower } = compareParts(parts[by]!, parts[one]!, kind, 'allows', effort)
    if (narrower === 'unknown') unanswered++
    return narrower === true
  }
  for (const [at, statement] of statements.entries()) {
    const by = statements.find((other, place) => {
      if (place === at) return false
      if (statement.effect === 'Deny' && other.effect === 'Allow') return false
      // Of two that are the same the later one is told of.
      if (!covered(at, place)) return false
      return statement.effect !== other.effect || place < at || !covered(place, at)
    })
    if (by === undefined) continue
    const never = statement.effect === 'Allow' && by.effect === 'Deny'
    yield {
      ...whole(statement),
      message: never
        ? `${named(statement)} never allows anything: ${named(by)} (line ${by.start.line}) denies all of it`
        : `${named(statement)} changes nothing: ${named(by)} (line ${by.start.line}) ${by.effect === 'Allow' ? 'allows' : 'denies'} all of it already`,
      fix: never ? 'narrow the Deny, or remove the statement' : 'remove the statement',
      ...(never ? {} : { severity: 'note' as const }),
    }
  }
}

/** A quick no: an action that one names outright and the other does not cover. */
function mayCover([by]: readonly Part[], [one]: readonly Part[]): boolean {
  const literal = one?.compiled.actions.not === false ? one.compiled.actions.patterns[0]?.literal : undefined
  return literal === undefined || by?.compiled.actions.matches(literal, new Map()) === true
}

export const shadowRules: readonly (readonly [string, Rule])[] = [
  [
    'unreachable',
    {
      severity: 'warning',
      summary: 'a statement that changes nothing beside another',
      check: shadowed,
    },
  ],
]
