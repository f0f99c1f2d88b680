// Maps a provider's claims to the attributes of a user. Rules are declarative (path, match, map, default), so that they can be
// tried before they are saved, and they can set only the attributes listed here. Pure.

import { Problem } from '../problem.ts'
import { acceptedAttributes, attributeNames, type PersonAttributes } from '../store/person.ts'
import type { ClaimMapping, ClaimRule, SignInRules, Tag } from '../store/records.ts'
import type { UpstreamPerson } from './kind.ts'

export { acceptedAttributes } from '../store/person.ts'

type Claims = Readonly<Record<string, unknown>>

/** The attributes that the claims map to. */
export interface MappedPerson {
  /** A valid user name; undefined when no claim gives one. */
  readonly name: string | undefined
  readonly displayName: string | undefined
  /** Undefined unless it is a valid e-mail address. */
  readonly email: string | undefined
  /** True only for the boolean `true` or the string `true`, and only with an address. */
  readonly emailVerified: boolean
  readonly attributes: PersonAttributes
  readonly groups: readonly string[]
  readonly tags: readonly Tag[]
}

/** Further values are dropped. */
const maxValues = 1000
const maxGroups = 200
const maxText = 256
/** The syntax of group names (iam/names.ts); other names cannot be local groups. */
const groupName = /^[\w+=,.@-]{1,128}$/
const maxTags = 50

/**
 * The attributes of a person from the claims of their provider. Values that are not valid are left out, names and texts are cut to
 * their longest length, and lists to 200 groups and 50 tags.
 * @throws Problem('limit_exceeded') when the patterns of a rule take too long to match
 */
export function mapClaims(mapping: ClaimMapping, claims: Claims): MappedPerson {
  const first = (rule: ClaimRule) => valuesOf(rule, claims)[0]?.slice(0, maxText)
  // Not truncated: a truncated address would be another address, in another domain.
  const email = addressOf(valuesOf(mapping.email, claims)[0])
  return {
    name: userNameOf(first(mapping.name)),
    displayName: printable(first(mapping.displayName)),
    email,
    emailVerified: email !== undefined && first(mapping.emailVerified) === 'true',
    attributes: attributesOf(mapping, claims),
    // Directories have group names such as `Domain Admins`; local names have no spaces.
    groups: [...new Set(valuesOf(mapping.groups, claims).map((name) => name.trim().replace(/\s+/g, '-')))]
      .filter((name) => groupName.test(name))
      .slice(0, maxGroups),
    tags: tagsOf(mapping, claims),
  }
}

/** Invalid values are ignored, as if the claim were absent. */
const attributesOf = ({ attributes }: ClaimMapping, claims: Claims): PersonAttributes =>
  acceptedAttributes(
    Object.fromEntries(
      attributeNames.flatMap((name) => {
        const rule = attributes?.[name]
        return rule === undefined ? [] : [[name, valuesOf(rule, claims)[0]?.trim()]]
      }),
    ),
  )

/** The path of the first rule without a value; undefined when every rule is met. */
export const unmetRule = (rules: readonly ClaimRule[], claims: Claims): string | undefined =>
  rules.find((rule) => valuesOf(rule, claims).length === 0)?.path.join(' or ')

/** The authentication methods and context class in an ID token (OIDC Core §2). */
export const authenticationContextIn = ({ amr, acr }: Claims): Pick<UpstreamPerson, 'amr' | 'acr'> => ({
  amr: Array.isArray(amr) ? amr.filter((one) => typeof one === 'string') : [],
  acr: typeof acr === 'string' ? acr : undefined,
})

/** Whether the provider verified a second factor, by the `amr` and `acr` values that the administrator listed (attacks.md 17). */
export const provesSecondFactor = (
  { secondFactor }: SignInRules,
  { amr, acr }: Pick<UpstreamPerson, 'amr' | 'acr'>,
): boolean =>
  amr.some((method) => secondFactor.amr.includes(method)) ||
  (acr !== undefined && secondFactor.acr.includes(acr))

/**
 * Comparisons of characters that `match` of a rule takes at most: a thousand names of groups take a tenth of it. A pattern and a long
 * claim that were made for each other would keep the process busy for seconds (docs/attacks.md 28).
 */
const maxComparisons = 2_000_000

/**
 * The values of a rule, in the order of the claim; at most 1,000.
 * @throws Problem('limit_exceeded') when they take too long to match, because a value left out could be one that a policy denies something to
 */
export function valuesOf(rule: ClaimRule, claims: Claims): readonly string[] {
  const found =
    rule.path.map((path) => textsOf(claimAt(claims, path))).find((texts) => texts.length > 0) ?? []
  const { match, map } = rule
  const work = { left: maxComparisons }
  const matching = match === undefined ? found : found.filter((text) => globMatches(match, text, work))
  const mapped =
    map === undefined
      ? matching
      : matching.flatMap((text) => (Object.hasOwn(map, text) ? (map[text] ?? []) : []))
  return mapped.length > 0 ? mapped.slice(0, maxValues) : rule.default
}

/** A claim with exactly this name (`https://acme.example/groups`), otherwise a dotted path into objects. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  let value: unknown = claims
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined
    value = (value as Claims)[name]
  }
  return value
}

function textsOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.flatMap((one) => {
    if (typeof one === 'boolean' || (typeof one === 'number' && Number.isFinite(one))) return [String(one)]
    return typeof one === 'string' && one !== '' ? [one] : []
  })
}

/** An IAM user name (1 to 64 of `A-Z a-z 0-9 _+=,.@-`); other characters become `-`. */
function userNameOf(text: string | undefined): string | undefined {
  const name = text
    ?.normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w+=,.@-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
  return name === '' ? undefined : name
}

/** One line, no control characters. */
function printable(text: string | undefined): string | undefined {
  const line = text?.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim()
  return line === '' ? undefined : line
}

/** ASCII only, so that look-alike addresses cannot differ (attacks.md 17). Lower case, as addresses are compared. */
function addressOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$/.test(text)
    ? text.toLowerCase()
    : undefined
}

function tagsOf(mapping: ClaimMapping, claims: Claims): readonly Tag[] {
  return Object.entries(mapping.tags)
    .slice(0, maxTags)
    .flatMap(([key, rule]) => {
      const value = valuesOf(rule, claims)[0]
      return value !== undefined && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value) ? [{ key, value }] : []
    })
}

/** `*` matches any run, `?` any one character. Not a RegExp, because patterns come from configuration. */
function globMatches(pattern: string, text: string, work: { left: number }): boolean {
  let p = 0
  let t = 0
  let star = -1
  let mark = 0
  while (t < text.length) {
    if (--work.left < 0)
      throw new Problem('limit_exceeded', 'what the identity provider sent is too much', {
        detail: `the values of a claim take more than ${maxComparisons} comparisons with \`${pattern.slice(0, 64)}\``,
      })
    if (p < pattern.length && (pattern[p] === '?' || (pattern[p] === text[t] && pattern[p] !== '*'))) {
      p++
      t++
    } else if (pattern[p] === '*') {
      star = p++
      mark = t
    } else if (star >= 0) {
      p = star + 1
      t = ++mark
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
