// `profile:` of a client: the rules of FAPI 2.0 Security Profile (Final) and FAPI 2.0 Message Signing, as one setting. Rules that
// client metadata can express are set here; those for the JWTs that a client signs are in signed-requests.ts.

export const clientProfiles = ['fapi2', 'fapi2-message-signing'] as const
export type ClientProfile = (typeof clientProfiles)[number]

/** FAPI 2.0 Security Profile §5.4.1: RS256 and symmetric algorithms are not among them. */
export const fapiAlgorithms: readonly string[] = ['PS256', 'ES256', 'EdDSA', 'Ed25519']

/** Grants that the profile describes. */
const grants: readonly string[] = ['authorization_code', 'refresh_token', 'client_credentials']

interface ProfiledClient {
  readonly method: string
  readonly grants: readonly string[]
  readonly id_token_signed_response_alg?: string | undefined
  readonly allow_insecure_redirects: boolean
  readonly require_pushed_authorization_requests?: boolean | undefined
  readonly require_pkce?: boolean | undefined
  readonly dpop_bound_access_tokens?: boolean | undefined
}

/** The settings of a client that its profile does not allow: the key, and why. */
export function profileFaults(client: ProfiledClient): readonly (readonly [key: string, why: string])[] {
  const faults: [string, string][] = []
  if (client.method !== 'private_key_jwt')
    faults.push(['token_endpoint_auth_method', 'must be private_key_jwt for this profile: give `jwks`'])
  const other = client.grants.find((grant) => !grants.includes(grant))
  if (other !== undefined) faults.push(['grant_types', `\`${other}\` is not part of this profile`])
  const alg = client.id_token_signed_response_alg
  if (alg !== undefined && !fapiAlgorithms.includes(alg))
    faults.push(['id_token_signed_response_alg', `must be one of ${fapiAlgorithms.join(', ')}`])
  if (client.allow_insecure_redirects) faults.push(['allow_insecure_redirects', 'is not for this profile'])
  for (const name of [
    'require_pushed_authorization_requests',
    'require_pkce',
    'dpop_bound_access_tokens',
  ] as const)
    if (client[name] === false) faults.push([name, 'is required by this profile'])
  return faults
}

/** The metadata that a profile sets (FAPI 2.0 Security Profile §5.3.2.1 and §5.3.2.2; Message Signing §5). */
export const profileMetadata = (
  profile: ClientProfile | undefined,
  idTokenAlg = 'ES256',
): Readonly<Record<string, unknown>> =>
  profile === undefined
    ? {}
    : {
        require_pushed_authorization_requests: true,
        require_pkce: true,
        dpop_bound_access_tokens: true,
        id_token_signed_response_alg: idTokenAlg,
        authorization_signed_response_alg: idTokenAlg,
        introspection_signed_response_alg: idTokenAlg,
        ...(profile === 'fapi2-message-signing' ? { require_signed_request_object: true } : {}),
      }

/** oidc-provider's name of the profile of a client, for the checks that it makes itself. */
export const fapiVersion = (client: { readonly [name: string]: unknown } | undefined): '2.0' | undefined =>
  client?.['profile'] === undefined ? undefined : '2.0'
