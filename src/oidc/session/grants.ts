// The grant of a client and a user in a session, found or made for a request. First-party clients are granted without consent.
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { isProblem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import type { ArtifactStore } from '../artifacts/artifact-store.ts'
import { rolesScope } from '../claims.ts'
import { storedSessionId } from '../library/models.ts'
import { setGrantDependencies } from '../library/session-ids.ts'
import { addToGrant, type Consents, isConsentReusable } from './consents.ts'
import { isFirstParty } from './step-up.ts'

type Grant = InstanceType<Provider['Grant']>

/** oidc-provider's `loadExistingGrant`: the grant of a request; undefined when consent is needed. */
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
  const sessionGrantId = session.grantIdFor(client.clientId)
  const grantId = result?.consent?.grantId ?? sessionGrantId
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId)
  // The session may still have a grant of a user who was signed in before.
  const grant = known && known.accountId === account?.accountId ? known : undefined
  if (!account) return grant
  const { accountId } = account
  const own = isFirstParty(ctx)
    ? await grantEverything(ctx, grant ?? new provider.Grant({ accountId, clientId: client.clientId }))
    : (grant ?? (await grantFromConsent(ctx, consents, accountId)))
  if (own?.jti === undefined || own.jti === sessionGrantId) return own
  const first = await claim(artifacts, session, {
    accountId,
    clientId: client.clientId,
    sessionGrantId,
    own: own.jti,
  })
  if (first === undefined) return own
  // Another request of this browser made a grant first: both use it, because a session has one grant per client.
  const theirs = await provider.Grant.find(first)
  if (theirs?.accountId !== accountId) return own
  addToGrant(theirs, own)
  await theirs.save()
  await own.destroy()
  return theirs
}

interface Claim {
  readonly accountId: string
  readonly clientId: string
  /** The grant of the session for this client when the request began. */
  readonly sessionGrantId: string | undefined
  readonly own: string
}

/** Sets a session's grant for a client. @returns the grant that a concurrent request has set instead, if there is one */
async function claim(
  artifacts: Pick<ArtifactStore, 'change'>,
  session: NonNullable<KoaContextWithOIDC['oidc']['session']>,
  { accountId, clientId, sessionGrantId, own }: Claim,
): Promise<string | undefined> {
  const sid = randomToken()
  let entry: { readonly sid: string; readonly grantId?: string | undefined } | undefined
  try {
    await artifacts.change('Session', storedSessionId(session), (kept) => {
      entry = undefined
      if (kept.accountId !== accountId) return kept
      const there = kept.authorizations?.[clientId]
      entry = { ...there, sid: there?.sid ?? sid }
      if (entry.grantId !== undefined && entry.grantId !== sessionGrantId) return kept
      const ours = { ...entry, grantId: own }
      entry = ours
      return { ...kept, authorizations: { ...kept.authorizations, [clientId]: ours } }
    })
  } catch (error) {
    // The session is not stored yet, so no other request uses it.
    if (!isProblem(error, 'not_found')) throw error
  }
  if (entry === undefined) return undefined
  session.sidFor(clientId, entry.sid)
  return entry.grantId === own ? undefined : entry.grantId
}

/** A new grant for this session, from a consent that was given in another session. */
async function grantFromConsent(
  { oidc: { client, provider, params } }: KoaContextWithOIDC,
  consents: Consents,
  accountId: string,
): Promise<Grant | undefined> {
  if (!client || !isConsentReusable(client, params?.['redirect_uri'])) return undefined
  const { clientId } = client
  const agreed = await consents.find(accountId, clientId)
  if (!agreed) return undefined
  const grant = new provider.Grant({ accountId, clientId })
  addToGrant(grant, agreed)
  await grant.save()
  // A withdrawal removes the consent first and then every grant, so whichever request is later sees the other.
  if (await consents.find(accountId, clientId)) return grant
  await grant.destroy()
  return undefined
}

/** Grants everything requested to a first-party client; saves only when something was added. */
async function grantEverything(ctx: KoaContextWithOIDC, grant: Grant): Promise<Grant> {
  // The scope `roles` is more than a sign-in: it needs `roles` in the client's entry, or consent.
  const granted = ctx.oidc.client?.['roles'] !== undefined
  const requested = [...ctx.oidc.requestParamScopes].filter((scope) => scope !== rolesScope || granted)
  const before = JSON.stringify([grant.openid, grant.resources])
  grant.addOIDCScope(requested.filter((scope) => ctx.oidc.requestParamOIDCScopes.has(scope)).join(' '))
  if (ctx.oidc.requestParamClaims.size > 0) grant.addOIDCClaims([...ctx.oidc.requestParamClaims])
  for (const [id, server] of Object.entries(ctx.oidc.resourceServers ?? {})) {
    grant.addResourceScope(id, requested.filter((scope) => server.scopes.has(scope)).join(' '))
  }
  if (grant.jti === undefined || before !== JSON.stringify([grant.openid, grant.resources]))
    await grant.save()
  return grant
}
