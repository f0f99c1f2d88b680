// attacks.md 18, of directories: injection in the filter, empty-password bind, referral to elsewhere, no certificate check;
// and what belongs to them: the wrong certificate, an ended one, no encryption, an address inside (25), bytes slipped in
// before TLS begins. Against OpenLDAP, and against a server that only counts who calls.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { after, before, type TestContext, test } from 'node:test'
import { TLSSocket } from 'node:tls'
import { identityProvidersSchema, recordOf } from '../../src/federation/kinds.ts'
import { ldapUpstream } from '../../src/federation/ldap/sign-in.ts'
import { Problem } from '../../src/problem.ts'
import { Secret } from '../../src/secure/secret.ts'
import type { LdapProvider } from '../../src/store/records.ts'
import { run } from '../support/outside-tool.ts'
import { makeAuthority, makeCertificate } from '../support/upstreams/ldap-certificates.ts'
import { dnOf } from '../support/upstreams/ldap-people.ts'
import { base, type LdapUpstream, noLdap, people, startLdap } from '../support/upstreams/ldap-upstream.ts'

const skip = noLdap
let directory: LdapUpstream
const referred: Socket[] = []
const elsewhere = createServer((socket) => referred.push(socket))
before(async () => {
  if (skip) return
  await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done))
  directory = await startLdap({ referral: `ldap://127.0.0.1:${(elsewhere.address() as AddressInfo).port}` })
})
after(async () => {
  elsewhere.close()
  await directory?.stop()
})

const { alice } = people
const parse = (settings: Readonly<Record<string, unknown>>) =>
  identityProvidersSchema.safeParse([{ ...directory.settings, ...settings }])

function providerWith(settings: Readonly<Record<string, unknown>> = {}): LdapProvider {
  const parsed = parse(settings)
  assert.ok(parsed.success && parsed.data[0], JSON.stringify(parsed.error?.issues))
  const record = recordOf(parsed.data[0], { accountId: '123456789012', now: 0 })
  assert.ok(record.kind === 'ldap')
  return record
}

function signIn(
  name: string,
  password: string,
  settings: Readonly<Record<string, unknown>> = {},
  options: { readonly allow?: readonly string[]; readonly resolve?: string } = {},
) {
  const { allow = ['localhost'], resolve } = options
  const fixed = resolve === undefined ? {} : { resolve: async () => [{ address: resolve, family: 4 }] }
  return ldapUpstream({ allow: new Set(allow) }, fixed).signIn(
    providerWith(settings),
    name,
    new Secret(password),
  )
}

const unreachable = (detail: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Problem, String(error))
  assert.equal(error.code, 'idp_communication_error')
  assert.match(error.detail ?? '', detail)
  return true
}

/** A server that tells what came; `answer` says something to each first bytes. */
async function trap(t: TestContext, answer: (socket: Socket, bytes: Buffer) => void = () => {}) {
  const heard: Buffer[] = []
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {}).on('data', (bytes) => heard.push(bytes))
    socket.once('data', (bytes) => answer(socket, bytes))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { host: `localhost:${port}`, port, heard: () => Buffer.concat(heard), callers: () => sockets.length }
}

const injections = [
  '*',
  'ali*',
  'alice)(uid=*',
  'alice)(|(uid=*',
  '*)(userPassword=*',
  'x)(|(objectClass=*)',
  'alice))(|(uid=carol',
  'alice\\',
  '\\61lice',
  'alice\0',
  ')(',
  '&',
]
for (const name of injections) {
  test(`18: \`${name.replaceAll('\0', '\\0')}\` is an ordinary name, and no user has it`, {
    skip,
  }, async () => {
    assert.equal(await signIn(name, alice.password), undefined)
  })
}

test('18: a name of stars and parentheses finds its owner, and them alone', { skip }, async () => {
  const { name, password } = people.awkward
  const person = await signIn(name, password)
  assert.deepEqual(person?.claims['uid'], [name])
  assert.equal(await signIn(name, alice.password), undefined)
})

test('18: a filter in which a name could choose the attribute is no setting', { skip }, () => {
  for (const user_filter of [
    '(uid=alice)',
    '({username}=x)',
    '({username})',
    'uid={username}',
    '(uid={username}',
    '(uid={username}))',
    '(uid={username})(cn=*)',
    '(&(uid={username})',
    '(uid=\\e9{username})',
  ])
    assert.equal(parse({ user_filter }).success, false, user_filter)
  for (const user_filter of ['(uid={username})', '(&(a=b)(|(uid={username})(mail={username})))'])
    assert.equal(parse({ user_filter }).success, true, user_filter)
})

test('18: an empty password is refused before anything is sent', { skip }, async (t) => {
  const { host, callers } = await trap(t)
  const plain = { urls: [`ldap://${host}`] }
  assert.equal(await signIn('alice', '', plain), undefined)
  assert.equal(await signIn('', 'x', plain), undefined)
  assert.equal(callers(), 0)
  // This directory says yes to the bind of RFC 4513 §5.1.2, and means nobody.
  const bind = ['-x', '-H', directory.url, '-D', dnOf.alice, '-w', '']
  assert.deepEqual(await run('ldapwhoami', bind), { code: 0, out: 'anonymous\n', err: '' })
  assert.equal(await signIn('alice', ''), undefined)
})

test('18: a referral is not followed, by search or by bind', { skip }, async () => {
  const byName = { user_filter: '(|(cn={username})(uid={username}))' }
  assert.equal(await signIn('elsewhere', 'anything', byName), undefined)
  // A base below the referral: the directory answers with the referral alone.
  const below = { base_dn: `ou=x,cn=elsewhere,ou=people,${base}` }
  await assert.rejects(signIn('alice', alice.password, below), unreachable(/result code 10/))
  assert.equal(referred.length, 0)
})

test('18: a certificate of an unknown authority is refused before a password is sent', {
  skip,
}, async () => {
  for (const start_tls of [false, true]) {
    const urls = [start_tls ? directory.url : directory.secureUrl]
    const settings = { urls, start_tls, ca: undefined }
    await assert.rejects(signIn('alice', alice.password, settings), unreachable(/certificate|issuer/))
    const another = makeAuthority(directory.dir, 'another')
    const ca = readFileSync(another.cert, 'utf8')
    await assert.rejects(
      signIn('alice', alice.password, { urls, start_tls, ca }),
      unreachable(/signature|certificate/),
    )
  }
})

test('18: the certificate of another host is refused', { skip }, async () => {
  const port = new URL(directory.secureUrl).port
  const settings = { urls: [`ldaps://ldap.acme.example:${port}`] }
  const there = { allow: ['ldap.acme.example'], resolve: '127.0.0.1' }
  await assert.rejects(
    signIn('alice', alice.password, settings, there),
    unreachable(/does not match certificate/),
  )
  const startTls = {
    urls: [`ldap://ldap.acme.example:${new URL(directory.url).port}`],
    start_tls: true,
  }
  await assert.rejects(
    signIn('alice', alice.password, startTls, there),
    unreachable(/does not match certificate/),
  )
})

test('18: a certificate that has ended is refused', { skip }, async () => {
  const old = await startLdap({ certificate: { names: ['DNS:localhost'], days: -1 } })
  try {
    const settings = { urls: [old.secureUrl], ca: old.ca }
    await assert.rejects(signIn('alice', alice.password, settings), unreachable(/expired/))
    const startTls = { urls: [old.url], start_tls: true, ca: old.ca }
    await assert.rejects(signIn('alice', alice.password, startTls), unreachable(/expired/))
  } finally {
    await old.stop()
  }
})

test('18: without encryption nothing is sent, unless the operator named the host', { skip }, async (t) => {
  const { host, callers } = await trap(t)
  const settings = { urls: [`ldap://${host}`] }
  await assert.rejects(
    signIn('alice', 'x', settings, { allow: [] }),
    unreachable(/neither ldaps nor StartTLS/),
  )
  assert.equal(callers(), 0)
  assert.ok(await signIn('alice', alice.password, { urls: [directory.url] }))
})

test('18: a server that has no StartTLS hears no password', { skip }, async (t) => {
  // ExtendedResponse, protocolError.
  const no = Buffer.from([0x30, 12, 0x02, 1, 1, 0x78, 7, 0x0a, 1, 2, 0x04, 0, 0x04, 0])
  const { host, heard } = await trap(t, (socket) => socket.write(no))
  const settings = { urls: [`ldap://${host}`], start_tls: true }
  await assert.rejects(
    signIn('alice', alice.password, settings),
    unreachable(/StartTLS was refused with code 2/),
  )
  assert.doesNotMatch(heard().toString('latin1'), /reader-secret|correct horse/)
})

test('18: bytes after the response to StartTLS are not read as encrypted data', {
  skip,
}, async (t) => {
  const yes = Buffer.from([0x30, 12, 0x02, 1, 1, 0x78, 7, 0x0a, 1, 0, 0x04, 0, 0x04, 0])
  // A BindResponse that says yes, but for its end: the first encrypted answer would complete it.
  const prefix = Buffer.from([0x30, 20, 0x02, 1, 3, 0x61, 15, 0x0a, 1, 0, 0x04, 0, 0x04, 8])
  const authority = makeAuthority(directory.dir, 'middle')
  const { cert, key } = makeCertificate(directory.dir, 'middle-server', authority, ['DNS:localhost'])
  const { host } = await trap(t, (socket) => {
    socket.write(Buffer.concat([yes, prefix]))
    const secure = new TLSSocket(socket, { isServer: true, cert: readFileSync(cert), key: readFileSync(key) })
    secure.on('error', () => {}).on('data', () => secure.write(Buffer.alloc(8, 0x20)))
  })
  const settings = { urls: [`ldap://${host}`], start_tls: true, ca: readFileSync(authority.cert, 'utf8') }
  await assert.rejects(
    signIn('alice', 'x', settings),
    unreachable(/plain-text bytes after the response to StartTLS/),
  )
})

test('18: no bind is sent for an entry without a name', { skip }, async (t) => {
  // A directory that finds the root, binds anybody to it and says yes to all.
  const message = (id: number, ...content: readonly number[]) =>
    Buffer.from([0x30, content.length + 3, 0x02, 1, id, ...content])
  const result = (tag: number) => [tag, 7, 0x0a, 1, 0, 0x04, 0, 0x04, 0]
  const { host } = await trap(t, (socket, first) => {
    const answerTo = (bytes: Buffer) => {
      const [id = 0, kind] = [bytes[4], bytes[5]]
      if (kind === 0x60) socket.write(message(id, ...result(0x61)))
      if (kind === 0x63)
        socket.write(Buffer.concat([message(id, 0x64, 4, 0x04, 0, 0x30, 0), message(id, ...result(0x65))]))
    }
    answerTo(first)
    socket.on('data', answerTo)
  })
  await assert.rejects(
    signIn('alice', 'x', { urls: [`ldap://${host}`] }),
    (error: unknown) =>
      error instanceof Problem && error.code === 'denied' && /no name/.test(error.detail ?? ''),
  )
})

const inside = [
  '10.0.0.7',
  '127.0.0.1',
  '169.254.169.254',
  '192.168.1.9',
  '::1',
  'fd00::1',
  '::ffff:127.0.0.1',
]
for (const address of inside) {
  test(`25: a directory at ${address} is not called unless its name is allowed`, { skip }, async (t) => {
    const { port, callers } = await trap(t)
    const settings = { urls: [`ldaps://ldap.acme.example:${port}`] }
    const there = { allow: [], resolve: address }
    await assert.rejects(signIn('alice', 'x', settings, there), unreachable(/not public/))
    assert.equal(callers(), 0)
  })
}

test('25: numbers that are addresses in disguise are addresses', { skip }, async (t) => {
  const { port, callers } = await trap(t)
  for (const host of ['2130706433', '0x7f000001', '127.1', '[::ffff:127.0.0.1]']) {
    const settings = { urls: [`ldaps://${host}:${port}`] }
    await assert.rejects(
      signIn('alice', 'x', settings, { allow: [] }),
      unreachable(/not public|does not resolve/),
    )
  }
  assert.equal(callers(), 0)
})

test('22: an unknown name causes as many directory requests as a wrong password', {
  skip,
}, async (t) => {
  let connections = 0
  const between = createServer((socket) => {
    connections++
    const there = connect(Number(new URL(directory.url).port), '127.0.0.1')
    socket
      .on('error', () => there.destroy())
      .pipe(there)
      .on('error', () => socket.destroy())
      .pipe(socket)
  })
  await new Promise<void>((done) => between.listen(0, '127.0.0.1', done))
  t.after(() => between.close())
  const settings = { urls: [`ldap://localhost:${(between.address() as AddressInfo).port}`] }
  const asked = async (name: string) => {
    connections = 0
    assert.equal(await signIn(name, 'wrong', settings), undefined)
    return connections
  }
  assert.equal(await asked('alice'), 2)
  assert.equal(await asked('nobody'), 2)
})
