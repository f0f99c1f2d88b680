// Our metadata as a service provider, one per provider: its address is our entity id.
import type { SamlProvider } from '../../store/records.ts'
import { metadataNs, postBinding, protocolNs, redirectBinding, signatureNs } from './names.ts'

/** `…/federation/<name>/metadata` beside `…/federation/<name>/callback`. */
export const ourEntityId = (callback: string): string => callback.replace(/\/callback$/, '/metadata')

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

export function ourMetadata({ certificate, subject, want, signIn }: SamlProvider, callback: string): string {
  const base64 = certificate?.replace(/-----[^-]+-----|\s+/g, '')
  const key =
    base64 === undefined
      ? ''
      : `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${signatureNs}"><ds:X509Data><ds:X509Certificate>${escaped(base64)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`
  const signOut = signIn?.signOut
    ? `<md:SingleLogoutService Binding="${redirectBinding}" Location="${escaped(new URL('/signed-out', callback).href)}"/>`
    : ''
  const format =
    subject.from === 'attribute'
      ? ''
      : `<md:NameIDFormat>urn:oasis:names:tc:SAML:${subject.from === 'email' ? '1.1:nameid-format:emailAddress' : '2.0:nameid-format:persistent'}</md:NameIDFormat>`
  return [
    `<md:EntityDescriptor xmlns:md="${metadataNs}" entityID="${escaped(ourEntityId(callback))}">`,
    `<md:SPSSODescriptor AuthnRequestsSigned="${base64 !== undefined}" WantAssertionsSigned="${want !== 'response'}" protocolSupportEnumeration="${protocolNs}">`,
    key,
    signOut,
    format,
    `<md:AssertionConsumerService Binding="${postBinding}" Location="${escaped(callback)}" index="0" isDefault="true"/>`,
    '</md:SPSSODescriptor></md:EntityDescriptor>',
  ].join('')
}
