// `kind: oauth2` of `identity_providers:`: a provider of plain OAuth 2, by its endpoints, or by a preset that knows them.
import { z } from 'zod'
import type { OAuth2Provider } from '../../store/records.ts'
import {
  type DefaultRules,
  type Owner,
  outsideUrl,
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
    /** Fills the endpoints, issuer, subject, scopes and mapping. */
    preset: z.enum(['github']).optional(),
    /** Where a GitHub Enterprise Server is; github.com without. */
    base_url: outsideUrl.optional(),
    authorization_endpoint: outsideUrl.optional(),
    token_endpoint: outsideUrl.optional(),
    /** Answers with the person as a JSON object. */
    userinfo_endpoint: outsideUrl.optional(),
    /** Answers with a list of `{email, verified, primary}`. */
    emails_endpoint: outsideUrl.optional(),
    /** What its subjects are unique within: a URL of the provider's own. */
    issuer: outsideUrl.optional(),
    /** The claim that never changes and is never given to anybody else: a number or an opaque id, no name or address. */
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
        if (given[name] === undefined) fault(name, 'is needed without a preset')
      if (given.base_url !== undefined) fault('base_url', 'goes with a preset')
      return
    }
    for (const name of [...endpointNames, 'emails_endpoint', 'issuer', 'subject'] as const)
      if (given[name] !== undefined) fault(name, `is set by the preset \`${given.preset}\``)
  })

type Settings = z.output<typeof oauth2Settings>
type Known = Pick<OAuth2Provider, 'issuer' | 'endpoints' | 'subject'> & {
  readonly scopes: readonly string[]
  readonly rules: DefaultRules
}

/** GitHub, "Authorizing OAuth apps" and "Get the authenticated user": `login` may be renamed and taken again, `id` not. */
function github(base = 'https://github.com'): Known {
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
    rules: { ...rules, name: ['login'] },
  }
}

const rules: DefaultRules = {
  name: ['preferred_username', 'username', 'login', 'email'],
  displayName: ['name'],
  email: ['email'],
  emailVerified: ['email_verified'],
  // Whoever names groups there must not be able to name ours: only what the settings map counts.
  groups: [],
}

/** What the settings, read by the schema above, say themselves. */
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
  rules,
})

export function oauth2Record(given: Settings, { accountId, now }: Owner): OAuth2Provider {
  const known = given.preset === 'github' ? github(given.base_url) : explicit(given)
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
