import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openIamFixture } from './fixture.ts'

test('a user is added to and removed from a group', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  const group = await iam.createGroup(root, { groupName: 'Devs', path: '/eng/' })
  assert.match(group.id, /^AGPA[A-Z2-7]{17}$/)
  await iam.addUserToGroup(root, { groupName: 'devs', userName: 'U' })
  await iam.addUserToGroup(root, { groupName: 'devs', userName: 'u' })
  const { users } = await iam.getGroup(root, { groupName: 'devs' })
  assert.deepEqual(
    users.items.map(({ name }) => name),
    ['u'],
  )
  assert.deepEqual((await iam.listGroupsForUser(root, { userName: 'u' })).items, [group])
  await iam.updateGroup(root, { groupName: 'devs', newGroupName: 'developers' })
  assert.equal((await iam.listGroupsForUser(root, { userName: 'u' })).items[0]?.name, 'developers')
  await assert.rejects(iam.deleteGroup(root, { groupName: 'developers' }), {
    code: 'delete_conflict',
    message: 'Cannot delete entity, must remove users from group first.',
  })
  await iam.removeUserFromGroup(root, { groupName: 'developers', userName: 'u' })
  await iam.deleteGroup(root, { groupName: 'developers' })
})

test("unknown names get AWS's message for their kind", async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createGroup(root, { groupName: 'g' })
  await assert.rejects(iam.createGroup(root, { groupName: 'G' }), {
    code: 'conflict',
    message: 'Group with name G already exists.',
  })
  await assert.rejects(iam.addUserToGroup(root, { groupName: 'g', userName: 'x' }), {
    code: 'not_found',
    message: 'The user with name x cannot be found.',
  })
  await assert.rejects(iam.getGroup(root, { groupName: 'x' }), {
    code: 'not_found',
    message: 'The group with name x cannot be found.',
  })
})

test('a user is in at most ten groups, also concurrently', async (t) => {
  const { iam, root, another } = await openIamFixture(t)
  const other = await another()
  await iam.createUser(root, { userName: 'u' })
  const names = Array.from({ length: 13 }, (_, n) => `g${n}`)
  for (const groupName of names) await iam.createGroup(root, { groupName })
  const results = await Promise.allSettled(
    names.map((groupName, n) => (n % 2 ? iam : other.iam).addUserToGroup(root, { groupName, userName: 'u' })),
  )
  const refused = results.filter((result) => result.status === 'rejected')
  assert.equal(refused.length, 3)
  assert.equal(refused[0]?.reason.message, 'Cannot exceed quota for GroupsPerUser: 10')
  assert.equal((await iam.listGroupsForUser(root, { userName: 'u' })).items.length, 10)
})

test('members are listed in pages', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createGroup(root, { groupName: 'g' })
  for (let n = 0; n < 5; n++) {
    await iam.createUser(root, { userName: `u${n}` })
    await iam.addUserToGroup(root, { groupName: 'g', userName: `u${n}` })
  }
  const first = await iam.getGroup(root, { groupName: 'g', maxItems: 3 })
  const second = await iam.getGroup(root, { groupName: 'g', maxItems: 3, marker: first.users.marker })
  assert.deepEqual(
    [...first.users.items, ...second.users.items].map(({ name }) => name),
    ['u0', 'u1', 'u2', 'u3', 'u4'],
  )
})
