// Service-linked roles through the AWS SDK.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { accountId } from '../iam/fixture.ts'
import { open, refused } from './open-iam.ts'

test('a service-linked role is created, protected, deleted, and its deletion can be asked', async (t) => {
  const { client } = await open(t)
  const service = { AWSServiceName: 'ecs.amazonaws.com' }
  const { Role } = await client.send(new sdk.CreateServiceLinkedRoleCommand(service))
  const name = { RoleName: Role?.RoleName }
  assert.equal(
    Role?.Arn,
    `arn:aws:iam::${accountId}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForEcs`,
  )
  const protectedRole = 'UnmodifiableEntityException'
  const policyArn = { PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }
  await refused(client.send(new sdk.AttachRolePolicyCommand({ ...name, ...policyArn })), protectedRole, 400)
  await refused(client.send(new sdk.DeleteRoleCommand(name)), protectedRole, 400)
  await refused(
    client.send(new sdk.UpdateAssumeRolePolicyCommand({ ...name, PolicyDocument: '{}' })),
    protectedRole,
    400,
  )
  await refused(
    client.send(new sdk.CreateServiceLinkedRoleCommand(service)),
    'EntityAlreadyExistsException',
    409,
  )
  const other = { AWSServiceName: 'nothing' }
  await refused(client.send(new sdk.CreateServiceLinkedRoleCommand(other)), 'InvalidInputException', 400)

  const { DeletionTaskId } = await client.send(new sdk.DeleteServiceLinkedRoleCommand(name))
  const status = await client.send(new sdk.GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }))
  assert.equal(status.Status, 'SUCCEEDED')
  await refused(client.send(new sdk.GetRoleCommand(name)), 'NoSuchEntityException', 404)
  const forged = { DeletionTaskId: 'task/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForEcs/x' }
  await refused(
    client.send(new sdk.GetServiceLinkedRoleDeletionStatusCommand(forged)),
    'NoSuchEntityException',
    404,
  )
})
