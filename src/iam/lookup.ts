// Finding what a name or ARN means in one account, whatever the name's case.
import { Problem } from '../problem.ts'
import type { Group, Policy, Records, Role, User } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { groupArn, roleArn, userArn } from './arn.ts'
import { awsManagedByArn } from './managed-policy/aws-managed.ts'
import { noSuchVersion } from './messages.ts'

/** Who policies hang on. */
export type BearerKind = 'user' | 'group' | 'role'

type Reader = Pick<Store, 'getBy'>

export const byName = <K extends BearerKind>(
  store: Reader,
  kind: K,
  accountId: string,
  name: string,
): Promise<Records[K] | undefined> => store.getBy(kind, 'name', `${accountId}/${name.toLowerCase()}`)

const arnMaker = { user: userArn, group: groupArn, role: roleArn } as const

/** A user's, group's or role's ARN. */
export const bearerArn = (kind: BearerKind, of: Pick<User | Group | Role, 'accountId' | 'path' | 'name'>) =>
  arnMaker[kind](of)

/** @throws Problem of this code when the text has not the form of a managed policy's ARN; AWS answers two different ones */
export function checkPolicyArn(arn: string, code: 'validation' | 'invalid_input'): void {
  if (/^arn:aws[\w-]*:iam::(?:\d{12}|aws):policy\/[!-~]+$/.test(arn)) return
  throw new Problem(code, `ARN ${arn.slice(0, 256)} is not valid.`)
}

/** A managed policy that the account may name: its own, or one that every account has (attacks.md 16). */
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

/** The text in force. */
export function defaultDocument(policy: Policy): string {
  const version = policy.versions.find(({ id }) => id === policy.defaultVersion)
  if (version === undefined) throw noSuchVersion(policy.arn, policy.defaultVersion)
  return version.document
}
