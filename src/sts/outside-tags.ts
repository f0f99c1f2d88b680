// What an outside token asks for its session: tags and source identity (User Guide, "Passing session tags using
// AssumeRoleWithWebIdentity"). A claim that is there but malformed refuses the token; it is never passed over.
import { Problem } from '../problem.ts'
import { checkRequest } from './input.ts'
import type { SessionTag } from './ports.ts'
import { noTags, type SessionTags } from './session-tags.ts'

const tagsClaim = 'https://aws.amazon.com/tags'
const sourceIdentityClaim = 'https://aws.amazon.com/source_identity'

type Claims = Readonly<Record<string, unknown>>

/** @throws Problem('idp_rejected_claim') */
export function tagsOf(claims: Claims): SessionTags {
  const claim = claims[tagsClaim]
  if (claim === undefined) return noTags
  if (!isObject(claim)) throw rejected('must be an object')
  const { principal_tags: principal = {}, transitive_tag_keys: transitive = [] } = claim
  if (!isObject(principal)) throw rejected('`principal_tags` must be an object')
  if (!isTexts(transitive)) throw rejected('`transitive_tag_keys` must be a list of strings')
  const tags = Object.entries(principal).map(
    ([key, value]): SessionTag => ({ key, value: single(key, value) }),
  )
  return acceptedTags({ tags, transitiveKeys: transitive })
}

/** @throws Problem('idp_rejected_claim') */
export function sourceIdentityOf(claims: Claims): string | undefined {
  const claim = claims[sourceIdentityClaim]
  if (claim === undefined) return undefined
  if (typeof claim !== 'string') throw rejected('must be a string', sourceIdentityClaim)
  asClaim(() => checkRequest({ sourceIdentity: claim }), sourceIdentityClaim)
  return claim
}

/** `{"Team": ["blue"]}`, as AWS documents it; a bare string means the same. */
function single(key: string, value: unknown): string {
  const one = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value
  if (typeof one !== 'string') throw rejected(`tag \`${key.slice(0, 128)}\` must have exactly one value`)
  return one
}

export function acceptedTags(tags: SessionTags, claim = tagsClaim): SessionTags {
  asClaim(() => checkRequest({ tags: tags.tags, transitiveTagKeys: tags.transitiveKeys }), claim)
  return tags
}

/** The limits are those of a request; whoever broke them here is the issuer. */
export function asClaim(check: () => void, claim: string): void {
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
