// Values of refresh tokens. The successor of a rotated token is chosen when the old one is redeemed (artifacts/adapter.ts),
// so that a client that lost the answer gets the same successor again.
import type { Provider } from 'oidc-provider'
import { randomToken } from '../../secure/random.ts'
import { currentRedemption } from '../artifacts/token-request.ts'
import { replaceMember } from './members.ts'

export function useChosenSuccessors(provider: Provider): void {
  replaceMember(provider, 'RefreshToken.prototype.generateTokenId', () => () => {
    const redemption = currentRedemption()
    return redemption?.model === 'RefreshToken' ? redemption.successor : randomToken()
  })
}
