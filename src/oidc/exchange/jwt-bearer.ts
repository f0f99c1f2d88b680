// The JWT bearer grant (RFC 7523 §2.1) at /token: an assertion becomes a session of a role, by the same decision as in
// token exchange.
import { jwtBearerGrant } from '../clients/settings.ts'
import { type ExchangeGrant, missing, sharedErrors } from './exchange-grant.ts'

export const jwtBearer: ExchangeGrant = {
  grantType: jwtBearerGrant,
  name: 'jwt-bearer',
  parameters: ['assertion'],
  subject: (one) => ({
    subjectToken: one('assertion') ?? missing('assertion'),
    subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt',
    actorToken: undefined,
    requestedTokenType: undefined,
  }),
  saysType: false,
  // RFC 7523 §3.1: whatever is wrong with the assertion.
  errors: new Map([
    ...sharedErrors,
    ['invalid_identity_token', 'invalid_grant'],
    ['idp_rejected_claim', 'invalid_grant'],
    ['expired_token', 'invalid_grant'],
    ['unauthenticated', 'invalid_grant'],
    ['not_found', 'invalid_grant'],
    ['denied', 'invalid_grant'],
  ]),
}
