// The JWT bearer grant (RFC 7523 §2.1) at /token: an assertion becomes a session of a role, by the same rules as token exchange.
import { jwtBearerGrant } from '../clients/settings.ts'
import { type ExchangeGrant, missing, sharedErrors } from './exchange-grant.ts'

export const jwtBearer: ExchangeGrant = {
  grantType: jwtBearerGrant,
  name: 'jwt-bearer',
  parameters: ['assertion'],
  subject: (parameter) => ({
    subjectToken: parameter('assertion') ?? missing('assertion'),
    subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt',
    actorToken: undefined,
    requestedTokenType: undefined,
  }),
  hasIssuedTokenType: false,
  // RFC 7523 §3.1: every fault of the assertion is `invalid_grant`.
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
