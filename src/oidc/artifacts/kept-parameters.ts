// Limits of request parameters that are stored before a user is authenticated: with an interaction, a pushed request, a device code, an
// authorization code, or the session of a sign-out that waits for its confirmation. They are checked where records are written, so that
// they apply to every way to send a parameter.
import { type AdapterPayload, errors } from 'oidc-provider'

/** Characters. Names that are not listed have `other`; `all` is for one record, as JSON. */
export const keptParameterLimits = {
  state: 4096,
  nonce: 1024,
  login_hint: 512,
  claims: 4096,
  redirect_uri: 2048,
  scope: 2048,
  authorization_details: 4096,
  /** A signed request of RFC 9101, also as what a pushed request is kept as. */
  request: 12_288,
  id_token_hint: 8192,
  other: 1024,
  all: 12_288,
} as const

const limits: ReadonlyMap<string, number> = new Map(Object.entries(keptParameterLimits))

/** @throws errors.InvalidRequest naming the parameter, for a record that would hold too much of a request */
export function checkKeptParameters(model: string, payload: AdapterPayload): void {
  const parameters = parametersOf(model, payload)
  let all = 0
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === null) continue
    const characters = (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).length
    const most = limits.get(name) ?? keptParameterLimits.other
    if (characters > most) throw new errors.InvalidRequest(`\`${name}\` has at most ${most} characters`)
    all += name.length + characters
  }
  if (all > keptParameterLimits.all)
    throw new errors.InvalidRequest(
      `all parameters together have at most ${keptParameterLimits.all} characters`,
    )
}

function parametersOf(model: string, payload: AdapterPayload): Readonly<Record<string, unknown>> {
  switch (model) {
    case 'Interaction':
    case 'DeviceCode':
      return payload.params ?? {}
    case 'PushedAuthorizationRequest':
      return { request: payload.request }
    case 'AuthorizationCode':
      return { nonce: payload.nonce, claims: payload.claims, redirect_uri: payload.redirectUri }
    case 'Session':
      // RP-Initiated Logout §2: kept until the person confirms.
      return { state: stateOf(payload.state) }
    default:
      return {}
  }
}

const stateOf = (waiting: unknown): unknown =>
  typeof waiting === 'object' && waiting !== null && 'state' in waiting ? waiting.state : undefined
