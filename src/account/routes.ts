// The account pages: profile, sign-in methods, sessions and applications of the signed-in user. Credentials are changed by
// iam/ through own-credentials.ts, sessions belong to oidc/edge.ts, and markup is in views/. Users see and change only what
// is theirs, and change their sign-in methods only after a recent sign-in.
import type { Context } from 'koa'
import type { Route } from '../web/route.ts'
import { add, remove, showAddForm, showRemoveForm } from './authenticator.ts'
import { backToOverview, connectIdentity, disconnectIdentity } from './identities.ts'
import { showOverview } from './overview.ts'
import { changePassword, showPasswordForm } from './password.ts'
import { renew, showRenewForm } from './recovery-codes.ts'
import type { AccountDependencies } from './request.ts'
import { endOtherSessions, endSession, withdraw } from './sessions.ts'

type Handler = (ctx: Context, deps: AccountDependencies) => Promise<void>

// biome-ignore format: a table
const table: readonly (readonly [Route['method'], string, Handler])[] = [
  ['GET',  '/account',                        showOverview],
  ['GET',  '/account/password',               showPasswordForm],
  ['POST', '/account/password',               changePassword],
  ['GET',  '/account/authenticator/add',      showAddForm],
  ['POST', '/account/authenticator/add',      add],
  ['GET',  '/account/authenticator/remove',   showRemoveForm],
  ['POST', '/account/authenticator/remove',   remove],
  ['GET',  '/account/recovery-codes',         showRenewForm],
  ['POST', '/account/recovery-codes',         renew],
  ['GET',  '/account/identities/connect',     backToOverview],
  ['POST', '/account/identities/connect',     connectIdentity],
  ['POST', '/account/identities/disconnect',  disconnectIdentity],
  ['POST', '/account/sessions/end',           endSession],
  ['POST', '/account/sessions/end-others',    endOtherSessions],
  ['POST', '/account/applications/withdraw',  withdraw],
]

/** All routes under `/account`. web/ rejects requests without a session before any of these runs. */
export const accountRoutes = (deps: AccountDependencies): readonly Route[] =>
  table.map(([method, path, handler]) => ({
    method,
    path,
    access: 'session',
    run: (ctx) => handler(ctx, deps),
  }))
