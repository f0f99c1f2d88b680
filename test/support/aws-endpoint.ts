// The AWS wire alone, on a real port: the real codec and authenticator over keys in memory and actions given by the
// test. What the whole server does is tested with startServer.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AwsActions } from '../../src/aws/action.ts'
import { type AwsEndpointDependencies, type AwsOutcome, awsEndpoint } from '../../src/aws/endpoint.ts'
import type { Caller } from '../../src/iam/caller.ts'
import type { LongTermKey } from '../../src/iam/user-credential/long-term-keys.ts'
import { Problem } from '../../src/problem.ts'
import { Secret } from '../../src/secure/secret.ts'
import {
  mintSession,
  type SessionCredentials,
  type SessionGrant,
} from '../../src/secure/session/session-token.ts'
import { authenticator } from '../../src/sts/authentication/authenticate.ts'
import type { KeyUsage } from '../../src/sts/authentication/key-use.ts'
import { httpServer } from '../../src/web/listen.ts'
import type { BodyLimits } from '../../src/web/request/body.ts'

export const account = '123456789012'
export const alice = {
  id: 'AKIAALICE00000000001',
  accountId: account,
  secret: new Secret('alice-secret/with+every=sign'),
  active: true,
  user: { id: 'AIDAALICE', name: 'alice', arn: `arn:aws:iam::${account}:user/alice`, disabled: false },
} satisfies LongTermKey
export const root: LongTermKey = {
  ...alice,
  id: 'rootkey',
  secret: new Secret('root-secret'),
  user: undefined,
}

export interface Harness {
  readonly url: string
  readonly keys: Map<string, LongTermKey>
  readonly outcomes: AwsOutcome[]
  readonly bugs: unknown[]
  readonly used: Map<string, KeyUsage>
  /** Callers that ensureLive turns away, by ARN. */
  readonly revoked: Set<string>
  /** Seconds added to the server's clock. */
  skew: number
  /** Audit fails while this is set. */
  trailDown: boolean
  session(grant?: Partial<SessionGrant>): Promise<SessionCredentials>
  close(): Promise<void>
}

export interface HarnessOptions {
  readonly iam?: AwsActions
  readonly sts?: AwsActions
  readonly limits?: BodyLimits
}

export async function startAwsEndpoint({ iam, sts, limits }: HarnessOptions = {}): Promise<Harness> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const token = { kid: 'token-1', alg: 'ES256' as const, privateKey, publicKey }
  const secret = { kid: 'secret-1', secret: randomBytes(32) }
  const now = () => Math.floor(Date.now() / 1000) + harness.skew
  const issuer = 'http://localhost'
  const harness: Harness = {
    url: '',
    keys: new Map([alice, root].map((key) => [key.id, key])),
    outcomes: [],
    bugs: [],
    used: new Map(),
    revoked: new Set(),
    skew: 0,
    trailDown: false,
    session: (grant = {}) => mintSession({ ...grantOf(issuer, now()), ...grant }, { token, secret }),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  const parts: AwsEndpointDependencies = {
    actions: { iam: iam ?? new Map(), sts: sts ?? new Map() },
    authenticate: authenticator({
      longTermKeys: {
        byId: async (id) => harness.keys.get(id),
        recordUse: async (id, used) => void harness.used.set(id, used),
      },
      sessionKeys: {
        tokenKey: (kid) => (kid === token.kid ? token : undefined),
        secretKey: (kid) => (kid === secret.kid ? secret : undefined),
      },
      longPolicies: { textOf: async () => undefined },
      callers: { ensureLive: async (caller) => ensureLive(harness.revoked, caller) },
      issuer,
      now,
    }),
    audit: async (outcome) => {
      if (harness.trailDown) throw new Error('the trail cannot be written')
      harness.outcomes.push(outcome)
    },
    ...(limits && { limits }),
    clock: now,
    clientAddress: (req) => req.socket.remoteAddress ?? '',
    isSecure: () => false,
    onBug: (error) => harness.bugs.push(error),
  }
  const handle = awsEndpoint(parts)
  const server: Server = httpServer(undefined, (req, res) => void handle(req, res))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return Object.assign(harness, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })
}

async function ensureLive(revoked: ReadonlySet<string>, caller: Caller): Promise<void> {
  if (caller.kind !== 'anonymous' && revoked.has(caller.arn))
    throw new Problem('unauthenticated', 'The security token included in the request is invalid.')
}

const grantOf = (iss: string, now: number): SessionGrant => ({
  iss,
  aud: '*',
  sub: `arn:aws:sts::${account}:assumed-role/deploy/ci`,
  iat: now,
  nbf: now,
  exp: now + 900,
  acct: account,
  role: { arn: `arn:aws:iam::${account}:role/deploy`, id: 'AROADEPLOY' },
  rsn: 'ci',
})
