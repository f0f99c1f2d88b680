// A second OIDC issuer for tests: the demo's CI system, and the tokens a dishonest one would make.
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { type CiAlgorithm, type CiIssuer, startCiIssuer as start } from '../../../src/demo/ci-issuer.ts'
import { rsaPair } from './rsa-keys.ts'

export type { CiIssuer }

/** Listens on loopback; `port` 0 selects a free one. */
export const startCiIssuer = (port?: number, algorithms?: readonly CiAlgorithm[]): Promise<CiIssuer> =>
  start(port, algorithms, (alg) =>
    alg === 'RS256' ? rsaPair() : generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  )

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token with any header and any signature: `none`, an HMAC under the public key, a signature of zeros. */
export function forgedToken(header: object, claims: object, key?: string): string {
  const signed = `${encode(header)}.${encode(claims)}`
  const signature = key === undefined ? '' : createHmac('sha256', key).update(signed).digest('base64url')
  return `${signed}.${signature}`
}
