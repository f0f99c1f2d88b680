// Checks of a JWT from a registered outside issuer, shared by all endpoints that accept one. Claims are checked before the signature
// because that is cheaper; `identity` is available only after the signature was verified.
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
import { once } from '../gate.ts'
import type { Providers, RegisteredProvider } from '../ports.ts'
import { checkMayAct, checkMayActShape, checkTokenType } from './token-kind.ts'

export interface TokenDependencies {
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

/** One outside token, with the results of its checks. */
export class OutsideToken {
  readonly #deps: TokenDependencies
  readonly #presented: PresentedToken

  constructor(deps: TokenDependencies, presented: PresentedToken) {
    this.#deps = deps
    this.#presented = presented
  }

  get clientId(): string | undefined {
    return this.#presented.clientId
  }

  get issuerKeys(): IssuerKeys {
    return this.#deps.issuerKeys
  }

  /** Parsed but not verified. */
  readonly token = once((): UnverifiedToken => readOutsideToken(this.#presented.text))

  /** The issuer must be registered in that account and enabled (docs/attacks.md 11). */
  readonly provider = once(async (): Promise<RegisteredProvider> => {
    const { issuer } = this.token()
    const accountId = this.#presented.accountId()
    const provider = await this.#deps.providers.byIssuer(accountId, issuer)
    if (!provider || provider.accountId !== accountId || provider.disabled || provider.url !== issuer)
      throw unknownIssuer(issuer)
    return provider
  })

  readonly times = once(() => readTimes(this.token().jws.claims, this.#presented.now))

  readonly audience = once(async (): Promise<string> => {
    const { clientIds } = await this.provider()
    return audienceFor(this.token().jws.claims, clientIds)
  })

  /** Set by the `proof` check. Audit entries of later refusals use it too. */
  verified: OutsideIdentity | undefined

  /** @throws TypeError before the signature was checked */
  get identity(): OutsideIdentity {
    if (this.verified === undefined) throw new TypeError('the signature of the token was not checked')
    return this.verified
  }
}

/** Checks of an outside token, by their names in gate.ts. */
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
