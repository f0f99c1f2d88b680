import { authenticateAdmin } from '../admin/authenticate.ts'
import type { Authorize } from '../admin/operation.ts'
import { operationNamed } from '../admin/operations.ts'
import { type PerformPorts, perform as performOperation } from '../admin/perform.ts'
import { adminRoutes } from '../admin/routes.ts'
import { authenticateScim } from '../admin/scim/authenticate.ts'
import { scimPath, scimRoutes } from '../admin/scim/routes.ts'
import { openRevocations } from '../admin/sessions/revocations.ts'
import type { UseCases } from '../admin/use-cases.ts'
import { ActivitySummary } from '../audit/summary.ts'
import { authzenResource } from '../decision/authzen-caller.ts'
import type { AccessRequests } from '../iam/access-requests/access-requests.ts'
import { Accounts } from '../iam/account/accounts.ts'
import { openAuditReads } from '../iam/audit/audit-reads.ts'
import { openAuditStatus } from '../iam/audit/audit-status.ts'
import { AuditViews } from '../iam/audit/audit-views.ts'
import type { Authorizer } from '../iam/authorization/authorize.ts'
import { mayForEveryUser } from '../iam/authorization/every-user.ts'
import { BrandSettings } from '../iam/brand/brand.ts'
import type { Ends } from '../iam/ends.ts'
import { isKnownDependency } from '../iam/known-dependencies.ts'
import { PolicyTests } from '../iam/managed-policy/tests.ts'
import { TrustedBrowsers } from '../iam/mfa/trusted-browsers.ts'
import { AccountSettings } from '../iam/people/account-settings.ts'
import { openGroupDirectory, openPeopleDirectory } from '../iam/people/directory.ts'
import type { SignInReader } from '../iam/people/ending.ts'
import { GroupChanges } from '../iam/people/group-changes.ts'
import { People } from '../iam/people/people.ts'
import { PeopleChanges } from '../iam/people/people-changes.ts'
import { PersonSignIns } from '../iam/people/person-sign-ins.ts'
import { ScimTokens } from '../iam/people/scim-tokens.ts'
import { Findings } from '../iam/report/findings.ts'
import { openServerKeys } from '../iam/server-keys.ts'
import type { OneTimeLinks } from '../iam/sign-in/one-time-links.ts'
import { sendPasswordLink } from '../mail/people-messages.ts'
import type { OpenProvider } from '../oidc/provider.ts'
import { signInLink } from '../sign-in/by-link/link.ts'
import type { Route } from '../web/route.ts'
import type { Federation } from './federation.ts'
import { openIdentityProviders } from './identity-providers.ts'
import { type Infrastructure, markersOf, now } from './infrastructure.ts'
import { openMailAdministration } from './mail/mail-administration.ts'
import type { Sts } from './sts.ts'
import { openTokenAuthenticator } from './token-authenticator.ts'

export interface AdminDependencies {
  /** The account of the first start, which clients and settings of the whole server belong to. */
  readonly accountId: string
  readonly ends: Ends
  readonly clients: OpenProvider['clients']
  readonly signIns: SignInReader
  readonly links: OneTimeLinks
  readonly accessRequests: AccessRequests
  readonly federation: Pick<Federation, 'upstreams' | 'metadataRefresh'>
}

/** The admin API, and what performs its operations for other callers. */
export function openAdmin(
  infrastructure: Infrastructure,
  authorizer: Authorizer,
  sts: Sts,
  { accountId, ends, clients, signIns, links, accessRequests, federation }: AdminDependencies,
): { readonly routes: readonly Route[]; readonly perform: PerformPorts } {
  const { store, keyRing, trail, issuer, hasher, mailer } = infrastructure
  const token = openTokenAuthenticator(infrastructure, authorizer, sts)
  const markers = markersOf(keyRing)
  const people = new People({ store, markers })
  const peopleChanges = new PeopleChanges({ store, hasher, ends, signIns })
  const authenticate = authenticateAdmin({ signed: sts.authenticate, token, clock: now })
  const scimTokens = new ScimTokens({ store, markers })
  const authorize: Authorize = (call, action, resource, extra) =>
    authorizer.authorize(call, action, resource, extra)
  const use: UseCases = {
    authorize,
    mayForEveryUser: (call, action) => mayForEveryUser(authorizer, call, action),
    perform(call, { name, params = {}, body = {} }) {
      // Of its own, so that its audit entry names the decisions of this operation alone.
      const own = { ...call, circumstances: { ...call.circumstances } }
      const raw = { params, query: new Map(), body }
      return performOperation({ authorize, trail, use }, operationNamed(name), own, { raw })
    },
    accounts: new Accounts({ store, markers, firstAccount: accountId }),
    people,
    peopleChanges,
    personSignIns: new PersonSignIns({ store, ends, signIns }),
    trustedBrowsers: new TrustedBrowsers({ store, trail, now }),
    links,
    linkUrl: (token) => signInLink(issuer, token),
    linkMail: {
      get isConfigured() {
        return mailer.isConfigured
      },
      async send({ id }, link) {
        const user = await store.get('user', id)
        if (user) await sendPasswordLink(mailer, signInLink(issuer, link.token), user, link, now())
      },
    },
    mailServer: openMailAdministration(infrastructure, accountId),
    clients,
    identityProviders: openIdentityProviders(infrastructure, {
      accountId,
      markers,
      ends,
      federation,
      issuerKeys: sts.issuerKeys,
    }),
    serverAccountId: accountId,
    decisionResource: authzenResource(issuer),
    markers,
    settings: new AccountSettings(store, now),
    brand: new BrandSettings(store, now),
    groups: new GroupChanges({ store, markers }),
    findings: new Findings({ store, operatorAccount: accountId }),
    auditViews: new AuditViews(store),
    auditSummary: new ActivitySummary(store),
    auditStatus: openAuditStatus(store, infrastructure.config.file.audit),
    audit: openAuditReads({ store, markers, operatorAccount: accountId }),
    revocations: openRevocations({
      list: (accountId) => authorizer.revocations.list(accountId),
      revocation: sts.authorizedRevocation,
      people,
      peopleChanges,
      isKnown: (account, scope, value) => isKnownDependency(store, account, scope, value),
    }),
    scimTokens,
    accessRequests,
    keys: openServerKeys({ keyRing, ends }),
    policyTests: new PolicyTests(store),
  }
  const scim = {
    authenticate: authenticateScim({ admin: authenticate, tokens: scimTokens, clock: now }),
    people: openPeopleDirectory(store),
    groups: openGroupDirectory(store),
    base: `${issuer}${scimPath}`,
  }
  const perform = { authorize, trail, use }
  return {
    perform,
    routes: [...adminRoutes({ ...perform, authenticate, issuer }), ...scimRoutes({ ...scim, ...perform })],
  }
}
