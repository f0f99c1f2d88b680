// Formats a decision and its reasons for readers who do not know the policy language.

import type { Principal, Request } from '../request.ts'
import type { Explanation, FailedCondition, LayerName, LayerReport, StatementRef } from './decision.ts'

const layerNames: Readonly<Record<LayerName, string>> = {
  guardrail: 'guardrail',
  resource: 'resource policy',
  trust: 'trust policy',
  identity: 'identity policies',
  boundary: 'permissions boundary',
  session: 'session policy',
  root: 'account root',
}

/** The principal as one text. */
export function formatPrincipal(principal: Principal): string {
  switch (principal.kind) {
    case 'service':
      return principal.service
    case 'web-identity':
      return `a token of ${principal.provider}`
    case 'anonymous':
      return 'anonymous'
    default:
      return principal.arn
  }
}

/** Several lines: the first states the result, the last suggests a change. */
export function explanationText(request: Request, explanation: Explanation): string {
  return [
    `${explanation.effect === 'allow' ? 'ALLOWED' : 'DENIED'}  ${request.action} on ${request.resource}`,
    `requested by ${formatPrincipal(request.principal)}`,
    '',
    ...because(explanation),
    '',
    'Result of each policy:',
    ...explanation.layers.flatMap((report) => layerLines(report, explanation.layers)),
    ...conditionLines(explanation),
    ...missingLines(explanation),
    ...suggestionLines(explanation),
  ].join('\n')
}

function because({ reason, layer, statements }: Explanation): string[] {
  if (reason === 'explicit_deny')
    return [
      `Why: ${statements.map(place).join(' and ')} is a Deny that applies.`,
      'A Deny that applies overrides every Allow.',
    ]
  if (reason === 'implicit_deny')
    return [
      `Why: ${layer === undefined ? 'nothing' : `the ${layerNames[layer]}`} allowed it.`.replace(
        'allowed',
        `${layer === 'identity' ? 'do' : 'does'} not allow`,
      ),
      'A request needs an Allow from a policy that grants, and one from every policy that limits.',
    ]
  if (statements.length === 0)
    return ['Why: no statement is needed: the caller is the account root, or the action needs no permission.']
  return [
    `Why: ${statements.map(place).join(' and ')} ${statements.length === 1 ? 'allows' : 'allow'} it, and no Deny applies.`,
  ]
}

const place = ({ sid, index, document, start }: StatementRef): string =>
  `${sid ? `statement \`${sid}\`` : `statement ${index + 1}`} of ${document} (line ${start.line})`

function layerLines({ layer, link, said, statements }: LayerReport, all: readonly LayerReport[]): string[] {
  const several = all.filter((one) => one.layer === layer).length > 1
  const name = `${layerNames[layer]}${several ? ` ${link + 1}` : ''}`
  if (statements.length === 0)
    return [`  ${name}: ${said === 'allow' ? 'allows it' : 'no statement applies'}`]
  const verb = said === 'allow' ? 'allowed' : 'denied'
  const shown = statements.slice(0, 5).map(place)
  const more = statements.length > 5 ? `, and ${statements.length - 5} more` : ''
  return [`  ${name}: ${verb} by ${shown.join(', ')}${more}`]
}

const maxConditions = 8

function conditionLines({ effect, conditions }: Explanation): string[] {
  if (effect === 'allow' || conditions.length === 0) return []
  return [
    '',
    'These statements cover the action and resource, but their conditions do not hold:',
    ...conditions
      .slice(0, maxConditions)
      .map((one) => `  ${place(one.statement)}: ${formatFailedCondition(one)}`),
    ...(conditions.length > maxConditions ? [`  and ${conditions.length - maxConditions} more`] : []),
  ]
}

/** For example: `StringEquals` requires `aws:username` to be `ada`; it is `bob`. */
export function formatFailedCondition({ operator, key, wanted, seen }: FailedCondition): string {
  const texts = wanted.slice(0, 3).map((text) => `\`${text.slice(0, 100)}\``)
  const list = `${texts.join(' or ') || 'no value'}${wanted.length > 3 ? ` or one of ${wanted.length - 3} more` : ''}`
  const values = typeof seen === 'string' ? [seen] : (seen ?? [])
  const is =
    values.length === 0
      ? 'the request does not have it'
      : `it is ${values
          .slice(0, 5)
          .map((text) => `\`${text.slice(0, 100)}\``)
          .join(', ')}`
  return `${operator} of \`${key}\` with ${list}; ${is}${hintFor(operator, wanted, seen, values)}`
}

/** Why values that look equal are not: a list compared without a set operator, or another case. */
function hintFor(
  operator: string,
  wanted: readonly string[],
  seen: FailedCondition['seen'],
  values: readonly string[],
): string {
  if (!/^(?:For\w+:)?String(?:Equals|Like)(?:IfExists)?$/.test(operator)) return ''
  if (Array.isArray(seen) && seen.length > 0 && !operator.startsWith('For'))
    return `, a list: write \`ForAnyValue:${operator}\``
  const folded = new Set(wanted.map((text) => text.toLowerCase()))
  const differs = values.some((text) => folded.has(text.toLowerCase()) && !wanted.includes(text))
  return differs ? ', which differs in upper and lower case only' : ''
}

/** Keys of variables only; a condition's missing key is reported with the condition. */
function missingLines({ effect, missing, conditions }: Explanation): string[] {
  const reported = new Set(conditions.map(({ key }) => key.toLowerCase()))
  const unreported = missing.filter((key) => !reported.has(key.toLowerCase()))
  if (effect === 'allow' || unreported.length === 0) return []
  return [
    '',
    `The request lacks ${unreported.map((key) => `\`${key}\``).join(', ')}, which a statement uses.`,
  ]
}

function suggestionLines({ nearest }: Explanation): string[] {
  if (nearest === undefined) return []
  const { text, change } = nearest
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  const paste =
    change.kind === 'add'
      ? [
          '',
          ...JSON.stringify(change.statement, null, 2)
            .split('\n')
            .map((line) => `  ${line}`),
        ]
      : []
  return ['', sentence, ...paste]
}
