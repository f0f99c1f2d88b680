// Does this outside token speak for the workload that a client's entry names? The same belief as for a role
// (federation/), then equality to the letter: there is no pattern in it.
import type { IssuerKeys } from '../federation/workload/issuer-keys.ts'
import { readOutsideToken, unknownIssuer, verifyOutsideToken } from '../federation/workload/outside-token.ts'
import { Problem } from '../problem.ts'
import { outsideContext } from './outside-context.ts'
import type { Audit, Now, Providers, SpentTokens } from './ports.ts'

export interface ActingWorkload {
  /** A registered issuer. */
  readonly issuer: string
  readonly subject: string
  /** One of the issuer's audiences; undefined: any of them. */
  readonly audience?: string | undefined
  /** Further claims, nested ones by path (`kubernetes.io/namespace`). */
  readonly claims?: Readonly<Record<string, string>> | undefined
}

export interface ShownBy {
  readonly clientId: string
  readonly requestId: string
  readonly sourceIp: string
  readonly userAgent: string | undefined
}

export interface WorkloadClientParts {
  readonly providers: Pick<Providers, 'byIssuer'>
  readonly issuerKeys: IssuerKeys
  readonly spentTokens: SpentTokens
  readonly audit: Audit
  readonly now: Now
}

/**
 * Who acted is on record before the client is believed; a refusal is oidc/'s to record, with its bounds.
 * @throws Problem('denied') naming what differs · those of verifyOutsideToken · Problem('unavailable') when the trail cannot be written
 */
export const actsForClient =
  (parts: WorkloadClientParts, accountId: string) =>
  async (assertion: string, workload: ActingWorkload, by: ShownBy): Promise<void> => {
    const token = readOutsideToken(assertion)
    differs('iss', workload.issuer, token.issuer)
    const provider = await parts.providers.byIssuer(accountId, token.issuer)
    if (!provider || provider.accountId !== accountId) throw unknownIssuer(token.issuer)
    const identity = await verifyOutsideToken(token, provider, parts.issuerKeys, parts.now())
    differs('sub', workload.subject, identity.subject)
    const context = outsideContext(identity)
    const prefix = `${identity.issuer.replace(/^https?:\/\//, '')}:`.toLowerCase()
    for (const [name, wanted] of Object.entries(workload.claims ?? {}))
      differs(name, wanted, context.get(prefix + name.toLowerCase()))
    if (workload.audience !== undefined && ![identity.claims['aud']].flat().includes(workload.audience))
      differs('aud', workload.audience, identity.audience)
    const { spend } = identity
    if (spend && !(await parts.spentTokens.spend(spend.id, accountId, spend.until)))
      throw new Problem('invalid_identity_token', 'the token was used before')
    const { issuer, subject, claims } = identity
    await parts.audit.record({
      at: parts.now(),
      accountId,
      action: 'oidc:AuthenticateClient',
      who: `${issuer} ${subject}`,
      actor: { kind: 'outside', id: subject },
      resource: `client/${by.clientId}`,
      outcome: 'done',
      requestId: by.requestId,
      sourceIp: by.sourceIp,
      userAgent: by.userAgent,
      details: { provider: identity.provider, jti: claims['jti'] },
    })
  }

function differs(claim: string, wanted: string, seen: string | readonly string[] | undefined): void {
  if (seen === wanted) return
  const is = seen === undefined ? 'the token has none' : `it is \`${String(seen).slice(0, 256)}\``
  throw new Problem('denied', 'the token is not of the workload that acts for this client', {
    detail: `\`${claim}\` must be \`${wanted}\`; ${is}`,
  })
}
