// Who is signed in, as headers for the protected application: plain ones, which only the proxy may set, and a signed one, which
// the application can verify with the keys of `/jwks`.
import { LRUCache } from 'lru-cache'
import { atMost } from '../../iam/record/at-most.ts'
import type { SignFeed } from '../ports.ts'

/** The user of a browser session. */
export interface ForwardedPerson {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly email: string | undefined
  readonly emailVerified: boolean
  /** Names. */
  readonly groups: readonly string[]
}

/** Every header that is set; a proxy must remove those of the client. */
const identityHeaders = [
  'X-Forwarded-User',
  'X-Forwarded-Email',
  'X-Forwarded-Groups',
  'X-Chancery-Identity',
] as const

/** Seconds for which the signed header is valid, and for which it is sent again. */
const lifetime = { valid: 60, reused: 20 } as const

export interface IdentityPorts {
  readonly issuer: string
  /** Epoch seconds. */
  readonly clock: () => number
  readonly sign: SignFeed
}

/** Makes the headers of a person for a host. Names with a comma are percent-encoded in the list of groups. */
export function identityWriter({ issuer, clock, sign }: IdentityPorts) {
  const held = new LRUCache<string, { readonly at: number; readonly jwt: Promise<string> }>(atMost(10_000))
  return async (
    person: ForwardedPerson,
    origin: string,
  ): Promise<Readonly<Record<(typeof identityHeaders)[number], string>>> => {
    const email = person.emailVerified ? person.email : undefined
    const about = {
      iss: issuer,
      aud: origin,
      sub: person.id,
      acct: person.accountId,
      preferred_username: person.name,
      groups: person.groups,
      ...(email === undefined ? {} : { email }),
    }
    const key = JSON.stringify(about)
    const at = clock()
    const known = held.get(key)
    const jwt =
      known !== undefined && at - known.at < lifetime.reused
        ? known.jwt
        : sign('forward-auth+jwt', { ...about, iat: at, exp: at + lifetime.valid })
    if (jwt !== known?.jwt) held.set(key, { at, jwt })
    return {
      'X-Forwarded-User': person.name,
      'X-Forwarded-Email': email === undefined ? '' : encodeURI(email),
      'X-Forwarded-Groups': person.groups.map((name) => name.replaceAll(',', '%2C')).join(','),
      'X-Chancery-Identity': await jwt,
    }
  }
}
