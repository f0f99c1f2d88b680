// Reads the Authorization header of Basic authentication (RFC 7617 section 2).
import { Problem } from '../../problem.ts'
import { Secret } from '../../secure/secret.ts'

export interface BasicCredentials {
  readonly name: string
  readonly password: Secret
}

/** Undefined for another scheme or none. @throws Problem('unauthenticated') when the credentials cannot be read */
export function readBasicCredentials(authorization: string): BasicCredentials | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=_-]*) *$/i.exec(authorization) ?? []
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0)
    throw new Problem('unauthenticated', 'Basic credentials must be `<user name>:<password>` in base64')
  return { name: text.slice(0, colon), password: new Secret(text.slice(colon + 1)) }
}
