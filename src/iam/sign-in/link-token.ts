// The tokens of one-time links. Only the hash of a token is stored, as the id of its record; each purpose finds its own.
import { sha256base64url } from '../../secure/digest.ts'
import { randomToken } from '../../secure/random.ts'
import type { EpochSeconds, OneTimeLink, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

export type LinkPurpose = NonNullable<OneTimeLink['purpose']>

export interface MadeLink {
  /** Readable this one time. */
  readonly token: string
  readonly expiresAt: EpochSeconds
}

/** @param lifetime seconds */
export async function makeLink(
  store: Pick<Store, 'create'>,
  link: Omit<OneTimeLink, 'id' | 'browser' | 'expiresAt'>,
  now: EpochSeconds,
  lifetime: number,
): Promise<MadeLink> {
  const token = randomToken()
  const expiresAt = now + lifetime
  await store.create('oneTimeLink', { ...link, id: sha256base64url(token), browser: undefined, expiresAt })
  return { token, expiresAt }
}

/** The record of a token that can still be used for one of these purposes; `password` is that of administrators' links. */
export async function linkOf(
  store: Pick<Store, 'get'>,
  token: string,
  purposes: readonly (LinkPurpose | 'password')[],
  now: EpochSeconds,
): Promise<OneTimeLink | undefined> {
  const link = token.length > 64 ? undefined : await store.get('oneTimeLink', sha256base64url(token))
  if (link === undefined || link.expiresAt <= now) return undefined
  return purposes.includes(link.purpose ?? 'password') ? link : undefined
}

/** No link for a password of this person that exists now can be used any more. */
export async function removePasswordLinks(
  store: Pick<Store, 'each' | 'delete'>,
  { id: userId }: Pick<User, 'id'>,
): Promise<void> {
  for await (const { id, purpose } of store.each('oneTimeLink', { by: 'user', value: userId }))
    if (purpose !== 'address') await store.delete('oneTimeLink', id)
}
