// SetSecurityTokenServicePreferences through the AWS SDK.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { open } from './open-iam.ts'

test('the version of tokens of the global endpoint is kept, and shown in the account summary', async (t) => {
  const { client } = await open(t)
  const shown = async () =>
    (await client.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap?.['GlobalEndpointTokenVersion']
  assert.equal(await shown(), 2)
  for (const [version, number] of [
    ['v1Token', 1],
    ['v2Token', 2],
  ] as const) {
    await client.send(
      new sdk.SetSecurityTokenServicePreferencesCommand({ GlobalEndpointTokenVersion: version }),
    )
    assert.equal(await shown(), number)
  }
})
