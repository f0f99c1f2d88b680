// Reads the metadata document of a client whose id is the URL of that document (draft-ietf-oauth-client-id-metadata-document).
// Nobody has verified such a client: only the members below are used of its document, and the limits of the `registration:`
// section apply as for a client that registered itself.
import type { AdapterPayload } from 'oidc-provider'
import { z } from 'zod'
import { oneLine } from '../../store/person.ts'
import { applyLimits, defaultGrants, type RegistrationLimits } from './registration-limits.ts'
import { loopbackHosts, redirectTargetFault } from './settings.ts'

/** In characters. Revocations and consents name clients by their id. */
export const maxDocumentUrl = 200
/** In bytes; the draft recommends 5 kB (section 6.6). */
export const maxDocumentBytes = 16 * 1024

/**
 * The URL when a client id is the address of a metadata document: https, a path, no fragment, user or dot segments
 * (section 3). Plain http is possible only on loopback, for development; the guarded fetch refuses it unless the operator
 * has allowed the host. Undefined for any other client id.
 */
export function documentUrlOf(clientId: string): URL | undefined {
  if (clientId.length > maxDocumentUrl || !/^https?:\/\/[!-~]+$/.test(clientId)) return undefined
  const url = URL.parse(clientId)
  // A URL that is not in its normal form could be a second name for the document of another client.
  if (url?.href !== clientId || url.pathname === '/' || /[#\\]/.test(clientId)) return undefined
  if (url.username !== '' || url.password !== '' || /^https?:\/\/[^/?]*@/.test(clientId)) return undefined
  return url.protocol === 'https:' || loopbackHosts.has(url.hostname) ? url : undefined
}

const uris = z.array(z.string().max(2048)).max(20)
const link = z.string().max(2048)

/** The members that are used; others are ignored. */
const documentSchema = z.object({
  client_id: z.string(),
  client_name: z.string().max(128).regex(oneLine).optional(),
  client_uri: link.optional(),
  policy_uri: link.optional(),
  tos_uri: link.optional(),
  redirect_uris: uris.min(1),
  post_logout_redirect_uris: uris.optional(),
  grant_types: z.array(z.string()).max(20).optional(),
  response_types: z.array(z.string()).max(20).optional(),
  scope: z.string().max(1024).optional(),
  token_endpoint_auth_method: z.string().optional(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(20) }).optional(),
  jwks_uri: link.optional(),
  dpop_bound_access_tokens: z.boolean().optional(),
  id_token_signed_response_alg: z.enum(['RS256', 'ES256', 'EdDSA', 'Ed25519']).optional(),
})

/**
 * The address of the logo that a document names; only on the host of the document, so that it cannot show the logo of
 * another site. Undefined when there is none.
 */
export function logoAddressOf(url: URL, text: string): URL | undefined {
  const { logo_uri: named } = jsonOf(text)
  const logo = typeof named === 'string' && named.length <= 2048 ? URL.parse(named) : undefined
  return logo?.origin === url.origin ? logo : undefined
}

/** Why a document cannot be used; the text is shown to the person and the developer. */
export class DocumentFault extends Error {}

/**
 * The metadata of the client at `url`, for oidc-provider.
 * @param text the document as it was fetched
 * @throws DocumentFault
 */
export function readMetadataDocument(url: URL, text: string, limits: RegistrationLimits): AdapterPayload {
  const raw = jsonOf(text)
  if ('client_secret' in raw || 'client_secret_expires_at' in raw)
    throw new DocumentFault('must not contain `client_secret`')
  const parsed = documentSchema.safeParse(raw)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'is not valid' }
    throw new DocumentFault(`\`${path.map(String).join('.') || 'document'}\`: ${message}`)
  }
  const { client_uri, policy_uri, tos_uri, ...document } = parsed.data
  if (document.client_id !== url.href) throw new DocumentFault('`client_id` is not the URL of the document')
  const redirects = [...document.redirect_uris, ...(document.post_logout_redirect_uris ?? [])]
  const kind = redirects.every(isWeb) ? 'web' : 'native'
  for (const uri of redirects) {
    const fault = redirectTargetFault(uri, kind)
    if (fault !== undefined) throw new DocumentFault(`redirect URI \`${uri.slice(0, 200)}\` ${fault}`)
  }
  const metadata: Record<string, unknown> = {
    ...document,
    client_name: document.client_name ?? url.host,
    ...secureLinks({ policy_uri, tos_uri }),
    // A home page on another host would let the document appear as another site.
    ...(client_uri !== undefined && URL.parse(client_uri)?.origin === url.origin && { client_uri }),
    // RFC 8252 §7.3: with a loopback address any port is taken, PKCE is required, and consent is asked each time.
    application_type: kind,
    token_endpoint_auth_method: authMethodOf(document),
    grant_types: grantsOf(document.grant_types, limits),
    response_types: ['code'],
    registered: true,
  }
  applyLimits(limits, metadata)
  return metadata as AdapterPayload
}

function jsonOf(text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new DocumentFault('is not JSON', { cause })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new DocumentFault('is not a JSON object')
}

const isWeb = (uri: string): boolean => uri.startsWith('https:')

const secureLinks = (links: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    Object.entries(links).filter(([, href]) => href !== undefined && URL.parse(href)?.protocol === 'https:'),
  )

/** Secrets cannot be shared through a public document (section 4.1). */
function authMethodOf(document: {
  readonly token_endpoint_auth_method?: string | undefined
  readonly jwks?: unknown
  readonly jwks_uri?: string | undefined
}): 'none' | 'private_key_jwt' {
  const method = document.token_endpoint_auth_method ?? 'none'
  if (method !== 'none' && method !== 'private_key_jwt')
    throw new DocumentFault('`token_endpoint_auth_method` must be `none` or `private_key_jwt`')
  if (method === 'none') return method
  if ((document.jwks === undefined) === (document.jwks_uri === undefined))
    throw new DocumentFault('`private_key_jwt` needs `jwks` or `jwks_uri`, and not both')
  if (document.jwks_uri !== undefined && redirectTargetFault(document.jwks_uri, 'web') !== undefined)
    throw new DocumentFault('`jwks_uri` must be an https URL')
  return method
}

/** Grants that this server or the operator does not allow are left out, because the document is for many servers. */
function grantsOf(named: readonly string[] | undefined, limits: RegistrationLimits): readonly string[] {
  const allowed = defaultGrants(limits)
  const grants = named === undefined ? allowed : allowed.filter((grant) => named.includes(grant))
  if (!grants.includes('authorization_code'))
    throw new DocumentFault('`grant_types` must include `authorization_code`')
  return grants
}
