// Authorizes changes of what a provider authenticates users by. A caller who changes the keys of a provider could sign in as each of
// its users, and so needs the permission to make one-time links for them (admin/identity-providers/permissions.ts).
import { setImmediate } from 'node:timers/promises'
import type { IdentityProvider } from '../../store/records.ts'
import { accountOf, userArn } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { canSignIn } from './provider-rights.ts'

const action = 'chancery:CreateSignInLink'
/** Users after which other requests have their turn. */
const atOnce = 100

/** @throws Problem('denied') */
export async function authorizeVouching(
  { store, authorizer }: Pick<IamDependencies, 'store' | 'authorizer'>,
  call: Call,
  provider: IdentityProvider,
): Promise<void> {
  const accountId = accountOf(call.caller)
  await authorizer.authorize(call, action, userArn({ accountId, path: '/', name: '*' }))
  const concerns = canSignIn(provider)
  let seen = 0
  for await (const user of store.each('user', { by: 'account', value: accountId })) {
    if (!concerns(user)) continue
    if (++seen % atOnce === 0) await setImmediate()
    await authorizer.authorize(call, action, userArn(user))
  }
}
