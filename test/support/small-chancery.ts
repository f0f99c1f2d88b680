// The issuer's side of verification alone, over real HTTP: real keys, tokens, signatures and decision routes, with roles
// and access keys held in plain Maps. For tests that need to change or stop the issuer at will.

import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RevocationEntry } from '../../src/decision/ports.ts'
import { type DecisionPorts, decisionRoutes } from '../../src/decision/routes.ts'
import type { PrincipalPolicies } from '../../src/iam/authorization/principal-policies.ts'
import { openMarkers } from '../../src/iam/paging.ts'
import type { LongTermKey } from '../../src/iam/user-credential/long-term-keys.ts'
import { compile, policySet } from '../../src/policy/engine/compile.ts'
import { Problem } from '../../src/problem.ts'
import { sha256base64url } from '../../src/secure/digest.ts'
import { signJws } from '../../src/secure/jws.ts'
import { Secret } from '../../src/secure/secret.ts'
import { mintBearer, mintSession, type SessionGrant } from '../../src/secure/session/session-token.ts'
import { type AuthenticatorDependencies, authenticator } from '../../src/sts/authentication/authenticate.ts'
import { sessionSigningKeys } from '../../src/sts/authentication/session-signing-key.ts'
import { webApp } from '../../src/web/app.ts'
import type { Route } from '../../src/web/route.ts'
import { claimsOf } from './session-claims.ts'

export const accountId = '111122223333'
export const roleId = 'AROAEXAMPLEREADER0001'
export const roleArn = `arn:aws:iam::${accountId}:role/Reader`
export const serviceKey = {
  accessKeyId: 'AKIADOCUMENTSSERVICE',
  secretAccessKey: 'the documents service, its secret',
}

const newTokenKey = (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    kid,
    alg: 'ES256',
    privateKey: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })),
    publicKey: createPublicKey(publicKey.export({ format: 'pem', type: 'spki' })),
  }
}

type Facts = Pick<PrincipalPolicies, 'accountId' | 'version' | 'identity' | 'boundary' | 'tags'>

/** What iam says of a role or user. */
const principalFacts = (id: string, facts: Facts): PrincipalPolicies => ({
  ...facts,
  kind: id.startsWith('AIDA') ? 'user' : 'role',
  id,
  arn: id.startsWith('AIDA') ? `arn:aws:iam::${accountId}:user/alice` : roleArn,
  name: id.startsWith('AIDA') ? 'alice' : 'Reader',
  disabled: false,
  sets: {
    identity: policySet(facts.identity.map(({ name, document }) => compile(document, 'identity', name))),
    boundary:
      facts.boundary &&
      policySet(facts.boundary.map(({ name, document }) => compile(document, 'boundary', name))),
  },
})

/** A role's policy set with one document. */
export const bundleOf = (version: string, document: object, more: Partial<Facts> = {}): Facts => ({
  accountId,
  version,
  identity: [{ name: 'reader', document: JSON.stringify(document) }],
  boundary: undefined,
  tags: [],
  ...more,
})

export const readAll = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Read', Effect: 'Allow', Action: 'docs:GetDocument', Resource: 'arn:aws:docs:::documents/*' },
  ],
}

export class SmallChancery {
  /** What was asked, as `METHOD path`. */
  readonly asked: string[] = []
  readonly roles = new Map<string, Facts>([[roleId, bundleOf('v1', readAll)]])
  readonly longPolicies = new Map<string, string>()
  /** Texts by ARN. */
  readonly managedPolicies = new Map<string, string>()
  readonly revocations: RevocationEntry[] = []
  /** Names of services whose signing keys the service may ask for. */
  readonly services = new Set(['docs'])
  /** Actions the service may not do. */
  readonly forbidden = new Set<string>()
  tokenKeys = [newTokenKey('first')]
  secretKey = { kid: 'secrets', secret: randomBytes(32) }
  clock = () => Date.now() / 1000
  issuer = ''
  readonly ending = new AbortController()
  readonly #watchers = new Set<() => void>()
  #server: Server | undefined
  #port = 0

  async start(): Promise<this> {
    const server = createServer()
    this.#server = server
    server.listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    this.#port = (server.address() as AddressInfo).port
    this.issuer = `http://127.0.0.1:${this.#port}`
    const log = { error: () => {}, info: () => {}, warn: () => {}, debug: () => {} }
    const app = webApp(this.#routes(), {
      issuer: this.issuer,
      trustedProxies: [],
      errorPage: () => '',
      log: log as never,
      signedIn: async () => false,
      startSignIn: async () => {},
    })
    const answer = app.callback()
    server.on('request', (req, res) => {
      this.asked.push(`${req.method} ${new URL(req.url ?? '/', this.issuer).pathname}`)
      answer(req, res)
    })
    return this
  }

  /** Open connections are cut, as when the process dies; start() listens on the same port again. */
  async stop(): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    this.#server = undefined
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }

  rotate(kid: string): void {
    this.tokenKeys = [newTokenKey(kid)]
  }

  revoke(scope: string, value: string, before = Math.floor(this.clock()) + 1): void {
    const at = Math.floor(this.clock())
    this.revocations.push({ scope, value, before, at, expiresAt: at + 43_200 })
    for (const wake of this.#watchers) wake()
  }

  grant(more: Partial<SessionGrant> = {}): SessionGrant {
    const iat = Math.floor(this.clock())
    return {
      iss: this.issuer,
      aud: '*',
      sub: `arn:aws:sts::${accountId}:assumed-role/Reader/job-1`,
      iat,
      nbf: iat,
      exp: iat + 900,
      acct: accountId,
      role: { arn: roleArn, id: roleId },
      rsn: 'job-1',
      pb: { id: roleId, v: this.roles.get(roleId)?.version ?? 'v1' },
      ...more,
    }
  }

  /** The AWS triple, as AssumeRole would give it. */
  async assume(more: Partial<SessionGrant> = {}) {
    const minted = await mintSession(this.grant(more), { token: this.#tokenKey(), secret: this.secretKey })
    return {
      accessKeyId: minted.accessKeyId,
      secretAccessKey: minted.secretAccessKey.reveal(),
      sessionToken: minted.token,
      claims: claimsOf(minted),
    }
  }

  async bearer(more: Partial<SessionGrant> = {}, jkt?: string) {
    return mintBearer(this.grant({ aud: 'docs', ...more }), { token: this.#tokenKey() }, { jkt })
  }

  #tokenKey() {
    const [key] = this.tokenKeys
    if (key === undefined) throw new Error('no key')
    return key
  }

  #routes(): readonly Route[] {
    const jwks: Route = {
      method: 'GET',
      path: '/jwks',
      access: 'public',
      run: (ctx) => {
        const keys = this.tokenKeys.map(({ kid, alg, publicKey }) => ({
          ...publicKey.export({ format: 'jwk' }),
          kid,
          alg,
          use: 'sig',
        }))
        ctx.body = { keys }
      },
    }
    return [jwks, ...decisionRoutes(this.ports())]
  }

  ports(): DecisionPorts {
    const parts: AuthenticatorDependencies = {
      issuer: this.issuer,
      now: () => Math.floor(this.clock()),
      callers: { ensureLive: async () => {} },
      longPolicies: { textOf: async (_, hash) => this.longPolicies.get(hash) },
      longTermKeys: {
        byId: async (id) => (id === serviceKey.accessKeyId ? serviceLongTermKey : undefined),
        recordUse: async () => {},
      },
      sessionKeys: {
        tokenKey: (kid) => this.tokenKeys.find((key) => key.kid === kid),
        secretKey: (kid) => (kid === this.secretKey.kid ? this.secretKey : undefined),
      },
    }
    return {
      issuer: this.issuer,
      instance: 'small-chancery',
      ending: this.ending.signal,
      clock: () => Math.floor(this.clock()),
      authenticate: authenticator(parts),
      authorize: async (_, action, resource) => {
        const named = resource.slice(resource.lastIndexOf('/') + 1)
        const ownService = action !== 'decision:GetSigningKey' || this.services.has(named)
        if (this.forbidden.has(action) || !ownService)
          throw new Problem('denied', `not authorized to perform: ${action}`)
      },
      sessions: sessionSigningKeys(parts),
      policiesOf: async ({ id }) => {
        const facts = this.roles.get(id)
        return facts && principalFacts(id, facts)
      },
      listPrincipals: async (_, kind, { limit, after = '' }) => {
        const prefix = kind === 'user' ? 'AIDA' : 'AROA'
        const ids = [...this.roles.keys()].filter((id) => id.startsWith(prefix) && id > after).sort()
        return { items: ids.slice(0, limit), next: ids[limit] && ids[limit - 1] }
      },
      markers: openMarkers(() => Buffer.alloc(32, 9)),
      longPolicyOf: async (_, hash) => this.longPolicies.get(hash),
      managedPolicyOf: async (_, arn) => {
        const document = this.managedPolicies.get(arn)
        return document === undefined ? undefined : { document, version: sha256base64url(document) }
      },
      sessionSetsOf: async (links) =>
        links.map((texts) => policySet(texts.map((text) => compile(text, 'session', 'session policy')))),
      revocations: {
        reachable: async () => undefined,
        list: async () => [...this.revocations],
        watch: (changed) => {
          this.#watchers.add(changed)
          return () => this.#watchers.delete(changed)
        },
      },
      sessionRevocation: {
        revoke: async () => {
          throw new Problem('denied', 'not here')
        },
        lift: async () => {
          throw new Problem('denied', 'not here')
        },
      },
      sign: (typ, claims) => signJws(typ, claims, this.#tokenKey()),
    }
  }
}

const serviceLongTermKey: LongTermKey = {
  id: serviceKey.accessKeyId,
  accountId,
  secret: new Secret(serviceKey.secretAccessKey),
  active: true,
  user: {
    id: 'AIDADOCSSERVICE',
    name: 'docs-service',
    arn: `arn:aws:iam::${accountId}:user/docs-service`,
    disabled: false,
  },
}
