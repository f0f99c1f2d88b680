// Who may use a client, asked for a request: at the authorization endpoint, and when a code or refresh token is redeemed.
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { FindPerson, MayUseOfRequest } from './claims.ts'
import type { MayUseClient, SignInRequestFacts } from './clients/access.ts'
import type { EmitEvent } from './events.ts'

interface Dependencies {
  readonly mayUse: MayUseClient
  readonly findPerson: FindPerson
  readonly requestId: (ctx: KoaContextWithOIDC) => string
  readonly emit: EmitEvent
}

export function openRequestAccess({ mayUse, findPerson, requestId, emit }: Dependencies) {
  const factsOf = (
    ctx: KoaContextWithOIDC,
    signIn: Pick<SignInRequestFacts, 'amr' | 'authTime'>,
  ): SignInRequestFacts => ({
    sourceIp: ctx.ip,
    userAgent: ctx.get('user-agent') || undefined,
    requestId: requestId(ctx),
    ...signIn,
  })
  const ofRequest: MayUseOfRequest = async (ctx, person, token) => {
    const { client } = ctx.oidc
    if (client === undefined) return true
    const amr = token?.amr ?? token?.extra?.amr ?? []
    return mayUse(client, person, factsOf(ctx, { amr, authTime: token?.authTime }))
  }
  return {
    mayUse: ofRequest,
    async mayUseAtSignIn(ctx: KoaContextWithOIDC): Promise<boolean> {
      const { client, session } = ctx.oidc
      const userId = session?.accountId
      if (client === undefined || userId === undefined) return true
      const person = await findPerson(userId)
      // A deleted user has to sign in again, which other checks require.
      if (person === undefined) return true
      const signIn = { amr: session?.amr ?? [], authTime: session?.authTime() }
      if (await mayUse(client, person, factsOf(ctx, signIn))) return true
      emit('access_refused', { userId, clientId: client.clientId, error: 'access_denied' }, ctx)
      return false
    },
  }
}
