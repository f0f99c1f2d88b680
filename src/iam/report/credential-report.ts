// The credential report: one line for each user of an account, with the age and use of their password, MFA and access keys
// (IAM User Guide, "Getting credential reports for your AWS account").
import { gunzipSync, gzipSync } from 'node:zlib'
import { Problem } from '../../problem.ts'
import { upsert } from '../../store/conditional-writes.ts'
import type { AccessKey, EpochSeconds, SigningCertificate, User } from '../../store/records.ts'
import { accountOf, rootArn, userArn } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { passwordPolicyOf } from '../password/password-policy.ts'

export interface Report {
  /** CSV. */
  readonly content: Uint8Array
  readonly generatedAt: EpochSeconds
}

/** Seconds for which a report is served and not generated again. */
const freshSeconds = 4 * 3600
/** Seconds for which the record is kept, so that the answer is "expired" and not "none exists". */
const keptSeconds = 24 * 3600
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

/** A CSV field, quoted when needed: user names may contain commas. */
const field = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const line = (fields: readonly string[]): string => `${fields.map(field).join(',')}\n`

const keyFields = (key: AccessKey | undefined): readonly string[] => [
  String(key?.status === 'Active'),
  date(key?.createdAt),
  date(key?.lastUsed?.at),
  key?.lastUsed?.region ?? none,
  key?.lastUsed?.service ?? none,
]

const certificateFields = (certificate: SigningCertificate | undefined): readonly string[] => [
  String(certificate?.status === 'Active'),
  date(certificate?.createdAt),
]

/** Keys and certificates, the last columns of every line. The account root has no certificates here. */
const keysAndCertificates = (
  [firstKey, secondKey]: readonly AccessKey[],
  [first, second]: readonly SigningCertificate[] = [],
): readonly string[] => [
  ...keyFields(firstKey),
  ...keyFields(secondKey),
  ...certificateFields(first),
  ...certificateFields(second),
]

const isFresh = (generatedAt: EpochSeconds, now: EpochSeconds): boolean => now < generatedAt + freshSeconds

export class CredentialReports {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  /** Generates a report unless there is one younger than four hours. @returns true when there was one */
  async generateCredentialReport(call: Call): Promise<boolean> {
    const { authorizer, store } = this.#deps
    const accountId = accountOf(call.caller)
    const { now } = call.circumstances
    await authorizer.authorize(call, 'iam:GenerateCredentialReport', '*')
    const known = await this.#reportOf(accountId)
    if (known !== undefined && isFresh(known.generatedAt, now)) return true
    const content = gzipSync(await this.#write(accountId)).toString('base64')
    const report = { id: accountId, accountId, content, generatedAt: now, expiresAt: now + keptSeconds }
    await upsert(store, 'credentialReport', accountId, () => report)
    return false
  }

  /** @throws Problem('report_not_present' | 'report_expired') */
  async getCredentialReport(call: Call): Promise<Report> {
    const accountId = accountOf(call.caller)
    await this.#deps.authorizer.authorize(call, 'iam:GetCredentialReport', '*')
    const known = await this.#reportOf(accountId)
    if (known === undefined)
      throw new Problem('report_not_present', 'No report exists, call GenerateCredentialReport first.')
    if (!isFresh(known.generatedAt, call.circumstances.now))
      throw new Problem('report_expired', 'The report has expired, call GenerateCredentialReport again.')
    return { content: gunzipSync(Buffer.from(known.content, 'base64')), generatedAt: known.generatedAt }
  }

  #reportOf(accountId: string) {
    return this.#deps.store.get('credentialReport', accountId)
  }

  async #keysOf(by: 'user' | 'root', value: string): Promise<readonly AccessKey[]> {
    return (await this.#deps.store.find('accessKey', { by, value }, { limit: 2 })).records
  }

  async #lineOf(user: User, maxAge: number | undefined): Promise<string> {
    const { store } = this.#deps
    const { login } = user
    const devices = await store.find('mfaDevice', { by: 'user', value: user.id }, { limit: 1 })
    const ofUser = { by: 'user', value: user.id } as const
    const certificates = await store.find('signingCertificate', ofUser, { limit: 2 })
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
      ...keysAndCertificates(await this.#keysOf('user', user.id), certificates.records),
    ])
  }

  /** The account root has neither a password nor MFA devices on this server. */
  async #rootLine(accountId: string): Promise<string> {
    return line([
      '<root_account>',
      rootArn(accountId),
      date((await this.#deps.store.get('account', accountId))?.createdAt),
      'not_supported',
      'not_supported',
      'not_supported',
      'not_supported',
      'false',
      ...keysAndCertificates(await this.#keysOf('root', accountId)),
    ])
  }

  async #write(accountId: string): Promise<string> {
    const { store } = this.#deps
    const { maxAge } = await passwordPolicyOf(store, accountId)
    const lines = [line(columns), await this.#rootLine(accountId)]
    for await (const user of store.each('user', { by: 'account', value: accountId }))
      lines.push(await this.#lineOf(user, maxAge))
    return lines.join('')
  }
}
