// Token exchange (RFC 8693) at /token: an outside token, or one of ours, becomes a session of a role.
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
  subject(one) {
    const actorToken = one('actor_token')
    // RFC 8693 §2.1: the type is required with the token and must not stand without it.
    if ((actorToken === undefined) !== (one('actor_token_type') === undefined)) {
      throw new errors.InvalidRequest('`actor_token` and `actor_token_type` stand together')
    }
    return {
      subjectToken: one('subject_token') ?? missing('subject_token'),
      subjectTokenType: one('subject_token_type') ?? missing('subject_token_type'),
      actorToken,
      requestedTokenType: one('requested_token_type'),
    }
  },
  saysType: true,
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
