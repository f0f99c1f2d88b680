// Conditions that hold when they seem not to, or never.
import type { Condition, Statement } from '../document.ts'
import { type Found, named, perStatement, type Rule } from './finding.ts'
import { isNegated, keyOf, needsKey, operatorOf } from './requires.ts'

/** Whether another condition of the statement makes sure that the key is there. */
const guarded = ({ conditions }: Statement, condition: Condition): boolean =>
  conditions.some((one) => one !== condition && keyOf(one) === keyOf(condition) && needsKey(one))

function* forAllValues(statement: Statement): Iterable<Found> {
  if (statement.effect !== 'Allow') return
  for (const condition of statement.conditions)
    if (condition.set === 'ForAllValues' && !guarded(statement, condition))
      yield {
        at: condition.at,
        message: `\`${operatorOf(condition)}\` holds of a request without \`${condition.key.text}\`, so ${named(statement)} allows it`,
        fix: `add \`"Null": {"${condition.key.text}": "false"}\``,
      }
}

const mfa = 'aws:multifactorauthpresent'
const says = ({ values }: Condition, wanted: string): boolean =>
  values.some(({ text }) => text.toLowerCase() === wanted)

/** Long-term keys have no such key in the request, so a plain Bool does not catch them. */
function* mfaDeny(statement: Statement): Iterable<Found> {
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
        message: `${named(statement)} does not deny long-term access keys: their requests have no \`${condition.key.text}\``,
        fix: 'write `BoolIfExists`',
      }
}

function* mfaAllow(statement: Statement): Iterable<Found> {
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
        message: `${named(statement)} allows long-term access keys without MFA: their requests have no \`${condition.key.text}\``,
        fix: 'write `Bool`',
      }
}

/** Also true of a request that says nothing of the key. */
function* holdsWhenMissing(statement: Statement): Iterable<Found> {
  if (statement.effect !== 'Allow') return
  for (const condition of statement.conditions) {
    const open = condition.ifExists || isNegated(condition)
    if (!open || condition.set !== undefined || keyOf(condition) === mfa || guarded(statement, condition))
      continue
    yield {
      at: condition.at,
      message: `\`${operatorOf(condition)}\` also holds of a request without \`${condition.key.text}\``,
      fix: `add \`"Null": {"${condition.key.text}": "false"}\` if the key must be there`,
    }
  }
}

/** StringEquals compares letter by letter: a star in its value is a star. */
function* literalWildcard(statement: Statement): Iterable<Found> {
  for (const condition of statement.conditions) {
    if (!/^String(Not)?Equals/.test(condition.operator)) continue
    for (const { text, at } of condition.values)
      if (/[*?]/.test(text.replace(/\$\{[^}]*\}/g, '')))
        yield {
          at,
          message: `\`${condition.operator}\` takes the wildcard in \`${text}\` for itself`,
          fix: `write \`${condition.operator.replace(/Equals(IgnoreCase)?$/, 'Like')}\`, or \`\${*}\` if a star is meant`,
        }
  }
}

/** Keys that always come as lists: a plain operator never holds of them. */
const lists = new Set(['aws:tagkeys', 'sts:transitivetagkeys', 'aws:principalorgpaths', 'aws:calledvia'])

function* listNeedsSet(statement: Statement): Iterable<Found> {
  for (const condition of statement.conditions)
    if (lists.has(keyOf(condition)) && condition.set === undefined && condition.operator !== 'Null')
      yield {
        at: condition.at,
        message: `\`${condition.key.text}\` is a list, which \`${operatorOf(condition)}\` never holds of`,
        fix: `write \`ForAnyValue:${operatorOf(condition)}\` or \`ForAllValues:${operatorOf(condition)}\``,
      }
}

/** Six parts by colon, or a star alone. */
function* arnValue(statement: Statement): Iterable<Found> {
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
          fix: 'write `arn:partition:service:region:account:resource`, with `*` for parts that do not matter',
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
      summary: 'Deny with Bool on MFA spares long-term keys',
      check: perStatement(mfaDeny),
    },
  ],
  [
    'mfa-allow',
    {
      severity: 'error',
      summary: 'Allow with BoolIfExists on MFA lets long-term keys in without it',
      check: perStatement(mfaAllow),
    },
  ],
  [
    'holds-when-missing',
    {
      severity: 'note',
      summary: 'a condition under Allow that holds of a request without its key',
      check: perStatement(holdsWhenMissing),
    },
  ],
  [
    'literal-wildcard',
    {
      severity: 'warning',
      summary: 'a wildcard in a value that is compared letter by letter',
      check: perStatement(literalWildcard),
    },
  ],
  [
    'list-needs-set',
    {
      severity: 'error',
      summary: 'a plain operator on a key that is a list',
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
