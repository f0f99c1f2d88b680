// Maps a verified assertion to a user of the identity provider, with a subject that never changes.
import { Problem } from '../../problem.ts'
import type { SamlProvider } from '../../store/records.ts'
import type { UpstreamPerson } from '../kind.ts'
import type { Assertion, NameId } from './assertion.ts'
import { isPlain } from './assertion.ts'
import { subjectKey } from './logout-request.ts'
import { emailFormat, persistentFormat } from './names.ts'

/** Microsoft Entra ID puts the authentication methods into this attribute. */
export const methodsAttribute = 'http://schemas.microsoft.com/claims/authnmethodsreferences'

/** @throws Problem('idp_rejected_claim') when the assertion has no usable subject */
export function personOf(provider: SamlProvider, assertion: Assertion, ourEntityId: string): UpstreamPerson {
  const { attributes, contextClass, nameId, sessionIndex, authenticatedAt } = assertion
  return {
    issuer: assertion.issuer,
    subject: subjectOf(provider, assertion, ourEntityId),
    claims: claimsOf(assertion),
    amr: [...(attributes.get(methodsAttribute) ?? []), ...(contextClass === undefined ? [] : [contextClass])],
    acr: contextClass,
    authTime: authenticatedAt,
    spend: assertion.spend,
    leave: leaveOf(nameId, sessionIndex),
    signOut: nameId && { subject: subjectKey(nameId, assertion.issuer, ourEntityId), session: sessionIndex },
  }
}

/** Maximum characters of `leave`. */
const maxLeave = 6000

function leaveOf(nameId: NameId | undefined, sessionIndex: string | undefined): string | undefined {
  const leave = nameId && JSON.stringify({ ...nameId, sessionIndex })
  return leave && leave.length <= maxLeave ? leave : undefined
}

const rejected = (why: string): Problem =>
  new Problem('idp_rejected_claim', 'the identity provider did not send a permanent identifier for you', {
    detail: why,
  })

function subjectOf({ subject }: SamlProvider, assertion: Assertion, ourEntityId: string): string {
  const { nameId, attributes } = assertion
  if (subject.from === 'attribute') {
    const [value, ...others] = attributes.get(subject.name) ?? []
    if (value === undefined || others.length > 0 || !isPlain(value))
      throw rejected(`the attribute \`${subject.name}\` must have one value`)
    return value
  }
  const format = subject.from === 'email' ? emailFormat : persistentFormat
  if (!nameId || nameId.format !== format) throw rejected(`NameID must be of the format ${format}`)
  return qualified(nameId, assertion.issuer, ourEntityId)
}

/**
 * The same NameID with different qualifiers identifies different users (Core section 8.3.7), so qualifiers other than the provider
 * and this server are part of the subject. A plain value that begins with `[` is encoded, so that it never equals a qualified one.
 */
function qualified({ value, nameQualifier, spNameQualifier }: NameId, issuer: string, us: string): string {
  const by = nameQualifier ?? issuer
  const at = spNameQualifier ?? us
  if (by !== issuer || at !== us) return JSON.stringify([by, at, value])
  return value.startsWith('[') ? JSON.stringify([value]) : value
}

/** Attributes by Name, and by FriendlyName where no attribute has that as its Name. */
function claimsOf({ attributes, friendly, nameId }: Assertion): Record<string, readonly string[]> {
  const claims = new Map<string, readonly string[]>()
  for (const [alias, name] of friendly) claims.set(alias, attributes.get(name) ?? [])
  for (const [name, values] of attributes) claims.set(name, values)
  if (nameId) claims.set('NameID', [nameId.value])
  return Object.fromEntries(claims)
}
