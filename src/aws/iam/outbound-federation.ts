// Actions that switch tokens for other services on and off.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { action } from '../action.ts'

export const outboundFederationActions = (iam: Iam) => [
  action<sdk.EnableOutboundWebIdentityFederationCommandInput>(
    'EnableOutboundWebIdentityFederation',
    async (_, call) => ({ IssuerIdentifier: await iam.enableOutboundWebIdentityFederation(call) }),
  ),
  action<sdk.DisableOutboundWebIdentityFederationCommandInput>(
    'DisableOutboundWebIdentityFederation',
    async (_, call) => {
      await iam.disableOutboundWebIdentityFederation(call)
      return {}
    },
  ),
  action<sdk.GetOutboundWebIdentityFederationInfoCommandInput>(
    'GetOutboundWebIdentityFederationInfo',
    async (_, call) => ({
      IssuerIdentifier: await iam.getOutboundWebIdentityFederationInfo(call),
      JwtVendingEnabled: true,
    }),
  ),
]
