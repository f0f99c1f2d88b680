// Whether the signed-in person may do something, before it is done: what a page shows as disabled, with the statement that denies
// it. Only a preview; the operation itself is authorized when it runs.
import type { ContextEntry } from '../../iam/authorization/caller-context.ts'
import type { Call } from '../../iam/caller.ts'
import { type Explanation, explain, formatDecision } from '../../policy/engine/decide.ts'
import type { ConsolePorts } from '../ports.ts'

export interface Permission {
  /** For instance `chancery:ListPeople`. */
  readonly action: string
  /** ARN. */
  readonly resource: string
  readonly keys?: readonly ContextEntry[]
}

/** The engine's decision about a request of this caller, with its reasons. */
export async function explainFor(
  { authorizer }: Pick<ConsolePorts, 'authorizer'>,
  { caller, circumstances }: Call,
  { action, resource, keys = [] }: Permission,
): Promise<Explanation> {
  const resourceAccount = caller.kind === 'anonymous' ? undefined : caller.accountId
  const described = action.startsWith('chancery:') ? await authorizer.resourceKeysOf(resource) : []
  const all = [...described, ...keys, ['aws:ResourceAccount', resourceAccount] as const]
  const [layers, context] = await Promise.all([
    authorizer.layersOf(caller),
    authorizer.contextOf(caller, circumstances, all),
  ])
  const principal = authorizer.principalOf(caller)
  return explain({ principal, action, resource, resourceAccount, context }, layers)
}

/** Why the caller may not, as a sentence; undefined when they may. */
export async function denialOf(
  ports: Pick<ConsolePorts, 'authorizer'>,
  call: Call,
  permission: Permission,
): Promise<string | undefined> {
  const explanation = await explainFor(ports, call, permission)
  if (explanation.effect === 'allow') return undefined
  return `You may not do ${permission.action}: ${formatDecision(explanation)}.`
}
