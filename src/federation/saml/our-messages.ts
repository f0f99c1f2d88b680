// Writes the SAML messages that this server sends (Core sections 3.4 and 3.7). All values are escaped.
import type { EpochSeconds } from '../../store/records.ts'
import type { NameId } from './assertion.ts'
import { assertionNs, postBinding, protocolNs } from './names.ts'

interface MessageHeader {
  /** Begins with a letter or underscore (Core §1.3.4). */
  readonly id: string
  readonly now: EpochSeconds
  readonly destination: string
  /** The entity id of this server. */
  readonly issuer: string
}

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"'\t\r\n]/g, (char) => `&#${char.charCodeAt(0)};`)

/** Attributes in the given order, without undefined ones. */
const attributes = (all: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(all)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(value)}"`))
    .join('')

const message = (
  name: string,
  { id, now, destination, issuer }: MessageHeader,
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

export interface AuthnRequest extends MessageHeader {
  readonly callback: string
  readonly forceAuthn: boolean
  /** The requested format of NameID; undefined: the provider chooses. */
  readonly nameIdFormat: string | undefined
  /** Requested authentication context classes, one of which must be used; empty: any. */
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

export interface LogoutRequest extends MessageHeader {
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
  /** Some of the named sessions could not be ended. */
  partial: ['Responder', 'PartialLogout'],
  failed: ['Responder'],
} as const

export type LogoutStatus = keyof typeof statusCodes

export interface LogoutResponse extends MessageHeader {
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
