import type { Authorizer } from '../../iam/authorization/authorize.ts'
import { signedInCaller } from '../../iam/signed-in-caller.ts'
import { clientArn, type SignInAllowed } from '../../oidc/clients/access.ts'
import { isProblem } from '../../problem.ts'

interface Options {
  /** The account that clients belong to. */
  readonly accountId: string
  readonly secure: boolean
  /** Epoch seconds. */
  readonly now: () => number
}

/** Evaluates `oidc:SignIn` on a client's ARN for a user who signs in to it. */
export const signInPolicies =
  (authorizer: Authorizer, { accountId, secure, now }: Options): SignInAllowed =>
  async (userId, clientId, { amr, authTime, ...from }) => {
    const user = await authorizer.policiesOf({ kind: 'user', id: userId })
    if (user === undefined) return false
    const caller = signedInCaller(user, { amr, authTime }, now())
    const circumstances = { ...from, secure, region: undefined, now: now() }
    try {
      const client = clientArn(accountId, clientId)
      // A policy of another account says nothing about it.
      await authorizer.authorize({ caller, circumstances }, 'oidc:SignIn', client, [], {
        resourceAccount: accountId,
      })
      return true
    } catch (error) {
      // Refused, or the user ended meanwhile.
      if (isProblem(error, 'denied', 'unauthenticated')) return false
      throw error
    }
  }
