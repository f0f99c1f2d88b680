// Permissions for settings that concern everybody, such as where links for new passwords are sent.
import { accountOf, userArn } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'
import type { Permission } from '../operation.ts'
import type { UseCases } from '../use-cases.ts'

/** People of whom each is authorized. */
const mostPeople = 10_000

export const everybodyOf = ({ caller }: Call): string =>
  userArn({ accountId: accountOf(caller), path: '/', name: '*' })

/**
 * The permissions that a setting for everybody needs: on all users and, when the caller's policies make exceptions for single users, on
 * each user concerned, so that a Deny for one of them applies.
 * @throws Problem('validation') when exceptions are made among more people than can be authorized one by one
 */
export async function everybodyPermissions(
  use: Pick<UseCases, 'people' | 'mayForEveryUser'>,
  call: Call,
  actions: readonly string[],
  concerns: Parameters<UseCases['people']['arnsOf']>[1],
): Promise<readonly Permission[]> {
  const everybody = everybodyOf(call)
  const withExceptions: string[] = []
  for (const action of actions)
    if (!(await use.mayForEveryUser(call, `chancery:${action}`))) withExceptions.push(action)
  const arns =
    withExceptions.length === 0 ? [] : await use.people.arnsOf(call, concerns, { most: mostPeople })
  if (arns === undefined)
    throw new Problem(
      'validation',
      `this needs \`chancery:${withExceptions[0]}\` for everybody: your policies make exceptions, which cannot be looked through for more than ${mostPeople.toLocaleString('en')} people`,
    )
  return [
    ...actions.map((action) => ({ action, arn: everybody })),
    ...withExceptions.flatMap((action) => arns.map((arn) => ({ action, arn }))),
  ]
}
