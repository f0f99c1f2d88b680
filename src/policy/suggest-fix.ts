// For a deny: the nearest change that would get past the layer that refused. First what the caller can do (other
// circumstances), then what the author of a near miss can do, then a new statement.
import type { Asked, CompiledStatement } from './compiled.ts'
import type { Change, Decision, FailedCondition, LayerName, Nearest } from './decision.ts'
import { type Layers, linksOf } from './evaluate.ts'
import { described, failedConditions } from './failed-conditions.ts'
import { layerWords, sayStatement } from './format-decision.ts'
import type { PolicySet } from './policy-set.ts'

/** Undefined for an allow. */
export function nearestChange(
  decision: Pick<Decision, 'reason' | 'layer'>,
  asked: Asked,
  layers: Layers,
): Nearest | undefined {
  const { layer, reason } = decision
  if (layer === undefined) return undefined
  const sets = linksOf(layers).flatMap((link) => (link.layer === layer ? [link.set] : []))
  const change = reason === 'explicit_deny' ? pastDeny(layer, sets, asked) : pastSilence(layer, sets, asked)
  return { text: sayChange(change), change }
}

/** A Deny with conditions is passed when one of them fails; without, it must go. */
function pastDeny(layer: LayerName, sets: readonly PolicySet[], asked: Asked): Change {
  const denying = sets.flatMap((set) =>
    set.near(asked).filter((one) => !one.allow && one.conditionsHold(asked.context)),
  )
  const deny = denying[0]!
  const statement = deny.ref(layer)
  if (deny.conditions.length === 0) return { kind: 'remove', statement }
  const conditions = deny.conditions.map((one) => described(one, deny, layer, asked.context))
  return { kind: 'context', statement, hold: false, conditions }
}

function pastSilence(layer: LayerName, sets: readonly PolicySet[], asked: Asked): Change {
  const set = sets.find((one) => one.ask(asked).allow === undefined)
  if (set === undefined) return addition(layer, asked)
  return byCircumstances(layer, set, asked) ?? byWidening(layer, set, asked) ?? addition(layer, asked)
}

/** The Allow that covers this and fails on the fewest conditions. */
function byCircumstances(layer: LayerName, set: PolicySet, asked: Asked): Change | undefined {
  let fewest: { statement: CompiledStatement; conditions: readonly FailedCondition[] } | undefined
  for (const statement of set.near(asked)) {
    if (!statement.allow) continue
    const conditions = failedConditions(statement, layer, asked)
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

/** Beyond this many statements a near miss is not looked for one by one. */
const mostLooked = 1000

/** An Allow that lacks one thing only: the resource, the action or the principal. */
function byWidening(layer: LayerName, set: PolicySet, asked: Asked): Change | undefined {
  if (set.statements.length > mostLooked) return undefined
  for (const element of ['Resource', 'Action', 'Principal'] as const) {
    const found = set.statements.find((one) => one.allow && lacksOnly(one, element, asked))
    if (found === undefined) continue
    return { kind: 'widen', statement: found.ref(layer), element, add: addedValue(element, asked) }
  }
  return undefined
}

function lacksOnly(statement: CompiledStatement, element: string, asked: Asked): boolean {
  const { actions, resources } = statement
  if (actions.matches(asked.action, asked.context) === (element === 'Action')) return false
  const resource = resources === undefined || resources.matches(asked.resource, asked.context)
  if (resource === (element === 'Resource')) return false
  if (statement.reachOf(asked) > 0 === (element === 'Principal')) return false
  // To what is listed in a Not element nothing can be added that would help.
  if (element === 'Action' ? actions.not : element === 'Resource' && resources?.not) return false
  return statement.conditionsHold(asked.context)
}

function addedValue(element: 'Resource' | 'Action' | 'Principal', { request }: Asked): string {
  if (element === 'Resource') return request.resource
  return element === 'Action' ? request.action : principalText(request.principal)
}

type Principal = Asked['request']['principal']

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

function addition(layer: LayerName, { request }: Asked): Change {
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
      ...(layer === 'trust' ? {} : { Resource: request.resource }),
    },
  }
}

/** Where a statement would have to go: root's permission stands in no document, but its account is a place. */
const placeWords: Readonly<Record<LayerName, string>> = { ...layerWords, root: 'the account' }

function sayChange(change: Change): string {
  switch (change.kind) {
    case 'remove':
      return `to allow it, remove or narrow ${sayStatement(change.statement)}`
    case 'add':
      return `to allow it, add to ${placeWords[change.layer]} an \`Allow\` of \`${change.statement.Action}\`${
        change.statement.Resource === undefined ? '' : ` on \`${change.statement.Resource}\``
      }`
    case 'widen':
      return `to allow it, add \`${change.add}\` to the \`${change.element}\` of ${sayStatement(change.statement)}`
    case 'context': {
      const wishes = change.conditions.map((one) => sayCondition(one, change.hold))
      const [join, verb] = change.hold ? [' and ', 'allow'] : [' or ', 'no longer deny']
      return `${sayStatement(change.statement)} would ${verb} it if ${wishes.join(join)}`
    }
  }
}

/** What a key would have to be, by the operator's name without its Not. */
const relations: readonly (readonly [RegExp, string])[] = [
  [/^Numeric(?:Not)?Equals|^Date(?:Not)?Equals/, 'equal to'],
  [/LessThanEquals$/, 'at most'],
  [/LessThan$/, 'below'],
  [/GreaterThanEquals$/, 'at least'],
  [/GreaterThan$/, 'above'],
  [/IpAddress$/, 'in'],
  [/Like$|^Arn/, 'like'],
]

function sayCondition({ operator, key, wanted, seen }: FailedCondition, hold: boolean): string {
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
