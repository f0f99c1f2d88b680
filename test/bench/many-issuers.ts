// AssumeRoleWithWebIdentity with ten registered issuers and with ten thousand, each with its own role, tokens of all of
// them in turn: the ratio within one run.
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { uniqueId } from '../../src/secure/random.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { accountId, type Running, startServer } from '../support/server.ts'
import { drive } from './load.ts'
import type { Figure } from './run.ts'
import { mintToken, webIdentityRequest } from './subjects.ts'

export const manyIssuersTitles: Readonly<Record<string, string>> = {
  chancery_web_identity_10_issuers: 'AssumeRoleWithWebIdentity, 10 registered issuers',
  chancery_web_identity_10000_issuers: 'AssumeRoleWithWebIdentity, 10,000 registered issuers',
  ratio_web_identity_10000_issuers: '10,000 issuers / 10 issuers',
}

const urlOf = (n: number): string => `https://ci-${n}.bench.example`
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwks = JSON.stringify({
  keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'ci', alg: 'RS256', use: 'sig' }],
})

interface Crowd extends Running {
  readonly issuers: number
  readonly port: number
  /** Whose turn it is. */
  next: number
}

/** A server whose store was filled beside it: the API takes a hundred providers per account. */
async function startCrowd(issuers: number): Promise<Crowd> {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-bench-'))
  await (await startServer({ dir })).stop()
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: true })
  const store = await openSqlite(join(dir, 'data', 'chancery.db'), { masterKey })
  for (let first = 0; first < issuers; first += 500) {
    const some = Array.from({ length: Math.min(500, issuers - first) }, (_, n) => first + n)
    await Promise.all(
      some.flatMap((n) => [
        store.create('identityProvider', providerRecord(n)),
        store.create('role', roleRecord(n)),
      ]),
    )
  }
  await store.close()
  const server = await startServer({ dir })
  const stop = async () => {
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  return { ...server, stop, issuers, port: Number(new URL(server.url).port), next: 0 }
}

const arnOf = (n: number): string => `arn:aws:iam::${accountId}:oidc-provider/ci-${n}.bench.example`

const providerRecord = (n: number) => ({
  kind: 'openid' as const,
  id: arnOf(n),
  accountId,
  name: undefined,
  url: urlOf(n),
  clientIds: ['chancery'],
  thumbprints: [],
  keys: { from: 'upload' as const, jwks },
  once: false,
  disabled: false,
  createdAt: 0,
  tags: [],
  signIn: undefined,
  client: undefined,
  secret: undefined,
})

const roleRecord = (n: number) => ({
  id: uniqueId('AROA'),
  accountId,
  name: `publisher-${n}`,
  path: '/',
  createdAt: 0,
  inline: [],
  attached: [],
  description: undefined,
  trust: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: arnOf(n) },
        Condition: {
          StringEquals: { [`ci-${n}.bench.example:aud`]: 'chancery', [`ci-${n}.bench.example:ref`]: 'main' },
        },
      },
    ],
  }),
  maxSessionDuration: 3600,
  tags: [],
  boundary: undefined,
  lastUsed: undefined,
})

const requests = (crowd: Crowd, count: number): Promise<Buffer[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const n = crowd.next++ % crowd.issuers
      const token = await mintToken(keys.privateKey, crowd.next, { iss: urlOf(n) })
      return webIdentityRequest(`arn:aws:iam::${accountId}:role/publisher-${n}`, token)
    }),
  )

const perRound = 2000

/** Milliseconds of processor a server has used: on a busy machine it says more than the rate. */
function cpuMs({ process }: Crowd): number {
  const fields = readFileSync(`/proc/${process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  // proc_pid_stat(5): utime and stime, in ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) * 10
}

export async function benchManyIssuers(
  rounds: number,
  figure: (samples: readonly number[], unit: string) => Figure,
  say: (line: string) => void,
): Promise<Record<string, Figure>> {
  const few = await startCrowd(10)
  const many = await startCrowd(10_000)
  try {
    const samples = new Map<Crowd, number[]>([
      [few, []],
      [many, []],
    ])
    // Every issuer once, so that all are warm; the other server does as much.
    for (const crowd of samples.keys()) await drive(crowd.port, await requests(crowd, 10_000))
    for (let round = 1; round <= rounds; round++) {
      // Who goes first changes, for the machine's drift.
      const order = round % 2 === 0 ? [many, few] : [few, many]
      for (const crowd of order) {
        const asked = await requests(crowd, perRound)
        const before = cpuMs(crowd)
        const { perSecond } = await drive(crowd.port, asked)
        samples.get(crowd)?.push(perSecond)
        const cost = ((cpuMs(crowd) - before) * 1000) / perRound
        say(
          `round ${round}  ${crowd.issuers} issuers  ${perSecond.toFixed(0)}/s  ${cost.toFixed(0)} µs of processor each`,
        )
      }
    }
    const [ten, all] = [samples.get(few) ?? [], samples.get(many) ?? []]
    return {
      chancery_web_identity_10_issuers: figure(ten, 'req/s'),
      chancery_web_identity_10000_issuers: figure(all, 'req/s'),
      ratio_web_identity_10000_issuers: figure(
        all.map((value, n) => value / (ten[n] ?? Number.NaN)),
        'x',
      ),
    }
  } finally {
    await Promise.all([few.stop(), many.stop()])
  }
}
