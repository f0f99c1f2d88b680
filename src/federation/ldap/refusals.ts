// The meaning of LDAP result codes (RFC 4511 §4.1.9) and of Active Directory's sub-codes.
import { ResultCodeError } from 'ldapts'

/** Active Directory's sub-code in the text of `invalidCredentials`: `… data 775, v4563` ([MS-ERREF] §2.2, hexadecimal). */
const subCodes: ReadonlyMap<string, string> = new Map([
  ['530', 'not allowed to sign in at this time'],
  ['531', 'not allowed to sign in from here'],
  ['532', 'the password has expired'],
  ['533', 'the account is disabled'],
  ['701', 'the account has expired'],
  ['773', 'the password must be changed'],
  ['775', 'the account is locked'],
])

/**
 * Sub-codes that Active Directory returns only for a correct password and that the user can resolve: their message is shown.
 * `775` (locked) is returned for a wrong password too and must not be shown.
 */
const shownSubCodes: ReadonlyMap<string, string> = new Map([
  ['532', 'your password has expired; change it at your organization, then sign in again'],
  ['773', 'your password must be changed; change it at your organization, then sign in again'],
])

/** Result codes that reject this name and password. */
const refusals: ReadonlySet<number> = new Set([
  32, // noSuchObject
  34, // invalidDNSyntax
  48, // inappropriateAuthentication: the entry has no password
  49, // invalidCredentials
])

/** Result codes that refuse an existing user: locked, or not allowed to sign in. */
const notAllowed: ReadonlySet<number> = new Set([
  19, // constraintViolation: 389 Directory Server, too many failures
  50, // insufficientAccessRights
  53, // unwillingToPerform: OpenLDAP and 389, account disabled
])

/** The meaning of a failed bind. */
export type Refusal =
  | 'wrong'
  | {
      readonly because: string
      /** Message for the user; set only where the directory has confirmed the password. */
      readonly shown?: string
    }

/** Undefined for an error that is not about the user: the directory does not work. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof ResultCodeError)) return undefined
  if (notAllowed.has(error.code)) return { because: resultText(error) }
  if (!refusals.has(error.code)) return undefined
  const subCode = /\bdata ([0-9a-f]{3})\b/i.exec(error.message)?.[1]?.toLowerCase() ?? ''
  const because = subCodes.get(subCode)
  const shown = shownSubCodes.get(subCode)
  if (because === undefined) return 'wrong'
  return shown === undefined ? { because } : { because, shown }
}

/** The server's message, at most 300 characters, without control characters. */
export function resultText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const code = error instanceof ResultCodeError ? `result code ${error.code}: ` : ''
  return `${code}${text.replace(/ Code: 0x[0-9a-f]+$/, '')}`.replace(/\p{C}+/gu, ' ').slice(0, 300)
}
