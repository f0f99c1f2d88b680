// Names of AuthZEN requests as names of policies. An action such as `docs:GetDocument` names its service. Any other action name
// (`read`, `can_edit`) belongs to the service that the resource type names: `read` of a `record` is `record:read`.

interface ResourceName {
  readonly type: string
  readonly id: string
}

const fullName = /^([A-Za-z0-9-]+):[^:]+$/

/** The service prefix of a resource type: lower case, `-` in place of every run of other characters than `a-z 0-9 -`. */
const serviceOfType = (type: string): string => type.toLowerCase().replace(/[^a-z0-9-]+/g, '-')

/** The service prefix of an action on a resource type, in lower case. */
export const servicePrefix = (action: string, type: string): string =>
  fullName.exec(action)?.[1]?.toLowerCase() ?? serviceOfType(type)

/** The action as policies name it. */
export const policyAction = (action: string, type: string): string =>
  fullName.test(action) ? action : `${serviceOfType(type)}:${action}`

/** The resource as policies name it: an ARN stands for itself, other ids are `arn:aws:<service>:::<type>/<id>`. */
export const policyResource = (action: string, { type, id }: ResourceName): string =>
  id.startsWith('arn:') ? id : `arn:aws:${servicePrefix(action, type)}:::${type}/${id}`

/** The name by which a caller that names actions freely asks for an action of a policy; undefined for a malformed action. */
export function actionName(action: string, type: string): string | undefined {
  const prefix = `${serviceOfType(type)}:`
  if (action.toLowerCase().startsWith(prefix) && action.length > prefix.length)
    return action.slice(prefix.length)
  return fullName.test(action) ? action : undefined
}

/** The id by which a caller asks for a resource of a policy: without the part of the ARN that its type implies. */
export function resourceId(arn: string, type: string): string {
  const implied = `arn:aws:${serviceOfType(type)}:::${type}/`
  return arn.startsWith(implied) && arn.length > implied.length ? arn.slice(implied.length) : arn
}
