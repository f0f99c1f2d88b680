// The IAM and STS calls of a rotation, for the caller's own access keys.
import { isProblem } from '../../problem.ts'
import type { Credentials } from '../../verify/client.ts'
import { type AwsEndpoint, callAws, textIn, timeIn } from '../aws-call.ts'
import { isObject } from '../http.ts'

export interface OwnKey {
  readonly id: string
  /** Epoch seconds. */
  readonly created: number
  readonly isActive: boolean
}

/** Calls signed with `credentials`. @throws those of `callAws` */
export function keyCalls(endpoint: AwsEndpoint, credentials: Credentials) {
  const call = (action: string, parameters: Readonly<Record<string, string>> = {}) =>
    callAws(endpoint, { service: 'iam', action, parameters, credentials })
  return {
    async list(): Promise<readonly OwnKey[]> {
      const { AccessKeyMetadata: keys } = await call('ListAccessKeys')
      return (Array.isArray(keys) ? keys : []).map((key) => ({
        id: textIn(key, 'AccessKeyId'),
        created: timeIn(key, 'CreateDate'),
        isActive: textIn(key, 'Status') === 'Active',
      }))
    },

    async create(): Promise<Credentials> {
      const { AccessKey: key } = await call('CreateAccessKey')
      return { accessKeyId: textIn(key, 'AccessKeyId'), secretAccessKey: textIn(key, 'SecretAccessKey') }
    },

    /** Epoch seconds; undefined: never. */
    async lastUsed(id: string): Promise<number | undefined> {
      const { AccessKeyLastUsed: use } = await call('GetAccessKeyLastUsed', { AccessKeyId: id })
      return isObject(use) && use['LastUsedDate'] !== undefined ? timeIn(use, 'LastUsedDate') : undefined
    },

    deactivate: (id: string): Promise<unknown> =>
      ifPresent(call('UpdateAccessKey', { AccessKeyId: id, Status: 'Inactive' })),

    delete: (id: string): Promise<unknown> => ifPresent(call('DeleteAccessKey', { AccessKeyId: id })),

    /** Fails unless the server accepts the key. */
    verify: (): Promise<unknown> =>
      callAws(endpoint, { service: 'sts', action: 'GetCallerIdentity', parameters: {}, credentials }),
  }
}

/** A key that is gone needs no further change. */
const ifPresent = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => {
    if (!isProblem(error, 'not_found')) throw error
  })
