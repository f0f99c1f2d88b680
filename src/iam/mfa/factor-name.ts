// The names that people give their authenticator apps and passkeys.
import type { MfaDevice } from '../../store/records.ts'

const longestName = 64

/** One line of at most 64 characters; `otherwise` when nothing is left. */
export function factorName(text: string, otherwise: string): string {
  const line = text.slice(0, 1024).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
  return Array.from(line.trim()).slice(0, longestName).join('').trim() || otherwise
}

/** The name that a device's owner gave it, else its name in IAM. */
export const deviceLabel = ({ label, name }: Pick<MfaDevice, 'label' | 'name'>): string => label ?? name
