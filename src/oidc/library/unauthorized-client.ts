// RFC 6749 §5.2 and RFC 8628 §3.2: a client that asks for a grant which is not one of its own gets `unauthorized_client`.
// oidc-provider answers `invalid_request`, which reads as if a parameter were wrong.
import { errors, type Provider } from 'oidc-provider'
import { currentRequest } from '../artifacts/token-request.ts'
import { type ClientModel, replaceMember } from './members.ts'

/** RFC 8628 §3.4. */
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** The grant that the current request asks for; undefined where grants are looked up for another reason. */
function requestedGrant(): unknown {
  const { route, params } = currentRequest()?.oidc ?? {}
  if (route === 'token') return params?.['grant_type']
  return route === 'device_authorization' ? deviceGrant : undefined
}

export const refuseForeignGrants = (provider: Provider): void =>
  replaceMember(
    provider,
    'Client.prototype.grantTypeAllowed',
    (isAllowed) =>
      function (this: ClientModel, grant: string) {
        const allowed = isAllowed.call(this, grant)
        if (!allowed && requestedGrant() === grant)
          throw new errors.UnauthorizedClient(
            `the client \`${this.clientId}\` may not use the grant \`${grant}\``,
          )
        return allowed
      },
  )
