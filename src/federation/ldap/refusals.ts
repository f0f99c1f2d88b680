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
export type Refusal = 'wrong' | { readonly because: string }

export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof ResultCodeError)) return undefined
  if (notAllowed.has(error.code)) return { because: saidBy(error) }
  if (!refusals.has(error.code)) return undefined
  const because = subCodes.get(/\bdata ([0-9a-f]{3})\b/i.exec(error.message)?.[1]?.toLowerCase() ?? '')
  return because === undefined ? 'wrong' : { because }
}

/** Short and without control characters. */
export function saidBy(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const code = error instanceof ResultCodeError ? `result code ${error.code}: ` : ''
  return `${code}${text.replace(/ Code: 0x[0-9a-f]+$/, '')}`.replace(/\p{C}+/gu, ' ').slice(0, 300)
}
