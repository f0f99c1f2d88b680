// Clients that show a workload's token instead of a secret (RFC 7523 §2.2): `client_assertion` is a JWT of a registered
// issuer, and `client_id` says for which client it is shown. The configuration says whose tokens may (settings.ts).
//
// oidc-provider takes only assertions that a client signed itself, whose `iss` and `sub` are the client. So an assertion
// of somebody else is taken out of the form as it is read, and shown where the client's secret would be compared: there,
// once the client is known, it is checked against what that client's entry says. Such a client has no secret.
import { decodeJwt } from 'jose'
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { errors } from 'oidc-provider'
import { Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import type { ActingWorkload, ShownBy } from '../../sts/workload-client.ts'
import { currentRequest } from '../artifacts/token-request.ts'
import { inOAuth } from '../oauth-errors.ts'

/** @throws Problem saying, for the log, why this token does not speak for that workload */
export type ActsFor = (assertion: string, workload: ActingWorkload, by: ShownBy) => Promise<void>

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export function takeWorkloadAssertions(
  provider: Provider,
  actsFor: ActsFor,
  requestId: (ctx: KoaContextWithOIDC) => string,
): void {
  const bodies = new WeakMap<object, unknown>()
  const shown = new WeakMap<object, string>()
  Object.defineProperty(provider.OIDCContext.prototype, 'body', {
    configurable: true,
    get(this: object) {
      return bodies.get(this)
    },
    set(this: object, body: unknown) {
      const assertion = foreignAssertion(body)
      if (assertion !== undefined) shown.set(this, assertion)
      bodies.set(this, assertion === undefined ? body : withoutAssertion(body as Form))
    },
  })
  const prototype = provider.Client.prototype as unknown as Comparing
  const compare = prototype.compareClientSecret
  prototype.compareClientSecret = async function compareOrAsk(this: WorkloadClient, actual: string) {
    const ctx = currentRequest()
    const assertion = ctx && shown.get(ctx.oidc)
    if (!ctx || assertion === undefined) return this.workload === undefined && compare.call(this, actual)
    if (this.workload === undefined) throw new errors.InvalidClientAuth('no workload acts for this client')
    const by = {
      clientId: this.clientId,
      requestId: requestId(ctx),
      sourceIp: ctx.ip,
      userAgent: ctx.get('User-Agent') || undefined,
    }
    await asClient(actsFor(assertion, this.workload, by))
    return true
  }
}

interface WorkloadClient {
  readonly clientId: string
  readonly workload?: ActingWorkload | undefined
}
interface Comparing {
  compareClientSecret(this: WorkloadClient, actual: string): boolean | Promise<boolean>
}

type Form = Readonly<Record<string, unknown>>

/** The assertion, when the form shows one that is not the client's own. */
function foreignAssertion(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const { client_id, client_secret, client_assertion, client_assertion_type } = body as Form
  if (client_assertion_type !== assertionType || client_secret !== undefined) return undefined
  if (typeof client_id !== 'string' || typeof client_assertion !== 'string') return undefined
  try {
    // Believed by nobody: it decides only who checks the assertion, and both check all of it.
    return decodeJwt(client_assertion).iss === client_id ? undefined : client_assertion
  } catch {
    return undefined
  }
}

/** A secret that nobody can have keeps the form in the shape of one that shows a secret. */
const withoutAssertion = ({ client_assertion: _, client_assertion_type: _type, ...rest }: Form): Form => ({
  ...rest,
  client_secret: randomToken(),
})

/** The caller learns that it is not the client; the log, why. */
async function asClient(work: Promise<void>): Promise<void> {
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
