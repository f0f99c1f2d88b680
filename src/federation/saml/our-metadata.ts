// Our metadata as a service provider, one per provider: its address is our entity id.
import type { SamlProvider } from '../../store/records.ts'
import { readMetadata } from './metadata.ts'
import { metadataNs, postBinding, protocolNs, redirectBinding, signatureNs } from './names.ts'
import { escapeXml } from './our-messages.ts'

/** `…/federation/<name>/metadata` beside `…/federation/<name>/callback`. */
export const ourEntityId = (callback: string): string => callback.replace(/\/callback$/, '/metadata')

/** Our SingleLogoutService, beside the callback. */
export const ourSignOut = (callback: string): string => callback.replace(/\/callback$/, '/logout')

export function ourMetadata(provider: SamlProvider, callback: string): string {
  const { certificate, subject, want } = provider
  const base64 = certificate?.replace(/-----[^-]+-----|\s+/g, '')
  const key =
    base64 === undefined
      ? ''
      : `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${signatureNs}"><ds:X509Data><ds:X509Certificate>${escapeXml(base64)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`
  const location = escapeXml(ourSignOut(callback))
  const answers = escapeXml(new URL('/signed-out', callback).href)
  // An answer by redirect must be signed, and have somewhere to go (Profiles §4.4.3.4): without, nothing is offered.
  const signOut =
    base64 !== undefined && readMetadata(provider.metadata).signOut !== undefined
      ? [redirectBinding, postBinding]
          .map(
            (binding) =>
              `<md:SingleLogoutService Binding="${binding}" Location="${location}" ResponseLocation="${answers}"/>`,
          )
          .join('')
      : ''
  const format =
    subject.from === 'attribute'
      ? ''
      : `<md:NameIDFormat>urn:oasis:names:tc:SAML:${subject.from === 'email' ? '1.1:nameid-format:emailAddress' : '2.0:nameid-format:persistent'}</md:NameIDFormat>`
  return [
    `<md:EntityDescriptor xmlns:md="${metadataNs}" entityID="${escapeXml(ourEntityId(callback))}">`,
    `<md:SPSSODescriptor AuthnRequestsSigned="${base64 !== undefined}" WantAssertionsSigned="${want !== 'response'}" protocolSupportEnumeration="${protocolNs}">`,
    key,
    signOut,
    format,
    `<md:AssertionConsumerService Binding="${postBinding}" Location="${escapeXml(callback)}" index="0" isDefault="true"/>`,
    '</md:SPSSODescriptor></md:EntityDescriptor>',
  ].join('')
}
