// IAM over HTTP, for tests: the real codec, signatures and store, and a client of the AWS SDK that signs as root.
import type { TestContext } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { iamActions } from '../../src/aws/iam.ts'
import { accountId, type House, openHouse } from '../iam/house.ts'
import { root as rootKey, startAwsEndpoint } from '../support/aws-endpoint.ts'

export interface OpenedIam {
  readonly house: House
  readonly client: sdk.IAMClient
  readonly url: string
}

export async function open(t: TestContext): Promise<OpenedIam> {
  const house = await openHouse(t)
  house.clock.now = Math.floor(Date.now() / 1000)
  const endpoint = await startAwsEndpoint({ iam: iamActions(house.iam) })
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
  return { house, client, url: endpoint.url }
}
