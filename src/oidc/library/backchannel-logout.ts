// How back-channel logout requests (OIDC Back-Channel Logout 1.0 §2.5) leave oidc-provider.
import type { Provider } from 'oidc-provider'
import { type ClientModel, replaceMember } from './members.ts'

/** Sends a logout token to a client. Rejects when the client does not answer with 200 or 204. */
export type SendLogoutToken = (client: ClientModel, userId: string, sid: string) => Promise<void>

/**
 * Lets `enqueue` handle the requests that RP-initiated logout would send at once.
 * @returns oidc-provider's own way to send one
 */
export function divertBackchannelLogout(provider: Provider, enqueue: SendLogoutToken): SendLogoutToken {
  let send: SendLogoutToken | undefined
  replaceMember(provider, 'Client.prototype.backchannelLogout', (original) => {
    send = (client, userId, sid) => original.call(client, userId, sid)
    return function (this: ClientModel, userId, sid) {
      return enqueue(this, userId, sid)
    }
  })
  if (!send) throw new TypeError('unreachable: replaceMember calls back before it returns')
  return send
}
