// Key pairs of a SAML provider for encrypted assertions, as two fields of its form: certificates, which everybody may read, and private
// keys, which no page shows. The API has them as a list of pairs.
import type { Form } from '../../web/request/body.ts'
import { type Entry, isObject } from './settings-of-form.ts'

/** Names of the fields. What is wrong with a pair is shown at its certificate. */
export const keyPairFields = { certificates: 'encryption.keys', keys: 'encryption.keys.private_key' } as const

/** The certificates of `encryption`, in PEM. */
export const certificatesIn = (encryption: unknown): readonly string[] =>
  isObject(encryption) && Array.isArray(encryption['keys'])
    ? encryption['keys'].flatMap((one: unknown) =>
        isObject(one) && typeof one['certificate'] === 'string' ? [one['certificate']] : [],
      )
    : []

const certificatePem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g
const keyPem = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----/g

/** The PEM texts in a field. When it has anything else, all of it is one, which the operation refuses. */
function textsIn(typed: string, pem: RegExp): readonly string[] {
  const text = typed.replaceAll('\r\n', '\n').trim()
  if (text === '') return []
  return text.replace(pem, '').trim() === '' ? (text.match(pem) ?? []) : [text]
}

/** The same for the same certificate, however its lines end. */
const bare = (pem: string): string => (pem.match(certificatePem)?.[0] ?? pem).replace(/\s+/g, '')

/**
 * A change of settings, with the pairs that the form has. A certificate that was there before is named as it was, so that its private
 * key stays.
 * @param settings as they are; undefined for a new provider
 */
export function withKeyPairs(change: Entry, form: Form, settings: Entry = {}): Entry {
  const { encryption, ...rest } = change
  const before = certificatesIn(settings['encryption'])
  const typed = form.get(keyPairFields.certificates) ?? before.join('\n')
  const certificates = textsIn(typed, certificatePem).map(
    (pem) => before.find((one) => bare(one) === bare(pem)) ?? pem,
  )
  const keys = textsIn(form.get(keyPairFields.keys) ?? '', keyPem)
  if (certificates.length + keys.length === 0 && form.get('encryption.required') !== 'true')
    return settings['encryption'] === undefined ? rest : { ...rest, encryption: null }
  if (keys.length === 0 && JSON.stringify(certificates) === JSON.stringify(before)) return change
  const pairs = Array.from({ length: Math.max(certificates.length, keys.length) }, (_, at) => ({
    ...(certificates[at] !== undefined && { certificate: certificates[at] }),
    ...(keys[at] !== undefined && { private_key: keys[at] }),
  }))
  return { ...rest, encryption: { ...(isObject(encryption) && encryption), keys: pairs } }
}
