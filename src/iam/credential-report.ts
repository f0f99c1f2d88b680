// The credential report: one line for each user of an account, with the age and use of their password, MFA and access keys
// (IAM User Guide, "Getting credential reports for your AWS account").
import { gunzipSync, gzipSync } from 'node:zlib'
import { Problem } from '../problem.ts'
import { put } from '../store/conditional-writes.ts'
import type { AccessKey, EpochSeconds, User } from '../store/records.ts'
import { accountOf, rootArn, userArn } from './arn.ts'
import type { Call } from './caller.ts'
import type { Parts } from './dependencies.ts'
import { passwordPolicyOf } from './password/password-policy.ts'

export interface Report {
  /** CSV. */
  readonly content: Uint8Array
  readonly generatedAt: EpochSeconds
}

/** Seconds for which a report is given, and is not generated again. */
const fresh = 4 * 3600
/** Seconds for which it is known that there was one. */
const remembered = 24 * 3600
const day = 86_400

const columns = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
] as const

const none = 'N/A'
const date = (at: EpochSeconds | undefined): string =>
  at === undefined ? none : new Date(at * 1000).toISOString().replace('.000Z', '+00:00')

/** A user's name may hold a comma. */
const field = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const line = (fields: readonly string[]): string => `${fields.map(field).join(',')}\n`

const keyFields = (key: AccessKey | undefined): readonly string[] => [
  String(key?.status === 'Active'),
  date(key?.createdAt),
  date(key?.lastUsed?.at),
  key?.lastUsed?.region ?? none,
  key?.lastUsed?.service ?? none,
]

/** Keys and certificates, the last columns of every line. Certificates are not kept. */
const keysAndCertificates = ([first, second]: readonly AccessKey[]): readonly string[] => [
  ...keyFields(first),
  ...keyFields(second),
  'false',
  none,
  'false',
  none,
]

export const credentialReport = (parts: Parts) => {
  const { store, authorizer } = parts

  const reportOf = (accountId: string) => store.get('credentialReport', accountId)
  const isFresh = (generatedAt: EpochSeconds, now: EpochSeconds) => now < generatedAt + fresh

  const keysOf = async (by: 'user' | 'root', value: string): Promise<readonly AccessKey[]> =>
    (await store.find('accessKey', { by, value }, { limit: 2 })).records

  const lineOf = async (user: User, maxAge: number | undefined): Promise<string> => {
    const { login } = user
    const devices = await store.find('mfaDevice', { by: 'user', value: user.id }, { limit: 1 })
    const expires = login === undefined || maxAge === undefined ? undefined : login.changedAt + maxAge * day
    return line([
      user.name,
      userArn(user),
      date(user.createdAt),
      String(login !== undefined),
      login === undefined
        ? none
        : user.passwordLastUsed === undefined
          ? 'no_information'
          : date(user.passwordLastUsed),
      date(login?.changedAt),
      date(expires),
      String(devices.records.length > 0),
      ...keysAndCertificates(await keysOf('user', user.id)),
    ])
  }

  /** The account root has no password and no devices here. */
  const rootLine = async (accountId: string): Promise<string> =>
    line([
      '<root_account>',
      rootArn(accountId),
      date((await store.get('account', accountId))?.createdAt),
      'not_supported',
      'not_supported',
      'not_supported',
      'not_supported',
      'false',
      ...keysAndCertificates(await keysOf('root', accountId)),
    ])

  const write = async (accountId: string): Promise<string> => {
    const { maxAge } = await passwordPolicyOf(store, accountId)
    const lines = [line(columns), await rootLine(accountId)]
    for await (const user of store.each('user', { by: 'account', value: accountId }))
      lines.push(await lineOf(user, maxAge))
    return lines.join('')
  }

  return {
    /** Generates a report unless one is younger than four hours. True: it was there already. */
    async generateCredentialReport(call: Call): Promise<boolean> {
      const accountId = accountOf(call.caller)
      const { now } = call.circumstances
      await authorizer.authorize(call, 'iam:GenerateCredentialReport', '*')
      const known = await reportOf(accountId)
      if (known !== undefined && isFresh(known.generatedAt, now)) return true
      const content = gzipSync(await write(accountId)).toString('base64')
      const report = { id: accountId, accountId, content, generatedAt: now, expiresAt: now + remembered }
      await put(store, 'credentialReport', accountId, () => report)
      return false
    },

    /** @throws Problem('report_not_present' | 'report_expired') */
    async getCredentialReport(call: Call): Promise<Report> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:GetCredentialReport', '*')
      const known = await reportOf(accountId)
      if (known === undefined)
        throw new Problem('report_not_present', 'No report exists, call GenerateCredentialReport first.')
      if (!isFresh(known.generatedAt, call.circumstances.now))
        throw new Problem('report_expired', 'The report has expired, call GenerateCredentialReport again.')
      return { content: gunzipSync(Buffer.from(known.content, 'base64')), generatedAt: known.generatedAt }
    },
  }
}
