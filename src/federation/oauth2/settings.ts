// `kind: oauth2` in `identity_providers:`: a plain OAuth 2 provider, by its endpoints or by a preset that knows them.
import { z } from 'zod'
import type { OAuth2Provider } from '../../store/records.ts'
import {
  type DefaultClaims,
  externalUrl,
  type Owner,
  providerName,
  rulesOf,
  secretText,
  signInFields,
} from '../settings.ts'
import { authorizationParameters, scopes } from './authorization-parameters.ts'

const endpointNames = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint'] as const

export const oauth2Settings = z
  .strictObject({
    kind: z.literal('oauth2'),
    /** In the callback's path, `/federation/<name>/callback`. */
    name: providerName,
    /** Sets the endpoints, issuer, subject, scopes and mapping. */
    preset: z.enum(['github']).optional(),
    /** URL of a GitHub Enterprise Server; github.com by default. */
    base_url: externalUrl.optional(),
    authorization_endpoint: externalUrl.optional(),
    token_endpoint: externalUrl.optional(),
    /** Returns the user as a JSON object. */
    userinfo_endpoint: externalUrl.optional(),
    /** Returns a list of `{email, verified, primary}`. */
    emails_endpoint: externalUrl.optional(),
    /** The namespace within which its subjects are unique: a URL of the provider. */
    issuer: externalUrl.optional(),
    /** The claim that never changes and is never reassigned: a number or an opaque id, not a name or address. */
    subject: z.string().min(1).max(256).optional(),
    disabled: z.boolean().default(false),
    sign_in: z.strictObject({
      ...signInFields,
      client_id: z.string().min(1).max(255),
      client_secret: secretText.optional(),
      client_auth: z.enum(['client_secret_post', 'client_secret_basic']).default('client_secret_post'),
      scopes: scopes.optional(),
      parameters: authorizationParameters,
    }),
  })
  .superRefine((given, context) => {
    const fault = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message })
    if (given.preset === undefined) {
      for (const name of [...endpointNames, 'issuer', 'subject'] as const)
        if (given[name] === undefined) fault(name, 'is required without a preset')
      if (given.base_url !== undefined) fault('base_url', 'goes with a preset')
      return
    }
    for (const name of [...endpointNames, 'emails_endpoint', 'issuer', 'subject'] as const)
      if (given[name] !== undefined) fault(name, `is set by the preset \`${given.preset}\``)
  })

type Settings = z.output<typeof oauth2Settings>
type Known = Pick<OAuth2Provider, 'issuer' | 'endpoints' | 'subject'> & {
  readonly scopes: readonly string[]
  readonly rules: DefaultClaims
}

/** GitHub, "Authorizing OAuth apps" and "Get the authenticated user": a `login` may be renamed and reassigned, an `id` may not. */
export function gitHub(base = 'https://github.com'): Known {
  const site = base.replace(/\/$/, '')
  const api = site === 'https://github.com' ? 'https://api.github.com' : `${site}/api/v3`
  return {
    issuer: site,
    endpoints: {
      authorization: `${site}/login/oauth/authorize`,
      token: `${site}/login/oauth/access_token`,
      userinfo: `${api}/user`,
      emails: `${api}/user/emails`,
    },
    subject: 'id',
    scopes: ['read:user', 'user:email'],
    rules: { ...oauth2Claims, name: ['login'] },
  }
}

export const oauth2Claims: DefaultClaims = {
  name: ['preferred_username', 'username', 'login', 'email'],
  displayName: ['name'],
  email: ['email'],
  emailVerified: ['email_verified'],
  // No default for groups: those who name groups at the provider must not choose local groups.
  groups: [],
}

/** The values set explicitly in the settings. */
const explicit = (given: Settings): Known => ({
  issuer: given.issuer ?? '',
  endpoints: {
    authorization: given.authorization_endpoint ?? '',
    token: given.token_endpoint ?? '',
    userinfo: given.userinfo_endpoint ?? '',
    emails: given.emails_endpoint,
  },
  subject: given.subject ?? '',
  scopes: [],
  rules: oauth2Claims,
})

export function oauth2Record(given: Settings, { accountId, now }: Owner): OAuth2Provider {
  const known = given.preset === 'github' ? gitHub(given.base_url) : explicit(given)
  const { sign_in: signIn } = given
  return {
    kind: 'oauth2',
    id: `arn:aws:iam::${accountId}:oauth2-provider/${given.name}`,
    accountId,
    name: given.name,
    disabled: given.disabled,
    createdAt: now,
    tags: [],
    issuer: known.issuer,
    endpoints: known.endpoints,
    subject: known.subject,
    signIn: rulesOf(signIn, known.rules, 'oauth2'),
    client: {
      id: signIn.client_id,
      auth: signIn.client_secret ? signIn.client_auth : 'none',
      scopes: signIn.scopes ?? known.scopes,
      parameters: signIn.parameters,
    },
    secret: signIn.client_secret,
  }
}
