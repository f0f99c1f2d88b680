// Conditions that hold when they seem not to, or never hold.
import type { Condition, Statement } from '../language/document.ts'
import { perStatement, type Rule, type RuleFinding, statementLabel } from './finding.ts'
import { isNegated, keyOf, needsKey, operatorOf } from './requires.ts'

/** Whether another condition of the statement requires the key to be present. */
const guarded = ({ conditions }: Statement, condition: Condition): boolean =>
  conditions.some((one) => one !== condition && keyOf(one) === keyOf(condition) && needsKey(one))

function* forAllValues(statement: Statement): Iterable<RuleFinding> {
  if (statement.effect !== 'Allow') return
  for (const condition of statement.conditions)
    if (condition.set === 'ForAllValues' && !guarded(statement, condition))
      yield {
        at: condition.at,
        message: `\`${operatorOf(condition)}\` holds for a request without \`${condition.key.text}\`, so ${statementLabel(statement)} allows it`,
        fix: `add \`"Null": {"${condition.key.text}": "false"}\``,
      }
}

const mfa = 'aws:multifactorauthpresent'
const says = ({ values }: Condition, wanted: string): boolean =>
  values.some(({ text }) => text.toLowerCase() === wanted)

/** Requests with long-term keys lack this key, so a plain Bool condition does not match them. */
function* mfaDeny(statement: Statement): Iterable<RuleFinding> {
  if (statement.effect !== 'Deny') return
  for (const condition of statement.conditions)
    if (
      keyOf(condition) === mfa &&
      condition.operator === 'Bool' &&
      says(condition, 'false') &&
      !condition.ifExists
    )
      yield {
        at: condition.at,
        message: `${statementLabel(statement)} does not deny long-term access keys: their requests have no \`${condition.key.text}\``,
        fix: 'write `BoolIfExists`',
      }
}

function* mfaAllow(statement: Statement): Iterable<RuleFinding> {
  if (statement.effect !== 'Allow') return
  for (const condition of statement.conditions)
    if (
      keyOf(condition) === mfa &&
      condition.ifExists &&
      says(condition, 'true') &&
      !guarded(statement, condition)
    )
      yield {
        at: condition.at,
        message: `${statementLabel(statement)} allows long-term access keys without MFA: their requests have no \`${condition.key.text}\``,
        fix: 'write `Bool`',
      }
}

/** The condition also holds for a request without the key. */
function* holdsWhenMissing(statement: Statement): Iterable<RuleFinding> {
  if (statement.effect !== 'Allow') return
  for (const condition of statement.conditions) {
    const open = condition.ifExists || isNegated(condition)
    if (!open || condition.set !== undefined || keyOf(condition) === mfa || guarded(statement, condition))
      continue
    yield {
      at: condition.at,
      message: `\`${operatorOf(condition)}\` also holds for a request without \`${condition.key.text}\``,
      fix: `add \`"Null": {"${condition.key.text}": "false"}\` if the key must be there`,
    }
  }
}

/** StringEquals compares literally: a star in its value is not a wildcard. */
function* literalWildcard(statement: Statement): Iterable<RuleFinding> {
  for (const condition of statement.conditions) {
    if (!/^String(Not)?Equals/.test(condition.operator)) continue
    for (const { text, at } of condition.values)
      if (/[*?]/.test(text.replace(/\$\{[^}]*\}/g, '')))
        yield {
          at,
          message: `\`${condition.operator}\` compares the wildcard in \`${text}\` literally`,
          fix: `write \`${condition.operator.replace(/Equals(IgnoreCase)?$/, 'Like')}\`, or \`\${*}\` if a star is meant`,
        }
  }
}

/** Keys that are always multi-valued: an operator without a set operator never matches them. */
const lists = new Set(['aws:tagkeys', 'sts:transitivetagkeys', 'aws:principalorgpaths', 'aws:calledvia'])

function* listNeedsSet(statement: Statement): Iterable<RuleFinding> {
  for (const condition of statement.conditions)
    if (lists.has(keyOf(condition)) && condition.set === undefined && condition.operator !== 'Null')
      yield {
        at: condition.at,
        message: `\`${condition.key.text}\` is multi-valued, and \`${operatorOf(condition)}\` never holds for it`,
        fix: `write \`ForAnyValue:${operatorOf(condition)}\` or \`ForAllValues:${operatorOf(condition)}\``,
      }
}

/** An ARN has six colon-separated parts; a single star is allowed too. */
function* arnValue(statement: Statement): Iterable<RuleFinding> {
  for (const condition of statement.conditions) {
    if (!condition.operator.startsWith('Arn')) continue
    for (const { text, at } of condition.values)
      if (
        text !== '*' &&
        text.replace(/\$\{[^}]*\}/g, '').split(':').length < 6 &&
        !/^\$\{[^}]*\}$/.test(text)
      )
        yield {
          at,
          message: `\`${text}\` matches no ARN: it has ${text.split(':').length} of six parts`,
          fix: 'write `arn:partition:service:region:account:resource`, with `*` for parts that may have any value',
        }
  }
}

export const conditionRules: readonly (readonly [string, Rule])[] = [
  [
    'for-all-values',
    {
      severity: 'error',
      summary: 'ForAllValues under Allow holds when the key is missing',
      check: perStatement(forAllValues),
    },
  ],
  [
    'mfa-deny',
    {
      severity: 'error',
      summary: 'Deny with Bool on MFA does not cover long-term keys',
      check: perStatement(mfaDeny),
    },
  ],
  [
    'mfa-allow',
    {
      severity: 'error',
      summary: 'Allow with BoolIfExists on MFA admits long-term keys without MFA',
      check: perStatement(mfaAllow),
    },
  ],
  [
    'holds-when-missing',
    {
      severity: 'note',
      summary: 'a condition under Allow that holds for a request without its key',
      check: perStatement(holdsWhenMissing),
    },
  ],
  [
    'literal-wildcard',
    {
      severity: 'warning',
      summary: 'a wildcard in a value that is compared literally',
      check: perStatement(literalWildcard),
    },
  ],
  [
    'list-needs-set',
    {
      severity: 'error',
      summary: 'an operator without a set operator on a multi-valued key',
      check: perStatement(listNeedsSet),
    },
  ],
  [
    'arn-value',
    {
      severity: 'error',
      summary: 'an ARN in a condition that can match nothing',
      check: perStatement(arnValue),
    },
  ],
]
