// An assertion → who it is about, for ever.
import { Problem } from '../../problem.ts'
import type { SamlProvider } from '../../store/records.ts'
import type { UpstreamPerson } from '../kind.ts'
import type { Assertion, NameId } from './assertion.ts'
import { isPlain } from './assertion.ts'
import { subjectKey } from './logout-request.ts'
import { emailFormat, persistentFormat } from './names.ts'

/** Entra says here how they proved themselves. */
export const methodsAttribute = 'http://schemas.microsoft.com/claims/authnmethodsreferences'

/** @throws Problem('idp_rejected_claim') */
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

/** As much as `leave` may hold. */
const maxLeave = 6000

function leaveOf(nameId: NameId | undefined, sessionIndex: string | undefined): string | undefined {
  const leave = nameId && JSON.stringify({ ...nameId, sessionIndex })
  return leave && leave.length <= maxLeave ? leave : undefined
}

const rejected = (why: string): Problem =>
  new Problem('idp_rejected_claim', 'the identity provider does not say who you are in a lasting way', {
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
 * One value under two qualifiers is two people (Core §8.3.7), so those that are not the provider and us are part of the
 * subject. No plain value reads like a qualified one.
 */
function qualified({ value, nameQualifier, spNameQualifier }: NameId, issuer: string, us: string): string {
  const by = nameQualifier ?? issuer
  const at = spNameQualifier ?? us
  if (by !== issuer || at !== us) return JSON.stringify([by, at, value])
  return value.startsWith('[') ? JSON.stringify([value]) : value
}

/** By Name, and by FriendlyName where that is nobody's Name. */
function claimsOf({ attributes, friendly, nameId }: Assertion): Record<string, readonly string[]> {
  const claims = new Map<string, readonly string[]>()
  for (const [alias, name] of friendly) claims.set(alias, attributes.get(name) ?? [])
  for (const [name, values] of attributes) claims.set(name, values)
  if (nameId) claims.set('NameID', [nameId.value])
  return Object.fromEntries(claims)
}
