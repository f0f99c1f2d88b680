// `kind: openid` in `identity_providers:`: an OpenID Connect issuer, for workloads that present its tokens, for users who sign in
// with it, or for both.
import { z } from 'zod'
import { issuerWithoutScheme } from '../../secure/issuer-name.ts'
import { isPrivateKey } from '../../secure/key/private-key.ts'
import type { OpenIdProvider } from '../../store/records.ts'
import { authorizationParameters, scopes } from '../oauth2/authorization-parameters.ts'
import {
  type DefaultClaims,
  externalUrl,
  isExternalUrl,
  notExternalUrl,
  type Owner,
  providerName,
  rulesOf,
  secretText,
  signInFields,
} from '../settings.ts'
import { presetNames, presetOf } from '../workload/presets.ts'
import { isTrustDomain } from '../workload/spiffe.ts'

/** Neither `none` nor HMAC can be configured. */
const algorithm = z.enum([
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
])

/** What `scopes` and `algorithms` of `sign_in:` are by default. */
export const standardScopes = ['openid', 'profile', 'email']
export const standardAlgorithms: readonly z.output<typeof algorithm>[] = ['RS256', 'ES256', 'PS256', 'EdDSA']

const trustDomainScheme = 'spiffe://'

const issuer = z
  .string()
  .max(2048)
  .refine(
    (text) => !text.startsWith(trustDomainScheme) || isTrustDomain(text),
    'must have a trust domain after `spiffe://`: small letters, digits and `. _ -`',
  )
  .refine((text) => text.startsWith(trustDomainScheme) || isExternalUrl(text), notExternalUrl)

export const openIdSettings = z
  .strictObject({
    kind: z.literal('openid'),
    /** In the callback's path, `/federation/<name>/callback`. */
    name: providerName.optional(),
    /** Sets `url` and `client_ids` (presets.ts). */
    preset: z.enum(presetNames).optional(),
    /** The issuer, exactly as in `iss`; for JWT-SVIDs without `iss`, `spiffe://` and the trust domain. */
    url: issuer.optional(),
    /** Audiences of workload tokens. */
    client_ids: z.array(z.string().min(1).max(255)).max(100).optional(),
    /** URL of its keys, when discovery does not provide it. */
    jwks_uri: externalUrl.optional(),
    /** The keys themselves, for issuers that this server cannot reach (private clusters). */
    jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1).max(50) }).optional(),
    /** `spiffe`: the keys are the bundle of a SPIFFE trust domain. The default where `url` is one. */
    bundle_format: z.enum(['jwks', 'spiffe']).optional(),
    /** Each `jti` is accepted once. */
    once: z.boolean().default(false),
    disabled: z.boolean().default(false),
    sign_in: z
      .strictObject({
        ...signInFields,
        client_id: z.string().min(1).max(255),
        client_secret: secretText.optional(),
        /** A private JWK as JSON, or PEM: private_key_jwt instead of a secret (RFC 7523 §2.2). */
        private_key: secretText.optional(),
        /** For providers that accept the secret in only one way. */
        client_auth: z.enum(['client_secret_post', 'client_secret_basic']).default('client_secret_post'),
        scopes: scopes.default(standardScopes),
        algorithms: z
          .array(algorithm)
          .min(1)
          .default([...standardAlgorithms]),
        parameters: authorizationParameters,
        userinfo: z.boolean().default(false),
      })
      .refine(
        ({ client_secret, private_key }) => !(client_secret && private_key),
        'use either client_secret or private_key',
      )
      .refine(
        ({ private_key }) => private_key === undefined || isPrivateKey(private_key),
        'private_key must be a private key as JWK or PEM',
      )
      .optional(),
  })
  .refine(({ jwks, jwks_uri }) => !(jwks && jwks_uri), 'use either jwks or jwks_uri')
  .refine(({ name, sign_in }) => !(sign_in && name === undefined), 'sign_in needs a name')
  .transform((given, context) => {
    const preset = given.preset === undefined ? undefined : presetOf(given.preset)
    const url = given.url ?? preset?.url({})
    const fault = (message: string) => context.addIssue({ code: 'custom', path: ['url'], message })
    if (url === undefined) {
      fault(preset ? `is required: ${preset.issuer}` : 'is required')
      return z.NEVER
    }
    if (preset && !preset.fits(url)) fault(`is no issuer of \`${given.preset}\`: that is ${preset.issuer}`)
    const audience = preset?.audience(url)
    const format = given.bundle_format ?? (isTrustDomain(url) ? 'spiffe' : 'jwks')
    if (isTrustDomain(url) && format !== 'spiffe') fault('is a trust domain, whose keys are a SPIFFE bundle')
    if (format === 'spiffe' && !given.jwks && !given.jwks_uri)
      fault('with a SPIFFE bundle, jwks_uri (the bundle endpoint) or jwks (the bundle) must be given')
    if (format === 'spiffe' && given.sign_in) fault('a SPIFFE trust domain issues tokens for workloads only')
    return {
      ...given,
      bundle_format: format,
      url,
      client_ids: given.client_ids ?? (audience === undefined ? [] : [audience]),
    }
  })

type Settings = z.output<typeof openIdSettings>

// OIDC Core §5.1.
export const openIdClaims: DefaultClaims = {
  name: ['preferred_username', 'email', 'sub'],
  displayName: ['name'],
  email: ['email'],
  emailVerified: ['email_verified'],
  // No default for groups: those who name groups at the provider must not choose local groups.
  groups: [],
}

export function openIdRecord(given: Settings, { accountId, now }: Owner): OpenIdProvider {
  const { sign_in: signIn } = given
  return {
    kind: 'openid',
    // API reference, CreateOpenIDConnectProvider: the ARN leaves the scheme out.
    id: `arn:aws:iam::${accountId}:oidc-provider/${issuerWithoutScheme(given.url)}`,
    accountId,
    name: given.name,
    url: given.url,
    clientIds: given.client_ids,
    thumbprints: [],
    keys: keysOf(given),
    ...(given.bundle_format === 'spiffe' ? { bundleFormat: 'spiffe' as const } : {}),
    once: given.once,
    disabled: given.disabled,
    createdAt: now,
    tags: [],
    signIn: signIn && rulesOf(signIn, openIdClaims, 'openid'),
    client: signIn && clientOf(signIn),
    secret: signIn?.client_secret ?? signIn?.private_key,
  }
}

function keysOf({ jwks, jwks_uri }: Settings): OpenIdProvider['keys'] {
  if (jwks) return { from: 'upload', jwks: JSON.stringify(jwks) }
  return jwks_uri === undefined ? { from: 'discovery' } : { from: 'url', jwksUri: jwks_uri }
}

const clientOf = (given: NonNullable<Settings['sign_in']>): OpenIdProvider['client'] => ({
  id: given.client_id,
  auth: given.private_key ? 'private_key_jwt' : given.client_secret ? given.client_auth : 'none',
  scopes: given.scopes.includes('openid') ? given.scopes : ['openid', ...given.scopes],
  algorithms: given.algorithms,
  parameters: given.parameters,
  userinfo: given.userinfo,
})
