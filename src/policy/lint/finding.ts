// What a rule of the linter is given and what it says.
import type { Document, DocumentKind, Position, Statement } from '../document.ts'

/** `error`: it does not do what it seems to, or lets strangers in. `warning`: usually a mistake. `note`: worth knowing. */
export type Severity = 'error' | 'warning' | 'note'

export interface Finding {
  /** The name of the rule (rules.ts). */
  readonly rule: string
  readonly severity: Severity
  /** Lower case, no full stop; the document's own words in backticks. */
  readonly message: string
  /** Both from 1. */
  readonly line: number
  readonly column: number
  /** Just after the last character concerned. */
  readonly end: Position
  /** What to write instead; empty when there is nothing general to say. */
  readonly fix: string
}

export interface Linted {
  readonly text: string
  readonly kind: DocumentKind
  readonly document: Document
}

/** A finding before it has its rule's name; `severity` where it differs from the rule's. */
export interface Found {
  /** A token of the text, or a statement. */
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
  readonly check: (linted: Linted) => Iterable<Found>
}

/** A rule that looks at one statement at a time. */
export const perStatement = (
  check: (statement: Statement, linted: Linted) => Iterable<Found>,
): Rule['check'] =>
  function* (linted) {
    for (const statement of linted.document.statements) yield* check(statement, linted)
  }

/** How a message names a statement. */
export const named = ({ sid, index }: Statement): string =>
  sid ? `statement \`${sid}\`` : `statement ${index + 1}`

/** The whole statement as a place. */
export const whole = ({ start, end }: Statement): Pick<Found, 'at' | 'end'> => ({ at: start, end })
