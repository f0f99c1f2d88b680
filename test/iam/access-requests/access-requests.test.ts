// Access requests: who may ask for what, who decides, and what is left when the time is over.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { AccessRequests, accessRequestLimits } from '../../../src/iam/access-requests/access-requests.ts'
import { grantsIn } from '../../../src/iam/access-requests/granted-statement.ts'
import type { Call } from '../../../src/iam/caller.ts'
import { Ends } from '../../../src/iam/ends.ts'
import { openMarkers } from '../../../src/iam/paging.ts'
import { isProblem, type ProblemCode } from '../../../src/problem.ts'
import type { AccessRequest, Role } from '../../../src/store/records.ts'
import { accountId, allow, type IamFixture, openIamFixture, otherAccountId, trusting } from '../fixture.ts'

interface Stage extends IamFixture {
  readonly requests: AccessRequests
  readonly told: string[]
  role(name: string, marked?: boolean): Promise<Role>
  ask(call: Call, role: Role, wished?: number): Promise<AccessRequest>
  roleNow(role: Role): Promise<Role | undefined>
}

async function openStage(t: TestContext): Promise<Stage> {
  const fixture = await openIamFixture(t)
  const { store, authorizer, clock, iam, root } = fixture
  const told: string[] = []
  const signIns = {
    endSignIns: async () => undefined,
    endSessionsThrough: async () => undefined,
    revokeUser: async () => undefined,
  }
  const requests = new AccessRequests({
    store,
    authorizer,
    markers: openMarkers(() => Buffer.alloc(32, 7)),
    ends: new Ends({ store, now: () => clock.now, signIns }),
    notify: async ({ name }, { state }) => void told.push(`${name} ${state}`),
  })
  const arnOf = ({ name }: Role) => `arn:aws:iam::${accountId}:role/${name}`
  return {
    ...fixture,
    requests,
    told,
    role: (roleName, marked = true) =>
      iam.createRole(root, {
        roleName,
        trust: trusting({ AWS: `arn:aws:iam::${accountId}:root` }),
        tags: marked ? [{ key: 'chancery:requestable', value: 'true' }] : [],
      }),
    ask: (call, role, wished = 3600) =>
      requests.requestAccess(call, { roleArn: arnOf(role), reason: 'The disk is full.', wished }),
    roleNow: ({ id }) => store.get('role', id),
  }
}

const refusedWith = (code: ProblemCode) => (error: unknown) => isProblem(error, code)

test('a role that is not marked, of another account or missing cannot be asked for, and looks the same', async (t) => {
  const { requests, userWho, role, iam, otherRoot } = await openStage(t)
  const ada = await userWho('ada')
  await role('plain', false)
  await role('marked')
  await iam.createRole(otherRoot, {
    roleName: 'elsewhere',
    trust: trusting({ AWS: `arn:aws:iam::${otherAccountId}:root` }),
    tags: [{ key: 'chancery:requestable', value: 'true' }],
  })
  const messages = new Set<string>()
  for (const arn of [
    `arn:aws:iam::${accountId}:role/plain`,
    `arn:aws:iam::${accountId}:role/none`,
    `arn:aws:iam::${accountId}:role/MARKED`,
    `arn:aws:iam::${accountId}:role/path/marked`,
    `arn:aws:iam::${otherAccountId}:role/elsewhere`,
    'marked',
    '',
  ])
    await assert.rejects(
      requests.requestAccess(ada, { roleArn: arn, reason: 'x', wished: 3600 }),
      (error) => isProblem(error, 'not_found') && messages.add(error.message).size > 0,
    )
  assert.equal(messages.size, 1)
  assert.deepEqual((await requests.list(otherRoot, {})).items, [])
})

for (const [name, input, field] of [
  ['an empty reason', { reason: ' \n ' }, 'reason'],
  ['a reason that is too long', { reason: 'x'.repeat(501) }, 'reason'],
  ['a reason with characters that cannot be shown', { reason: 'a\u202eb' }, 'reason'],
  ['less than 15 minutes', { wished: 899 }, 'minutes'],
  ['more than 30 days', { wished: 2_592_001 }, 'minutes'],
  ['no number', { wished: Number.NaN }, 'minutes'],
] as const)
  test(`${name} is refused`, async (t) => {
    const { requests, userWho, role } = await openStage(t)
    const { name: roleName } = await role('incident')
    const asked = {
      roleArn: `arn:aws:iam::${accountId}:role/${roleName}`,
      reason: 'r',
      wished: 3600,
      ...input,
    }
    await assert.rejects(requests.requestAccess(await userWho('ada'), asked), (error) => {
      assert.ok(isProblem(error, 'validation'))
      return error.fields?.[0]?.field === field
    })
  })

test('each person has five open requests at most, one for each role, and makes ten an hour', async (t) => {
  const { requests, userWho, role, ask, clock } = await openStage(t)
  const [ada, bob] = [await userWho('ada'), await userWho('bob')]
  const roles = await Promise.all(Array.from({ length: 7 }, (_, at) => role(`role-${at}`)))
  const [first, second, ...more] = roles as [Role, Role, ...Role[]]
  const newRole = await role('one-more')
  await ask(ada, first)
  await assert.rejects(ask(ada, first), refusedWith('conflict'))
  await ask(bob, first)
  // As many as fit of those that come at the same moment.
  const answers = await Promise.allSettled([second, ...more].map((one) => ask(ada, one)))
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 4)
  for (const answer of answers)
    if (answer.status === 'rejected') assert.ok(isProblem(answer.reason, 'limit_exceeded'))
  const own = await requests.ofPerson(ada.caller.kind === 'user' ? ada.caller.userId : '')
  assert.equal(own.filter(({ state }) => state === 'open').length, 5)
  const [newest] = own
  await requests.withdrawAccessRequest(ada, { id: newest?.id ?? '' })
  await assert.rejects(
    requests.withdrawAccessRequest(bob, { id: newest?.id ?? '' }),
    refusedWith('not_found'),
  )
  await ask(ada, more.at(-1) as Role)
  await assert.rejects(ask(ada, first), refusedWith('limit_exceeded'))
  await assert.rejects(ask(ada, first), refusedWith('throttled'))
  clock.now += 3601
  await requests.withdrawAccessRequest(ada, { id: own[1]?.id ?? '' })
  assert.equal((await ask(ada, newRole)).state, 'open')
})

test('approval lets the person in until its end, and what is over is removed', async (t) => {
  const { requests, userWho, role, ask, root, clock, roleNow, told } = await openStage(t)
  const [ada, incident] = [await userWho('ada'), await role('incident')]
  const asked = await ask(ada, incident, 7200)
  const approved = await requests.approve(root, asked, { answer: 'Be quick.' })
  assert.equal(approved.until, clock.now + 7200)
  assert.deepEqual(approved.decision, {
    byId: accountId,
    by: `arn:aws:iam::${accountId}:root`,
    at: clock.now,
    answer: 'Be quick.',
  })
  const trust = (await roleNow(incident))?.trust ?? ''
  assert.deepEqual(grantsIn(trust), [{ id: asked.id, userId: asked.userId, until: clock.now + 7200 }])
  await assert.rejects(requests.approve(root, asked, {}), refusedWith('conflict'))
  await assert.rejects(requests.refuse(root, asked, { answer: 'no' }), refusedWith('conflict'))
  await requests.removeOver(clock.now)
  assert.equal((await roleNow(incident))?.trust, trust)
  clock.now += 7200
  await requests.removeOver(clock.now)
  assert.equal((await roleNow(incident))?.trust, incident.trust)
  const { items } = await requests.list(root, { state: 'ended' })
  assert.deepEqual(
    items.map(({ id }) => id),
    [asked.id],
  )
  assert.deepEqual(told, ['ada approved'])
})

test('of two administrators one decides', async (t) => {
  const { requests, userWho, role, ask, root, roleNow } = await openStage(t)
  const incident = await role('incident')
  const asked = await ask(await userWho('ada'), incident)
  const results = await Promise.allSettled([
    requests.approve(root, asked, { seconds: 900 }),
    requests.refuse(root, asked, { answer: 'no' }),
    requests.approve(root, asked, { seconds: 1800 }),
  ])
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
  const [found] = (await requests.list(root, {})).items
  const grants = grantsIn((await roleNow(incident))?.trust ?? '')
  assert.deepEqual(
    grants.map(({ until }) => until),
    found?.state === 'approved' ? [found.until] : [],
  )
})

test('access that is ended before its statement is written leaves no statement', async (t) => {
  const { requests, userWho, role, ask, root, roleNow, store } = await openStage(t)
  const incident = await role('incident')
  const asked = await ask(await userWho('ada'), incident)
  const update = store.update.bind(store)
  const updateRole: typeof store.update = async (kind, id, change) => {
    store.update = update
    await update('accessRequest', asked.id, (old) => ({ ...old, state: 'ended' }))
    return update(kind, id, change)
  }
  store.update = (kind, id, change) =>
    kind === 'role' ? updateRole(kind, id, change) : update(kind, id, change)
  await assert.rejects(requests.approve(root, asked, {}), refusedWith('conflict'))
  assert.equal((await roleNow(incident))?.trust, incident.trust)
  assert.equal((await requests.find(root, asked.id))?.request.state, 'ended')
})

const managing = [
  { ...allow('chancery:*').Statement[0] },
  { ...allow('iam:UpdateAssumeRolePolicy').Statement[0] },
]
test('nobody approves their own request, and approval needs the permission to change the trust policy', async (t) => {
  const { requests, userWho, role, ask, roleNow, root } = await openStage(t)
  const incident = await role('incident')
  const manager = await userWho('manager', { Version: '2012-10-17', Statement: managing })
  const helper = await userWho('helper', allow('chancery:*'))
  const asked = await ask(manager, incident)
  await assert.rejects(requests.approve(manager, asked, {}), refusedWith('denied'))
  await assert.rejects(requests.approve(helper, asked, {}), refusedWith('denied'))
  assert.equal((await roleNow(incident))?.trust, incident.trust)
  assert.equal((await requests.find(root, asked.id))?.request.state, 'open')
  await requests.approve(root, asked, {})
})

test('a trust policy that would be too long leaves the request open', async (t) => {
  const { requests, userWho, ask, root, iam, roleNow } = await openStage(t)
  const ada = await userWho('ada')
  const many = Array.from({ length: 55 }, (_, at) => `arn:aws:iam::${String(at).padStart(12, '5')}:root`)
  const full = await iam.createRole(root, {
    roleName: 'full',
    trust: trusting({ AWS: many }),
    tags: [{ key: 'chancery:requestable', value: 'true' }],
  })
  const asked = await ask(ada, full)
  await assert.rejects(requests.approve(root, asked, {}), refusedWith('limit_exceeded'))
  assert.equal((await requests.find(root, asked.id))?.request.state, 'open')
  assert.equal((await roleNow(full))?.trust, full.trust)
})

test('a role that was made anew under the same name was not asked for', async (t) => {
  const { requests, userWho, role, ask, root, iam, roleNow } = await openStage(t)
  const first = await role('incident')
  const asked = await ask(await userWho('ada'), first)
  await iam.deleteRole(root, { roleName: 'incident' })
  const second = await role('incident')
  await assert.rejects(requests.approve(root, asked, {}), refusedWith('conflict'))
  assert.equal((await roleNow(second))?.trust, second.trust)
})

test('a person who was deleted gets nothing; an open request is deleted after 14 days', async (t) => {
  const { requests, userWho, role, ask, root, iam, clock } = await openStage(t)
  const incident = await role('incident')
  const asked = await ask(await userWho('ada'), incident)
  const late = await ask(await userWho('bob'), incident)
  await iam.deleteUser(root, { userName: 'ada' })
  await assert.rejects(requests.approve(root, asked, {}), refusedWith('conflict'))
  clock.now += accessRequestLimits.open
  assert.equal(await requests.find(root, late.id), undefined)
})

test('another account neither sees a request nor pages into the list', async (t) => {
  const { requests, userWho, role, ask, root, otherRoot } = await openStage(t)
  const [one, two] = [await role('one'), await role('two')]
  const ada = await userWho('ada')
  const asked = await ask(ada, one)
  const later = { ...ada.circumstances, now: ada.circumstances.now + 1 }
  await ask({ ...ada, circumstances: later }, two)
  assert.equal(await requests.find(otherRoot, asked.id), undefined)
  const { marker, items } = await requests.list(root, { maxItems: 1 })
  assert.deepEqual(
    items.map(({ roleArn }) => roleArn),
    [`arn:aws:iam::${accountId}:role/two`],
  )
  await assert.rejects(requests.list(otherRoot, { marker }), refusedWith('validation'))
})
