// Entries of `identity_providers:` in the configuration file: the settings common to all kinds.
import { z } from 'zod'
import { Secret } from '../secure/secret.ts'
import { attributeNames, forAttributes, personAttributes } from '../store/person.ts'
import type { ClaimMapping, ClaimRule, EpochSeconds, SignInRules } from '../store/records.ts'

/** The account that owns the records made from the settings, and the time of creation. */
export interface Owner {
  readonly accountId: string
  readonly now: EpochSeconds
}

/** For schemas of text that may be something else, too. */
export function isExternalUrl(text: string): boolean {
  const url = URL.parse(text)
  return (
    url !== null && ['https:', 'http:'].includes(url.protocol) && !url.search && !url.hash && !url.username
  )
}

export const notExternalUrl = 'must be an https URL without query, fragment or user'

export const externalUrl = z.string().max(2048).refine(isExternalUrl, notExternalUrl)

/** Part of paths and ARNs (AWS: SAMLProviderNameType is 1 to 128 of these characters). */
export const providerName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 of `A-Z a-z 0-9 . _ -`')
  // Browsers leave such segments out of a path (WHATWG URL section 4.4), and no callback would arrive.
  .refine((name) => !/^\.{1,2}$/.test(name), 'must not be `.` or `..`')

export const secretText = z
  .string()
  .min(1)
  .max(16_384)
  .transform((text) => new Secret(text))

const one = z.string().min(1).max(512)
const texts = z.union([one.transform((text) => [text]), z.array(one).max(100)])

/** `{path, match, map, default}`; a plain string is the path. */
const claimRule = z
  .union([
    one.transform((path) => ({ path: [path] })),
    z.strictObject({
      path: texts.default([]),
      match: one.optional(),
      map: z.record(z.string().min(1).max(512), texts).optional(),
      default: texts.default([]),
    }),
  ])
  .transform((rule): ClaimRule => ({ match: undefined, map: undefined, default: [], ...rule }))

/** Reserved tag keys cannot be set from claims. */
const tagKey = z
  .string()
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u, 'must be a valid tag key')
  .refine((key) => !/^(aws|chancery):/i.test(key), 'keys that begin with `aws:` or `chancery:` are reserved')

/** Each attribute of a person by the name of its claim. */
const attributeFields: Readonly<Record<string, z.ZodOptional<typeof claimRule>>> = Object.fromEntries(
  attributeNames.map((name) => [personAttributes[name].claim, claimRule.optional()]),
)

const mappingSettings = z
  .strictObject({
    name: claimRule.optional(),
    display_name: claimRule.optional(),
    email: claimRule.optional(),
    email_verified: claimRule.optional(),
    groups: claimRule.optional(),
    ...attributeFields,
    tags: z.record(tagKey, claimRule).default({}),
  })
  .prefault({})

const domain = z
  .string()
  .regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i,
    'must be a domain name',
  )
  .transform((text) => text.toLowerCase())

/** The fields of `sign_in:` common to all kinds. */
export const signInFields = {
  /** Shown on the sign-in button. */
  title: z.string().min(1).max(64),
  domains: z.array(domain).max(100).default([]),
  require: z
    .array(
      claimRule.refine(
        (rule) => rule.default.length === 0,
        'must have no default: with one, everybody could sign in',
      ),
    )
    .max(20)
    .default([]),
  create_users: z.boolean().default(true),
  mapping: mappingSettings,
  /** The values by which the provider reports a second factor. */
  second_factor: z
    .strictObject({
      amr: z.array(one).max(20).default([]),
      acr: z.array(one).max(20).default([]),
      /** Who needs a second factor here after a single one there: `everyone`, or only users who `enrolled` one here. */
      ask: z.enum(['everyone', 'enrolled']).default('everyone'),
    })
    .prefault({}),
  sign_out: z.boolean().default(false),
} as const

export const signInSettings = z.strictObject(signInFields)
type SignInSettings = z.output<typeof signInSettings>

/** The default claim paths of a kind, used where the settings have no mapping. */
export type DefaultClaims = Readonly<
  Record<'name' | 'displayName' | 'email' | 'emailVerified' | 'groups', readonly string[]>
>

/** A rule that takes the first of these claims. */
export const claimAt = (path: readonly string[]): ClaimRule => ({
  path,
  match: undefined,
  map: undefined,
  default: [],
})

/** What the schema above made of an attribute's entry. */
function attributeRuleIn(mapping: object, claim: string): ClaimRule | undefined {
  return Object.entries(mapping).find(([name]) => name === claim)?.[1] as ClaimRule | undefined
}

/** The sign-in rules of a record, from the settings and the kind's defaults. */
export function rulesOf(
  given: SignInSettings,
  defaults: DefaultClaims,
  kind: 'openid' | 'oauth2' | 'saml' | 'ldap',
): SignInRules {
  const { mapping, second_factor: factor } = given
  const rules: ClaimMapping = {
    name: mapping.name ?? claimAt(defaults.name),
    displayName: mapping.display_name ?? claimAt(defaults.displayName),
    email: mapping.email ?? claimAt(defaults.email),
    emailVerified: mapping.email_verified ?? claimAt(defaults.emailVerified),
    groups: mapping.groups ?? claimAt(defaults.groups),
    attributes: forAttributes(
      (_, { claim, from }) => attributeRuleIn(mapping, claim) ?? claimAt(from[kind] ?? []),
    ),
    tags: mapping.tags,
  }
  return {
    title: given.title,
    domains: given.domains,
    require: given.require,
    createUsers: given.create_users,
    mapping: rules,
    secondFactor: { amr: factor.amr, acr: factor.acr },
    requireSecondFactor: factor.ask === 'everyone',
    signOut: given.sign_out,
  }
}
