// `/account`: the overview of the user's profile, sign-in methods, applications and sessions.
import type { Context } from 'koa'
import { accountPage } from '../../views/account-pages.ts'
import { readQuery } from '../web/body.ts'
import { type AccountDependencies, accountRequestOf, doneMessages } from './request.ts'

export async function showOverview(ctx: Context, deps: AccountDependencies): Promise<void> {
  const { visitor, profile, token } = await accountRequestOf(ctx, deps)
  const [identities, connectable, sessions, grants] = await Promise.all([
    deps.identities.list(profile.userId),
    deps.identities.connectable(profile.userId),
    deps.oidc.sessions.list(profile.userId),
    deps.oidc.sessions.grants(profile.userId),
  ])
  const nameOf = new Map(grants.map((grant) => [grant.clientId, grant.clientName]))
  const page = accountPage({
    token,
    done: doneMessages.get(readQuery(ctx).get('done') ?? ''),
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
  deps.show(ctx, page)
}
