// Clients that authenticate with a workload's token instead of a secret (RFC 7523 §2.2): `client_assertion` is a JWT of a
// registered issuer, and `client_id` names the client. The client's entry in the configuration says which workload may
// (settings.ts). How the assertion gets past oidc-provider is in library/client-assertions.ts.
import { decodeJwt } from 'jose'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import type { ActingWorkload, WorkloadRequest } from '../../sts/operation/workload-client.ts'
import { inOAuth } from '../oauth-errors.ts'

/** @throws Problem saying, for the log, why this token does not authenticate that workload */
export type AuthenticateWorkload = (
  assertion: string,
  workload: ActingWorkload,
  by: WorkloadRequest,
) => Promise<void>

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

interface WorkloadClient {
  readonly clientId: string
  readonly workload?: ActingWorkload | undefined
}

/** The ForeignAssertions of library/client-assertions.ts. */
export const workloadAssertions = (
  authenticateWorkload: AuthenticateWorkload,
  requestId: (ctx: KoaContextWithOIDC) => string,
) => ({
  takeFrom(body: unknown) {
    const assertion = foreignAssertion(body)
    return assertion === undefined ? undefined : { assertion, body: withoutAssertion(body as Form) }
  },
  isUsedBy: ({ workload }: WorkloadClient): boolean => workload !== undefined,
  async verify(
    assertion: string,
    { clientId, workload }: WorkloadClient,
    ctx: KoaContextWithOIDC,
  ): Promise<void> {
    if (workload === undefined) throw new errors.InvalidClientAuth('no workload acts for this client')
    const by = {
      clientId,
      requestId: requestId(ctx),
      sourceIp: ctx.ip,
      userAgent: ctx.get('User-Agent') || undefined,
    }
    await asClientAuthentication(authenticateWorkload(assertion, workload, by))
  },
})

type Form = Readonly<Record<string, unknown>>

/** The assertion of a form when another issuer than the client made it; undefined otherwise. */
function foreignAssertion(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const { client_id, client_secret, client_assertion, client_assertion_type } = body as Form
  if (client_assertion_type !== assertionType || client_secret !== undefined) return undefined
  if (typeof client_id !== 'string' || typeof client_assertion !== 'string') return undefined
  try {
    // Not verified yet: `iss` only decides who verifies the assertion, oidc-provider or this server.
    return decodeJwt(client_assertion).iss === client_id ? undefined : client_assertion
  } catch {
    return undefined
  }
}

/** With a random secret in its place, so that oidc-provider calls the comparison that library/ replaces. */
const withoutAssertion = ({ client_assertion: _, client_assertion_type: _type, ...rest }: Form): Form => ({
  ...rest,
  client_secret: randomToken(),
})

/** The answer says only that the client is not authenticated; the log says why. */
async function asClientAuthentication(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'idp_communication_error' || error.code === 'unavailable')
      throw inOAuth('temporarily_unavailable', error)
    const { message, detail } = error
    const refusal = new errors.InvalidClientAuth(detail === undefined ? message : `${message} (${detail})`)
    throw Object.assign(refusal, { cause: error })
  }
}
