// A provider that may name any group takes the right to each: of how many that is asked, and what happens with more.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { providerPermissions } from '../../src/admin/identity-providers/permissions.ts'
import { RunTimeSettings } from '../../src/federation/run-time-settings.ts'
import { openMarkers } from '../../src/iam/paging.ts'
import { GroupChanges } from '../../src/iam/people/group-changes.ts'
import { People } from '../../src/iam/people/people.ts'
import { schemaMessage } from '../../src/web/schema-messages.ts'
import { accountId, openIamFixture } from '../iam/fixture.ts'

test('with more groups than can be authorized one by one, those that claims may give are named', {
  timeout: 120_000,
}, async (t) => {
  const { store, root } = await openIamFixture(t)
  const markers = openMarkers(() => Buffer.alloc(32))
  const use = {
    groups: new GroupChanges({ store, markers }),
    people: new People({ store, markers }),
    mayForEveryUser: async () => true,
  }
  const settings = new RunTimeSettings({ allow: new Set(), message: schemaMessage })
  const permissions = async (groups: unknown) => {
    const sign_in = { title: 'X', client_id: 'c', mapping: { groups } }
    const entry = { kind: 'openid', name: 'x', url: 'https://x.example', sign_in }
    const after = settings.read(entry, { accountId, now: 0 })
    const all = await providerPermissions(use, root, { before: undefined, after })
    return all.flatMap(({ action, arn }) => (action === 'AddGroupMember' ? [arn.split('/')[1]] : []))
  }
  const addGroups = async (from: number, to: number) => {
    for (let at = from; at < to; at++) await use.groups.create(root, { name: `g${at}` })
  }
  await addGroups(0, 1500)
  assert.equal(new Set(await permissions('roles')).size, 1501)
  await addGroups(1500, 2100)
  await assert.rejects(permissions('roles'), {
    code: 'validation',
    message: /needs a `map` that names the groups/,
  })
  assert.deepEqual(await permissions({ path: 'roles', map: { a: ['g1', 'g2'] } }), ['g1', 'g2'])
})
