// Consent, remembered: the grant of a client and a user. The operator's own applications get theirs without asking.
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { isProblem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import type { ArtifactStore } from '../artifacts/adapter.ts'
import { rolesScope } from '../claims.ts'
import { storedSessionId } from '../library/models.ts'
import { setGrantDependencies } from '../library/session-ids.ts'
import { allow, type Consents, counts } from './consents.ts'
import { isFirstParty } from './step-up.ts'

type Grant = InstanceType<Provider['Grant']>

/** The grant a request runs under; undefined: none yet, so consent is asked for. */
export const existingGrant =
  (consents: Consents, artifacts: Pick<ArtifactStore, 'change'>) =>
  async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const grant = await grantOf(ctx, consents, artifacts)
    const { session, account } = ctx.oidc
    if (!grant?.jti || !account || !session) return grant
    const offline = ctx.oidc.requestParamScopes.has('offline_access')
    if (setGrantDependencies(grant, session, offline)) await grant.save()
    return grant
  }

async function grantOf(
  ctx: KoaContextWithOIDC,
  consents: Consents,
  artifacts: Pick<ArtifactStore, 'change'>,
): Promise<Grant | undefined> {
  const { client, session, result, provider, account } = ctx.oidc
  if (!client || !session) return undefined
  const held = session.grantIdFor(client.clientId)
  const grantId = result?.consent?.grantId ?? held
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId)
  // A grant of someone who was signed in here before is not theirs.
  const grant = known && known.accountId === account?.accountId ? known : undefined
  if (!account) return grant
  const { accountId } = account
  const own = isFirstParty(ctx)
    ? await grantEverything(ctx, grant ?? new provider.Grant({ accountId, clientId: client.clientId }))
    : (grant ?? (await agreedBefore(ctx, consents, accountId)))
  if (own?.jti === undefined || own.jti === held) return own
  const first = await claim(artifacts, session, { accountId, clientId: client.clientId, held, own: own.jti })
  if (first === undefined) return own
  // Another request of this browser was first: both run under its grant, or the session would know one of them alone.
  const theirs = await provider.Grant.find(first)
  if (theirs?.accountId !== accountId) return own
  allow(theirs, own)
  await theirs.save()
  await own.destroy()
  return theirs
}

interface Claim {
  readonly accountId: string
  readonly clientId: string
  /** The grant of the session for this client when the request began. */
  readonly held: string | undefined
  readonly own: string
}

/** Makes a grant the session's for this client. Gives the one that another request made so since this one began. */
async function claim(
  artifacts: Pick<ArtifactStore, 'change'>,
  session: NonNullable<KoaContextWithOIDC['oidc']['session']>,
  { accountId, clientId, held, own }: Claim,
): Promise<string | undefined> {
  const sid = randomToken()
  let entry: { readonly sid: string; readonly grantId?: string | undefined } | undefined
  try {
    await artifacts.change('Session', storedSessionId(session), (kept) => {
      entry = undefined
      if (kept.accountId !== accountId) return kept
      const there = kept.authorizations?.[clientId]
      entry = { ...there, sid: there?.sid ?? sid }
      if (entry.grantId !== undefined && entry.grantId !== held) return kept
      const ours = { ...entry, grantId: own }
      entry = ours
      return { ...kept, authorizations: { ...kept.authorizations, [clientId]: ours } }
    })
  } catch (error) {
    // Not kept yet: no other request knows it.
    if (!isProblem(error, 'not_found')) throw error
  }
  if (entry === undefined) return undefined
  session.sidFor(clientId, entry.sid)
  return entry.grantId === own ? undefined : entry.grantId
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
  // To act as a role for people is more than to sign them in: the entry must name it, or they are asked.
  const granted = ctx.oidc.client?.['roles'] !== undefined
  const asked = [...ctx.oidc.requestParamScopes].filter((scope) => scope !== rolesScope || granted)
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
