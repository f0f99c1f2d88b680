// GetAccessKeyInfo: the account that an access key belongs to, whether or not the key is still active.
import type { Authorizer } from '../../iam/authorization/authorize.ts'
import type { Call } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'
import type { LongTermKeys } from '../authentication/authenticate.ts'

export interface AccessKeyInfoDependencies {
  readonly longTermKeys: Pick<LongTermKeys, 'byId'>
  readonly authorize: Authorizer['authorize']
}

export type GetAccessKeyInfo = (call: Call, accessKeyId: string) => Promise<string>

/**
 * @returns the account id, twelve digits
 * @throws Problem('denied') · Problem('validation') for an unknown key. The key of a session can be looked up only with that
 *   session's own credentials, because sessions are not stored.
 */
export const getAccessKeyInfo =
  ({ longTermKeys, authorize }: AccessKeyInfoDependencies): GetAccessKeyInfo =>
  async (call, accessKeyId) => {
    await authorize(call, 'sts:GetAccessKeyInfo', '*')
    const { caller } = call
    if (caller.kind !== 'anonymous' && caller.accessKeyId === accessKeyId) return caller.accountId
    const key = await longTermKeys.byId(accessKeyId)
    if (key !== undefined) return key.accountId
    throw new Problem('validation', `The access key ${accessKeyId.slice(0, 128)} is not of this server.`)
  }
