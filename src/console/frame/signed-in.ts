// Who is signed in, as a caller of the use cases. Apart from the requests of the console, because the account page asks what they may
// see there.
import type { Context } from 'koa'
import type { Call } from '../../iam/caller.ts'
import { signedInCaller } from '../../iam/signed-in-caller.ts'
import type { Visitor } from '../../oidc/edge.ts'
import { Problem } from '../../problem.ts'
import { circumstancesOf } from '../../web/request/circumstances.ts'
import type { ConsolePorts } from '../ports.ts'

export interface ConsoleUser {
  readonly id: string
  readonly name: string
  readonly arn: string
  readonly accountId: string
}

export interface SignedIn {
  readonly visitor: Visitor
  readonly user: ConsoleUser
}

/** @throws Problem('missing_credentials') when the session has ended or the user was deleted or disabled */
export async function signedIn(
  ctx: Context,
  { oidc, authorizer }: Pick<ConsolePorts, 'oidc' | 'authorizer'>,
): Promise<SignedIn> {
  const visitor = await oidc.sessions.current(ctx)
  const user = visitor && (await authorizer.policiesOf({ kind: 'user', id: visitor.userId }))
  if (visitor === undefined || user === undefined || user.disabled)
    throw new Problem('missing_credentials', 'sign in first')
  return { visitor, user }
}

/** The caller and the request, to be made anew for each use case. @param now epoch seconds */
export const callOf = (ctx: Context, { visitor, user }: SignedIn, now: number): Call => ({
  caller: signedInCaller(user, visitor, now),
  circumstances: circumstancesOf(ctx, now),
})
