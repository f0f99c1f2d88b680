// A cluster's token issuer as kube-apiserver is one: discovery, keys at /openid/v1/jwks, and projected service account
// tokens with nested `kubernetes.io` claims.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signJws } from '../../../src/secure/jws.ts'
import { rsaPair } from './rsa-keys.ts'

export interface KubernetesIssuer {
  readonly url: string
  /** What `kubectl get --raw /openid/v1/jwks` says. */
  readonly jwks: { readonly keys: readonly object[] }
  /** Paths that were asked for. */
  readonly asked: readonly string[]
  /** What the TokenRequest API gives a pod of this service account. */
  project(account: ServiceAccount, audience: string, change?: object): Promise<string>
  stop(): Promise<void>
}

export interface ServiceAccount {
  readonly namespace: string
  readonly name: string
}

/** `issuer` is what its tokens say they are from: for a private cluster, a name nobody outside resolves. */
export async function startKubernetesIssuer(issuer?: string): Promise<KubernetesIssuer> {
  const pair = rsaPair()
  const kid = randomUUID()
  const key = { ...pair, kid, alg: 'RS256' as const }
  const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
  const jwks = { keys: [jwk] }
  const asked: string[] = []
  const server = createServer((req, res) => {
    asked.push(req.url ?? '')
    const body =
      req.url === '/.well-known/openid-configuration'
        ? {
            issuer: url,
            jwks_uri: `${local}/openid/v1/jwks`,
            response_types_supported: ['id_token'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['RS256'],
          }
        : req.url === '/openid/v1/jwks'
          ? jwks
          : undefined
    res.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const url = issuer ?? local
  return {
    url,
    jwks,
    asked,
    project({ namespace, name }, audience, change = {}) {
      const now = Math.floor(Date.now() / 1000)
      const claims = {
        aud: [audience],
        exp: now + 3607,
        iat: now,
        iss: url,
        jti: randomUUID(),
        'kubernetes.io': {
          namespace,
          node: { name: 'node-1', uid: randomUUID() },
          pod: { name: `${name}-7d4b9`, uid: randomUUID() },
          serviceaccount: { name, uid: '8b2f0a52-5b6e-4a43-9d7e-2f9f0f3f7c11' },
          warnafter: now + 3607 - 60,
        },
        nbf: now,
        sub: `system:serviceaccount:${namespace}:${name}`,
        ...change,
      }
      return signJws('JWT', claims, key)
    },
    async stop() {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
