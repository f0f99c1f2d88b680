// A second OIDC issuer for tests: the demo's CI system, and the tokens a dishonest one would make.
import { createHmac } from 'node:crypto'
import { type CiIssuer, startCiIssuer } from '../../src/demo/ci-issuer.ts'

export { type CiIssuer, startCiIssuer }

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token with any header and any signature: `none`, an HMAC under the public key, a signature of zeros. */
export function forgedToken(header: object, claims: object, key?: string): string {
  const signed = `${encode(header)}.${encode(claims)}`
  const signature = key === undefined ? '' : createHmac('sha256', key).update(signed).digest('base64url')
  return `${signed}.${signature}`
}
