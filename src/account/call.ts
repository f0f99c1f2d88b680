// The signed-in person as the caller of use cases: what is made in their name depends on their sign-in (docs/ends.md).
import type { Context } from 'koa'
import type { PersonCall } from '../iam/caller.ts'
import { signedInCaller } from '../iam/signed-in-caller.ts'
import { circumstancesOf } from '../web/request/circumstances.ts'
import type { AccountRequest } from './request.ts'

/** @param now epoch seconds */
export function callOf(ctx: Context, { profile, visitor }: AccountRequest, now: number): PersonCall {
  const accountId = profile.arn.split(':')[4] ?? ''
  const user = { accountId, arn: profile.arn, id: profile.userId, name: profile.userName }
  return {
    caller: { ...signedInCaller(user, visitor, now), dependencies: visitor.dependencies },
    circumstances: circumstancesOf(ctx, now),
  }
}
