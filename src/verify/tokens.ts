// Access tokens: bearer tokens, and tokens bound to a key (DPoP), which need a proof of possession. A key-bound token is
// never accepted as a bearer token, and session tokens (`sts+jwt`) are not access tokens.
import { Problem } from '../problem.ts'
import { checkDpop } from '../secure/dpop.ts'
import type { Sessions } from './issuer/sessions.ts'
import type { Settings } from './options.ts'
import type { ReplayGuard } from './replay.ts'
import { type IncomingRequest, onlyHeader } from './request.ts'
import type { AuthenticatedRequest } from './signed.ts'

/** Maximum seconds between a DPoP proof's date and the clock. */
const proofWindow = 60

export class TokenRequests {
  readonly #settings: Settings
  readonly #sessions: Sessions
  readonly #replays: ReplayGuard

  constructor(settings: Settings, sessions: Sessions, replays: ReplayGuard) {
    this.#settings = settings
    this.#sessions = sessions
    this.#replays = replays
  }

  /** Authenticates a request with an access token. @throws Problem('unauthenticated'), Problem('expired_token') */
  async authenticate(
    request: IncomingRequest,
    scheme: 'bearer' | 'dpop',
    token: string,
  ): Promise<AuthenticatedRequest> {
    const session = await this.#sessions.of(token, 'at+jwt')
    const { cnf } = session.claims
    const bound = cnf !== undefined
    if (bound !== (scheme === 'dpop')) throw new Problem('unauthenticated', wrongScheme(bound))
    if (bound) await this.#checkProofOfPossession(request, token, 'jkt' in cnf ? cnf.jkt : undefined)
    return { session, scheme, body: undefined }
  }

  async #checkProofOfPossession(
    request: IncomingRequest,
    token: string,
    jkt: string | undefined,
  ): Promise<void> {
    const { origin, clock } = this.#settings
    const proof = onlyHeader(request, 'dpop')
    if (jkt === undefined || proof === undefined) throw new Problem('unauthenticated', wrongScheme(true))
    if (origin === undefined)
      throw new Problem(
        'unauthenticated',
        'this service does not accept DPoP tokens: its `origin` option is not set',
      )
    const now = clock()
    const rule = {
      method: request.method,
      url: origin + request.path,
      accessToken: token,
      jkt,
      now,
      window: proofWindow,
    }
    const jti = await checkDpop(proof, rule)
    await this.#replays.markUsed(`dpop ${jkt} ${jti}`, now + 2 * proofWindow, now)
  }
}

const wrongScheme = (bound: boolean): string =>
  bound
    ? 'the access token is bound to a key: send it as `DPoP` with a proof'
    : 'the access token is not bound to a key: send it as `Bearer`'
