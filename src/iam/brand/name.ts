// The name of an organization as people read it on pages, in mails and in their authenticator apps.

/** Characters: authenticators may cut names after 64 bytes (WebAuthn Level 3 section 5.4.1). */
export const longestName = 60

/** Format characters, which change how other text reads; of them only the joiners of scripts and emoji are part of names. */
const hidden = /[\p{Cc}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u

/**
 * The name in its usual form: composed characters, single spaces.
 * @returns what is wrong with it, as the rest of a sentence, when it cannot be a name
 */
export function readName(text: string): { readonly name: string } | { readonly fault: string } {
  // Before anything else, so that no line break becomes a space.
  if (hidden.test(text))
    return {
      fault:
        'must not contain line breaks, control characters or characters that change the direction of text',
    }
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').trim()
  const length = [...name].length
  if (length > longestName) return { fault: `has ${length} characters: at most ${longestName} are accepted` }
  if (!/[\p{L}\p{N}\p{S}]/u.test(name)) return { fault: 'must contain a letter, a number or a symbol' }
  if (/^[\u200c\u200d]|[\u200c\u200d]$|[\u200c\u200d]{2}/u.test(name))
    return { fault: 'must not contain invisible characters beside none that they join' }
  if (/\p{M}{4}/u.test(name)) return { fault: 'has more than three marks on one letter' }
  return { name }
}
