// Whether an account issues tokens for other services: what GetWebIdentityToken of sts/ asks first.
import { Problem } from '../../problem.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { noSuch } from '../messages.ts'
import { updateRecord } from '../record/update-record.ts'

const disabled = (accountId: string) =>
  new Problem('feature_disabled', `Outbound identity federation is disabled for account ${accountId}`)

export const outboundFederation = ({ store, authorizer, outbound }: IamDependencies) => {
  const missing = (accountId: string) => ({ notFound: () => noSuch('accountAlias', accountId) })

  return {
    /** @returns the issuer URL · @throws Problem('denied' | 'feature_enabled') */
    async enableOutboundWebIdentityFederation(call: Call): Promise<string> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:EnableOutboundWebIdentityFederation', '*')
      await outbound.createKeys()
      await updateRecord(store, 'account', accountId, missing(accountId), (old) => {
        if (old.outboundFederation === true)
          throw new Problem(
            'feature_enabled',
            'Outbound web identity federation is already enabled for this account',
          )
        return { ...old, outboundFederation: true }
      })
      return outbound.issuerOf(accountId)
    },

    /** Tokens that were issued stay valid until they expire, but their keys are no longer published. */
    async disableOutboundWebIdentityFederation(call: Call): Promise<void> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:DisableOutboundWebIdentityFederation', '*')
      await updateRecord(store, 'account', accountId, missing(accountId), (old) => {
        if (old.outboundFederation !== true) throw disabled(accountId)
        return { ...old, outboundFederation: undefined }
      })
    },

    /** @returns the issuer URL · @throws Problem('denied' | 'feature_disabled') */
    async getOutboundWebIdentityFederationInfo(call: Call): Promise<string> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:GetOutboundWebIdentityFederationInfo', '*')
      if ((await store.get('account', accountId))?.outboundFederation !== true) throw disabled(accountId)
      return outbound.issuerOf(accountId)
    },
  }
}
