// What a directory says with a result code (RFC 4511 §4.1.9), and Active Directory behind it.
import { ResultCodeError } from 'ldapts'

/** Active Directory's word in the text of `invalidCredentials`: `… data 775, v4563` ([MS-ERREF] §2.2, as hex). */
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
 * Sub-codes that Active Directory gives only for a right password, and that the person can do something about: to be
 * shown to them. `775` (locked) is given for a wrong password as well, so it must not be.
 */
const shownSubCodes: ReadonlyMap<string, string> = new Map([
  ['532', 'your password has expired; change it at your organization, then sign in again'],
  ['773', 'your password must be changed; change it at your organization, then sign in again'],
])

/** Codes that are a no to this name and password, and nothing else. */
const refusals: ReadonlySet<number> = new Set([
  32, // noSuchObject
  34, // invalidDNSyntax
  48, // inappropriateAuthentication: the entry has no password
  49, // invalidCredentials
])

/** Codes by which a directory says no to a person it knows: locked, or not to sign in. */
const notAllowed: ReadonlySet<number> = new Set([
  19, // constraintViolation: 389 Directory Server, too many failures
  50, // insufficientAccessRights
  53, // unwillingToPerform: OpenLDAP and 389, account disabled
])

/** What the answer to a bind means; undefined: it is no answer to that, the directory does not work. */
export type Refusal =
  | 'wrong'
  | {
      readonly because: string
      /** What the person may be shown: the directory says this only to who gave the right password. */
      readonly shown?: string
    }

export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof ResultCodeError)) return undefined
  if (notAllowed.has(error.code)) return { because: saidBy(error) }
  if (!refusals.has(error.code)) return undefined
  const subCode = /\bdata ([0-9a-f]{3})\b/i.exec(error.message)?.[1]?.toLowerCase() ?? ''
  const because = subCodes.get(subCode)
  const shown = shownSubCodes.get(subCode)
  if (because === undefined) return 'wrong'
  return shown === undefined ? { because } : { because, shown }
}

/** Short and without control characters. */
export function saidBy(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const code = error instanceof ResultCodeError ? `result code ${error.code}: ` : ''
  return `${code}${text.replace(/ Code: 0x[0-9a-f]+$/, '')}`.replace(/\p{C}+/gu, ' ').slice(0, 300)
}
