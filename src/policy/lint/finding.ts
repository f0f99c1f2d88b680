// The input and output types of lint rules.
import type { Document, DocumentKind, Position, Statement } from '../language/document.ts'

/**
 * `error`: does not do what it seems to, or grants access to unintended principals. `warning`: usually a mistake. `note`:
 * informational.
 */
export type Severity = 'error' | 'warning' | 'note'

export interface Finding {
  /** The name of the rule (lint.ts). */
  readonly rule: string
  readonly severity: Severity
  /** Lower case, no full stop; text of the document in backticks. */
  readonly message: string
  /** Both from 1. */
  readonly line: number
  readonly column: number
  /** Just after the last character concerned. */
  readonly end: Position
  /** The suggested fix; empty when there is no general one. */
  readonly fix: string
}

export interface Linted {
  readonly text: string
  readonly kind: DocumentKind
  readonly document: Document
}

/** A finding without its rule's name; `severity` where it differs from the rule's. */
export interface RuleFinding {
  /** The position of a token or of a statement. */
  readonly at: Position
  /** When it is not the end of the token at `at`. */
  readonly end?: Position
  readonly message: string
  readonly fix: string
  readonly severity?: Severity
}

export interface Rule {
  readonly severity: Severity
  /** One line for `chancery policy lint --rules`. */
  readonly summary: string
  readonly check: (linted: Linted) => Iterable<RuleFinding>
}

/** Makes a rule from a function that examines one statement at a time. */
export const perStatement = (
  check: (statement: Statement, linted: Linted) => Iterable<RuleFinding>,
): Rule['check'] =>
  function* (linted) {
    for (const statement of linted.document.statements) yield* check(statement, linted)
  }

/** The name of a statement in messages. */
export const statementLabel = ({ sid, index }: Statement): string =>
  sid ? `statement \`${sid}\`` : `statement ${index + 1}`

/** The range of the whole statement. */
export const statementRange = ({ start, end }: Statement): Pick<RuleFinding, 'at' | 'end'> => ({
  at: start,
  end,
})
