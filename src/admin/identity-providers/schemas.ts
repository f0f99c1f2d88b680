// Schemas of identity providers in the admin API. Settings are an entry of `identity_providers:` of the configuration file, by its
// names; federation/ checks the whole entry.
import { z } from 'zod'
import { type ManagedProviderView, recordedSettings } from '../../iam/provider/managed-provider-view.ts'
import type { ProviderEnding } from '../../iam/provider/managed-providers.ts'
import { instant } from '../instant.ts'
import type { ProviderAddresses, ProviderCheck } from '../use-cases.ts'

export const providerKinds = ['openid', 'oauth2', 'saml', 'ldap'] as const

/** A provider in lists. */
export const providerSummary = z.strictObject({
  arn: z.string(),
  name: z.string().optional().describe('undefined: people do not sign in with it'),
  kind: z.enum(providerKinds),
  issuer: z.string().describe('the namespace of its identities'),
  title: z.string().optional().describe('on its button'),
  signIn: z.boolean().describe('whether people sign in with it'),
  source: z
    .enum(['stored', 'file', 'former-file'])
    .describe('file: of the configuration file, read-only; former-file: of an earlier one, disabled'),
  state: z.enum(['enabled', 'disabled']),
  createdAt: z.iso.datetime(),
})

/** A provider in answers. */
export const provider = providerSummary.extend({
  settings: z
    .record(z.string(), z.unknown())
    .describe('its entry as in the configuration file, without secrets and defaults'),
  secrets: z.array(z.string()).describe('paths of the secrets that it has, which are never shown'),
  addresses: z
    .strictObject({
      callback: z.string().optional().describe('redirect URI; SAML: assertion consumer service'),
      signedOut: z.string().optional().describe('where browsers return to after a sign-out there'),
      metadata: z.string().optional().describe('SAML: our metadata and entity id'),
    })
    .describe('what the other side has to know'),
})

/** A provider after a change. */
export const changedProvider = provider.extend({
  notice: z
    .string()
    .optional()
    .describe('after a change of who vouches for its people and workloads: what goes on from before it'),
})

export const sessionsGoOn =
  'what began before this change goes on: `chancery identity-providers end-sessions` ends it, for example when an earlier key was stolen'

export function summaryAnswer(view: ManagedProviderView): z.input<typeof providerSummary> {
  const { id, name, kind, signIn, disabled, createdAt } = view.provider
  return {
    arn: id,
    ...(name !== undefined && { name }),
    kind,
    issuer: view.issuer,
    ...(signIn !== undefined && { title: signIn.title }),
    signIn: signIn !== undefined,
    source: view.source,
    state: disabled ? 'disabled' : 'enabled',
    createdAt: instant(createdAt),
  }
}

export const providerAnswer = (
  view: ManagedProviderView,
  addresses: ProviderAddresses,
): z.input<typeof provider> => ({
  ...summaryAnswer(view),
  settings: { ...view.settings },
  secrets: [...view.secrets],
  addresses,
})

/** For audit entries. */
export const recordedProvider = (view: ManagedProviderView): Readonly<Record<string, unknown>> => ({
  ...summaryAnswer(view),
  settings: recordedSettings(view.settings),
  secrets: view.secrets,
})

/**
 * Members are checked with the whole entry, because its kind decides about them; here they have their basic types alone, which the
 * command line needs. Null removes one at a change.
 */
const text = (about: string) => z.string().nullable().optional().describe(about)
const texts = (about: string) => z.array(z.string()).nullable().optional().describe(about)
const flag = (about: string) => z.boolean().nullable().optional().describe(about)
const json = (about: string) => z.unknown().optional().describe(about)

/** Members of `identity_providers:` of every kind, besides `kind`. */
export const entryMembers = {
  name: text('name in its paths and, but for openid, its ARN'),
  sign_in: json('how people sign in with it: title, client_id, client_secret, mapping, …'),
  preset: text('openid: google, entra, …; oauth2: github'),
  url: text('openid: the issuer, exactly as in `iss`'),
  client_ids: texts('openid: audiences of workload tokens'),
  jwks_uri: text('openid: URL of its keys, where discovery does not say'),
  jwks: json('openid: its keys themselves'),
  bundle_format: text('openid: jwks or spiffe'),
  once: flag('openid: each `jti` of a workload token is accepted once'),
  base_url: text('oauth2: URL of a GitHub Enterprise Server'),
  authorization_endpoint: text('oauth2: without a preset'),
  token_endpoint: text('oauth2: without a preset'),
  userinfo_endpoint: text('oauth2: without a preset; returns the user as JSON'),
  emails_endpoint: text('oauth2: without a preset; returns a list of addresses'),
  issuer: text('oauth2, ldap: the namespace within which its subjects are unique'),
  subject: text('oauth2, ldap: the claim or attribute that never changes'),
  metadata: text('saml: the metadata of the provider, XML'),
  metadata_url: text('saml: where its metadata is fetched from; needs entity_id'),
  entity_id: text('saml: the provider in the metadata of metadata_url'),
  metadata_certificate: text('saml: PEM; the metadata of metadata_url must be signed by it'),
  encryption: json('saml: key pairs for encrypted assertions'),
  urls: texts('ldap: ldaps://host[:port], tried in order'),
  start_tls: flag('ldap: StartTLS on ldap://'),
  ca: text('ldap: PEM, for a certificate that no public authority issued'),
  bind_dn: text('ldap: who searches'),
  bind_password: z
    .string()
    .nullable()
    .optional()
    .meta({ format: 'password', description: 'ldap: the password of bind_dn' }),
  base_dn: text('ldap: where people are'),
  active_directory: flag('ldap: defaults for Active Directory'),
  user_filter: text('ldap: filter with {username}'),
  attributes: texts('ldap: further attributes to read'),
  groups: json('ldap: how groups are found'),
} as const

/** What audit entries have of a body: `before` and `after` say the rest without secrets. */
export const unrecorded = Object.keys(entryMembers).filter((name) => name !== 'name')

export const checkAnswer = z.strictObject({
  ok: z.boolean().describe('whether every step succeeded'),
  steps: z.array(
    z.strictObject({
      step: z.string(),
      ok: z.boolean(),
      said: z.string().optional().describe('what the other side answered'),
    }),
  ),
  risks: z.array(
    z.strictObject({ level: z.enum(['high', 'medium', 'low']), what: z.string(), fix: z.string() }),
  ),
})

export const checkOf = ({ steps, risks }: ProviderCheck): z.input<typeof checkAnswer> => ({
  ok: steps.every(({ ok }) => ok),
  steps: steps.map(({ step, ok, said }) => ({ step, ok, ...(said !== undefined && { said }) })),
  risks: [...risks],
})

/** As for `chancery provider check`: a step failed, or a risk is more than low. */
export const hasFindings = (answer: unknown): boolean => {
  const checked = checkAnswer.safeParse(answer)
  return !checked.success || !checked.data.ok || checked.data.risks.some(({ level }) => level !== 'low')
}

/** Of a check for its audit entry: the steps that failed, and how many risks of each level there are. */
export const checkFacts = ({ steps, risks }: ProviderCheck): Readonly<Record<string, unknown>> => ({
  failed: steps.filter(({ ok }) => !ok).map(({ step }) => step),
  risks: Object.fromEntries(
    (['high', 'medium', 'low'] as const).map((level) => [
      level,
      risks.filter((risk) => risk.level === level).length,
    ]),
  ),
})

export const endingAnswer = z.strictObject({
  dryRun: z.boolean().describe('true: nothing was changed'),
  ends: z.strictObject({
    browserSessions: z.int().describe('browser sessions that began with it, counted up to 1,000'),
    tokens: z.string().describe('which tokens of applications end'),
    roleSessions: z.string().describe('which sessions of roles end; they are not stored, so not counted'),
  }),
})

export const endingOf = (isDryRun: boolean, ends: ProviderEnding): z.input<typeof endingAnswer> => ({
  dryRun: isDryRun,
  ends,
})
