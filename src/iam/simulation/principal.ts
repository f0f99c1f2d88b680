// Who a simulation is about: a user, group or role of the account, with what hangs on them.
import { principalKeys, principalOfArn } from '../../policy/principal-of-arn.ts'
import type { ContextValue, Principal } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import type { Group, Tag } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { type BearerKind, bearerArn, byName, defaultDocument, policyByArn } from '../lookup.ts'
import { noSuch } from '../messages.ts'
import type { SimulatedPolicy } from './input.ts'

const bearer = /^arn:aws:iam::(\d{12}):(user|group|role)(\/(?:[\x21-\x7e]+\/)?)([\w+=,.@-]+)$/

export interface NamedBearer {
  readonly kind: BearerKind
  readonly accountId: string
  readonly name: string
}

/** @throws Problem('invalid_input') when the ARN is not one of a user, group or role */
export function bearerNamed(arn: string): NamedBearer {
  const [, accountId, kind, , name] = bearer.exec(arn) ?? []
  if (accountId === undefined || name === undefined)
    throw new Problem(
      'invalid_input',
      `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
    )
  return { kind: kind as BearerKind, accountId, name }
}

/** @throws Problem('not_found') when the ARN's path is another than the one it has */
export function sameArn(
  arn: string,
  { kind, name }: NamedBearer,
  found: Parameters<typeof bearerArn>[1],
): void {
  const whole = bearerArn(kind, found)
  // As at AWS, an ARN without the path of the user or role names it all the same.
  if (whole !== arn && whole.replace(found.path, '/') !== arn) throw noSuch(kind, name)
}

/** A group's own policies; users and roles have theirs from principal-policies.ts. */
export async function groupPolicies(store: Store, group: Group): Promise<readonly SimulatedPolicy[]> {
  const managed = await Promise.all(group.attached.map((arn) => policyByArn(store, group.accountId, arn)))
  return [
    ...group.inline.map(({ name, document }) => ({ name, document })),
    ...managed.flatMap((policy) => (policy ? [{ name: policy.arn, document: defaultDocument(policy) }] : [])),
  ]
}

export interface SimulatedCaller {
  readonly principal: Principal
  readonly keys: ReadonlyMap<string, ContextValue>
}

/** Asked by nobody in particular: a caller whom no policy names. */
export const nobody = (accountId: string): SimulatedCaller => ({
  principal: { kind: 'user', accountId, arn: `arn:aws:iam::${accountId}:user/`, id: '' },
  keys: new Map([['aws:principalaccount', accountId]]),
})

/**
 * The caller of that ARN. Of one's own account the unique id is known, by which trust policies name them.
 * @throws Problem('invalid_input') for a group, a session or a service (API reference: CallerArn)
 */
export async function callerNamed(store: Store, accountId: string, arn: string): Promise<SimulatedCaller> {
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
