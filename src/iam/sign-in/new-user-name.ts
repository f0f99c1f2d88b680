// The user name of a person whom an identity provider makes known here. What the provider says is a wish: a name that reads
// like an address of a domain the provider does not speak for, or like one of an administrator, is never taken as it is
// (attacks.md 39). Pure, so that a sign-in and `chancery provider try` say the same.
import type { IdentityProvider } from '../../store/records.ts'

/** Characters that are read as another: the later one of each pair stands for both. */
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

/** Names by which people know administrators and this server; spelled by their skeleton. */
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

/** One spelling for all names that look the same at a glance. */
function skeleton(name: string): string {
  const folded = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  return lookAlikes.reduce((text, [from, to]) => text.replace(from, to), folded).replace(/[^\p{L}]/gu, '')
}

/** True for `root`, `admin` and their like, in any case, with numbers behind, and for what looks the same. */
export const isReservedName = (name: string): boolean =>
  reserved.has(skeleton(name)) || reserved.has(skeleton(name.replace(/[\d._=,+-]+$/, '')))

/** IAM's user names have at most 64 characters. */
const longest = 64

/**
 * @param wanted what the provider's mapping comes to, of the characters that user names have; undefined: nothing
 * @returns the name to try first; when it is taken a number follows
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
  // With the provider's name in front it says where it is from, and reads like nobody else's.
  return local === '' ? `${prefix}-user` : `${prefix}-${local}`.slice(0, longest)
}
