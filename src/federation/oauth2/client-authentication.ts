// Client authentication at a provider's token endpoint (RFC 6749 §2.3, RFC 7523 §2.2). Servers implement two of the methods
// differently, so each method is a list of variants: the second is tried once when the provider answers `invalid_client` to the
// first. Both send our own credentials to our own provider only.
import type { ClientAuth } from 'openid-client'
import { signJws } from '../../secure/jws.ts'
import { readPrivateKey } from '../../secure/key/private-key.ts'
import { randomToken } from '../../secure/random.ts'
import type { Secret } from '../../secure/secret.ts'
import type { EpochSeconds } from '../../store/records.ts'

/** Lifetime of an assertion in seconds; it is sent at once. */
const assertionLife = 60

export interface ClientCredentials {
  readonly id: string
  readonly auth: 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt' | 'none'
  readonly secret: Secret | undefined
}

/** The variants to try, in order. @throws Problem('invalid_input') for an invalid private key */
export function clientAuthenticationMethods(
  { id, auth, secret }: ClientCredentials,
  now: () => EpochSeconds,
): readonly [ClientAuth, ...ClientAuth[]] {
  if (auth === 'none' || secret === undefined) return [named(id)]
  switch (auth) {
    case 'client_secret_post':
      return [posted(id, secret)]
    case 'client_secret_basic': {
      const encoded = basic(formEncoded(id), formEncoded(secret.reveal()))
      const bare = basic(id, secret.reveal())
      return encoded === bare ? [authorized(encoded)] : [authorized(encoded), authorized(bare)]
    }
    case 'private_key_jwt':
      // RFC 7523bis requires the issuer as audience; older providers accept only their token endpoint. The assertion is sent
      // to that endpoint only.
      return [
        asserted(id, secret, now, (issuer) => issuer),
        asserted(id, secret, now, (_, tokenEndpoint) => tokenEndpoint),
      ]
  }
}

const named =
  (id: string): ClientAuth =>
  (_as, _client, body) => {
    body.set('client_id', id)
  }

const posted =
  (id: string, secret: Secret): ClientAuth =>
  (_as, _client, body) => {
    body.set('client_id', id)
    body.set('client_secret', secret.reveal())
  }

const authorized =
  (credentials: string): ClientAuth =>
  (_as, _client, _body, headers) => {
    headers.set('authorization', credentials)
  }

const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

/** RFC 6749 §2.3.1 and Appendix B. URLSearchParams leaves common characters as they are, so most servers that do not decode work too. */
const formEncoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)

const asserted =
  (
    id: string,
    secret: Secret,
    now: () => EpochSeconds,
    audience: (issuer: string, tokenEndpoint: string) => string,
  ): ClientAuth =>
  async (as, _client, body) => {
    const iat = now()
    const claims = {
      iss: id,
      sub: id,
      aud: audience(as.issuer, as.token_endpoint ?? as.issuer),
      jti: randomToken(),
      iat,
      exp: iat + assertionLife,
    }
    body.set('client_id', id)
    body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    body.set('client_assertion', await signJws('JWT', claims, readPrivateKey(secret)))
  }
