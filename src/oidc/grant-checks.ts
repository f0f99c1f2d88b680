// The rows of oidc-provider's own grants in the table of ways in (columns: sts/gate.ts; printed in docs/ways-in.md).
// oidc-provider makes most of the checks itself, and the row says which; the others are functions here.
import { errors } from 'oidc-provider'
import type { ExchangeGrantName } from '../sts/gate/exchange-request.ts'
import type { WayIn } from '../sts/gate.ts'
import { deviceGrant, type grantTypes, jwtBearerGrant, tokenExchangeGrant } from './clients/settings.ts'

/** Parameters of a token request. */
export type TokenParameters = Readonly<Record<string, unknown>>

const notApplicable = (why: string) => ({ notApplicable: why })
const library = (what: string) => ({ checkedBy: `oidc-provider: ${what}` })

/** Values of one parameter, and characters of each; a signed assertion may hold certificates. */
const most = { values: 10, characters: 2048, assertion: 20_000 } as const

/** @throws errors.InvalidRequest naming the parameter */
function checkSizes(parameters: TokenParameters): void {
  for (const [name, value] of Object.entries(parameters)) {
    const values = [value ?? []].flat()
    const characters = name === 'client_assertion' ? most.assertion : most.characters
    if (values.length > most.values)
      throw new errors.InvalidRequest(`at most ${most.values} values of \`${name}\` are taken`)
    if (values.some((one) => String(one).length > characters))
      throw new errors.InvalidRequest(`\`${name}\` has at most ${characters} characters`)
  }
}

const authenticated = library(
  'the client is looked up, authenticates and has the grant (shared/client_auth.js)',
)
/** Of a request with one client secret for a resource with JWTs, this server makes the checks, and oidc-provider compares the secret. */
const orPlain = (what: string, own: string) => ({
  checkedBy: `oidc-provider: ${what}; of a plain request by oidc/library/plain-client-credentials.ts: ${own}`,
})
const authenticatedPlain = orPlain(
  'the client is looked up, authenticates and has the grant (shared/client_auth.js)',
  'the client is found, its secret is compared by oidc-provider, and it has the grant',
)
const storedUser = library('findAccount finds no user who was deleted or disabled (oidc/claims.ts)')
const upstreamLive = library(
  'findAccount finds nobody whose identity provider was disabled (oidc/session/upstream-sessions.ts)',
)
const noOutsideToken = notApplicable('no token of an outside issuer takes part')
const noRole = notApplicable('no role is assumed: the token speaks for the user or the client itself')
const noSession = notApplicable('no session policy, tags or source identity can be asked for')

const userGrant = {
  sizes: checkSizes,
  client: authenticated,
  provider: upstreamLive,
  holder: library('a code or token bound to a DPoP key needs a proof of that key'),
  audience: library('the code or token must have been issued to the client that brings it'),
  azp: noOutsideToken,
  user: storedUser,
  session: noSession,
  may_act: notApplicable('codes and refresh tokens name no actors; they work for their own client alone'),
  role: noRole,
} as const

/** Every grant that oidc-provider answers by itself. */
export const grantWays = {
  authorization_code: {
    throttle: 'refusals-per-address',
    checks: {
      ...userGrant,
      type: library('a code is looked up as a code; no other token has its name (oidc/artifacts/adapter.ts)'),
      times: library('a code past its end is refused'),
      proof: library('the stored code, the redirect URI and the PKCE verifier'),
      mfa: library(
        'the factors a request asks for are asked for before a code is made (oidc/session/step-up.ts)',
      ),
      width: library('scopes and resources of the code and its consent'),
      once: {
        checkedBy: 'oidc/artifacts/adapter.ts: consume is a compare-and-set, and reuse ends the grant',
      },
    },
  },
  refresh_token: {
    throttle: 'refusals-per-address',
    checks: {
      ...userGrant,
      type: library(
        'a refresh token is looked up as one; no other token has its name (oidc/artifacts/adapter.ts)',
      ),
      times: library('a refresh token past its end is refused'),
      proof: library('the stored refresh token and its consent'),
      mfa: library('the factors of the sign-in are kept with the refresh token and cannot grow'),
      width: library('scopes and resources of the refresh token and its consent'),
      once: {
        checkedBy:
          'oidc/artifacts/adapter.ts: consume is a compare-and-set, and reuse ends the family; a client with private_key_jwt and DPoP keeps its token (oidc/configuration.ts)',
      },
    },
  },
  [deviceGrant]: {
    throttle: 'refusals-per-address',
    checks: {
      ...userGrant,
      type: library(
        'a device code is looked up as one; no other token has its name (oidc/artifacts/adapter.ts)',
      ),
      times: library('a device code past its end is refused'),
      proof: library('the stored device code, once a signed-in person has confirmed it'),
      mfa: library(
        'the factors a request asks for are asked for when the person confirms (oidc/session/step-up.ts)',
      ),
      width: library('scopes and resources of the device code and its consent'),
      once: { checkedBy: 'oidc/artifacts/adapter.ts: consume is a compare-and-set' },
    },
  },
  client_credentials: {
    throttle: 'refusals-per-address',
    checks: {
      sizes: checkSizes,
      type: library(
        'a client assertion has the issuer and subject of the client; others: client-assertion:workload',
      ),
      client: authenticatedPlain,
      provider: notApplicable(
        'no identity provider takes part; a workload in the place of a secret has its own row',
      ),
      holder: orPlain(
        'the token is bound to the DPoP key of the request',
        'it has no proof, and a client whose tokens must be bound is not answered',
      ),
      times: library(
        'a client assertion must not be older or longer-lived than allowed (oidc/signed-requests.ts)',
      ),
      audience: library('a client assertion must be for this server alone (oidc/signed-requests.ts)'),
      azp: noOutsideToken,
      proof: authenticatedPlain,
      user: notApplicable('no user is behind the token'),
      session: noSession,
      may_act: notApplicable(
        'the client acts for itself; a workload in the place of a secret has its own row',
      ),
      mfa: notApplicable('no person takes part, so there is no factor'),
      role: noRole,
      width: orPlain('scopes of the resource, which must be one of the resources of the client', 'the same'),
      once: {
        checkedBy:
          'oidc/library/replay-detection.ts: the jti of a client assertion or DPoP proof is taken once',
      },
    },
  },
} as const satisfies Readonly<
  Record<Exclude<(typeof grantTypes)[number], keyof typeof exchangeGrants>, WayIn<TokenParameters>>
>

/** Grants whose rows are in sts/gate/ways.ts, by the name they have there. */
export const exchangeGrants = {
  [tokenExchangeGrant]: 'token-exchange',
  [jwtBearerGrant]: 'jwt-bearer',
} as const satisfies Readonly<Record<string, ExchangeGrantName>>

const rows: ReadonlyMap<string, WayIn<TokenParameters>> = new Map(Object.entries(grantWays))
const exchanges = new Set<string>(Object.keys(exchangeGrants))

/**
 * The row of a grant; undefined for exchanges, which run their own.
 * @throws TypeError for a grant without a row: it must not be registered
 */
export function wayOfGrant(grant: string): WayIn<TokenParameters> | undefined {
  const row = rows.get(grant)
  if (row || exchanges.has(grant)) return row
  throw new TypeError(`the grant ${grant} has no row in the table of ways in (oidc/grant-checks.ts)`)
}
