// What a service pays for chancery/verify, in this process: a request of a session it knows (an HMAC and a decision), a
// bearer token it knows, and the first request of a session (the token's signature, and a signing key asked of an issuer
// that answers from this same process over loopback HTTP).
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { createVerifier, type Verifier } from '../../src/verify/index.ts'
import type { IncomingRequest } from '../../src/verify/request.ts'
import { SmallChancery, serviceKey } from '../support/small-chancery.ts'
import type { Figure } from './run.ts'

export const verifyTitles = {
  verify_warm: 'verify, warm: SigV4 of a known session, and the decision',
  verify_warm_bearer: 'verify, warm: a known bearer token, and the decision',
  verify_cold: 'verify, cold: first request of a session, signing key over HTTP',
} as const

const rounds = 5
const warmPerRound = 20_000
const coldPerRound = 300
const ask = { action: 'docs:GetDocument', resource: 'arn:aws:docs:::documents/7' }

const presented = (headers: Readonly<Record<string, string>>): IncomingRequest => ({
  method: 'GET',
  path: '/documents/7',
  query: 'version=2',
  headers: Object.entries(headers).flat(),
  body: async () => Buffer.alloc(0),
  sourceIp: '192.0.2.7',
  secure: true,
})

async function signedBy(issuer: SmallChancery): Promise<IncomingRequest> {
  const credentials = await issuer.assume()
  const url = 'https://docs.example/documents/7?version=2'
  const scope = { region: 'us-east-1', service: 'docs', now: Date.now() / 1000 }
  return presented(signRequest({ method: 'GET', url, credentials, ...scope }))
}

async function perSecond(verifier: Verifier, requests: readonly IncomingRequest[]): Promise<number> {
  const began = performance.now()
  for (const request of requests) {
    const { decision } = await verifier.verify(request, ask)
    if (decision.effect !== 'allow') throw new Error('the bench measures a refusal')
  }
  return (1000 * requests.length) / (performance.now() - began)
}

function figure(samples: readonly number[]): Figure {
  const sorted = [...samples].sort((a, b) => a - b)
  const round = (n = Number.NaN) => Number(n.toPrecision(4))
  return {
    value: round(sorted[sorted.length >> 1]),
    unit: 'op/s',
    spread: [round(sorted[0]), round(sorted.at(-1))],
  }
}

/** One request after the other: what one core does, not what many overlap. */
export async function benchVerify(): Promise<Record<keyof typeof verifyTitles, Figure>> {
  const issuer = await new SmallChancery().start()
  const verifier = createVerifier({
    issuer: issuer.issuer,
    service: 'docs',
    credentials: serviceKey,
    feed: 30,
  })
  const samples = {
    verify_warm: [] as number[],
    verify_warm_bearer: [] as number[],
    verify_cold: [] as number[],
  }
  try {
    const known = await signedBy(issuer)
    const bearer = presented({ authorization: `Bearer ${(await issuer.bearer()).token}` })
    for (let round = 0; round <= rounds; round++) {
      const fresh = await Promise.all(Array.from({ length: coldPerRound }, () => signedBy(issuer)))
      const warm = await perSecond(verifier, Array<IncomingRequest>(warmPerRound).fill(known))
      const warmBearer = await perSecond(verifier, Array<IncomingRequest>(warmPerRound).fill(bearer))
      const cold = await perSecond(verifier, fresh)
      // Round 0 warms up and is not counted.
      if (round === 0) continue
      samples.verify_warm.push(warm)
      samples.verify_warm_bearer.push(warmBearer)
      samples.verify_cold.push(cold)
    }
  } finally {
    verifier.close()
    await issuer.stop()
  }
  return {
    verify_warm: figure(samples.verify_warm),
    verify_warm_bearer: figure(samples.verify_warm_bearer),
    verify_cold: figure(samples.verify_cold),
  }
}
