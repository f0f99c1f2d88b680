// Token exchange (RFC 8693) at /token: an outside token, or one of this server, becomes a session of a role.
import { errors } from 'oidc-provider'
import { tokenExchangeGrant } from '../clients/settings.ts'
import { type ExchangeGrant, missing, sharedErrors } from './exchange-grant.ts'

export const tokenExchange: ExchangeGrant = {
  grantType: tokenExchangeGrant,
  name: 'token-exchange',
  parameters: [
    'subject_token',
    'subject_token_type',
    'actor_token',
    'actor_token_type',
    'requested_token_type',
  ],
  subject(parameter) {
    const actorToken = parameter('actor_token')
    // RFC 8693 §2.1: the type is required with the token, and must be absent without it.
    if ((actorToken === undefined) !== (parameter('actor_token_type') === undefined)) {
      throw new errors.InvalidRequest('`actor_token` and `actor_token_type` must be sent together')
    }
    return {
      subjectToken: parameter('subject_token') ?? missing('subject_token'),
      subjectTokenType: parameter('subject_token_type') ?? missing('subject_token_type'),
      actorToken,
      requestedTokenType: parameter('requested_token_type'),
    }
  },
  hasIssuedTokenType: true,
  // RFC 8693 §2.2.2 and RFC 6749 §5.2.
  errors: new Map([
    ...sharedErrors,
    ['invalid_identity_token', 'invalid_request'],
    ['idp_rejected_claim', 'invalid_request'],
    ['expired_token', 'invalid_request'],
    ['unauthenticated', 'invalid_request'],
    ['not_found', 'invalid_request'],
    // RFC 8693 §2.2.2: a subject token that is "unacceptable based on policy".
    ['denied', 'invalid_request'],
  ]),
}
