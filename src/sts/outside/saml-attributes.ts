// Attributes of a SAML assertion that set the role, name, duration and tags of the session (IAM User Guide, "Configure SAML assertions
// for the authentication response"). An assertion with a malformed attribute is refused; the attribute is never ignored.
import { Problem } from '../../problem.ts'
import { checkRequest } from '../input.ts'
import { noTags, type SessionTags } from '../session/session-tags.ts'
import { asClaimFault, checkedTags } from './outside-tags.ts'

const prefix = 'https://aws.amazon.com/SAML/Attributes/'
const tagPrefix = `${prefix}PrincipalTag:`

type Attributes = ReadonlyMap<string, readonly string[]>

const invalid = (message: string): Problem => new Problem('invalid_identity_token', message)

/** The only value of an attribute; undefined when it is absent. @throws Problem('idp_rejected_claim') for several values */
function single(attributes: Attributes, name: string): string | undefined {
  const [value, ...others] = attributes.get(name) ?? []
  if (others.length > 0)
    throw new Problem(
      'idp_rejected_claim',
      `the attribute \`${name.slice(0, 256)}\` must have exactly one value`,
    )
  return value
}

/** Whether the Role attribute has a pair of this role and provider, in either order. */
export const offersRole = (attributes: Attributes, role: string, provider: string): boolean =>
  (attributes.get(`${prefix}Role`) ?? []).some((value) => {
    const pair = value.split(',').map((arn) => arn.trim())
    return pair.length === 2 && pair.includes(role) && pair.includes(provider)
  })

/** @throws Problem('invalid_identity_token') with AWS's messages */
export function roleSessionName(attributes: Attributes): string {
  const name = single(attributes, `${prefix}RoleSessionName`)
  if (name === undefined) throw invalid('RoleSessionName is required in AuthnResponse')
  if (!/^[\w+=,.@-]{2,64}$/.test(name))
    throw invalid('RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}')
  return name
}

/** Seconds. @throws Problem('invalid_identity_token') */
export function sessionDurationOf(attributes: Attributes): number | undefined {
  const text = single(attributes, `${prefix}SessionDuration`)
  if (text === undefined) return undefined
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(seconds >= 900 && seconds <= 43_200))
    throw invalid('SessionDuration in AuthnResponse must be from 900 to 43200')
  return seconds
}

export function samlSourceIdentity(attributes: Attributes): string | undefined {
  const name = `${prefix}SourceIdentity`
  const sourceIdentity = single(attributes, name)
  if (sourceIdentity !== undefined) asClaimFault(() => checkRequest({ sourceIdentity }), name)
  return sourceIdentity
}

export function samlTags(attributes: Attributes): SessionTags {
  const transitiveKeys = attributes.get(`${prefix}TransitiveTagKeys`) ?? []
  const tags = [...attributes.keys()]
    .filter((name) => name.startsWith(tagPrefix))
    .map((name) => ({ key: name.slice(tagPrefix.length), value: single(attributes, name) ?? '' }))
  if (tags.length === 0 && transitiveKeys.length === 0) return noTags
  return checkedTags({ tags, transitiveKeys }, `${tagPrefix}*`)
}
