// 36 (docs/attacks.md): pictures of access in an account of 10,000 people in one group and 1,100 roles, all of which one person may
// become: what is read, in all and per turn of the event loop, is bounded, and so is the page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold } from '../../../src/console/access/picture-fold.ts'
import { AccessReads } from '../../../src/iam/access/read-access.ts'
import { type AroundAccess, AroundReads } from '../../../src/iam/access/read-around.ts'
import { openAuthorizer } from '../../../src/iam/authorization/authorize.ts'
import type { IamDependencies } from '../../../src/iam/dependencies.ts'
import { openMarkers } from '../../../src/iam/paging.ts'
import { fillAccount, sharedPolicy } from '../../support/data/big-account.ts'
import { ReadMeter } from '../../support/reads-per-turn.ts'
import { onMongo } from '../../support/store.ts'
import { accountId, openIamFixture } from '../fixture.ts'

const skip = onMongo && 'counted on SQLite'

test('36: what a picture of access reads is bounded', { timeout: 240_000, skip }, async (t) => {
  const fixture = await openIamFixture(t)
  const { store, root } = fixture
  await fillAccount(store, accountId, { users: 10_000, roles: 1100, policies: 10 })
  const meter = new ReadMeter(store)
  const authorizer = openAuthorizer(meter.store)
  t.after(() => authorizer.close())
  const markers = openMarkers(() => Buffer.alloc(32, 7))
  const reads = new AccessReads({ store: meter.store, authorizer, markers } as IamDependencies)
  const question = { action: 'docs:GetDocument', resource: 'arn:aws:docs:::document/7' }

  await t.test('of a person with a thousand roles', async () => {
    for (const asked of [undefined, question]) {
      let found: Awaited<ReturnType<AccessReads['getPersonAccess']>> | undefined
      const spent = await meter.during(async () => {
        const input = { userName: 'u0000001', roles: 60, ...(asked && { question: asked }) }
        found = await reads.getPersonAccess(root, input)
      })
      assert.deepEqual(found?.roles, { found: 1000, more: true })
      assert.ok(spent.total < 4500, String(spent.total))
      assert.ok(spent.mostPerTurn < 400, String(spent.mostPerTurn))
      const nodes = found === undefined ? [] : fold(found.picture, new Set(), 940).nodes
      assert.ok(nodes.length < 60, String(nodes.length))
    }
  })

  await t.test('of a group, a role and a policy', async () => {
    const around = new AroundReads({ store: meter.store, authorizer, markers } as IamDependencies)
    const [groupName, roleName, policyArn] = ['everybody', 'r0000001', sharedPolicy(accountId)]
    for (const asked of [undefined, question])
      for (const [what, most, read] of [
        ['group', 4500, (input: object) => around.getGroupAccess(root, { ...input, groupName })],
        ['role', 200, (input: object) => around.getRoleAccess(root, { ...input, roleName })],
        ['policy', 600, (input: object) => around.getPolicyAccess(root, { ...input, policyArn })],
      ] as const) {
        let found: AroundAccess | undefined
        const spent = await meter.during(async () => {
          found = await read({ who: 60, roles: 60, ...(asked && { question: asked }) })
        })
        assert.ok(spent.total < most, `${what}: ${spent.total}`)
        assert.ok(spent.mostPerTurn < 500, `${what}: ${spent.mostPerTurn}`)
        assert.ok((found?.picture.nodes.length ?? 0) < 600, what)
        const further = { group: 'some', role: 0, policy: 11_100 - 60 }
        assert.equal(found?.furtherWho, further[what], what)
      }
  })

  await t.test('of who can do something', async () => {
    let marker: string | undefined
    const names: string[] = []
    for (let page = 0; page < 3; page++) {
      const spent = await meter.during(async () => {
        const found = await reads.listPeopleWithAccess(root, { ...question, marker, maxItems: 25 })
        marker = found.marker
        names.push(...found.items.map(({ name }) => name))
      })
      assert.ok(marker !== undefined, 'the list is cut')
      assert.ok(spent.total < 7000, String(spent.total))
      assert.ok(spent.mostPerTurn < 500, String(spent.mostPerTurn))
    }
    // Every hundredth, without those whom a boundary limits.
    assert.deepEqual(names.slice(0, 3), ['u0000099', 'u0000199', 'u0000299'])
    assert.ok(names.length >= 25 && new Set(names).size === names.length)
  })
})
