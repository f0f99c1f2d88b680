// Access tokens: having one is the proof (bearer), or having the key it is bound to is (DPoP). A token that names a key
// is never taken by mere possession, and session credentials (`sts+jwt`) are not access tokens at all.
import { Problem } from '../problem.ts'
import { checkDpop } from '../secure/dpop.ts'
import type { Settings } from './options.ts'
import type { ReplayGuard } from './replay.ts'
import { onlyHeader, type Presented } from './request.ts'
import type { Sessions } from './sessions.ts'
import type { Proven } from './signed.ts'

/** Seconds a DPoP proof's date may be off. */
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

  /** @throws Problem('unauthenticated'), Problem('expired_token') */
  async prove(request: Presented, scheme: 'bearer' | 'dpop', token: string): Promise<Proven> {
    const session = await this.#sessions.of(token, 'at+jwt')
    const { cnf } = session.claims
    const bound = cnf !== undefined
    if (bound !== (scheme === 'dpop')) throw new Problem('unauthenticated', wrongScheme(bound))
    if (bound) await this.#proveKey(request, token, 'jkt' in cnf ? cnf.jkt : undefined)
    return { session, scheme, body: undefined }
  }

  async #proveKey(request: Presented, token: string, jkt: string | undefined): Promise<void> {
    const { origin, clock } = this.#settings
    const proof = onlyHeader(request, 'dpop')
    if (jkt === undefined || proof === undefined) throw new Problem('unauthenticated', wrongScheme(true))
    if (origin === undefined)
      throw new Problem(
        'unauthenticated',
        'this service takes no DPoP tokens: it was not told its own `origin`',
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
    await this.#replays.spend(`dpop ${jkt} ${jti}`, now + 2 * proofWindow, now)
  }
}

const wrongScheme = (bound: boolean): string =>
  bound
    ? 'the access token is bound to a key: send it as `DPoP` with a proof'
    : 'the access token is bound to no key: send it as `Bearer`'
