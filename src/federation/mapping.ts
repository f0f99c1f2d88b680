// Outside claims → what we keep of a person. Declarative (path, match, map, default), so that it can be shown working
// before it is saved, and closed: it names what it makes, and nothing else can be made. Pure.
import { acceptedAttributes, attributeNames, type PersonAttributes } from '../store/person.ts'
import type { ClaimMapping, ClaimRule, SignInRules, Tag } from '../store/records.ts'
import type { UpstreamPerson } from './kind.ts'

export { acceptedAttributes } from '../store/person.ts'

type Claims = Readonly<Record<string, unknown>>

/** What the claims come to. */
export interface MappedPerson {
  /** As a user name of ours may be; undefined when no claim gives one. */
  readonly name: string | undefined
  readonly displayName: string | undefined
  /** Undefined unless it looks like an address. */
  readonly email: string | undefined
  /** True only for the boolean or the text `true`, and only with an address. */
  readonly emailVerified: boolean
  readonly attributes: PersonAttributes
  readonly groups: readonly string[]
  readonly tags: readonly Tag[]
}

/** More values than this are cut: a person is in no more groups than a decision can look at. */
const maxValues = 1000
const maxGroups = 200
const maxText = 256
/** What no group of ours can be called is no group of ours (iam/names.ts). */
const groupName = /^[\w+=,.@-]{1,128}$/
const maxTags = 50

export function mapClaims(mapping: ClaimMapping, claims: Claims): MappedPerson {
  const first = (rule: ClaimRule) => valuesOf(rule, claims)[0]?.slice(0, maxText)
  // Whole: cut off, an address would be another one, in another domain.
  const email = addressOf(valuesOf(mapping.email, claims)[0])
  return {
    name: userNameOf(first(mapping.name)),
    displayName: printable(first(mapping.displayName)),
    email,
    emailVerified: email !== undefined && first(mapping.emailVerified) === 'true',
    attributes: attributesOf(mapping, claims),
    // Directories have names such as `Domain Admins`; ours have no spaces.
    groups: [...new Set(valuesOf(mapping.groups, claims).map((name) => name.trim().replace(/\s+/g, '-')))]
      .filter((name) => groupName.test(name))
      .slice(0, maxGroups),
    tags: tagsOf(mapping, claims),
  }
}

/** Values that may not be kept are passed over, as if the claim were not there. */
const attributesOf = ({ attributes }: ClaimMapping, claims: Claims): PersonAttributes =>
  acceptedAttributes(
    Object.fromEntries(
      attributeNames.flatMap((name) => {
        const rule = attributes?.[name]
        return rule === undefined ? [] : [[name, valuesOf(rule, claims)[0]?.trim()]]
      }),
    ),
  )

/** The path of the first rule that comes to nothing; undefined: all are met. */
export const unmetRule = (rules: readonly ClaimRule[], claims: Claims): string | undefined =>
  rules.find((rule) => valuesOf(rule, claims).length === 0)?.path.join(' or ')

/** How somebody proved who they are, as an ID token tells it (OIDC Core §2). */
export const proofIn = ({ amr, acr }: Claims): Pick<UpstreamPerson, 'amr' | 'acr'> => ({
  amr: Array.isArray(amr) ? amr.filter((one) => typeof one === 'string') : [],
  acr: typeof acr === 'string' ? acr : undefined,
})

/** Their second factor counts where the administrator said by which words the provider tells of one (attacks.md 17). */
export const provesSecondFactor = (
  { secondFactor }: SignInRules,
  { amr, acr }: Pick<UpstreamPerson, 'amr' | 'acr'>,
): boolean =>
  amr.some((method) => secondFactor.amr.includes(method)) ||
  (acr !== undefined && secondFactor.acr.includes(acr))

/** The values a rule comes to, in the order of the claim. */
export function valuesOf(rule: ClaimRule, claims: Claims): readonly string[] {
  const found =
    rule.path.map((path) => textsOf(claimAt(claims, path))).find((texts) => texts.length > 0) ?? []
  const { match, map } = rule
  const matching = match === undefined ? found : found.filter((text) => globMatches(match, text))
  const mapped =
    map === undefined
      ? matching
      : matching.flatMap((text) => (Object.hasOwn(map, text) ? (map[text] ?? []) : []))
  return mapped.length > 0 ? mapped.slice(0, maxValues) : rule.default
}

/** A claim of that whole name first (`https://acme.example/groups`), else a path with dots into objects. */
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

/** IAM's user names: 1 to 64 of `A-Z a-z 0-9 _+=,.@-`; what is not becomes `-`. */
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

/** ASCII alone: two spellings of one address must not be two (attacks.md 17). Lower case, as they are compared. */
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

/** `*` any run, `?` any one character; written out, never a RegExp of text from a file. */
function globMatches(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let mark = 0
  while (t < text.length) {
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
