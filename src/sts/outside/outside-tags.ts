// Session tags and source identity in the claims of an outside token (IAM User Guide, "Passing session tags using
// AssumeRoleWithWebIdentity"). A token with a malformed claim is refused; the claim is never ignored.
import { Problem } from '../../problem.ts'
import { checkRequest } from '../input.ts'
import type { SessionTag } from '../ports.ts'
import { noTags, type SessionTags } from '../session/session-tags.ts'

const tagsClaim = 'https://aws.amazon.com/tags'
const sourceIdentityClaim = 'https://aws.amazon.com/source_identity'

type Claims = Readonly<Record<string, unknown>>

/** The flat form for providers that cannot nest claims: `<tagsClaim>/principal_tags/<Key>`. */
const flatTag = `${tagsClaim}/principal_tags/`
const flatTransitive = `${tagsClaim}/transitive_tag_keys`

/**
 * The session tags of a token, from the nested and the flat form together.
 * @throws Problem('idp_rejected_claim') for malformed claims, and for a tag in both forms
 */
export function tagsOf(claims: Claims): SessionTags {
  const { [tagsClaim]: nested = {}, [flatTransitive]: flatKeys = [] } = claims
  if (!isObject(nested)) throw rejected('must be an object')
  const { principal_tags: principal = {}, transitive_tag_keys: transitive = [] } = nested
  if (!isObject(principal)) throw rejected('`principal_tags` must be an object')
  const flat = Object.entries(claims).filter(([name]) => name.startsWith(flatTag))
  const entries = [
    ...Object.entries(principal),
    ...flat.map(([name, value]) => [name.slice(flatTag.length), value] as const),
  ]
  const transitiveKeys = [...keysOf(transitive), ...keysOf(flatKeys)]
  if (entries.length === 0 && transitiveKeys.length === 0) return noTags
  const tags = entries.map(([key, value]): SessionTag => ({ key, value: single(key, value) }))
  return checkedTags({ tags, transitiveKeys })
}

function keysOf(transitive: unknown): readonly string[] {
  if (!isTexts(transitive)) throw rejected('`transitive_tag_keys` must be a list of strings')
  return transitive
}

/** @throws Problem('idp_rejected_claim') */
export function sourceIdentityOf(claims: Claims): string | undefined {
  const claim = claims[sourceIdentityClaim]
  if (claim === undefined) return undefined
  if (typeof claim !== 'string') throw rejected('must be a string', sourceIdentityClaim)
  asClaimFault(() => checkRequest({ sourceIdentity: claim }), sourceIdentityClaim)
  return claim
}

/** The value of a tag: `["blue"]`, as AWS documents it, or `"blue"`. */
function single(key: string, value: unknown): string {
  const one = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value
  if (typeof one !== 'string') throw rejected(`tag \`${key.slice(0, 128)}\` must have exactly one value`)
  return one
}

export function checkedTags(tags: SessionTags, claim = tagsClaim): SessionTags {
  asClaimFault(() => checkRequest({ tags: tags.tags, transitiveTagKeys: tags.transitiveKeys }), claim)
  return tags
}

/** Runs a check of request.ts on the value of a claim, and reports its fault as one of the claim. @throws Problem('idp_rejected_claim') */
export function asClaimFault(check: () => void, claim: string): void {
  try {
    check()
  } catch (cause) {
    if (cause instanceof Problem) throw rejected(cause.message, claim)
    throw cause
  }
}

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

const rejected = (what: string, claim = tagsClaim): Problem =>
  new Problem('idp_rejected_claim', `the claim \`${claim}\` is not acceptable: ${what}`)
