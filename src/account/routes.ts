// A person's own pages: who they are, how they prove it, where they are signed in, what they allowed. Owns no credential
// (iam/ changes them behind own-credentials.ts), no session (oidc/edge.ts), no markup (views/). Whoever is signed in sees
// and changes what is theirs and nothing else; how they sign in, they change only after proving anew who they are.
import type { Context } from 'koa'
import type { Route } from '../web/route.ts'
import { add, askAdd, askRemove, remove } from './authenticator.ts'
import { backToOverview, connectIdentity, disconnectIdentity } from './identities.ts'
import { showOverview } from './overview.ts'
import { askPassword, changePassword } from './password.ts'
import { askRenew, renew } from './recovery-codes.ts'
import { endOtherSessions, endSession, withdraw } from './sessions.ts'
import type { AccountParts } from './visit.ts'

type Act = (ctx: Context, parts: AccountParts) => Promise<void>

// biome-ignore format: a table
const table: readonly (readonly [Route['method'], string, Act])[] = [
  ['GET',  '/account',                        showOverview],
  ['GET',  '/account/password',               askPassword],
  ['POST', '/account/password',               changePassword],
  ['GET',  '/account/authenticator/add',      askAdd],
  ['POST', '/account/authenticator/add',      add],
  ['GET',  '/account/authenticator/remove',   askRemove],
  ['POST', '/account/authenticator/remove',   remove],
  ['GET',  '/account/recovery-codes',         askRenew],
  ['POST', '/account/recovery-codes',         renew],
  ['GET',  '/account/identities/connect',     backToOverview],
  ['POST', '/account/identities/connect',     connectIdentity],
  ['POST', '/account/identities/disconnect',  disconnectIdentity],
  ['POST', '/account/sessions/end',           endSession],
  ['POST', '/account/sessions/end-others',    endOtherSessions],
  ['POST', '/account/applications/withdraw',  withdraw],
]

/** Everything under `/account`. web/ turns strangers away before any of these runs. */
export const accountRoutes = (parts: AccountParts): readonly Route[] =>
  table.map(([method, path, act]) => ({ method, path, access: 'session', run: (ctx) => act(ctx, parts) }))
