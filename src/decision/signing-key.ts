// POST /v1/signing-key: the key with which a service verifies SigV4 itself. SigV4 is symmetric, so the service gets the
// derived key for its own date, region and service, never the secret: with it, it can only forge requests to itself.
import type { Context } from 'koa'
import { Problem, type ProblemCode } from '../problem.ts'
import type { SessionSigningKeys } from '../sts/authentication/session-signing-key.ts'
import { jsonObject, onlyKnown, textField } from './input.ts'
import type { Authorize } from './ports.ts'
import type { Authenticate } from './signed.ts'

type LiveSession = Awaited<ReturnType<SessionSigningKeys['read']>>

export interface SigningKeyPorts {
  readonly authenticate: Authenticate
  readonly authorize: Authorize
  readonly sessions: SessionSigningKeys
  /** Epoch seconds. */
  readonly clock: () => number
}

interface Input {
  readonly token: string
  readonly date: string
  readonly region: string
  readonly service: string
}

const largestBody = 8192

const serviceArn = (accountId: string, service: string): string =>
  `arn:aws:decision::${accountId}:service/${service}`

/** Seconds by which a client's clock may be ahead: the key for the next day is available this long before midnight. */
const clockWindow = 900

export const signingKey =
  (ports: SigningKeyPorts) =>
  async (ctx: Context): Promise<void> => {
    const signed = await ports.authenticate(ctx, largestBody)
    const input = parseInput(signed.body)
    const { accountId } = signed.caller
    // Authorize first, so that a service without permission learns nothing about any token.
    await ports.authorize(signed, 'decision:GetSigningKey', serviceArn(accountId, input.service))
    const { key, expiresAt } = await requireSession(async () => {
      const session = await ports.sessions.read(input.token)
      checkSession(session, accountId, input, ports.clock())
      const key = ports.sessions.derive(session, input.date, input.region, input.service)
      return { key: key.toString('hex'), expiresAt: session.exp }
    })
    ctx.set('cache-control', 'no-store')
    ctx.type = 'application/json'
    ctx.body = JSON.stringify({ key, expiresAt })
  }

/** @throws Problem('invalid_input') */
function parseInput(body: Buffer): Input {
  const fields = jsonObject(body)
  onlyKnown(fields, ['token', 'date', 'region', 'service'])
  return {
    token: textField(fields, 'token', /^[\w.-]{1,4096}$/, 'a session token'),
    date: textField(fields, 'date', /^\d{8}$/, 'a day as YYYYMMDD'),
    region: textField(fields, 'region', /^[a-z0-9-]{1,64}$/, 'a region name'),
    service: textField(fields, 'service', /^[a-z0-9-]{1,64}$/, 'a service name'),
  }
}

/** The caller is the service rather than the token's bearer, so an invalid token means that the session is not found. */
async function requireSession<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const aboutToken = cause instanceof Problem && tokenFaults.has(cause.code)
    throw aboutToken ? unknownSession(cause) : cause
  }
}

const tokenFaults = new Set<ProblemCode>(['unauthenticated', 'expired_token'])

const unknownSession = (cause?: Problem) =>
  new Problem('not_found', 'this is not the token of a live session', { cause })

function checkSession(session: LiveSession, accountId: string, input: Input, now: number): void {
  // Sessions of other accounts are not found (docs/attacks.md 16).
  if (session.acct !== accountId) throw unknownSession()
  const services = typeof session.aud === 'string' ? [session.aud] : session.aud
  if (!services.includes('*') && !services.includes(input.service))
    throw new Problem('denied', `the session is not for service \`${input.service}\``)
  // Signatures are dated within the session; a key for a later day would remain valid beyond what is known today.
  if (input.date < dayOf(session.iat - clockWindow) || input.date > dayOf(now + clockWindow))
    throw new Problem('invalid_input', '`date` must be a day of the session that has begun')
}

/** `YYYYMMDD` in UTC. */
const dayOf = (at: number): string => new Date(at * 1000).toISOString().slice(0, 10).replaceAll('-', '')
