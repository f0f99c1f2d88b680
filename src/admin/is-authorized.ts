// Whether a caller may do something that is asked about beside what the request does.
import type { Call } from '../iam/caller.ts'
import { isProblem } from '../problem.ts'
import type { Authorize } from './operation.ts'

/**
 * False for a denial, which is not recorded.
 * @throws what `authorize` throws besides Problem('denied')
 */
export async function isAuthorized(
  authorize: Authorize,
  call: Call,
  action: string,
  arn: string,
): Promise<boolean> {
  // Circumstances of its own, so that audit entries of what is performed do not name this decision.
  const own = { ...call, circumstances: { ...call.circumstances } }
  try {
    await authorize(own, action, arn)
    return true
  } catch (error) {
    if (!isProblem(error, 'denied')) throw error
    return false
  }
}
