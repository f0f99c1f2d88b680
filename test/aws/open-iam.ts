// IAM over HTTP, for tests: the real codec, signatures and store, and a client of the AWS SDK that signs as root.
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { iamActions } from '../../src/aws/iam.ts'
import { accountId, type IamFixture, openIamFixture } from '../iam/fixture.ts'
import { root as rootKey, startAwsEndpoint } from '../support/aws-endpoint.ts'

export interface OpenedIam {
  readonly fixture: IamFixture
  readonly client: sdk.IAMClient
  readonly url: string
}

export async function open(t: TestContext): Promise<OpenedIam> {
  const fixture = await openIamFixture(t)
  fixture.clock.now = Math.floor(Date.now() / 1000)
  const endpoint = await startAwsEndpoint({ iam: iamActions(fixture.iam) })
  endpoint.keys.set(rootKey.id, { ...rootKey, accountId })
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret.reveal() }
  const client = new sdk.IAMClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  })
  t.after(async () => {
    client.destroy()
    await endpoint.close()
  })
  return { fixture, client, url: endpoint.url }
}

/** Asserts that a request is refused with this error of the AWS SDK. */
export const refused = (work: Promise<unknown>, name: string, status: number, message?: string) =>
  assert.rejects(work, (error) => {
    assert.ok(error instanceof sdk.IAMServiceException)
    assert.deepEqual([error.name, error.$metadata.httpStatusCode], [name, status], error.message)
    if (message !== undefined) assert.equal(error.message, message)
    return true
  })
