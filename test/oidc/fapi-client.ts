// A client of the FAPI 2.0 Security Profile, every part of whose requests a test can change.
import { createHash, randomUUID } from 'node:crypto'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { Browser, pkce } from './browser.ts'
import { type ProofKey, proofKey } from './dpop.ts'

export interface SigningKey {
  readonly alg: string
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

export async function signingKey(alg: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, privateKey, jwk: { ...(await exportJWK(publicKey)), alg, kid: randomUUID() } }
}

export const seconds = (): number => Math.floor(Date.now() / 1000)

type Claims = Readonly<Record<string, unknown>>
type Form = Readonly<Record<string, string | undefined>>

/** Signs claims; those that are undefined are left out. */
export const signed = (
  key: SigningKey,
  claims: Claims,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> =>
  new SignJWT(Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)))
    .setProtectedHeader({ alg: key.alg, kid: key.jwk.kid ?? '', ...header })
    .sign(key.privateKey)

export interface Identity {
  readonly clientId: string
  readonly key: SigningKey
  readonly redirectUri: string
}

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** What a case changes; absent parts are those of a correct request. */
export interface Changes {
  /** Claims of the client assertion. */
  readonly assertion?: Claims
  readonly assertionKey?: SigningKey
  /** Parameters: undefined leaves one out. */
  readonly par?: Form
  readonly parProof?: ProofClaims
  readonly token?: Form
  readonly tokenAssertion?: Claims
  /** `null`: no proof. */
  readonly proof?: ProofClaims | null
  /** A proof that was made otherwise. */
  readonly rawProof?: string
}

/** Claims and header of a DPoP proof, and its key. */
export interface ProofClaims {
  readonly key?: ProofKey
  readonly claims?: Claims
  readonly header?: Readonly<Record<string, unknown>>
}

export class FapiClient {
  readonly issuer: string
  readonly identity: Identity
  readonly dpopKey: ProofKey

  constructor(issuer: string, identity: Identity, dpopKey: ProofKey) {
    this.issuer = issuer
    this.identity = identity
    this.dpopKey = dpopKey
  }

  static async make(issuer: string, identity: Identity): Promise<FapiClient> {
    return new FapiClient(issuer, identity, await proofKey())
  }

  assertion(claims: Claims = {}, key = this.identity.key): Promise<string> {
    const { clientId } = this.identity
    const at = seconds()
    const usual = { iss: clientId, sub: clientId, aud: this.issuer, jti: randomUUID(), iat: at, exp: at + 60 }
    return signed(key, { ...usual, ...claims })
  }

  proof(
    method: string,
    path: string,
    { key = this.dpopKey, claims, header }: ProofClaims = {},
    access?: string,
  ): Promise<string> {
    const ath = access && createHash('sha256').update(access).digest('base64url')
    const usual = { htm: method, htu: `${this.issuer}${path}`, jti: randomUUID(), iat: seconds(), ath }
    const all = Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined)
    return new SignJWT(Object.fromEntries(all))
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: key.jwk, ...header })
      .sign(key.privateKey)
  }

  async #post(path: string, form: Form, proof?: string): Promise<Answer> {
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries(form)) if (value !== undefined) body.set(name, value)
    const response = await fetch(`${this.issuer}${path}`, {
      method: 'POST',
      body,
      headers: proof === undefined ? {} : { dpop: proof },
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  }

  async authentication(claims?: Claims, key?: SigningKey): Promise<Form> {
    return {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await this.assertion(claims, key),
    }
  }

  async push(challenge: string, { assertion, assertionKey, par, parProof }: Changes = {}): Promise<Answer> {
    const usual = {
      client_id: this.identity.clientId,
      response_type: 'code',
      redirect_uri: this.identity.redirectUri,
      scope: 'openid email',
      state: 'state-1',
      nonce: 'nonce-1',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }
    const form = { ...usual, ...(await this.authentication(assertion, assertionKey)), ...par }
    return this.#post('/par', form, parProof && (await this.proof('POST', '/par', parProof)))
  }

  /** Where the browser is sent back to; the page when it is not sent back. */
  async authorize(
    requestUri: string,
    more: Readonly<Record<string, string>> = {},
    browser = new Browser(this.issuer),
  ) {
    const query = { client_id: this.identity.clientId, request_uri: requestUri, ...more }
    const answer = await browser.go(`/authorize?${new URLSearchParams(query)}`)
    return { ...answer, back: new URL(answer.url) }
  }

  async redeem(code: string, verifier: string, changes: Changes = {}): Promise<Answer> {
    const { token, tokenAssertion, proof, rawProof } = changes
    const form = {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: this.identity.redirectUri,
      ...(await this.authentication(tokenAssertion)),
      ...token,
    }
    const usual = proof === null ? undefined : await this.proof('POST', '/token', proof)
    return this.#post('/token', form, rawProof ?? usual)
  }

  /** One refresh, by a proof with the client's own key unless another is given. */
  async refresh(token: string, proof?: ProofClaims): Promise<Answer> {
    const form = { grant_type: 'refresh_token', refresh_token: token, ...(await this.authentication()) }
    return this.#post('/token', form, await this.proof('POST', '/token', proof))
  }

  async introspect(token: string): Promise<Response> {
    const form = { token, ...(await this.authentication()) } as Record<string, string>
    return fetch(`${this.issuer}/introspect`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { accept: 'application/token-introspection+jwt' },
    })
  }

  async userinfo(access: string, { scheme = 'DPoP', proof }: { scheme?: string; proof?: ProofClaims } = {}) {
    return fetch(`${this.issuer}/userinfo`, {
      headers: {
        authorization: `${scheme} ${access}`,
        dpop: await this.proof('GET', '/userinfo', proof, access),
      },
    })
  }

  /** The whole flow: the step at which it ended, and its answer. */
  async run(changes: Changes = {}): Promise<{ readonly step: string; readonly answer: Answer }> {
    const { verifier, challenge } = pkce()
    const pushed = await this.push(challenge, changes)
    if (pushed.status !== 201) return { step: 'par', answer: pushed }
    const { back } = await this.authorize(String(pushed.body['request_uri']))
    const code = back.searchParams.get('code')
    if (code === null)
      return { step: 'authorize', answer: { status: 303, body: Object.fromEntries(back.searchParams) } }
    const answer = await this.redeem(code, verifier, changes)
    return { step: answer.status === 200 ? 'done' : 'token', answer }
  }
}
