// Changes of people that meet others at the same time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { membershipChange } from '../../src/admin/people/groups-of-request.ts'
import { Ends } from '../../src/iam/ends.ts'
import { PeopleChanges } from '../../src/iam/people/people-changes.ts'
import { personOf } from '../../src/iam/people/person.ts'
import { openIamFixture } from './fixture.ts'

const nobodySignedIn = {
  signInsOf: async () => ({ sessions: [], grants: [] }),
  endSignIns: async () => undefined,
  endSessionsThrough: async () => undefined,
  revokeUser: async () => undefined,
}

test('a change of groups leaves other memberships unchanged, also those changed concurrently', async (t) => {
  const { iam, root, store, hasher, clock } = await openIamFixture(t)
  const ends = new Ends({ store, now: () => clock.now, signIns: nobodySignedIn })
  const changes = new PeopleChanges({ store, hasher, ends, signIns: nobodySignedIn })
  const user = await iam.createUser(root, { userName: 'u' })
  const groups = new Map<string, { readonly id: string; readonly name: string; readonly arn: string }>()
  for (const name of ['kept', 'removed', 'added', 'wanted', 'unwanted']) {
    const { id } = await iam.createGroup(root, { groupName: name })
    groups.set(name, { id, name, arn: '' })
  }
  const named = (...names: readonly string[]) => names.flatMap((name) => groups.get(name) ?? [])
  for (const groupName of ['kept', 'removed', 'unwanted'])
    await iam.addUserToGroup(root, { groupName, userName: 'u' })
  const read = await store.get('user', user.id)
  assert.ok(read)
  const person = await personOf(store, read)

  // Between the reading that was authorized and the update.
  await iam.removeUserFromGroup(root, { groupName: 'removed', userName: 'u' })
  await iam.addUserToGroup(root, { groupName: 'added', userName: 'u' })

  const asked = membershipChange(person, named('kept', 'removed', 'wanted'))
  const { after } = await changes.update(root, person, { groups: asked }, () => undefined)
  assert.deepEqual(after.groups, ['added', 'kept', 'wanted'])
})

test('a user joins no more groups than the quota allows, counting those joined concurrently', async (t) => {
  const { iam, root, store, hasher, clock } = await openIamFixture(t)
  const ends = new Ends({ store, now: () => clock.now, signIns: nobodySignedIn })
  const changes = new PeopleChanges({ store, hasher, ends, signIns: nobodySignedIn })
  const { id } = await iam.createUser(root, { userName: 'u' })
  const groupIds: string[] = []
  for (let at = 0; at < 11; at++) groupIds.push((await iam.createGroup(root, { groupName: `g${at}` })).id)
  const read = await store.get('user', id)
  assert.ok(read)
  const person = await personOf(store, read)
  await iam.addUserToGroup(root, { groupName: 'g0', userName: 'u' })
  const join = (from: number) =>
    changes.update(root, person, { groups: { join: groupIds.slice(from), leave: [] } }, () => undefined)
  await assert.rejects(join(1), { code: 'limit_exceeded' })
  assert.equal((await join(2)).after.groups.length, 10)
})
