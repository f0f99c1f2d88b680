import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { after, before, type TestContext, test } from 'node:test'
import { identityProvidersSchema, recordOf } from '../../../src/federation/kinds.ts'
import { ldapUpstream } from '../../../src/federation/ldap/sign-in.ts'
import { mapClaims } from '../../../src/federation/mapping.ts'
import { Problem } from '../../../src/problem.ts'
import { Secret } from '../../../src/secure/secret.ts'
import type { LdapProvider } from '../../../src/store/records.ts'
import { dnOf } from '../../support/upstreams/ldap-people.ts'
import { base, type LdapUpstream, noLdap, people, startLdap } from '../../support/upstreams/ldap-upstream.ts'
import { settlesBefore } from '../../support/waiting.ts'

const skip = noLdap
let directory: LdapUpstream
before(async () => {
  if (!skip) directory = await startLdap()
})
after(() => directory?.stop())

const allow = new Set(['localhost', '127.0.0.1'])
/** Longer than a busy machine takes for a directory that answers. */
const patient = { signInMs: 120_000 }
const upstream = ldapUpstream({ allow }, patient)

function providerWith(settings: Readonly<Record<string, unknown>> = {}): LdapProvider {
  const [given] = identityProvidersSchema.parse([{ ...directory.settings, ...settings }])
  assert.ok(given)
  const record = recordOf(given, { accountId: '123456789012', now: 0 })
  assert.ok(record.kind === 'ldap')
  return record
}
const signIn = (name: string, password: string, settings?: Readonly<Record<string, unknown>>) =>
  upstream.signIn(providerWith(settings), name, new Secret(password))

const problem = (code: string, detail: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Problem, String(error))
  assert.equal(error.code, code)
  assert.match(error.detail ?? '', detail)
  // What is inside our network is not told to who asked.
  assert.doesNotMatch(error.message, /localhost|127\.0|dc=/)
  return true
}
const unreachable = (detail: RegExp) => problem('idp_communication_error', detail)

async function serve(t: TestContext, onSocket: (socket: Socket) => void): Promise<string> {
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onSocket(socket)
  })
  const sockets = new Set<Socket>()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `localhost:${(server.address() as AddressInfo).port}`
}

test('a name and its password are a person, with the claims of the entry', { skip }, async () => {
  const person = await signIn('alice', people.alice.password)
  assert.ok(person)
  assert.match(person.subject, /^[0-9a-f]{8}-[0-9a-f-]{27}$/)
  assert.equal(person.issuer, `ldap://localhost/${base}`)
  assert.deepEqual(person.amr, ['pwd'])
  const { claims } = person
  assert.deepEqual(claims['mail'], ['alice@acme.example'])
  assert.deepEqual(claims['displayName'], ['Alice Ünal'])
  assert.deepEqual([claims['entryUUID']].flat(), [person.subject])
  assert.equal('userPassword' in claims, false)
  const mapped = mapClaims(providerWith().signIn!.mapping, claims)
  assert.equal(mapped.name, 'alice')
  assert.equal(mapped.email, 'alice@acme.example')
  assert.equal(mapped.emailVerified, false)
})

test('e-mail addresses count as verified where the settings say that users cannot change them', {
  skip,
}, async () => {
  const sign_in = { title: 'Staff', mapping: { email_verified: { default: 'true' } } }
  const person = await signIn('alice', people.alice.password, { sign_in })
  assert.equal(mapClaims(providerWith({ sign_in }).signIn!.mapping, person!.claims).emailVerified, true)
})

test('a name and a DN full of characters that mean something are a person too', { skip }, async () => {
  const person = await signIn(people.awkward.name, people.awkward.password)
  assert.ok(person)
  assert.deepEqual(person.claims['uid'], [people.awkward.name])
  assert.deepEqual([...(person.claims['groups'] as string[])].sort(), ['developers', 'engineering', 'staff'])
})

test('groups within groups count to the depth set, and a circle ends', { skip }, async () => {
  const groupsAt = async (depth: number) => {
    const groups = { base_dn: `ou=groups,${base}`, filter: '(member={dn})', depth }
    const person = await signIn('alice', people.alice.password, { groups })
    return [person?.claims['groups']].flat().sort()
  }
  assert.deepEqual(await groupsAt(1), ['developers', 'everyone'])
  assert.deepEqual(await groupsAt(2), ['developers', 'engineering', 'everyone'])
  assert.deepEqual(await groupsAt(20), ['developers', 'engineering', 'everyone', 'staff'])
})

test('groups may be matched by their full name, and are read only when mapped', { skip }, async () => {
  const groups = { base_dn: `ou=groups,${base}`, name: 'dn', depth: 1 }
  const person = await signIn(people.awkward.name, people.awkward.password, { groups })
  assert.deepEqual(person?.claims['groups'], [`cn=developers,ou=groups,${base}`])
  const without = await signIn('alice', people.alice.password, { groups: undefined })
  assert.equal(without?.claims['groups'], undefined)
})

test('groups are read page by page', { skip }, async () => {
  const person = await signIn('carol', people.carol.password)
  assert.equal((person?.claims['groups'] as string[] | undefined)?.length, 620)
})

test('Active Directory has filters, attributes and a subject of its own', { skip }, async () => {
  const domain = {
    active_directory: true,
    attributes: ['jpegPhoto'],
    // OpenLDAP does not know the rule by which a domain follows groups in groups.
    groups: { filter: '(member={dn})', name: 'cn' },
  }
  for (const name of ['dave', 'DAVE', 'ACME\\dave', 'dave@acme.example']) {
    const person = await signIn(name, people.dave.password, domain)
    assert.equal(person?.subject, people.dave.guid)
    assert.deepEqual(person.claims['sAMAccountName'], ['dave'])
    assert.deepEqual(person.claims['jpegPhoto'], ['/9j/4A=='])
    assert.deepEqual(person.claims['groups'], ['developers'])
  }
})

test('bytes stay bytes, however the settings spell the attribute', { skip }, async () => {
  const spelt = { user_filter: '(sAMAccountName={username})', subject: 'ObjectGuid' }
  assert.equal((await signIn('dave', people.dave.password, spelt))?.subject, people.dave.guid)
  // As text these would be one subject with others; only what is text may be one.
  await assert.rejects(
    signIn('dave', people.dave.password, { ...spelt, subject: 'jpegPhoto' }),
    problem('denied', /no subject/),
  )
})

test('StartTLS is as good as ldaps, and the second server does when the first is down', {
  skip,
}, async (t) => {
  const startTls = { urls: [directory.url], start_tls: true }
  assert.ok(await signIn('alice', people.alice.password, startTls))
  assert.ok(
    await signIn('alice', people.alice.password, { urls: ['ldaps://localhost:1', directory.secureUrl] }),
  )
  const silent = await serve(t, () => {})
  const urls = [`ldaps://${silent}`, directory.secureUrl]
  assert.ok(await signIn('alice', people.alice.password, { urls }))
})

test('a server that hangs is left out after three sign-ins', { skip }, async (t) => {
  let connections = 0
  const silent = await serve(t, () => connections++)
  const fresh = ldapUpstream({ allow }, patient)
  const provider = providerWith({ urls: [`ldaps://${silent}`, directory.secureUrl] })
  const alice = () => fresh.signIn(provider, 'alice', new Secret(people.alice.password))
  assert.ok((await Promise.all([alice(), alice(), alice()])).every(Boolean))
  assert.ok(await alice())
  assert.equal(connections, 3)
})

test('a directory that hangs delays eight of its own sign-ins and no others', {
  skip,
}, async (t) => {
  let connections = 0
  const silent = await serve(t, () => connections++)
  const fresh = ldapUpstream({ allow })
  const hanging = providerWith({ name: 'hanging', urls: [`ldaps://${silent}`] })
  const waiting = Array.from({ length: 80 }, () => fresh.signIn(hanging, 'alice', new Secret('x')))
  const settled = Promise.allSettled(waiting)
  assert.ok(await fresh.signIn(providerWith(), 'alice', new Secret(people.alice.password)))
  assert.ok(connections <= 8)
  const details = (await settled).map(({ status, ...rest }) => {
    assert.equal(status, 'rejected')
    return 'reason' in rest && rest.reason instanceof Problem ? (rest.reason.detail ?? '') : ''
  })
  assert.equal(details.filter((text) => /too many requests wait/.test(text)).length, 8)
  // The third failure has the rest of those who waited turned away at once: two more had begun by then.
  const hung = details.filter((text) => /no answer in time/.test(text)).length
  assert.ok(hung >= 8 && hung <= 10, `${hung} hung`)
  assert.equal(details.filter((text) => /left alone/.test(text)).length, 72 - hung)
  assert.equal(connections, hung)
})

const wrong: readonly (readonly [what: string, name: string, password: string])[] = [
  ['a wrong password', 'alice', 'wrong'],
  ['no such name', 'nobody', 'wrong'],
  ['an entry without a password', 'open', 'anything'],
  ['an entry that is elsewhere', 'elsewhere', 'anything'],
  ['an empty name', '', 'anything'],
  ['a name of spaces', '   ', 'anything'],
  ['a name over 256 characters', 'a'.repeat(257), 'anything'],
  ['a password over 1,024 characters', 'alice', 'a'.repeat(1025)],
  ['a NUL', 'ali\0ce', 'anything'],
  ['half a character', 'alice\ud800', 'anything'],
]
for (const [what, name, password] of wrong) {
  test(`${what} signs nobody in`, { skip }, async () => {
    assert.equal(await signIn(name, password), undefined)
  })
}

test('a name that finds two entries is refused, with the reason for the log', { skip }, async () => {
  await assert.rejects(signIn('twin', 'twin-secret'), problem('denied', /more than one entry/))
})

test('a subject that is absent or has several values is refused', { skip }, async () => {
  await assert.rejects(
    signIn('badge', 'badge-secret', { subject: 'employeeNumber' }),
    problem('denied', /0 values/),
  )
  directory.modify(
    `dn: cn=badge,ou=people,${base}\nchangetype: modify\nadd: description\ndescription: one\ndescription: two\n`,
  )
  await assert.rejects(
    signIn('badge', 'badge-secret', { subject: 'description' }),
    problem('denied', /2 values/),
  )
})

test('the password of the service may change while the server runs', { skip }, async () => {
  await assert.rejects(
    signIn('alice', people.alice.password, { bind_password: 'old' }),
    unreachable(/bind as `cn=reader.*result code 49/),
  )
  assert.ok(await signIn('alice', people.alice.password))
})

test('a directory that hangs is a failure within five seconds', { skip }, async () => {
  const own = await startLdap()
  try {
    own.pause()
    await assert.rejects(
      settlesBefore(5000, signIn('alice', 'x', { ...own.settings })),
      unreachable(/no answer in time|Connection closed/),
    )
  } finally {
    await own.stop()
  }
})

const garbage: readonly (readonly [what: string, bytes: string | Buffer, detail: RegExp])[] = [
  ['HTTP', 'HTTP/1.1 200 OK\r\n\r\n', /not LDAP/],
  ['an indefinite length', Buffer.from([0x30, 0x80, 0, 0]), /not LDAP/],
  ['a message of four gigabytes', Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), /over 1048576 bytes/],
  ['a message that is none', Buffer.from([0x30, 0x03, 0x02, 0x01, 0x02]), /./],
  ['the end of the connection', '', /closed/i],
]
for (const [what, bytes, detail] of garbage) {
  test(`a directory that answers with ${what} is a failure`, { skip }, async (t) => {
    const host = await serve(t, (socket) =>
      socket.once('data', () => (bytes === '' ? socket.end() : socket.write(bytes))),
    )
    const plain = { urls: [`ldap://${host}`] }
    await assert.rejects(signIn('alice', 'x', plain), unreachable(detail))
  })
}

test('the check goes step by step and shows the responses', { skip }, async () => {
  const steps = await Array.fromAsync(upstream.check(providerWith()))
  assert.deepEqual(
    steps.map(({ step, ok }) => [step.replace(/:\d+/, ''), ok]),
    [
      ['resolve localhost', true],
      ['connect to localhost', true],
      ['TLS with localhost', true],
      [`bind at localhost as cn=reader,${base}`, true],
      [`read ${base}`, true],
      ['search (&(objectClass=person)(uid=*))', true],
      ['read entryUUID', true],
      [`search groups (member=${dnOf.alice})`, true],
    ],
  )
  assert.match(
    steps[2]?.said ?? '',
    /TLSv1\.[23], certificate for DNS:localhost, IP Address:127\.0\.0\.1, until .* GMT \(1 days\)$/,
  )
  assert.match(steps[7]?.said ?? '', /developers/)
})

const failing: readonly (readonly [
  what: string,
  settings: () => Readonly<Record<string, unknown>>,
  step: RegExp,
  said: RegExp,
])[] = [
  [
    'a name that does not resolve',
    () => ({ urls: ['ldaps://nowhere.invalid'] }),
    /^resolve/,
    /does not resolve/,
  ],
  ['a port where nobody listens', () => ({ urls: ['ldaps://localhost:1'] }), /^connect/, /ECONNREFUSED/],
  ['another authority', () => ({ ca: undefined }), /^TLS/, /certificate|issuer/],
  ['a wrong password', () => ({ bind_password: 'x' }), /^bind/, /result code 49/],
  ['no such base', () => ({ base_dn: 'dc=other' }), /^read dc=other/, /result code 32|no such entry/],
  [
    'a filter that finds nobody',
    () => ({ user_filter: '(title={username})' }),
    /^search/,
    /no user is found/,
  ],
  ['a subject that is not there', () => ({ subject: 'title' }), /^read title/, /0 values/],
  [
    'no right to search',
    () => ({ bind_dn: undefined, bind_password: undefined }),
    /^read/,
    /result code|no such entry/,
  ],
]
for (const [what, settings, step, said] of failing) {
  test(`the check stops at ${what}`, { skip }, async () => {
    const steps = await Array.fromAsync(upstream.check(providerWith(settings())))
    const last = steps.at(-1)
    assert.equal(last?.ok, false)
    assert.match(last.step, step)
    assert.match(last.said ?? '', said)
    assert.ok(steps.slice(0, -1).every(({ ok }) => ok))
  })
}

test('risks are those of the settings', { skip }, () => {
  const risks = (settings: Readonly<Record<string, unknown>>, now = Date.now() / 1000) =>
    upstream.risks(providerWith(settings), now).map(({ level, what }) => `${level}: ${what.slice(0, 40)}`)
  // The authority of the test lives for two days.
  const ends = 'medium: the authority `CN=authority` ends on '
  assert.deepEqual(
    risks({}).map((text) => text.slice(0, ends.length)),
    [ends],
  )
  assert.deepEqual(risks({ ca: undefined }), [])
  assert.match(
    risks({}, Date.now() / 1000 + 3 * 86_400)[0] ?? '',
    /^high: the authority `CN=authority` ended/,
  )
  const plain = { ca: undefined, urls: [directory.url] }
  assert.match(risks(plain)[0] ?? '', /^high: passwords go to/)
  assert.deepEqual(risks({ ...plain, start_tls: true }), [])
  assert.match(risks({ ca: undefined, subject: 'uid' })[0] ?? '', /^high: `uid` may be given/)
  const nobody = { ca: undefined, bind_dn: undefined, bind_password: undefined }
  assert.match(risks(nobody)[0] ?? '', /^low: the directory is searched anonymously/)
  assert.match(risks({ ca: undefined, bind_dn: `cn=admin,${base}` })[0] ?? '', /^medium: /)
})
