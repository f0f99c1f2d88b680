// The `claims:` section of a client: claims beside the standard ones, and where their values come from. Declarative, with the
// words of the mapping of identity providers (`match`, `map`, `default`), so that a mapping can be checked before it is used
// and can read nothing but a user's claims.
import { z } from 'zod'
import { attributeNames, personAttributes } from '../../store/person.ts'
import { reservedClaims } from './reserved.ts'

/** Where a mapped claim can be delivered. `access_token`: JWT access tokens; opaque ones are introspected. */
export const claimTargets = ['id_token', 'userinfo', 'introspection', 'access_token'] as const
export type ClaimTarget = (typeof claimTargets)[number]

/** A user's claims that a mapping can read, each with the scope that requests it (OIDC Core §5.4). */
export const sourceScopes: Readonly<Record<string, string>> = {
  sub: 'openid',
  preferred_username: 'profile',
  name: 'profile',
  email: 'email',
  email_verified: 'email',
  ...Object.fromEntries(
    attributeNames.map((name) => [personAttributes[name].claim, personAttributes[name].scope]),
  ),
  groups: 'groups',
}
const sources = Object.keys(sourceScopes)

const maxRules = 50
const maxText = 256
/** Bytes of a constant as JSON. */
const maxConstant = 2048

const text = z.string().min(1).max(maxText)
const claimName = z
  .string()
  .regex(/^[A-Za-z][\w.:/-]{0,255}$/, 'must begin with a letter and hold letters, digits and `_.:/-` only')
  .refine((name) => !reservedClaims.has(name), {
    error: ({ input }) => `\`${String(input)}\` is set by the protocol and cannot be mapped`,
  })

const source = z.enum(sources, { error: `must be one of ${sources.join(', ')}` })

/** The names in braces of a template. */
export const placeholders = (template: string): readonly string[] =>
  [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)

/** The values of a template are inserted once, so a value with braces in it is not read again. */
const template = text.superRefine((value, context) => {
  for (const name of placeholders(value))
    if (!(name in sourceScopes) || name === 'groups')
      context.addIssue({ code: 'custom', message: `\`{${name}}\` is not an attribute with one value` })
  if (/[{}]/.test(value.replace(/\{[^{}]*\}/g, '')))
    context.addIssue({ code: 'custom', message: 'has a brace without its other one' })
})

const targets = z.array(z.enum(claimTargets)).min(1).optional()

const ruleSchema = z
  .preprocess(
    // `login: preferred_username` is short for `login: { from: preferred_username }`.
    (written) => (typeof written === 'string' ? { from: written } : written),
    z.strictObject({
      /** The claim of the user that is renamed or filtered. */
      from: source.optional(),
      /** A constant: any JSON. */
      value: z
        .json()
        .refine(
          (value) => Buffer.byteLength(JSON.stringify(value)) <= maxConstant,
          `must be at most ${maxConstant} bytes of JSON`,
        )
        .optional(),
      /** Text with claims in braces, such as `{preferred_username}@corp.example`. */
      template: template.optional(),
      /** Keeps the values that match; `*` stands for any characters. */
      match: text.optional(),
      /** A prefix that is removed from the values that have it. */
      strip: text.optional(),
      /** Replaces values, and drops those that it does not name. The order of its entries is that of the result. */
      map: z.record(text, text).optional(),
      /** The value when there is none otherwise. */
      default: text.optional(),
      /** The first value as a text instead of a list. */
      single: z.boolean().optional(),
      /** Where the claim is delivered; everywhere when it is absent. */
      in: targets,
      /** A scope that must have been granted. */
      scope: text.optional(),
    }),
  )
  .superRefine((rule, context) => {
    const fault = (message: string, path: string[] = []) =>
      context.addIssue({ code: 'custom', message, path })
    const given = (['from', 'value', 'template'] as const).filter((name) => rule[name] !== undefined)
    if (given.length !== 1) fault('must have one of `from`, `value` and `template`')
    if (rule.from !== undefined) return
    for (const name of ['match', 'strip', 'map', 'default', 'single'] as const)
      if (rule[name] !== undefined) fault('is of use with `from` only', [name])
  })

export type ClaimRule = z.output<typeof ruleSchema>
export type ClaimMapping = Readonly<Record<string, ClaimRule>>

/** The `claims:` section of a client. */
export const claimMappingSchema = z
  .record(claimName, ruleSchema)
  .refine((rules) => Object.keys(rules).length <= maxRules, `must have at most ${maxRules} claims`)

/**
 * The same for a client that registered itself: it cannot redefine the standard claims, which others know by their meaning.
 */
export const registeredMappingSchema = claimMappingSchema.superRefine((rules, context) => {
  for (const name of Object.keys(rules))
    if (name in sourceScopes)
      context.addIssue({ code: 'custom', message: `\`${name}\` is a standard claim`, path: [name] })
})

/** The scopes that request what a rule reads. */
export const scopesOfRule = ({ from, template: written = '' }: ClaimRule): readonly string[] =>
  [...(from === undefined ? [] : [from]), ...placeholders(written)].map((name) => sourceScopes[name] ?? '')
