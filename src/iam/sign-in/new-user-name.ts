// Chooses the name of a user who is created at a federated sign-in. A name that looks like an address of a domain that is not the
// provider's, or like an administrator's name, is never used unchanged (docs/attacks.md 39). Pure, so that a sign-in and
// `chancery provider try` agree.
import type { IdentityProvider } from '../../store/records.ts'

/** Characters that look alike: the first is replaced by the second before names are compared. */
const lookAlikes: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/0/g, 'o'],
  [/[1l|!]/g, 'i'],
  [/3/g, 'e'],
  [/[4@]/g, 'a'],
  [/[5$]/g, 's'],
  [/[7+]/g, 't'],
]

/** Names that suggest an administrator or this server, as skeletons. */
const reserved: ReadonlySet<string> = new Set(
  [
    'admin',
    'administrator',
    'administrators',
    'admins',
    'chancery',
    'root',
    'superuser',
    'sysadmin',
    'system',
  ].map((name) => skeleton(name)),
)

/** A common spelling of all names that look alike (compare Unicode TS 39, section 4). */
function skeleton(name: string): string {
  const folded = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  return lookAlikes.reduce((text, [from, to]) => text.replace(from, to), folded).replace(/[^\p{L}]/gu, '')
}

/** True for `root`, `admin` and similar names in any case, with trailing digits, and for names that look like them. */
export const isReservedName = (name: string): boolean =>
  reserved.has(skeleton(name)) || reserved.has(skeleton(name.replace(/[\d._=,+-]+$/, '')))

/** IAM's user names have at most 64 characters. */
const longest = 64

/**
 * @param wanted the mapped name, already restricted to the characters of user names; undefined when the mapping gave none
 * @returns the name to try first; when it is taken a number is appended
 */
export function newUserName(
  provider: Pick<IdentityProvider, 'name' | 'kind' | 'signIn'>,
  wanted: string | undefined,
): string {
  const prefix = provider.name ?? provider.kind
  if (wanted === undefined) return `${prefix}-user`
  const at = wanted.lastIndexOf('@')
  const domain = wanted.slice(at + 1).toLowerCase()
  const foreignAddress = at >= 0 && !provider.signIn?.domains.includes(domain)
  const local = foreignAddress ? wanted.slice(0, at).replaceAll('@', '-') : wanted
  if (!foreignAddress && !isReservedName(local)) return wanted
  // With the provider's name as prefix it shows its origin and cannot be mistaken for another name.
  return local === '' ? `${prefix}-user` : `${prefix}-${local}`.slice(0, longest)
}
