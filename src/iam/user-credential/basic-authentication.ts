// Checks a service-specific credential that was presented by Basic authentication (RFC 7617).
import { Problem } from '../../problem.ts'
import { equals, sha256base64url } from '../../secure/digest.ts'
import type { Secret } from '../../secure/secret.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { userArn } from '../arn.ts'
import type { Caller } from '../caller.ts'

export interface BasicDependencies {
  readonly store: Store
  readonly now: () => EpochSeconds
}

export type AuthenticateBasic = (
  service: string,
  serviceUserName: string,
  password: Secret,
) => Promise<Extract<Caller, { kind: 'user' }>>

/** Seconds for which a use is not written again. */
const interval = 60

const invalid = (detail: string) =>
  new Problem('unauthenticated', 'the user name or password is not valid for this service', { detail })

/**
 * The user a credential belongs to. Its last use is written at most once a minute, and the request does not wait for that.
 * @throws Problem('unauthenticated') with one message whatever is wrong; only the log has the reason
 */
export const openBasicAuthentication =
  ({ store, now }: BasicDependencies): AuthenticateBasic =>
  async (service, serviceUserName, password) => {
    const found = await store.getBy('serviceSpecificCredential', 'serviceUserName', serviceUserName)
    const right = equals(found?.passwordHash ?? '', sha256base64url(password.reveal()))
    if (found === undefined || !right) throw invalid('no such credential, or another password')
    if (found.service !== service) throw invalid('the credential is for another service')
    if (found.status !== 'Active') throw invalid('the credential is inactive')
    if (found.expiresAt !== undefined && found.expiresAt <= now()) throw invalid('the credential has expired')
    const user = await store.get('user', found.userId)
    if (user === undefined || user.accountId !== found.accountId) throw invalid('the user is gone')
    if (user.disabled) throw invalid('the user is disabled')
    const at = now()
    if (found.lastUsed === undefined || at - found.lastUsed >= interval)
      void store
        .update('serviceSpecificCredential', found.id, (old) => ({ ...old, lastUsed: at }))
        .catch(() => undefined)
    return {
      kind: 'user',
      accountId: user.accountId,
      arn: userArn(user),
      userId: user.id,
      userName: user.name,
      accessKeyId: found.id,
      mfaAge: undefined,
      temporary: false,
      issuedAt: undefined,
    }
  }
