// oidc-provider's configuration. Options that are not set here have oidc-provider's defaults, which were reviewed; experimental
// and development features are off, except the one named below. oidc-provider limits bodies to 56 KiB itself.
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { clientClockSkew } from '../secure/clock-skew.ts'
import { sessionPolicyDetail } from '../secure/session/person-token.ts'
import { refreshLifetime } from './artifacts/adapter.ts'
import type { ArtifactStore } from './artifacts/artifact-store.ts'
import {
  checkOwnPermissions,
  richAuthorizationRequests,
  type SessionPolicyRules,
} from './authorization-details.ts'
import { accountFinder, claimsByScope, type FindPerson, type MayUseOfRequest, scopes } from './claims.ts'
import { mayCallFrom } from './clients/cors.ts'
import { fapiVersion } from './clients/profiles.ts'
import {
  clientIdFactory,
  clientSecretFactory,
  extraClientMetadata,
  type registrationPolicies,
} from './clients/registration.ts'
import type { RegistrationLimits } from './clients/registration-limits.ts'
import { audienceAsResource, resourceServerInfo, resourceServers } from './clients/resources.ts'
import { type ClientSettings, type ResourceSettings, staticClients } from './clients/settings.ts'
import { acrs } from './edge.ts'
import { extraTokenClaims } from './exchange/subject.ts'
import { introspectionPolicy } from './introspection.ts'
import { cookieKeygrip, providerKeys, type TokenKeys } from './library/keys.ts'
import { lifetimes } from './lifetimes.ts'
import type { pageSources } from './pages.ts'
import type { Consents } from './session/consents.ts'
import { existingGrant } from './session/grants.ts'
import { interactionPath } from './session/interactions.ts'
import { type SessionLimits, sessionLifetime } from './session/sessions.ts'
import { policy } from './session/step-up.ts'
import type { UpstreamSessions } from './session/upstream-sessions.ts'
import { checkClientAssertion, checkProofTime, checkRequestObject } from './signed-requests.ts'

export interface Settings {
  readonly https: boolean
  readonly artifacts: ArtifactStore
  readonly consents: Consents
  readonly upstreams: UpstreamSessions
  readonly keys: TokenKeys
  readonly clients: readonly ClientSettings[]
  readonly resources: readonly ResourceSettings[]
  readonly configuredNow: { hasResource(id: string): boolean }
  readonly registration: RegistrationLimits
  /** Whether confidential clients need PKCE as well. */
  readonly requirePkce: boolean
  readonly findPerson: FindPerson
  readonly limits: () => SessionLimits
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly mayUse: MayUseOfRequest
  /** The same for the signed-in user of an authorization request; a refusal is in the audit trail. */
  readonly mayUseAtSignIn: (ctx: KoaContextWithOIDC) => Promise<boolean>
  readonly pages: ReturnType<typeof pageSources>
  readonly policies: ReturnType<typeof registrationPolicies>
  readonly fetch: typeof globalThis.fetch
  readonly sessionPolicies: SessionPolicyRules
}

/** Attributes of all cookies; Secure follows the issuer's scheme. */
export const cookieAttributes = { httpOnly: true, sameSite: 'lax', path: '/', overwrite: true } as const

/** On https, the prefixes keep other hosts of the domain from setting these cookies (RFC 6265bis §4.1.3). */
export const cookieNames = (https: boolean) => ({
  session: https ? '__Host-chancery-session' : 'chancery-session',
  interaction: https ? '__Secure-chancery-interaction' : 'chancery-interaction',
  resume: https ? '__Secure-chancery-resume' : 'chancery-resume',
})

/** Paths of the endpoints. */
export const routes = {
  authorization: '/authorize',
  token: '/token',
  userinfo: '/userinfo',
  introspection: '/introspect',
  revocation: '/revoke',
  pushed_authorization_request: '/par',
  code_verification: '/device',
  device_authorization: '/device/auth',
  registration: '/register',
  end_session: '/logout',
  jwks: '/jwks',
} as const

/** RFC 9700 §2.1.1: public and native clients always; a confidential client when its entry or the server says so. */
const needsPkce = (
  client: {
    readonly clientAuthMethod?: string | undefined
    readonly applicationType?: string | undefined
    readonly [name: string]: unknown
  },
  always: boolean,
): boolean =>
  always ||
  client.clientAuthMethod === 'none' ||
  client.applicationType === 'native' ||
  client['require_pkce'] === true

/**
 * FAPI 2.0 Security Profile §5.3.2.1: no rotation where a stolen refresh token is of no use, because its use takes the
 * client's own key for authentication and the key that the tokens are bound to. Rotation would only lose tokens.
 */
const keepsRefreshToken = (
  client: { readonly clientAuthMethod?: string | undefined; readonly [name: string]: unknown } | undefined,
): boolean => client?.clientAuthMethod === 'private_key_jwt' && client['dpopBoundAccessTokens'] === true

export function configurationOf(settings: Settings): Configuration {
  return {
    adapter: (model: string) => settings.artifacts.adapter(model),
    clients: staticClients(settings.clients),
    jwks: { keys: providerKeys(settings.keys) },
    routes,
    scopes: [...scopes],
    claims: claimsByScope,
    extraTokenClaims: extraTokenClaims(settings.upstreams, settings.findPerson) as NonNullable<
      Configuration['extraTokenClaims']
    >,
    // Claims of granted scopes are in the ID token too, because many relying parties do not call userinfo.
    conformIdTokenClaims: false,
    acrValues: [...acrs],
    findAccount: accountFinder(settings.findPerson, settings.upstreams, settings.mayUse),
    loadExistingGrant: existingGrant(settings.consents, settings.artifacts),
    interactions: {
      policy: policy(settings.mayUseAtSignIn, (ctx) => checkOwnPermissions(ctx, settings.sessionPolicies)),
      url: (_ctx, interaction) => interactionPath(interaction.uid),
    },
    responseTypes: ['code'],
    pkce: { required: (_ctx, client) => needsPkce(client, settings.requirePkce) },
    subjectTypes: ['public'],
    clientAuthMethods: [
      'client_secret_basic',
      'client_secret_post',
      'client_secret_jwt',
      'private_key_jwt',
      'none',
    ],
    clientDefaults: {
      id_token_signed_response_alg: 'RS256',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      // Any client may ask: a session policy only restricts.
      authorization_details_types: [sessionPolicyDetail],
    },
    // RFC 6749 §4.1.3: the redirect URI is required at the token endpoint and compared exactly.
    allowOmittingSingleRegisteredRedirectUri: false,
    extraClientMetadata: extraClientMetadata(settings.registration) as NonNullable<
      Configuration['extraClientMetadata']
    >,
    clientBasedCORS: mayCallFrom,
    clockTolerance: clientClockSkew,
    cookies: {
      names: cookieNames(settings.https),
      keys: cookieKeygrip(settings.keys) as never,
      long: { ...cookieAttributes, signed: true },
      short: { httpOnly: true, sameSite: 'lax', overwrite: true, signed: true },
    },
    // Without offline_access, the tokens of a client end with the browser session.
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: ({ oidc }) => !keepsRefreshToken(oidc.client),
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? lifetimes.AccessToken,
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? lifetimes.ClientCredentials,
      AuthorizationCode: lifetimes.AuthorizationCode,
      IdToken: lifetimes.IdToken,
      RefreshToken: (_ctx, token, client) =>
        keepsRefreshToken(client) ? lifetimes.RefreshFamily : refreshLifetime(token.totalLifetime()),
      DeviceCode: lifetimes.DeviceCode,
      Interaction: lifetimes.Interaction,
      Session: (_ctx, session) =>
        sessionLifetime(session, settings.limits(), Math.floor(settings.clock() / 1000)),
      Grant: lifetimes.Grant,
    },
    fetch: (url, options) => settings.fetch(url, options as RequestInit),
    fetchResponseBodyLimits: { jwks_uri: 64 * 1024, sector_identifier_uri: 64 * 1024 },
    renderError: settings.pages.renderError,
    assertJwtClientAuthClaimsAndHeader: checkClientAssertion,
    // The identity provider to redirect to without showing a choice (docs/identity-providers.md).
    extraParams: ['idp_hint', 'kc_idp_hint', 'domain_hint'],
    discovery: {
      client_id_metadata_document_supported: settings.registration.metadata_documents !== false,
    },
    features: features(settings),
  }
}

function features({
  pages,
  policies,
  resources,
  configuredNow,
  findPerson,
  sessionPolicies,
}: Settings): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    deviceFlow: {
      enabled: true,
      charset: 'base-20',
      mask: '****-****',
      userCodeInputSource: pages.userCodeInputSource,
      userCodeConfirmSource: pages.userCodeConfirmSource,
      successSource: pages.successSource,
    },
    pushedAuthorizationRequests: { enabled: true },
    dPoP: { enabled: true, requireNonce: checkProofTime },
    fapi: { enabled: true, profile: (_ctx, client) => fapiVersion(client) },
    requestObjects: { enabled: true, assertJwtClaimsAndHeader: checkRequestObject },
    jwtResponseModes: { enabled: true },
    jwtIntrospection: { enabled: true },
    introspection: {
      enabled: true,
      allowedPolicy: introspectionPolicy(findPerson) as never,
    },
    revocation: { enabled: true },
    userinfo: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: resourceServerInfo(resourceServers(resources, configuredNow)),
      defaultResource: audienceAsResource(resources) as never,
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: pages.logoutSource,
      postLogoutSuccessSource: pages.postLogoutSuccessSource,
    },
    backchannelLogout: { enabled: true },
    claimsParameter: { enabled: true },
    richAuthorizationRequests: richAuthorizationRequests(sessionPolicies) as never,
    registration: {
      enabled: true,
      initialAccessToken: true,
      idFactory: clientIdFactory,
      secretFactory: clientSecretFactory,
      policies: policies as never,
    },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
    // Experimental in 9.13, so the minor version is pinned: keys sign outside of oidc-provider (library/keys.ts).
    externalSigningSupport: { enabled: true, ack: 'experimental-01' },
  }
}
