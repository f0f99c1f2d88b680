// For a deny: the smallest change that the denying layer would accept. First changes to the request, which the caller can
// make, then extending a statement that nearly applies, then a new statement.
import type { CompiledStatement, PreparedRequest } from './compiled.ts'
import type { Change, Decision, FailedCondition, LayerName, Nearest } from './decision.ts'
import { type Layers, linksOf } from './evaluate.ts'
import { described, failedConditions } from './failed-conditions.ts'
import { formatStatementRef, layerDescriptions } from './format-decision.ts'
import type { PolicySet } from './policy-set.ts'
import { resourcePattern } from './resource-pattern.ts'

/** Undefined for an allow. */
export function suggestFix(
  decision: Pick<Decision, 'reason' | 'layer'>,
  prepared: PreparedRequest,
  layers: Layers,
): Nearest | undefined {
  const { layer, reason } = decision
  if (layer === undefined) return undefined
  const sets = linksOf(layers).flatMap((link) => (link.layer === layer ? [link.set] : []))
  const change =
    reason === 'explicit_deny' ? pastDeny(layer, sets, prepared) : pastSilence(layer, sets, prepared)
  return { text: formatChange(change), change }
}

/** A Deny with conditions no longer applies when one of them fails; without conditions it must be removed. */
function pastDeny(layer: LayerName, sets: readonly PolicySet[], prepared: PreparedRequest): Change {
  const denying = sets.flatMap((set) =>
    set.covering(prepared).filter((one) => !one.allow && one.conditionsHold(prepared.context)),
  )
  const deny = denying[0]!
  const statement = deny.ref(layer)
  if (deny.conditions.length === 0) return { kind: 'remove', statement }
  const conditions = deny.conditions.map((one) => described(one, deny, layer, prepared.context))
  return { kind: 'context', statement, hold: false, conditions }
}

function pastSilence(layer: LayerName, sets: readonly PolicySet[], prepared: PreparedRequest): Change {
  const set = sets.find((one) => one.evaluate(prepared).allow === undefined)
  if (set === undefined) return addition(layer, prepared)
  return (
    byCircumstances(layer, set, prepared) ?? byWidening(layer, set, prepared) ?? addition(layer, prepared)
  )
}

/** The Allow that covers the request and fails on the fewest conditions. */
function byCircumstances(layer: LayerName, set: PolicySet, prepared: PreparedRequest): Change | undefined {
  let fewest: { statement: CompiledStatement; conditions: readonly FailedCondition[] } | undefined
  for (const statement of set.covering(prepared)) {
    if (!statement.allow) continue
    const conditions = failedConditions(statement, layer, prepared)
    if (fewest === undefined || conditions.length < fewest.conditions.length)
      fewest = { statement, conditions }
  }
  if (fewest === undefined || fewest.conditions.length === 0) return undefined
  return {
    kind: 'context',
    statement: fewest.statement.ref(layer),
    hold: true,
    conditions: fewest.conditions,
  }
}

/** In larger sets, statements that nearly apply are not searched. */
const maxLooked = 1000

/** An Allow that differs in one element only: the resource, the action or the principal. */
function byWidening(layer: LayerName, set: PolicySet, prepared: PreparedRequest): Change | undefined {
  if (set.statements.length > maxLooked) return undefined
  for (const element of ['Resource', 'Action', 'Principal'] as const) {
    const found = set.statements.find((one) => one.allow && lacksOnly(one, element, prepared))
    if (found === undefined) continue
    return { kind: 'widen', statement: found.ref(layer), element, add: addedValue(element, prepared) }
  }
  return undefined
}

function lacksOnly(statement: CompiledStatement, element: string, prepared: PreparedRequest): boolean {
  const { actions, resources } = statement
  if (actions.matches(prepared.action, prepared.context) === (element === 'Action')) return false
  const resource = resources === undefined || resources.matches(prepared.resource, prepared.context)
  if (resource === (element === 'Resource')) return false
  if (element === 'Resource' && !statement.hasVariables && isSpecial(prepared.request.resource)) return false
  if (statement.reachOf(prepared) > 0 === (element === 'Principal')) return false
  // Adding a value to NotAction or NotResource would not help.
  if (element === 'Action' ? actions.not : element === 'Resource' && resources?.not) return false
  return statement.conditionsHold(prepared.context)
}

/** Written out, it needs policy variables. */
const isSpecial = (resource: string): boolean => resourcePattern(resource) !== resource

function addedValue(element: 'Resource' | 'Action' | 'Principal', { request }: PreparedRequest): string {
  if (element === 'Resource') return resourcePattern(request.resource)
  return element === 'Action' ? request.action : principalText(request.principal)
}

type Principal = PreparedRequest['request']['principal']

function principalText(principal: Principal): string {
  switch (principal.kind) {
    case 'service':
      return principal.service
    case 'web-identity':
      return principal.provider
    case 'role-session':
      return principal.roleArn
    case 'anonymous':
      return '*'
    default:
      return principal.arn
  }
}

const principalType = (principal: Principal): string =>
  principal.kind === 'service' ? 'Service' : principal.kind === 'web-identity' ? 'Federated' : 'AWS'

function addition(layer: LayerName, { request }: PreparedRequest): Change {
  const named = layer === 'resource' || layer === 'trust'
  const { principal } = request
  return {
    kind: 'add',
    layer,
    statement: {
      Effect: 'Allow',
      ...(named
        ? {
            Principal:
              principal.kind === 'anonymous' ? '*' : { [principalType(principal)]: principalText(principal) },
          }
        : {}),
      Action: request.action,
      ...(layer === 'trust' ? {} : { Resource: resourcePattern(request.resource) }),
    },
  }
}

/** Where to add a statement: root's permission is in no document, but the account is a place. */
const placeDescriptions: Readonly<Record<LayerName, string>> = { ...layerDescriptions, root: 'the account' }

function formatChange(change: Change): string {
  switch (change.kind) {
    case 'remove':
      return `to allow it, remove or narrow ${formatStatementRef(change.statement)}`
    case 'add':
      return `to allow it, add to ${placeDescriptions[change.layer]} an \`Allow\` of \`${change.statement.Action}\`${
        change.statement.Resource === undefined ? '' : ` on \`${change.statement.Resource}\``
      }`
    case 'widen':
      return `to allow it, add \`${change.add}\` to the \`${change.element}\` of ${formatStatementRef(change.statement)}`
    case 'context': {
      const wishes = change.conditions.map((one) => formatCondition(one, change.hold))
      const [join, verb] = change.hold ? [' and ', 'allow'] : [' or ', 'no longer deny']
      return `${formatStatementRef(change.statement)} would ${verb} it if ${wishes.join(join)}`
    }
  }
}

/** What a key must be, by the operator's name without Not. */
const relations: readonly (readonly [RegExp, string])[] = [
  [/^Numeric(?:Not)?Equals|^Date(?:Not)?Equals/, 'equal to'],
  [/LessThanEquals$/, 'at most'],
  [/LessThan$/, 'below'],
  [/GreaterThanEquals$/, 'at least'],
  [/GreaterThan$/, 'above'],
  [/IpAddress$/, 'in'],
  [/Like$|^Arn/, 'like'],
]

function formatCondition({ operator, key, wanted, seen }: FailedCondition, hold: boolean): string {
  const [set, name] = operator.includes(':') ? operator.split(':') : [undefined, operator]
  const base = name!.replace(/IfExists$/, '')
  const is = seen === undefined ? 'is missing' : `is ${quoted(typeof seen === 'string' ? [seen] : seen)}`
  if (base === 'Null')
    return `\`${key}\` ${(wanted[0] === 'true') === hold ? 'were missing' : 'were present'}`
  const negated = base.includes('Not')
  const not = negated === hold ? 'not ' : ''
  const relation = relations.find(([form]) => form.test(base))?.[1]
  const of = set === undefined ? '' : set === 'ForAllValues' ? 'every value of ' : 'a value of '
  return `${of}\`${key}\` were ${not}${relation ? `${relation} ` : ''}${quoted(wanted)} (it ${is})`
}

function quoted(texts: readonly string[]): string {
  if (texts.length === 0) return 'empty'
  const shown = texts.slice(0, 3).map((text) => `\`${text.slice(0, 100)}\``)
  return `${shown.join(' or ')}${texts.length > 3 ? ` or one of ${texts.length - 3} more` : ''}`
}
