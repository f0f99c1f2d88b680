// What a decision and its reasons are, in words for somebody who has not read the manual.
import type { Explanation, FailedCondition, LayerName, LayerReport, StatementRef } from './decision.ts'
import type { Principal, Request } from './request.ts'

const layerNames: Readonly<Record<LayerName, string>> = {
  guardrail: 'guardrail',
  resource: 'resource policy',
  trust: 'trust policy',
  identity: 'identity policies',
  boundary: 'permissions boundary',
  session: 'session policy',
  root: 'account root',
}

/** Who asks, as one text. */
export function whoIs(principal: Principal): string {
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

/** Several lines; the first says the answer, the last what would change it. */
export function explanationText(request: Request, explanation: Explanation): string {
  return [
    `${explanation.effect === 'allow' ? 'ALLOWED' : 'DENIED'}  ${request.action} on ${request.resource}`,
    `asked by ${whoIs(request.principal)}`,
    '',
    ...because(explanation),
    '',
    'What each policy said:',
    ...explanation.layers.flatMap((report) => layerLines(report, explanation.layers)),
    ...conditionLines(explanation),
    ...missingLines(explanation),
    ...nearestLines(explanation),
  ].join('\n')
}

function because({ reason, layer, statements }: Explanation): string[] {
  if (reason === 'explicit_deny')
    return [
      `Why: ${statements.map(place).join(' and ')} is a Deny that applies.`,
      'One Deny that applies is the end, whatever else allows it.',
    ]
  if (reason === 'implicit_deny')
    return [
      `Why: ${layer === undefined ? 'nothing' : `the ${layerNames[layer]}`} allowed it.`.replace(
        'allowed',
        `${layer === 'identity' ? 'do' : 'does'} not allow`,
      ),
      'Nothing is allowed until a statement says so, and every policy that limits must say so too.',
    ]
  if (statements.length === 0)
    return ['Why: it needs no statement: the caller is the account root, or the action is open to all.']
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

const mostConditions = 8

function conditionLines({ effect, conditions }: Explanation): string[] {
  if (effect === 'allow' || conditions.length === 0) return []
  return [
    '',
    'These statements are about this action and resource, but their conditions do not hold:',
    ...conditions.slice(0, mostConditions).map((one) => `  ${place(one.statement)}: ${sayFailed(one)}`),
    ...(conditions.length > mostConditions ? [`  and ${conditions.length - mostConditions} more`] : []),
  ]
}

/** `StringEquals` wants `aws:username` to be `ada`; it is `bob`. */
export function sayFailed({ operator, key, wanted, seen }: FailedCondition): string {
  const texts = wanted.slice(0, 3).map((text) => `\`${text.slice(0, 100)}\``)
  const list = `${texts.join(' or ')}${wanted.length > 3 ? ` or one of ${wanted.length - 3} more` : ''}`
  const values = typeof seen === 'string' ? [seen] : (seen ?? [])
  const is =
    values.length === 0
      ? 'the request does not have it'
      : `it is ${values
          .slice(0, 5)
          .map((text) => `\`${text.slice(0, 100)}\``)
          .join(', ')}`
  return `${operator} of \`${key}\` with ${list}; ${is}`
}

/** Keys of variables: those of conditions have been told of with their condition. */
function missingLines({ effect, missing, conditions }: Explanation): string[] {
  const told = new Set(conditions.map(({ key }) => key.toLowerCase()))
  const untold = missing.filter((key) => !told.has(key.toLowerCase()))
  if (effect === 'allow' || untold.length === 0) return []
  return [
    '',
    `The request lacks ${untold.map((key) => `\`${key}\``).join(', ')}, which a statement asks for.`,
  ]
}

function nearestLines({ nearest }: Explanation): string[] {
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
