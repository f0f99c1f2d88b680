// Adds the claims of a client's mapping to ID tokens and userinfo. oidc-provider's own filter passes only claims that every
// client may request; those of a mapping are of one client, and are not in `claims_supported`.
import type { Provider } from 'oidc-provider'
import { mapped } from '../claims.ts'
import { type ClaimsModel, replaceMember } from './members.ts'

export const addMappedClaims = (provider: Provider): void =>
  replaceMember(
    provider,
    'Claims.prototype.result',
    (result) =>
      async function (this: ClaimsModel) {
        const added: unknown = this.available[mapped]
        const claims = await result.call(this)
        return typeof added === 'object' ? { ...claims, ...added } : claims
      },
  )
