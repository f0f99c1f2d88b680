// `/account`: the overview of the user's profile, sign-in methods, applications and sessions.
import type { Context } from 'koa'
import { accountPage } from '../../views/account/pages.ts'
import { deviceName } from '../../views/device.ts'
import { webLink } from '../../views/html.ts'
import { readQuery } from '../web/request/body.ts'
import { overviewApps } from './apps.ts'
import { type AccountDependencies, accountRequestOf, doneMessages } from './request.ts'
import { trustedHere } from './trusted-browsers.ts'

export async function showOverview(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await accountRequestOf(ctx, deps)
  const { visitor, profile, token } = request
  const [identities, connectable, sessions, grants, trusted, thisBrowser] = await Promise.all([
    deps.identities.list(profile.userId),
    deps.identities.connectable(profile.userId),
    deps.oidc.sessions.list(profile.userId),
    deps.oidc.sessions.grants(profile.userId),
    deps.trusted.list(profile.userId),
    trustedHere(ctx, deps, profile.userId),
  ])
  const nameOf = new Map(grants.map((grant) => [grant.clientId, grant.clientName]))
  const apps = await overviewApps(ctx, deps, request, [...nameOf.keys()])
  const page = accountPage({
    ...apps,
    token,
    done: doneMessages.get(readQuery(ctx).get('done') ?? ''),
    person: { ...profile, name: profile.userName },
    canConfirmAddress: deps.canSendMail(),
    canChangeAddress: deps.canSendMail() && (await deps.addressChange.isAllowed(profile.userId)),
    console: await deps.mayUseConsole(ctx),
    passwordChangedAt: profile.passwordChangedAt,
    authenticators: profile.authenticators,
    passkeys: profile.passkeys,
    passkeysAllowed: await deps.passkeys.areAllowed(profile.userId),
    recoveryCodes: profile.recoveryCodes,
    identities,
    connectable,
    applications: grants.map((grant) => ({
      id: grant.clientId,
      name: grant.clientName,
      href: webLink(grant.clientUri),
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
        device: deviceName(session.browser),
        address: session.address,
        place: deps.places.of(session.address),
        lastUsed: session.lastUsed,
        applications: session.clients.map((client) => nameOf.get(client) ?? client),
      })),
    trustedBrowsers: trusted.map((browser) => ({
      id: browser.id,
      current: browser.id === thisBrowser,
      since: browser.createdAt,
      lastUsed: browser.lastUsedAt,
      until: browser.expiresAt,
      device: deviceName(browser.browser),
      address: browser.address,
      place: deps.places.of(browser.address),
    })),
  })
  deps.show(ctx, page)
}
