// Whether a caller may do something to every user of their account, without a question for each: the policies are converted to a
// filter over users (policy/filter.ts), which is constant for an administrator without exceptions.
import { filter, readShape } from '../../policy/filter.ts'
import { isProblem } from '../../problem.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { Authorizer } from './authorize.ts'

const column = (name: string) => ({ column: name, nullable: false })

/**
 * True only when every user, whatever their name and path, may be the resource of the action. False when it depends on the user, also
 * by a condition on tags, and when nothing is allowed.
 */
export async function mayForEveryUser(
  authorizer: Pick<Authorizer, 'principalOf' | 'layersOf' | 'contextOf'>,
  { caller, circumstances }: Call,
  action: string,
): Promise<boolean> {
  const accountId = accountOf(caller)
  const [layers, context] = await Promise.all([
    authorizer.layersOf(caller),
    authorizer.contextOf(caller, circumstances, [['aws:ResourceAccount', accountId]]),
  ])
  const principal = authorizer.principalOf(caller)
  const shape = readShape({
    resource: `arn:aws:iam::${accountId}:user\${path}\${name}`,
    columns: { path: column('path'), name: column('name') },
  })
  try {
    return filter({ layers, principal, action, context, resourceAccount: accountId, shape }).rows === 'all'
  } catch (error) {
    // What cannot be a filter, such as a condition on tags, depends on the user.
    if (isProblem(error, 'invalid_input')) return false
    throw error
  }
}
