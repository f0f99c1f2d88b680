// Converts a directory entry to claims (lists of strings) and to the stable subject of the user.
import { Problem } from '../../problem.ts'

/** Attribute values, by requested attribute name. */
export type Entry = ReadonlyMap<string, readonly Buffer[]>

/** [MS-ADTS] §3.1.1.1.4: attributes of 16 bytes, represented as a GUID. */
const guids = new Set(['objectguid', 'ms-ds-consistencyguid'])
/** Binary attributes, even where their bytes are valid text. */
const binary = new Set(['objectsid', 'usercertificate', 'jpegphoto', 'thumbnailphoto', 'sidhistory'])

/** The first three groups are little-endian ([MS-DTYP] §2.3.4.2). */
export function guidText(bytes: Buffer): string | undefined {
  if (bytes.length !== 16) return undefined
  const hex = (from: number, to: number) => bytes.subarray(from, to).toString('hex')
  const reversed = (from: number, to: number) =>
    Buffer.from(bytes.subarray(from, to)).reverse().toString('hex')
  return [reversed(0, 4), reversed(4, 6), reversed(6, 8), hex(8, 10), hex(10, 16)].join('-')
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** A value as a claim: text, or base64 when it is not text. */
function claimOf(name: string, value: Buffer): string {
  const type = name.toLowerCase()
  if (guids.has(type)) return guidText(value) ?? value.toString('base64')
  if (binary.has(type) || type.endsWith(';binary')) return value.toString('base64')
  return textOf(value) ?? value.toString('base64')
}

/** @param groups of the search for groups; an attribute of that name never counts, since whoever maps groups answers for them */
export function claimsOf(dn: string, entry: Entry, groups: readonly string[] | undefined) {
  const claims: Record<string, unknown> = Object.create(null)
  for (const [name, values] of entry)
    if (values.length > 0 && name !== 'groups') claims[name] = values.map((value) => claimOf(name, value))
  claims['dn'] = [dn]
  if (groups !== undefined) claims['groups'] = groups
  return claims
}

/**
 * The subject must have one value that is text: binary data is refused, because its base64 could equal another user's text.
 * @throws Problem('denied')
 */
export function subjectOf(attribute: string, entry: Entry): string {
  const values = entry.get(attribute) ?? []
  const [value] = values
  if (value === undefined || values.length > 1)
    throw noSubject(`the entry has ${values.length} values of \`${attribute}\`; the subject is one`)
  const text = guids.has(attribute.toLowerCase()) ? guidText(value) : textOf(value)
  if (text === undefined || text === '' || text.length > 255 || /\p{Cc}/u.test(text))
    throw noSubject(`\`${attribute}\` is no subject: it must be a GUID, or text of up to 255 characters`)
  return text
}

const noSubject = (detail: string): Problem =>
  new Problem('denied', 'the directory has no usable subject for this user', { detail })
