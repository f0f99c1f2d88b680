// `/account`: everything at a glance.
import type { Context } from 'koa'
import { accountPage } from '../../views/account-pages.ts'
import { readQuery } from '../web/body.ts'
import { type AccountParts, doneWords, visitOf } from './visit.ts'

export async function showOverview(ctx: Context, parts: AccountParts): Promise<void> {
  const { visitor, profile, token } = await visitOf(ctx, parts)
  const [identities, connectable, sessions, grants] = await Promise.all([
    parts.identities.list(profile.userId),
    parts.identities.connectable(profile.userId),
    parts.oidc.sessions.list(profile.userId),
    parts.oidc.sessions.grants(profile.userId),
  ])
  const nameOf = new Map(grants.map((grant) => [grant.clientId, grant.clientName]))
  const page = accountPage({
    token,
    done: doneWords.get(readQuery(ctx).get('done') ?? ''),
    person: { ...profile, name: profile.userName },
    passwordChangedAt: profile.passwordChangedAt,
    authenticators: profile.authenticators,
    recoveryCodes: profile.recoveryCodes,
    identities,
    connectable,
    applications: grants.map((grant) => ({
      id: grant.clientId,
      name: grant.clientName,
      scopes: grant.scopes,
      since: grant.since,
    })),
    sessions: sessions
      .toSorted((one, other) => other.authTime - one.authTime)
      .map((session) => ({
        id: session.sessionId,
        current: session.sessionId === visitor.sessionId,
        since: session.authTime,
        until: session.expiresAt,
        methods: session.amr,
        applications: session.clients.map((client) => nameOf.get(client) ?? client),
      })),
  })
  parts.show(ctx, page)
}
