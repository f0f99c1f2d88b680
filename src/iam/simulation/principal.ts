// The user, group or role whose policies a simulation evaluates, and the simulated caller.
import { principalKeys, principalOfArn } from '../../policy/engine/principal-of-arn.ts'
import type { ContextValue, Principal } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import type { Group, Tag } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { byName, defaultVersionDocument, type EntityKind, entityArn, policyByArn } from '../lookup.ts'
import { noSuch } from '../messages.ts'
import type { SimulatedPolicy } from './input.ts'

const bearer = /^arn:aws:iam::(\d{12}):(user|group|role)(\/(?:[\x21-\x7e]+\/)?)([\w+=,.@-]+)$/

export interface EntityRef {
  readonly kind: EntityKind
  readonly accountId: string
  readonly name: string
}

/** @throws Problem('invalid_input') unless the ARN is one of a user, group or role */
export function parseEntityArn(arn: string): EntityRef {
  const [, accountId, kind, , name] = bearer.exec(arn) ?? []
  if (accountId === undefined || name === undefined)
    throw new Problem(
      'invalid_input',
      `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
    )
  return { kind: kind as EntityKind, accountId, name }
}

/** @throws Problem('not_found') when the path in the ARN is not the entity's path */
export function checkEntityArn(
  arn: string,
  { kind, name }: EntityRef,
  found: Parameters<typeof entityArn>[1],
): void {
  const whole = entityArn(kind, found)
  // As at AWS, an ARN without a path matches as well.
  if (whole !== arn && whole.replace(found.path, '/') !== arn) throw noSuch(kind, name)
}

/** A group's policies. Those of users and roles come from principal-policies.ts. */
export async function groupPolicies(store: Store, group: Group): Promise<readonly SimulatedPolicy[]> {
  const managed = await Promise.all(group.attached.map((arn) => policyByArn(store, group.accountId, arn)))
  return [
    ...group.inline.map(({ name, document }) => ({ name, document })),
    ...managed.flatMap((policy) =>
      policy ? [{ name: policy.arn, document: defaultVersionDocument(policy) }] : [],
    ),
  ]
}

export interface SimulatedCaller {
  readonly principal: Principal
  readonly keys: ReadonlyMap<string, ContextValue>
}

/** The caller of a simulation without CallerArn: no policy can name it. */
export const unnamedCaller = (accountId: string): SimulatedCaller => ({
  principal: { kind: 'user', accountId, arn: `arn:aws:iam::${accountId}:user/`, id: '' },
  keys: new Map([['aws:principalaccount', accountId]]),
})

/**
 * The caller with this ARN. In the own account its unique id is looked up, because stored trust policies contain it.
 * @throws Problem('invalid_input') for a group, a session or a service (API reference: CallerArn)
 */
export async function simulatedCaller(
  store: Store,
  accountId: string,
  arn: string,
): Promise<SimulatedCaller> {
  const invalid = new Problem('invalid_input', `Invalid CallerArn: ${arn} is not the ARN of a user or role.`)
  const named = bearer.exec(arn)
  if (named?.[2] === 'group') throw invalid
  if (named === null && !/^arn:aws:iam::\d{12}:root$/.test(arn)) throw invalid
  const record =
    named?.[1] === accountId
      ? await byName(store, named[2] as 'user' | 'role', accountId, named[4] ?? '')
      : undefined
  const principal = principalOfArn(arn, record?.id)
  if (principal === undefined) throw invalid
  const tags: readonly Tag[] = record?.tags ?? []
  const keys = new Map<string, ContextValue>(principalKeys(principal))
  for (const { key, value } of tags) keys.set(`aws:principaltag/${key}`.toLowerCase(), value)
  return { principal, keys }
}
