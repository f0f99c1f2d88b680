// The account pages: profile, sign-in methods, sessions and applications of the signed-in user. Credentials are changed by
// iam/ through own-credentials.ts, sessions belong to oidc/edge.ts, and markup is in views/. Users see and change only what
// is theirs, and change their sign-in methods only after a recent sign-in.
import type { Context } from 'koa'
import type { Route } from '../web/route.ts'
import { askForAccess, showAskForm, withdrawRequest } from './access-requests.ts'
import { downloadData, showData, showOwnActivity } from './activity.ts'
import { confirmAddress, confirmAddressPath, sendAddressLink, showConfirmAddress } from './address.ts'
import { showAppLogo, showApps } from './apps.ts'
import { addAuthenticator, showAddAuthenticator } from './authenticator.ts'
import { requestAddress, showAddressForm } from './email.ts'
import { authenticators, passkeys } from './factors.ts'
import { backToOverview, connectIdentity, disconnectIdentity } from './identities.ts'
import { createKey, deleteKey, setKeyStatus, showCreateKey, showDeleteKey, showKeys } from './keys.ts'
import { showOverview } from './overview.ts'
import { addPasskey, showAddPasskey } from './passkeys.ts'
import { changePassword, showPasswordForm } from './password.ts'
import { renew, showRenewForm } from './recovery-codes.ts'
import type { AccountDependencies } from './request.ts'
import { backToRoles, confirmForRole, showRoleCredentials, showRoles } from './roles.ts'
import { endOtherSessions, endSession, withdraw } from './sessions.ts'
import { removeAllTrusted, removeTrusted } from './trusted-browsers.ts'

type Handler = (ctx: Context, deps: AccountDependencies) => Promise<void>

// biome-ignore format: a table
const table: readonly (readonly [Route['method'], string, Handler])[] = [
  ['GET',  '/account',                        showOverview],
  ['GET',  '/account/apps',                   showApps],
  ['GET',  '/account/apps/logo',              showAppLogo],
  ['GET',  '/account/password',               showPasswordForm],
  ['POST', '/account/password',               changePassword],
  ['GET',  '/account/authenticator/add',      showAddAuthenticator],
  ['POST', '/account/authenticator/add',      addAuthenticator],
  ['GET',  '/account/authenticator/rename',   authenticators.showRename],
  ['POST', '/account/authenticator/rename',   authenticators.rename],
  ['GET',  '/account/authenticator/remove',   authenticators.showRemove],
  ['POST', '/account/authenticator/remove',   authenticators.remove],
  ['GET',  '/account/passkeys/add',           showAddPasskey],
  ['POST', '/account/passkeys/add',           addPasskey],
  ['GET',  '/account/passkeys/rename',        passkeys.showRename],
  ['POST', '/account/passkeys/rename',        passkeys.rename],
  ['GET',  '/account/passkeys/remove',        passkeys.showRemove],
  ['POST', '/account/passkeys/remove',        passkeys.remove],
  ['GET',  confirmAddressPath,                showConfirmAddress],
  ['POST', confirmAddressPath,                confirmAddress],
  ['GET',  '/account/email',                  showAddressForm],
  ['POST', '/account/email',                  requestAddress],
  ['POST', '/account/email/send',             sendAddressLink],
  ['GET',  '/account/recovery-codes',         showRenewForm],
  ['POST', '/account/recovery-codes',         renew],
  ['GET',  '/account/identities/connect',     backToOverview],
  ['POST', '/account/identities/connect',     connectIdentity],
  ['POST', '/account/identities/disconnect',  disconnectIdentity],
  ['POST', '/account/sessions/end',           endSession],
  ['POST', '/account/sessions/end-others',    endOtherSessions],
  ['POST', '/account/trusted-browsers/remove', removeTrusted],
  ['POST', '/account/trusted-browsers/remove-all', removeAllTrusted],
  ['POST', '/account/applications/withdraw',  withdraw],
  ['GET',  '/account/activity',               showOwnActivity],
  ['GET',  '/account/data',                   showData],
  ['GET',  '/account/data.json',              downloadData],
  ['GET',  '/account/keys',                   showKeys],
  ['GET',  '/account/keys/create',            showCreateKey],
  ['POST', '/account/keys/create',            createKey],
  ['POST', '/account/keys/status',            setKeyStatus],
  ['GET',  '/account/keys/delete',            showDeleteKey],
  ['POST', '/account/keys/delete',            deleteKey],
  ['GET',  '/account/roles',                  showRoles],
  ['GET',  '/account/roles/ask',              showAskForm],
  ['POST', '/account/roles/ask',              askForAccess],
  ['GET',  '/account/roles/withdraw',         backToRoles],
  ['POST', '/account/roles/withdraw',         withdrawRequest],
  ['GET',  '/account/roles/confirm',          confirmForRole],
  ['GET',  '/account/roles/credentials',      backToRoles],
  ['POST', '/account/roles/credentials',      showRoleCredentials],
]

/** All routes under `/account`. web/ rejects requests without a session before any of these runs. */
export const accountRoutes = (deps: AccountDependencies): readonly Route[] =>
  table.map(([method, path, handler]) => ({
    method,
    path,
    access: 'session',
    run: (ctx) => handler(ctx, deps),
  }))
