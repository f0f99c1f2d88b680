// Names of groups in ARNs are of few characters, while clients send display names such as `Sales Team (EMEA)`.
import { sha256hex } from '../../secure/digest.ts'

const mostName = 128

/**
 * The name for a display name: itself where it can be one; spaces become hyphens; where more is lost, a digest of the
 * display name (in lower case, as names are compared) keeps different ones apart.
 */
export function groupNameOf(displayName: string): string {
  if (/^[\w+=,.@-]{1,128}$/.test(displayName)) return displayName
  const hyphens = displayName.trim().replace(/\s+/g, '-')
  const kept = hyphens.replace(/[^\w+=,.@-]+/g, '')
  if (kept === hyphens && kept.length <= mostName && kept !== '') return kept
  const digest = sha256hex(displayName.toLowerCase()).slice(0, 12)
  return `${kept.slice(0, mostName - 13)}${kept === '' ? 'group' : ''}-${digest}`
}
