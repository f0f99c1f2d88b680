// Elements that AWS accepts, and this server with it, although they match nothing or are no condition.
import type { Statement } from '../language/document.ts'
import { perStatement, type Rule, type RuleFinding, statementLabel, statementRange } from './finding.ts'
import { operatorOf } from './requires.ts'

function* noAction({ actions = [], notActions = [] }: Statement): Iterable<RuleFinding> {
  for (const { text, at } of [...actions, ...notActions])
    if (text.includes(' '))
      yield {
        at,
        message: `\`${text}\` matches no action: no name of an action has a blank`,
        fix: `write \`${text.replaceAll(' ', '')}\``,
      }
}

function* noResource({ resources = [], notResources = [] }: Statement): Iterable<RuleFinding> {
  for (const { text, at } of [...resources, ...notResources])
    if (/^arn:[^:]*:[^:]*$/.test(text))
      yield {
        at,
        message: `\`${text}\` matches no resource: an ARN has six parts`,
        fix: `write \`${text}:*:*:*\`, with the parts that are known`,
      }
}

function* noValues({ conditions }: Statement): Iterable<RuleFinding> {
  for (const condition of conditions)
    if (condition.values.length === 0)
      yield {
        at: condition.at,
        message: `\`${operatorOf(condition)}\` on \`${condition.key.text}\` has no values, and so no value agrees with it`,
        fix: 'write the values, or remove the key',
      }
}

/** Blocks without keys are left out by the parser, so the written document is examined. */
function* noKeys(statement: Statement, text: string): Iterable<RuleFinding> {
  const written = [(JSON.parse(text) as { readonly Statement: unknown }).Statement].flat()[statement.index]
  if (typeof written !== 'object' || written === null || !('Condition' in written)) return
  for (const [operator, block] of Object.entries(written.Condition ?? {}))
    if (Object.keys(block).length === 0)
      yield {
        ...statementRange(statement),
        message: `\`${operator}\` of ${statementLabel(statement)} has no condition key, and so limits nothing`,
        fix: 'write the condition, or remove the operator',
      }
}

export const noEffectRules: readonly (readonly [string, Rule])[] = [
  [
    'no-effect',
    {
      severity: 'warning',
      summary: 'an action, a resource or a condition that AWS accepts although it matches nothing',
      check: perStatement(function* (statement, { text }) {
        yield* noAction(statement)
        yield* noResource(statement)
        yield* noValues(statement)
        yield* noKeys(statement, text)
      }),
    },
  ],
]
