// How we prove ourselves at a provider's token endpoint (RFC 6749 §2.3, RFC 7523 §2.2). Two of the ways are read
// differently in the wild, so they come as a list: the second is tried once when the provider says `invalid_client` to
// the first. Both carry our own credentials to our own provider alone, and a person sees no difference.
import type { ClientAuth } from 'openid-client'
import { signJws } from '../../secure/jws.ts'
import { readPrivateKey } from '../../secure/private-key.ts'
import { randomToken } from '../../secure/random.ts'
import type { Secret } from '../../secure/secret.ts'
import type { EpochSeconds } from '../../store/records.ts'

/** Seconds an assertion lives: it goes out at once. */
const assertionLife = 60

export interface ClientCredentials {
  readonly id: string
  readonly auth: 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt' | 'none'
  readonly secret: Secret | undefined
}

/** @throws Problem('invalid_input') for a private key that is none */
export function waysToAuthenticate(
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
      // The issuer is what RFC 7523bis wants; older providers know themselves by their token endpoint alone. It goes
      // nowhere but there, so that naming it says nothing to anybody else.
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

/** RFC 6749 §2.3.1 and Appendix B. What URLSearchParams leaves alone, most who never decode get right as well. */
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
