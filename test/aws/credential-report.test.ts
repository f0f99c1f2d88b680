// The credential report through the AWS SDK.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { accountId } from '../iam/fixture.ts'
import { open } from './open-iam.ts'

test('the credential report is generated, read, and expires after four hours', async (t) => {
  const { client, fixture } = await open(t)
  const generate = async () => (await client.send(new sdk.GenerateCredentialReportCommand({}))).State
  const read = async () => {
    const got = await client.send(new sdk.GetCredentialReportCommand({}))
    assert.equal(got.ReportFormat, 'text/csv')
    return Buffer.from(got.Content ?? [])
      .toString()
      .trimEnd()
      .split('\n')
  }
  await assert.rejects(read(), (error) => {
    assert.ok(error instanceof sdk.CredentialReportNotPresentException)
    assert.equal(error.$metadata.httpStatusCode, 410)
    return true
  })
  await client.send(new sdk.UpdateAccountPasswordPolicyCommand({ MaxPasswordAge: 90 }))
  await client.send(new sdk.CreateUserCommand({ UserName: 'ada' }))
  await client.send(new sdk.CreateUserCommand({ UserName: 'one,two' }))
  await client.send(new sdk.CreateLoginProfileCommand({ UserName: 'ada', Password: 'correct horse battery' }))
  await client.send(new sdk.CreateAccessKeyCommand({ UserName: 'ada' }))
  assert.deepEqual([await generate(), await generate()], ['STARTED', 'COMPLETE'])
  const [head, root, ada, comma, ...more] = await read()
  assert.deepEqual(more, [])
  const columns = head?.split(',') ?? []
  assert.equal(columns.length, 22)
  assert.match(root ?? '', new RegExp(`^<root_account>,arn:aws:iam::${accountId}:root,`))
  const at = new Date(fixture.clock.now * 1000).toISOString().slice(0, 10)
  const later = new Date((fixture.clock.now + 90 * 86_400) * 1000).toISOString().slice(0, 10)
  const fields = Object.fromEntries((ada ?? '').split(',').map((value, n) => [columns[n], value]))
  const shown = [
    'user',
    'password_enabled',
    'password_last_used',
    'mfa_active',
    'access_key_1_active',
    'access_key_1_last_used_date',
    'access_key_2_active',
  ].map((name) => fields[name])
  assert.deepEqual(shown, ['ada', 'true', 'no_information', 'false', 'true', 'N/A', 'false'])
  assert.equal(fields['password_last_changed']?.slice(0, 10), at)
  assert.equal(fields['password_next_rotation']?.slice(0, 10), later)
  assert.match(comma ?? '', /^"one,two","arn:/)
  await fixture.store.update('credentialReport', accountId, (old) => ({
    ...old,
    generatedAt: old.generatedAt - 4 * 3600,
  }))
  await assert.rejects(read(), { name: 'CredentialReportExpiredException' })
  assert.equal(await generate(), 'STARTED')
  assert.equal((await read()).length, 4)
})
