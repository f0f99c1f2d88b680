// The metadata of this server as a SAML service provider. There is one for each identity provider, and its URL is the entity id that
// this server uses with that provider.
import type { SamlProvider } from '../../store/records.ts'
import { readMetadata } from './metadata.ts'
import { metadataNs, postBinding, protocolNs, redirectBinding, signatureNs } from './names.ts'
import { escapeXml } from './our-messages.ts'

/** The entity id for a provider: `…/federation/<name>/metadata`, from its callback URL `…/federation/<name>/callback`. */
export const ourEntityId = (callback: string): string => callback.replace(/\/callback$/, '/metadata')

/** The SingleLogoutService for a provider, from its callback URL. */
export const ourSignOut = (callback: string): string => callback.replace(/\/callback$/, '/logout')

export function ourMetadata(provider: SamlProvider, callback: string): string {
  const { certificate, encryption, subject, want } = provider
  const base64 = certificate && base64Of(certificate)
  const encryptionCertificate = encryption?.certificates[0]
  const keys = [
    base64 === undefined ? '' : keyDescriptor('signing', base64),
    encryptionCertificate === undefined
      ? ''
      : keyDescriptor('encryption', base64Of(encryptionCertificate), encryptionMethods),
  ].join('')
  const location = escapeXml(ourSignOut(callback))
  const answers = escapeXml(new URL('/signed-out', callback).href)
  // Single Logout is offered only when responses can be signed and the provider has an endpoint for them (Profiles section 4.4.3.4).
  const signOut =
    base64 !== undefined && provider.metadata !== '' && readMetadata(provider.metadata).signOut !== undefined
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
    keys,
    signOut,
    format,
    `<md:AssertionConsumerService Binding="${postBinding}" Location="${escapeXml(callback)}" index="0" isDefault="true"/>`,
    '</md:SPSSODescriptor></md:EntityDescriptor>',
  ].join('')
}

/** The base64 of a certificate in PEM. */
const base64Of = (certificate: string): string => certificate.replace(/-----[^-]+-----|\s+/g, '')

const keyDescriptor = (use: 'signing' | 'encryption', certificate: string, methods = ''): string =>
  `<md:KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="${signatureNs}"><ds:X509Data><ds:X509Certificate>${escapeXml(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods}</md:KeyDescriptor>`

/** Algorithms of preference (Metadata section 2.4.1.1); AES-GCM needs no signature of the response. */
const encryptionMethods = [
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
]
  .map((uri) => `<md:EncryptionMethod Algorithm="${uri}"/>`)
  .join('')
