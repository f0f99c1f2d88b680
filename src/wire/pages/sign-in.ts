// Signing in and the account of whoever is signed in: password, authenticators, passkeys, providers, links and mail.
import { accountRoutes } from '../../account/routes.ts'
import { Passkeys } from '../../iam/mfa/passkeys.ts'
import { TrustedBrowsers } from '../../iam/mfa/trusted-browsers.ts'
import { SignInCredentials } from '../../iam/sign-in/credentials.ts'
import { openKnownBrowsers } from '../../iam/sign-in/known-browsers.ts'
import { OneTimeLinks } from '../../iam/sign-in/one-time-links.ts'
import { OwnCredentials } from '../../iam/sign-in/own-credentials.ts'
import { openOwnIdentities } from '../../iam/sign-in/own-identities.ts'
import { signInAudit } from '../../iam/sign-in/sign-in-audit.ts'
import type { OpenProvider } from '../../oidc/provider.ts'
import { equals } from '../../secure/digest.ts'
import { relyingPartyOf } from '../../secure/passkey.ts'
import { openState, sealState } from '../../secure/state.ts'
import { forgottenPath, forgottenRoutes } from '../../sign-in/by-link/forgotten.ts'
import { linkRoutes } from '../../sign-in/by-link/link.ts'
import { registerPath, registerRoutes } from '../../sign-in/by-link/register.ts'
import { federationRoutes } from '../../sign-in/federation/federate.ts'
import { signOutByUpstreamRoutes } from '../../sign-in/federation/sign-out-by-upstream.ts'
import { drawQr } from '../../sign-in/qr.ts'
import type { SignInDependencies } from '../../sign-in/request.ts'
import { signInRoutes } from '../../sign-in/routes.ts'
import { seenBrowsers } from '../../sign-in/seen-browsers.ts'
import { entryRoutes } from '../../sign-in/sign-out.ts'
import { browserTrust } from '../../sign-in/trusted-browser.ts'
import { cookieJar } from '../../web/request/cookies.ts'
import { forgeryGuard } from '../../web/request/forgery.ts'
import { type Infrastructure, noKey, now, secretsOf } from '../infrastructure.ts'
import { openByMail } from '../mail/mail.ts'
import type { OwnAccess } from './account.ts'
import type { PageDependencies } from './page-dependencies.ts'

export function openSignIn(
  infrastructure: Infrastructure,
  oidc: OpenProvider,
  { accountId, ends, show, providers, identities, upstreams, leaveUpstream, chargeForm }: PageDependencies,
) {
  const { store, keyRing, hasher, trail, issuer, mailer, addresses } = infrastructure
  const cookies = cookieJar(issuer.startsWith('https:'))
  const forms = forgeryGuard({ keys: () => secretsOf(keyRing, 'cookie'), origin: issuer, cookies })
  const people = { store, hasher, trail, now, accountId, issuerName: infrastructure.organizationOf }
  const credentials = new SignInCredentials({
    ...people,
    passwordReplaced: (user, changedAt) => ends.passwordReplaced(user, changedAt),
  })
  const passkeys = new Passkeys({
    ...people,
    party: relyingPartyOf(issuer),
    keys: () => secretsOf(keyRing, 'ticket'),
    removed: (user, factor) => ends.passkeyRemoved(user, factor),
  })
  const trusted = new TrustedBrowsers({ store, trail, now })
  const links = new OneTimeLinks({
    ...people,
    passwordReplaced: (user, changedAt) => ends.passwordReplaced(user, changedAt),
  })
  const byMail = openByMail(infrastructure, { accountId, providers })
  const canSendMail = () => mailer.isConfigured
  const forgottenPage = () => (canSendMail() ? forgottenPath : undefined)
  const pages = { forms, show, drawQr, now, oidc, forgottenPage }
  const onRecord = signInAudit({ ...infrastructure, now, accountId })
  const signIn: SignInDependencies = {
    ...pages,
    issuer,
    credentials,
    passkeys,
    trusted,
    browserTrust: browserTrust(trusted, cookies),
    providers,
    identities,
    upstreams,
    registerPage: async () => ((await byMail.registration.isOn()) ? registerPath : undefined),
    interactions: oidc.interactions,
    sessions: oidc.sessions,
    states: {
      seal: (uid, provider) => sealState(secretsOf(keyRing, 'ticket')[0] ?? noKey(), uid, provider),
      open: (state, provider) => openState(secretsOf(keyRing, 'ticket'), state, provider),
      same: equals,
    },
    chargeForm,
    browsers: seenBrowsers(openKnownBrowsers(store, now), cookies, canSendMail),
    onSignIn: onRecord.signedIn,
    onRefusal: onRecord.refused,
    onSignOut: onRecord.signedOut,
    onUpstreamSignOut: (provider, { sessionId }) => ends.upstreamSignedOut(provider, sessionId),
  }
  const ownCredentials = new OwnCredentials({ ...people, signIn: credentials })
  return {
    pages,
    cookies,
    links,
    /** Whether the person has an authenticator or a passkey. */
    async hasSecondFactor(userId: string) {
      const profile = await ownCredentials.profile(userId)
      return profile !== undefined && profile.authenticators.length + profile.passkeys.length > 0
    },
    signInRoutes: [
      ...entryRoutes({ ...pages, leaveUpstream }),
      ...linkRoutes({ ...pages, credentials, links, cookies }),
      ...forgottenRoutes({ ...pages, ...byMail, canSendMail }),
      ...registerRoutes({ ...pages, ...byMail, credentials }),
      ...signInRoutes(signIn),
      ...federationRoutes(signIn),
      ...signOutByUpstreamRoutes(signIn),
    ],
    accountRoutes: (own: OwnAccess) =>
      accountRoutes({
        ...pages,
        ...own,
        async passwordReplaced(userId, changedAt, keep) {
          const user = await store.get('user', userId)
          if (user) await ends.passwordReplaced(user, changedAt, keep)
        },
        passkeys,
        trusted,
        cookies,
        credentials: ownCredentials,
        places: infrastructure.places,
        identities: openOwnIdentities({ store, identities, providers }),
        addresses,
        addressChange: byMail.addressChange,
        canSendMail,
      }),
  }
}
