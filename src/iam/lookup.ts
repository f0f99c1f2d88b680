// Lookups by name and ARN within one account. Names are compared without case.
import { Problem } from '../problem.ts'
import type { Group, Policy, Records, Role, User } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { groupArn, roleArn, userArn } from './arn.ts'
import { awsManaged, awsManagedByArn } from './managed-policy/aws-managed.ts'
import { noSuchVersion } from './messages.ts'

/** Kinds of record that policies are attached to. */
export type EntityKind = 'user' | 'group' | 'role'

type Reader = Pick<Store, 'getBy'>

/** A user, group or role of the account, whatever its path. */
export const byName = <K extends EntityKind>(
  store: Reader,
  kind: K,
  accountId: string,
  name: string,
): Promise<Records[K] | undefined> => store.getBy(kind, 'name', `${accountId}/${name.toLowerCase()}`)

const arnMaker = { user: userArn, group: groupArn, role: roleArn } as const

/** A user's, group's or role's ARN. */
export const entityArn = (kind: EntityKind, of: Pick<User | Group | Role, 'accountId' | 'path' | 'name'>) =>
  arnMaker[kind](of)

/** @throws Problem with `code` unless the text has the form of a managed policy's ARN; which code AWS uses depends on the operation */
export function checkPolicyArn(arn: string, code: 'validation' | 'invalid_input'): void {
  if (/^arn:aws[\w-]*:iam::(?:\d{12}|aws):policy\/[!-~]+$/.test(arn)) return
  throw new Problem(code, `ARN ${arn.slice(0, 256)} is not valid.`)
}

/** A customer managed policy of the account, or an AWS managed policy. Policies of other accounts are not found (docs/attacks.md 16). */
export async function policyByArn(
  store: Reader,
  accountId: string,
  arn: string,
): Promise<Policy | undefined> {
  const builtIn = awsManagedByArn(arn)
  if (builtIn) return builtIn
  const policy = await store.getBy('policy', 'arn', arn)
  return policy?.accountId === accountId ? policy : undefined
}

/** ARN of the policy of the account that has this name, in any case, or else of the AWS managed one. */
export async function policyArnByName(
  store: Reader,
  accountId: string,
  name: string,
): Promise<string | undefined> {
  const low = name.toLowerCase()
  const own = await store.getBy('policy', 'name', `${accountId}/${low}`)
  return own?.arn ?? awsManaged.find((policy) => policy.name.toLowerCase() === low)?.arn
}

/** The document of the default version. @throws Problem('not_found') */
export function defaultVersionDocument(policy: Policy): string {
  const version = policy.versions.find(({ id }) => id === policy.defaultVersion)
  if (version === undefined) throw noSuchVersion(policy.arn, policy.defaultVersion)
  return version.document
}

/** A managed policy with the document of its default version. */
export interface ManagedDocument {
  readonly name: string
  readonly arn: string
  readonly document: string
}

/** Found as `policyByArn` finds it. */
export async function managedDocument(
  store: Reader,
  accountId: string,
  arn: string,
): Promise<ManagedDocument | undefined> {
  const policy = await policyByArn(store, accountId, arn)
  return policy && { name: policy.name, arn: policy.arn, document: defaultVersionDocument(policy) }
}

/** Those that are found, in the order of the ARNs. */
export async function managedDocuments(
  store: Reader,
  accountId: string,
  arns: readonly string[],
): Promise<readonly ManagedDocument[]> {
  const found = await Promise.all(arns.map((arn) => managedDocument(store, accountId, arn)))
  return found.filter((policy) => policy !== undefined)
}
