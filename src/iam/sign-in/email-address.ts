// The form of an e-mail address that people have.
import { z } from 'zod'

/** RFC 5321 §4.5.3.1.1: octets before the `@`; mail servers refuse more. */
const longestLocalPart = 64

/** At most 254 characters (RFC 5321 §4.5.3.1.3, without the angle brackets). */
export const emailAddress = z
  .email()
  .max(254)
  .refine((text) => text.lastIndexOf('@') <= longestLocalPart, {
    error: `must have at most ${longestLocalPart} characters before the @`,
  })
