// Consent, remembered: the grant of a client and a user. The operator's own applications get theirs without asking.
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { allow, type Consents, counts } from './consents.ts'
import { isFirstParty } from './step-up.ts'

type Grant = InstanceType<Provider['Grant']>

/** The grant a request runs under; undefined: none yet, so consent is asked for. */
export const existingGrant =
  (consents: Consents) =>
  async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { client, session, result, provider, account } = ctx.oidc
    if (!client || !session) return undefined
    const grantId = result?.consent?.grantId ?? session.grantIdFor(client.clientId)
    const known = grantId === undefined ? undefined : await provider.Grant.find(grantId)
    // A grant of someone who was signed in here before is not theirs.
    const grant = known && known.accountId === account?.accountId ? known : undefined
    if (!account) return grant
    if (!isFirstParty(ctx)) return grant ?? agreedBefore(ctx, consents, account.accountId)
    return grantEverything(
      ctx,
      grant ?? new provider.Grant({ accountId: account.accountId, clientId: client.clientId }),
    )
  }

/** A grant of this session's own, for what the person agreed to in another. */
async function agreedBefore(
  { oidc: { client, provider, params } }: KoaContextWithOIDC,
  consents: Consents,
  accountId: string,
): Promise<Grant | undefined> {
  if (!client || !counts(client, params?.['redirect_uri'])) return undefined
  const { clientId } = client
  const agreed = await consents.find(accountId, clientId)
  if (!agreed) return undefined
  const grant = new provider.Grant({ accountId, clientId })
  allow(grant, agreed)
  await grant.save()
  // Withdrawing takes the consent away first and then every grant: whichever of us is later sees the other.
  if (await consents.find(accountId, clientId)) return grant
  await grant.destroy()
  return undefined
}

/** Adds what is asked for; writes only when that is more than was there. */
async function grantEverything(ctx: KoaContextWithOIDC, grant: Grant): Promise<Grant> {
  const asked = [...ctx.oidc.requestParamScopes]
  const before = JSON.stringify([grant.openid, grant.resources])
  grant.addOIDCScope(asked.filter((scope) => ctx.oidc.requestParamOIDCScopes.has(scope)).join(' '))
  if (ctx.oidc.requestParamClaims.size > 0) grant.addOIDCClaims([...ctx.oidc.requestParamClaims])
  for (const [id, server] of Object.entries(ctx.oidc.resourceServers ?? {})) {
    grant.addResourceScope(id, asked.filter((scope) => server.scopes.has(scope)).join(' '))
  }
  if (grant.jti === undefined || before !== JSON.stringify([grant.openid, grant.resources]))
    await grant.save()
  return grant
}
