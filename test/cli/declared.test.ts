// `chancery plan`, `apply` and `export` against a server: drift, idempotence, faults with lines, deletion only when asked.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { parse, stringify } from 'yaml'
import {
  type Item,
  parseDeclared,
  type Section,
  type State,
  sectionNames,
} from '../../src/cli/declared/file.ts'
import { planOf } from '../../src/cli/declared/plan.ts'
import { isProblem } from '../../src/problem.ts'
import { iamOf, userWith } from '../admin/call.ts'
import { runCommandHere } from '../support/command-line.ts'
import type { Ran } from '../support/outside-tool.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'

let server: Running
let dir = ''
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'chancery-declared-'))
  server = await startServer({ env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' } })
})
after(async () => {
  await server?.stop()
  rmSync(dir, { recursive: true, force: true })
})

const chanceryAs = (
  { accessKeyId, secretAccessKey }: { readonly accessKeyId: string; readonly secretAccessKey: string },
  ...args: string[]
): Promise<Ran> =>
  runCommandHere([...args, '--url', server.url], {
    env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  })
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const chancery = (...args: string[]): Promise<Ran> => chanceryAs(root, ...args)
const save = (value: unknown, name = 'account.yaml'): string => {
  const file = join(dir, name)
  writeFileSync(file, typeof value === 'string' ? value : stringify(value))
  return file
}
const exported = async (): Promise<Record<Section, Item[]>> => {
  const { code, out, err } = await chancery('export')
  assert.equal(code, 0, err)
  return parse(out)
}
const keys = makeKeyPair()
const statement = (Action: string, Resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
})
const account = {
  policies: [
    {
      name: 'docs-read',
      path: '/docs/',
      document: statement('docs:Get*'),
      tests: [
        { action: 'docs:GetDocument', resource: 'arn:aws:docs:::handbook/1', expect: 'allow' },
        { action: 'docs:PutDocument', resource: 'arn:aws:docs:::handbook/1', expect: 'deny' },
      ],
      tags: { team: 'docs' },
    },
    { name: 'limit', document: statement('docs:*') },
  ],
  groups: [
    {
      name: 'staff',
      displayName: 'All staff',
      policies: ['docs-read', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    },
    { name: 'writers', inline: { write: statement('docs:PutDocument') } },
  ],
  roles: [
    {
      name: 'deploy',
      description: 'CI',
      maxSessionDuration: 7200,
      trust: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' },
        ],
      },
      policies: ['docs-read'],
      boundary: 'limit',
      tags: { team: 'docs', stage: 'live' },
    },
  ],
  people: [
    {
      name: 'ada',
      displayName: 'Ada Lovelace',
      email: 'ada@example.com',
      attributes: { locale: 'en-GB' },
      groups: ['writers', 'staff'],
      inline: { own: statement('docs:DeleteDocument') },
      boundary: 'limit',
      tags: { team: 'docs' },
    },
    { name: 'grace', state: 'disabled' },
  ],
  clients: [{ name: 'wiki', client_name: 'Wiki', redirect_uris: ['https://wiki.example/cb'] }],
  providers: [{ name: 'https://ci.example', clientIds: ['sts', 'docs'], tags: { team: 'docs' } }],
  samlProviders: [{ name: 'corp', metadata: metadataOf([keys]), tags: { team: 'docs' } }],
}

test('a file is planned, applied, and then there is nothing to do', { timeout: 120_000 }, async () => {
  const file = save(account)
  const planned = await chancery('plan', file)
  assert.equal(planned.code, 1, planned.err)
  assert.match(planned.out, /^\+ policies docs-read$/m)
  assert.match(planned.out, /^10 to create, 0 to change, 0 to delete; 2 not in the file, kept$/m)
  const applied = await chancery('apply', file)
  assert.equal(applied.code, 0, applied.err)
  assert.match(applied.out, /^secret of the client `wiki`, shown this once: \S{32,}$/m)
  assert.match(applied.err, /^10 changes made$/m)
  const again = await chancery('plan', file)
  assert.deepEqual([again.code, again.err], [0, ''], again.out)
  assert.match((await chancery('apply', file)).err, /nothing to do/)
})

test('what is exported is what there is: planning it shows no difference, and it has no secret', {
  timeout: 60_000,
}, async () => {
  const { out } = await chancery('export')
  assert.doesNotMatch(out, /client_secret:|password|argon2|\bsecrets?:/i)
  const state = await exported()
  assert.deepEqual(
    state.people.find(({ name }) => name === 'ada'),
    {
      name: 'ada',
      path: '/',
      displayName: 'Ada Lovelace',
      email: 'ada@example.com',
      emailVerified: false,
      attributes: { locale: 'en-GB' },
      groups: ['staff', 'writers'],
      state: 'enabled',
      policies: [],
      inline: { own: statement('docs:DeleteDocument') },
      boundary: 'limit',
      tags: { team: 'docs' },
    },
  )
  assert.deepEqual(
    state.policies.find(({ name }) => name === 'docs-read'),
    account.policies[0],
  )
  const planned = await chancery('plan', save(out, 'export.yaml'), '--prune')
  assert.deepEqual([planned.code, planned.err], [0, ''], planned.out)
})

test('each member that differs is shown and changed', { timeout: 120_000 }, async () => {
  const changed = structuredClone(account) as unknown as Record<Section, Record<string, unknown>[]>
  const [policy, staff, role, ada, grace, client, provider] = [
    changed.policies[0]!,
    changed.groups[0]!,
    changed.roles[0]!,
    changed.people[0]!,
    changed.people[1]!,
    changed.clients[0]!,
    changed.providers[0]!,
  ]
  const saml = changed.samlProviders[0]!
  policy['document'] = statement('docs:List*')
  staff['policies'] = ['docs-read']
  staff['displayName'] = 'Staff'
  role['maxSessionDuration'] = 3600
  role['inline'] = { more: statement('docs:*') }
  ada['groups'] = ['staff']
  ada['attributes'] = { timeZone: 'Europe/London' }
  ada['inline'] = {}
  grace['state'] = 'enabled'
  client['redirect_uris'] = ['https://wiki.example/cb', 'https://wiki.example/cb2']
  client['state'] = 'disabled'
  provider['clientIds'] = ['docs']
  provider['tags'] = {}
  policy['tests'] = [{ action: 'docs:ListFolder', resource: '*', expect: 'allow' }]
  policy['tags'] = { team: 'handbook' }
  role['boundary'] = false
  role['tags'] = { stage: 'test', owner: 'ada' }
  ada['boundary'] = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  saml['metadata'] = metadataOf([keys, makeKeyPair()])
  const file = save(changed, 'changed.yaml')
  const planned = await chancery('plan', file)
  assert.match(planned.out, /^~ people ada$/m)
  assert.match(planned.out, /^ {4}groups: \["staff","writers"\] -> \["staff"\]$/m)
  assert.match(planned.out, /^0 to create, 8 to change, 0 to delete/m)
  const applied = await chancery('apply', file)
  assert.equal(applied.code, 0, applied.err)
  assert.equal((await chancery('plan', file)).code, 0)
  const state = await exported()
  const held = (section: Section, name: string) => state[section].find((one) => one.name === name)
  assert.deepEqual(held('people', 'ada')?.['attributes'], { timeZone: 'Europe/London' })
  assert.deepEqual(held('people', 'ada')?.['boundary'], 'arn:aws:iam::aws:policy/ReadOnlyAccess')
  assert.deepEqual(held('roles', 'deploy')?.['boundary'], false)
  assert.deepEqual(held('roles', 'deploy')?.['tags'], { stage: 'test', owner: 'ada' })
  assert.deepEqual(held('policies', 'docs-read')?.['tests'], policy['tests'])
  assert.deepEqual(held('providers', 'https://ci.example')?.['tags'], {})
})

test('a policy by the ARN that the account gave it is the same as by its name', {
  timeout: 60_000,
}, async () => {
  const arn = 'arn:aws:iam::123456789012:policy/limit'
  const planned = await chancery('plan', save({ people: [{ name: 'ada', policies: [arn] }] }, 'arn.yaml'))
  assert.match(planned.out, /^ {4}policies: \[\] -> \["limit"\]$/m)
})

test('a policy whose document fails its tests is not applied', { timeout: 60_000 }, async () => {
  const tests = [{ action: 'docs:PutDocument', resource: '*', expect: 'allow' }]
  const file = save({ policies: [{ name: 'new', document: statement('docs:Get*'), tests }] }, 'failing.yaml')
  const applied = await chancery('apply', file)
  assert.equal(applied.code, 1)
  assert.match(applied.err, /^! policies `new`: a test fails: .*docs:PutDocument/m)
  assert.ok(!(await exported()).policies.some(({ name }) => name === 'new'))
  const malformed = save({ policies: [{ name: 'new', document: { Statement: 7 }, tests }] }, 'malformed.yaml')
  assert.match((await chancery('plan', malformed)).out, /^! policies `new`: /m)
})

test('a policy is changed more often than it has versions', { timeout: 120_000 }, async () => {
  for (let at = 0; at < 6; at++) {
    const file = save(
      { policies: [{ name: 'docs-read', document: statement(`docs:Get${at}`) }] },
      'versions.yaml',
    )
    const applied = await chancery('apply', file)
    assert.equal(applied.code, 0, applied.err)
  }
})

test('what a file does not name is kept, and with --prune deleted', {
  timeout: 120_000,
}, async () => {
  const file = save({ people: [{ name: 'ada' }], clients: [], providers: [] }, 'few.yaml')
  const kept = await chancery('plan', file)
  assert.equal(kept.code, 0, kept.out)
  const planned = await chancery('plan', file, '--prune')
  assert.match(planned.out, /^- people grace: access keys, factors and every session of the person end$/m)
  assert.doesNotMatch(
    planned.out,
    /^. (?:groups|roles) /m,
    'sections that the file leaves out are not looked at',
  )
  const all = save(
    {
      ...Object.fromEntries(sectionNames.map((section) => [section, []])),
      people: [{ name: 'admin' }],
    },
    'none.yaml',
  )
  const applied = await chancery('apply', all, '--prune')
  assert.equal(applied.code, 0, applied.err)
  const state = await exported()
  for (const section of sectionNames)
    assert.deepEqual(
      state[section].map(({ name }) => name),
      section === 'people' ? ['admin'] : [],
      section,
    )
})

test('apply stops at the first refusal and says what was made', { timeout: 60_000 }, async () => {
  const file = save(
    { groups: [{ name: 'first' }], people: [{ name: 'eve', email: 'no address' }, { name: 'later' }] },
    'refused.yaml',
  )
  const applied = await chancery('apply', file)
  assert.equal(applied.code, 1)
  assert.match(applied.err, /people `eve`: .*email/s)
  assert.match(applied.err, /1 of 3 changes were made/)
  const unknown = await chancery(
    'plan',
    save({ groups: [{ name: 'first', policies: ['nowhere'] }] }, 'unknown.yaml'),
  )
  assert.equal(unknown.code, 1)
  assert.match(unknown.out, /^! groups `first`: there is no policy `nowhere`$/m)
  const refused = await chancery('apply', join(dir, 'unknown.yaml'))
  assert.match(refused.err, /^nothing was changed: fix what begins with `!`/m)
})

test('an apply that is refused on the way leaves nobody wider than before and than the file', {
  timeout: 120_000,
}, async (t) => {
  const { trust } = account.roles[0]!
  const wide = { policies: ['limit'], boundary: 'docs-read' }
  const policies = [
    { name: 'docs-read', document: statement('docs:Get*') },
    { name: 'limit', document: statement('docs:*') },
  ]
  const before = {
    policies,
    roles: [{ name: 'bounded', trust, ...wide }],
    people: [{ name: 'linus', state: 'disabled', ...wide }],
  }
  const made = await chancery('apply', save(before, 'wide.yaml'))
  assert.equal(made.code, 0, made.err)
  const iam = iamOf(server)
  t.after(() => iam.destroy())
  const mayNotDetach = [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: ['iam:DetachRolePolicy', 'iam:DetachUserPolicy'], Resource: '*' },
  ]
  const helper = await userWith(iam, 'helper', mayNotDetach)
  const narrow = { policies: [], boundary: false }
  for (const [section, item] of [
    ['roles', { name: 'bounded', trust, ...narrow }],
    ['people', { name: 'linus', state: 'enabled', ...narrow }],
  ] as const) {
    const refused = await chanceryAs(helper, 'apply', save({ [section]: [item] }, 'narrow.yaml'))
    assert.equal(refused.code, 1)
    assert.match(refused.err, /iam:Detach/)
    const held = (await exported())[section].find(({ name }) => name === item.name)
    assert.deepEqual([held?.['policies'], held?.['boundary']], [['limit'], 'docs-read'], section)
    if (section === 'people') assert.equal(held?.['state'], 'disabled')
  }
  const mayNotBound = [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: 'iam:PutUserPermissionsBoundary', Resource: '*' },
  ]
  const other = await userWith(iam, 'other', mayNotBound)
  const joins = {
    groups: [{ name: 'admins' }],
    people: [{ name: 'ken', groups: ['admins'], boundary: 'limit' }],
  }
  assert.equal((await chanceryAs(other, 'apply', save(joins, 'joins.yaml'))).code, 1)
  assert.deepEqual((await exported()).people.find(({ name }) => name === 'ken')?.['groups'], [])
})

test('a member that cannot be changed is a fault', { timeout: 60_000 }, async () => {
  const trust = account.roles[0]!.trust
  const made = await chancery('apply', save({ roles: [{ name: 'fixed', trust }] }, 'role.yaml'))
  assert.equal(made.code, 0)
  assert.match(made.err, /^1 change made$/m)
  const planned = await chancery(
    'plan',
    save({ roles: [{ name: 'fixed', path: '/other/', trust }] }, 'moved.yaml'),
  )
  assert.equal(planned.code, 1)
  assert.match(planned.out, /^! roles `fixed`: `path` cannot be changed/m)
})

const faults: readonly (readonly [text: string, message: RegExp])[] = [
  [
    'people:\n  - name: ada\n    nmae: x\n',
    /^account\.yaml:2: `people\.0\.nmae` is not a known key here; did you mean `name`\?/,
  ],
  ['people:\n  - name: ada\n  - name: ada\n', /^account\.yaml:3: `ada` is twice among the people$/],
  ['people:\n  - name: ada\n    name: eve\n', /^account\.yaml:3: .*unique/i],
  ['peopel: []\n', /^account\.yaml:1: `peopel` is not a known key here; did you mean `people`\?/],
  ['people: ada\n', /^account\.yaml:1: `people` /],
  ['people:\n  - name: 7\n', /^account\.yaml:2: `people\.0\.name` /],
  ['clients:\n  - name: a\n    client_secret: b\n', /^account\.yaml:2: `clients\.0` has no `client_id`/],
  ['roles:\n  - name: a\n', /^account\.yaml:2: `roles\.0\.trust` /],
  [
    'policies:\n  - name: a\n    document: {}\n    tests: [{ action: "*" }]\n',
    /^account\.yaml:4: `policies\.0\.tests\.0\.action` must have/,
  ],
  ['people:\n  - name: a\n    boundary: true\n', /^account\.yaml:3: `people\.0\.boundary` /],
  ['name,email\nada,x\n', /^account\.yaml:1: must have sections: policies, /],
  ['- people\n', /^account\.yaml:1: must have sections: /],
  ['null\n', /^account\.yaml:1: must have sections: /],
  ['people: [\n', /^account\.yaml:\d: /],
  ['just text', /must have sections|expected/],
  ['people: &a [*a]\n', /account\.yaml:/],
]
for (const [text, message] of faults)
  test(`a file with ${JSON.stringify(text.slice(0, 40))} is refused with its line`, () => {
    assert.throws(
      () => parseDeclared(text, 'account.yaml'),
      (error: unknown) => isProblem(error, 'invalid_input') && message.test(error.message),
    )
  })

test('planning what is there finds nothing, whatever the order of members and sets', () => {
  const item = fc.record({
    name: fc.stringMatching(/^[a-z]{1,6}$/),
    policies: fc.array(fc.stringMatching(/^[a-z]{1,4}$/)),
    inline: fc.dictionary(
      fc.stringMatching(/^[a-z]{1,4}$/),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.integer()),
    ),
  })
  fc.assert(
    fc.property(fc.uniqueArray(item, { selector: ({ name }) => name }), (items) => {
      const shuffled = items.map((one) => ({
        inline: Object.fromEntries(Object.entries(one.inline).reverse()),
        policies: [...one.policies].reverse(),
        name: one.name,
      }))
      const stateOf = (all: readonly Item[]): State =>
        new Map([['groups', new Map(all.map((one) => [one.name, one]))]])
      const plan = planOf(stateOf(shuffled), stateOf(items), { prune: true, keep: () => false })
      assert.deepEqual(plan.changes, [])
    }),
  )
})

test('whoever calls is not deleted', () => {
  const people = new Map<Section, ReadonlyMap<string, Item>>([
    ['people', new Map(['ada', 'caller'].map((name) => [name, { name }]))],
  ])
  const { changes, unmanaged } = planOf(new Map([['people', new Map()]]), people, {
    prune: true,
    keep: (_section, name) => name === 'caller',
  })
  assert.deepEqual(changes, [{ what: 'delete', section: 'people', actual: { name: 'ada' } }])
  assert.deepEqual(unmanaged, [{ section: 'people', name: 'caller' }])
})
