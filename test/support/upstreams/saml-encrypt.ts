// Encrypts the assertion of a SAML response, with an implementation of XML Encryption that is not ours.
import { X509Certificate } from 'node:crypto'
import { createRequire } from 'node:module'

interface Library {
  encrypt(text: string, options: object, done: (error: unknown, xml: string) => void): void
}
const library = createRequire(import.meta.url)('xml-encryption') as Library

const xmlenc = 'http://www.w3.org/2001/04/xmlenc#'
const xmlenc11 = 'http://www.w3.org/2009/xmlenc11#'

export interface EncryptOptions {
  readonly content?: string
  readonly transport?: string
  readonly digest?: string
  readonly mask?: string
}

/** `EncryptedData` of a text. @param certificate PEM, of the recipient */
export function encryptedData(
  text: string,
  certificate: string,
  options: EncryptOptions = {},
): Promise<string> {
  const { content = `${xmlenc11}aes256-gcm`, transport = `${xmlenc}rsa-oaep-mgf1p`, digest, mask } = options
  const publicKey = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' })
  return new Promise((done, fail) =>
    library.encrypt(
      text,
      {
        rsa_pub: publicKey,
        pem: certificate,
        encryptionAlgorithm: content,
        keyEncryptionAlgorithm: transport,
        ...(digest === undefined ? {} : { keyEncryptionDigest: digest }),
        ...(mask === undefined ? {} : { keyEncryptionMgf: mask }),
        disallowEncryptionWithInsecureAlgorithm: false,
        warnInsecureAlgorithm: false,
      },
      (error, xml) => (error ? fail(error) : done(xml)),
    ),
  )
}

export const inEncryptedAssertion = (data: string): string =>
  `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${data.replace(/>\s+</g, '><').trim()}</saml:EncryptedAssertion>`

const assertionOf = (xml: string): string => /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml)?.[0] ?? ''

/** The response with its assertion encrypted. */
export async function encryptAssertion(
  xml: string,
  certificate: string,
  options: EncryptOptions = {},
): Promise<string> {
  const data = await encryptedData(assertionOf(xml), certificate, options)
  return xml.replace(assertionOf(xml), () => inEncryptedAssertion(data))
}
