// Instance profiles through the AWS SDK.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { accountId, allow, trusting } from '../iam/fixture.ts'
import { open } from './open-iam.ts'

const profile = { InstanceProfileName: 'web' }
const role = { RoleName: 'reader' }
const newRole = { ...role, AssumeRolePolicyDocument: trusting({ Service: 'ec2.amazonaws.com' }) }

test('an instance profile is made, given a role, listed, tagged, emptied and deleted', async (t) => {
  const { client } = await open(t)
  const Tags = [{ Key: 'Team', Value: 'red' }]
  const made = await client.send(new sdk.CreateInstanceProfileCommand({ ...profile, Path: '/eng/', Tags }))
  assert.equal(made.InstanceProfile?.Arn, `arn:aws:iam::${accountId}:instance-profile/eng/web`)
  assert.match(made.InstanceProfile?.InstanceProfileId ?? '', /^AIPA/)
  assert.deepEqual([made.InstanceProfile?.Roles, made.InstanceProfile?.Tags], [[], Tags])
  await client.send(new sdk.CreateRoleCommand(newRole))
  await client.send(new sdk.AddRoleToInstanceProfileCommand({ ...profile, ...role }))

  const got = await client.send(new sdk.GetInstanceProfileCommand(profile))
  assert.deepEqual(
    got.InstanceProfile?.Roles?.map(({ RoleName }) => RoleName),
    ['reader'],
  )
  const listed = await client.send(new sdk.ListInstanceProfilesCommand({ PathPrefix: '/eng/' }))
  assert.deepEqual([listed.InstanceProfiles?.length, listed.IsTruncated], [1, false])
  assert.equal(listed.InstanceProfiles?.[0]?.Tags, undefined, 'a list shows no tags')
  const none = await client.send(new sdk.ListInstanceProfilesCommand({ PathPrefix: '/ops/' }))
  assert.deepEqual(none.InstanceProfiles, [])
  const ofRole = await client.send(new sdk.ListInstanceProfilesForRoleCommand(role))
  assert.equal(ofRole.InstanceProfiles?.[0]?.InstanceProfileName, 'web')
  const { SummaryMap } = await client.send(new sdk.GetAccountSummaryCommand({}))
  assert.equal(SummaryMap?.['InstanceProfiles'], 1)

  await client.send(new sdk.TagInstanceProfileCommand({ ...profile, Tags: [{ Key: 'Env', Value: 'x' }] }))
  await client.send(new sdk.UntagInstanceProfileCommand({ ...profile, TagKeys: ['Team'] }))
  const tags = await client.send(new sdk.ListInstanceProfileTagsCommand(profile))
  assert.deepEqual(tags.Tags, [{ Key: 'Env', Value: 'x' }])

  await client.send(new sdk.RemoveRoleFromInstanceProfileCommand({ ...profile, ...role }))
  await client.send(new sdk.DeleteInstanceProfileCommand(profile))
  await client.send(new sdk.DeleteRoleCommand(role))
})

test('instance profiles are refused in the words of AWS', async (t) => {
  const { client } = await open(t)
  await client.send(new sdk.CreateInstanceProfileCommand(profile))
  await client.send(new sdk.CreateRoleCommand(newRole))
  await client.send(new sdk.CreateRoleCommand({ ...newRole, RoleName: 'other' }))
  await client.send(new sdk.AddRoleToInstanceProfileCommand({ ...profile, ...role }))
  const refused = async (work: Promise<unknown>, name: string, message: string, status: number) =>
    assert.rejects(work, (error) => {
      assert.ok(error instanceof sdk.IAMServiceException)
      assert.deepEqual([error.name, error.message, error.$metadata.httpStatusCode], [name, message, status])
      return true
    })
  await refused(
    client.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'WEB' })),
    'EntityAlreadyExistsException',
    'Instance Profile WEB already exists.',
    409,
  )
  await refused(
    client.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName: 'none' })),
    'NoSuchEntityException',
    'Instance Profile none cannot be found.',
    404,
  )
  await refused(
    client.send(new sdk.AddRoleToInstanceProfileCommand({ ...profile, RoleName: 'other' })),
    'LimitExceededException',
    'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    409,
  )
  await refused(
    client.send(new sdk.AddRoleToInstanceProfileCommand({ ...profile, RoleName: 'none' })),
    'NoSuchEntityException',
    'The role with name none cannot be found.',
    404,
  )
  await refused(
    client.send(new sdk.RemoveRoleFromInstanceProfileCommand({ ...profile, RoleName: 'other' })),
    'NoSuchEntityException',
    'Role other in Instance Profile web cannot be found.',
    404,
  )
  const inUse = 'Cannot delete entity, must remove roles from instance profile first.'
  const conflict = 'DeleteConflictException'
  await refused(client.send(new sdk.DeleteInstanceProfileCommand(profile)), conflict, inUse, 409)
  await refused(client.send(new sdk.DeleteRoleCommand(role)), conflict, inUse, 409)
})

test('a role is put into a profile only by who may pass it', async (t) => {
  const { client, fixture } = await open(t)
  await client.send(new sdk.CreateInstanceProfileCommand(profile))
  await client.send(new sdk.CreateRoleCommand(newRole))
  const input = { profileName: 'web', roleName: 'reader' }
  const ada = await fixture.userWho('ada', allow('iam:AddRoleToInstanceProfile'))
  await assert.rejects(fixture.iam.addRoleToInstanceProfile(ada, input), {
    code: 'denied',
    message: /iam:PassRole on resource: arn:aws:iam::\d+:role\/reader/,
  })
  const bob = await fixture.userWho('bob', allow(['iam:AddRoleToInstanceProfile', 'iam:PassRole']))
  await fixture.iam.addRoleToInstanceProfile(bob, input)
})
