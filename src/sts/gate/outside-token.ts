// A JWT of a registered outside issuer, at whatever endpoint it is presented. Claims are checked before the signature because that
// is cheaper; the identity is available only after the signature was verified.
import type { IssuerKeys } from '../../federation/workload/issuer-keys.ts'
import {
  audienceFor,
  checkWorkloadSignature,
  type OutsideIdentity,
  readOutsideToken,
  readTimes,
  spendOf,
  subjectOf,
  type UnverifiedToken,
  unknownIssuer,
} from '../../federation/workload/outside-token.ts'
import type { Providers, RegisteredProvider } from '../ports.ts'
import { once } from './gate.ts'
import { checkMayAct, checkMayActShape, checkTokenType } from './token-kind.ts'

export interface TokenParts {
  readonly providers: Pick<Providers, 'byIssuer'>
  readonly issuerKeys: IssuerKeys
}

export interface PresentedToken {
  /** Compact JWS. */
  readonly text: string
  /** The account in which its issuer must be registered. @throws Problem('validation') */
  readonly accountId: () => string
  /** The OAuth client that presents it; undefined for a caller who is not authenticated. */
  readonly clientId: string | undefined
  /** Epoch seconds. */
  readonly now: number
}

/** One outside token and what its checks found out. */
export class OutsideToken {
  readonly #parts: TokenParts
  readonly #presented: PresentedToken

  constructor(parts: TokenParts, presented: PresentedToken) {
    this.#parts = parts
    this.#presented = presented
  }

  get clientId(): string | undefined {
    return this.#presented.clientId
  }

  get issuerKeys(): IssuerKeys {
    return this.#parts.issuerKeys
  }

  /** Read, not verified. */
  readonly token = once((): UnverifiedToken => readOutsideToken(this.#presented.text))

  /** Only an issuer registered in that account and enabled (attacks.md 11). */
  readonly provider = once(async (): Promise<RegisteredProvider> => {
    const { issuer } = this.token()
    const accountId = this.#presented.accountId()
    const provider = await this.#parts.providers.byIssuer(accountId, issuer)
    if (!provider || provider.accountId !== accountId || provider.disabled || provider.url !== issuer)
      throw unknownIssuer(issuer)
    return provider
  })

  readonly times = once(() => readTimes(this.token().jws.claims, this.#presented.now))

  readonly audience = once(async (): Promise<string> => {
    const { clientIds } = await this.provider()
    return audienceFor(this.token().jws.claims, clientIds)
  })

  /** Set by the `proof` check; for the audit entry also of a refusal. */
  verified: OutsideIdentity | undefined

  /** @throws TypeError before the signature was checked */
  get identity(): OutsideIdentity {
    if (this.verified === undefined) throw new TypeError('the signature of the token was not checked')
    return this.verified
  }
}

/** Checks of an outside token, by the column they stand in. */
export const tokenChecks = {
  sizes: (attempt: OutsideToken): unknown => attempt.token(),

  type(attempt: OutsideToken): void {
    const { jws } = attempt.token()
    checkTokenType(jws)
    checkMayActShape(jws.claims)
  },

  provider: (attempt: OutsideToken): Promise<unknown> => attempt.provider(),

  holder: (attempt: OutsideToken): unknown => subjectOf(attempt.token().jws.claims),

  times: (attempt: OutsideToken): unknown => attempt.times(),

  audience: (attempt: OutsideToken): Promise<unknown> => attempt.audience(),

  async proof(attempt: OutsideToken): Promise<void> {
    const { issuer, jws } = attempt.token()
    const provider = await attempt.provider()
    await checkWorkloadSignature(jws, provider, attempt.issuerKeys)
    const times = attempt.times()
    attempt.verified = {
      provider: provider.id,
      issuer,
      subject: subjectOf(jws.claims),
      audience: await attempt.audience(),
      ...times,
      claims: jws.claims,
      spend: provider.once ? spendOf(issuer, jws, times.expiresAt) : undefined,
    }
  },

  mayAct: ({ identity, clientId }: OutsideToken): void => checkMayAct(identity.claims, clientId),
}
