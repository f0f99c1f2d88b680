// The SAML messages that we write (Core §3.4, §3.7). Everything that is not ours is escaped.
import type { EpochSeconds } from '../../store/records.ts'
import type { NameId } from './assertion.ts'
import { assertionNs, postBinding, protocolNs } from './names.ts'

interface Head {
  /** Begins with a letter or underscore (Core §1.3.4). */
  readonly id: string
  readonly now: EpochSeconds
  readonly destination: string
  /** Our entity id. */
  readonly issuer: string
}

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"'\t\r\n]/g, (char) => `&#${char.charCodeAt(0)};`)

/** Attributes in the order given; undefined ones are left out. */
const attributes = (all: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(all)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(value)}"`))
    .join('')

const message = (
  name: string,
  { id, now, destination, issuer }: Head,
  more: Readonly<Record<string, string | undefined>>,
  content: string,
): string =>
  `<samlp:${name} xmlns:samlp="${protocolNs}" xmlns:saml="${assertionNs}"${attributes({
    ID: id,
    Version: '2.0',
    IssueInstant: new Date(now * 1000).toISOString(),
    Destination: destination,
    ...more,
  })}><saml:Issuer>${escapeXml(issuer)}</saml:Issuer>${content}</samlp:${name}>`

export interface AuthnRequest extends Head {
  readonly callback: string
  readonly forceAuthn: boolean
  /** What NameID is asked to be; undefined: as the provider likes. */
  readonly nameIdFormat: string | undefined
  /** Authentication context classes, one of which is asked for; none: any. */
  readonly classes: readonly string[]
}

export function authnRequest(request: AuthnRequest): string {
  const { callback, forceAuthn, nameIdFormat, classes } = request
  const policy = attributes({ Format: nameIdFormat, AllowCreate: 'true' })
  const references = classes.map(
    (one) => `<saml:AuthnContextClassRef>${escapeXml(one)}</saml:AuthnContextClassRef>`,
  )
  const context =
    references.length === 0
      ? ''
      : `<samlp:RequestedAuthnContext Comparison="exact">${references.join('')}</samlp:RequestedAuthnContext>`
  return message(
    'AuthnRequest',
    request,
    {
      ForceAuthn: forceAuthn ? 'true' : undefined,
      ProtocolBinding: postBinding,
      AssertionConsumerServiceURL: callback,
    },
    `<samlp:NameIDPolicy${policy}/>${context}`,
  )
}

export interface LogoutRequest extends Head {
  readonly nameId: NameId
  readonly sessionIndex: string | undefined
}

export function logoutRequest(request: LogoutRequest): string {
  const { nameId, sessionIndex } = request
  const names = attributes({
    Format: nameId.format,
    NameQualifier: nameId.nameQualifier,
    SPNameQualifier: nameId.spNameQualifier,
  })
  const index =
    sessionIndex === undefined ? '' : `<samlp:SessionIndex>${escapeXml(sessionIndex)}</samlp:SessionIndex>`
  return message(
    'LogoutRequest',
    request,
    {},
    `<saml:NameID${names}>${escapeXml(nameId.value)}</saml:NameID>${index}`,
  )
}

/** Core §3.2.2.2. */
const statusCodes = {
  success: ['Success'],
  /** Some of the sessions that were named have ended, and some have not. */
  partial: ['Responder', 'PartialLogout'],
  failed: ['Responder'],
} as const

export type LogoutStatus = keyof typeof statusCodes

export interface LogoutResponse extends Head {
  readonly inResponseTo: string
  readonly status: LogoutStatus
}

export function logoutResponse(response: LogoutResponse): string {
  const [outer, inner] = statusCodes[response.status]
  const code = (name: string, content: string) =>
    `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${name}">${content}</samlp:StatusCode>`
  const status = code(outer, inner === undefined ? '' : code(inner, ''))
  return message(
    'LogoutResponse',
    response,
    { InResponseTo: response.inResponseTo },
    `<samlp:Status>${status}</samlp:Status>`,
  )
}
