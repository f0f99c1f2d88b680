// A second OIDC issuer, as in a CI system: discovery, published keys, and tokens for its jobs. For demonstration only: it
// issues tokens to anyone, as a CI runner does for its own job.
import { generateKeyPairSync, type KeyPairKeyObjectResult, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type SigningKey, signJws } from '../secure/jws.ts'

type IssuerKey = SigningKey & { readonly jwk: object }

export interface CiIssuer {
  readonly url: string
  readonly keys: readonly IssuerKey[]
  /** Issues a token; `iss iat nbf exp jti` are filled in where absent, and omitted where given as undefined. */
  mint(claims: Readonly<Record<string, unknown>>, key?: SigningKey): Promise<string>
  stop(): Promise<void>
}

export type CiAlgorithm = 'RS256' | 'ES256'

const newPair = (alg: CiAlgorithm): KeyPairKeyObjectResult =>
  alg === 'RS256'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' })

function issuerKey(alg: CiAlgorithm, { privateKey, publicKey }: KeyPairKeyObjectResult): IssuerKey {
  const kid = `ci-${alg.toLowerCase()}-${randomUUID().slice(0, 8)}`
  return { kid, alg, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' } }
}

/** Lifetime of tokens in seconds. */
const lifetime = 300

/** Listens on loopback; `port` 0 selects a free one. */
export async function startCiIssuer(
  port = 0,
  algorithms: readonly CiAlgorithm[] = ['RS256', 'ES256'],
  pairFor: (alg: CiAlgorithm) => KeyPairKeyObjectResult = newPair,
): Promise<CiIssuer> {
  const keys = algorithms.map((alg) => issuerKey(alg, pairFor(alg)))
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const mint: CiIssuer['mint'] = async (claims, key = keys[0]) => {
    const now = Math.floor(Date.now() / 1000)
    const usual = { iss: url, iat: now, nbf: now, exp: now + lifetime, jti: randomUUID() }
    if (key === undefined) throw new TypeError('the issuer has no key')
    return signJws('JWT', { ...usual, ...claims }, key)
  }
  server.on('request', (req, res) => void answer(req, res, url, keys, mint))
  return { url, keys, mint, stop: () => stop(server) }
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  url: string,
  keys: readonly IssuerKey[],
  mint: CiIssuer['mint'],
): Promise<void> {
  const target = new URL(req.url ?? '/', url)
  if (target.pathname === '/.well-known/openid-configuration') return json(res, discovery(url, keys))
  if (target.pathname === '/jwks') return json(res, { keys: keys.map(({ jwk }) => jwk) })
  // What a runner provides to its job: a token about that job, for the requested audience.
  if (target.pathname === '/token')
    return json(res, { token: await mint(Object.fromEntries(target.searchParams)) })
  res.writeHead(404).end()
}

const discovery = (url: string, keys: readonly IssuerKey[]) => ({
  issuer: url,
  jwks_uri: `${url}/jwks`,
  response_types_supported: ['id_token'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: keys.map(({ alg }) => alg),
})

const json = (res: ServerResponse, value: unknown): void => {
  res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
