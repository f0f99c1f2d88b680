// Holds the fixture's arrows (design §4): which room may import which. Never loosened to let something through.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { test } from 'node:test'

const root = resolve(import.meta.dirname, '..')

const mayImport: Readonly<Record<string, readonly string[]>> = {
  policy: [],
  secure: [],
  store: ['secure'],
  audit: ['store', 'secure'],
  iam: ['policy', 'store', 'secure', 'audit'],
  federation: ['store', 'secure'],
  // Implements iam/'s port for messages to people; nothing but the composers imports it.
  mail: ['iam', 'store', 'secure', 'audit', 'views'],
  sts: ['iam', 'federation', 'policy', 'secure', 'audit'],
  oidc: ['iam', 'sts', 'store', 'secure'],
  'sign-in': ['iam', 'federation', 'oidc', 'web', 'views'],
  admin: ['iam', 'sts', 'oidc', 'audit', 'web'],
  account: ['iam', 'sts', 'oidc', 'audit', 'web', 'views'],
  console: ['admin', 'iam', 'sts', 'oidc', 'audit', 'policy', 'web', 'views'],
  aws: ['iam', 'sts', 'policy', 'web'],
  decision: ['iam', 'sts', 'policy', 'web'],
  verify: ['policy', 'secure'],
  agent: ['verify'],
  // `npm run demo` and the processes it starts; nothing imports it.
  demo: ['verify', 'secure'],
  web: ['secure', 'store'],
  views: [],
}
/** Composers in folders: the command line, and the parts of wire.ts and config.ts. They may name every room; no room may name them. */
const composerRooms: ReadonlySet<string> = new Set(['cli', 'wire', 'config'])
/** Leaves that every room may name: they import nothing of ours. */
const leaves = new Set(['src/problem.ts'])
/** Of the store, web sees the port alone. */
const webSeesOfStore = new Set(['src/store/store.ts', 'src/store/records.ts'])
/** Top-level files of src/ that may name everything. */
const composers = ['main.ts', 'cli.ts', 'wire.ts', 'config.ts', 'bin.js']

interface Import {
  readonly from: string
  readonly to: string
}

const filesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))

/** Every relative specifier: static, type-only, re-exported, dynamic, and workers' `new URL('…', import.meta.url)`. */
const specifiers = /(?:from\s+|import\s+|import\(\s*|new URL\(\s*)(['"])(\.{1,2}\/[^'"]+)\1/g

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(specifiers)].map((match) => ({
    from: file,
    to: relative(root, resolve(root, dirname(file), match[2] ?? '')),
  }))
}

/** The room a file belongs to; undefined for top-level files of src/. */
function roomOf(file: string): string | undefined {
  const parts = file.split(sep)
  if (parts[0] === 'views') return 'views'
  return parts[0] === 'src' && parts.length > 2 ? parts[1] : undefined
}

const files = [...filesUnder('src'), ...filesUnder('views')]
const imports = files.flatMap(importsOf)

test('every folder of src is a room of the fixture', () => {
  const rooms = new Set(files.map(roomOf).filter((room) => room !== undefined))
  for (const room of rooms)
    assert.ok(room in mayImport || composerRooms.has(room), `src/${room} is not in the table of design §4`)
})

test('top-level files of src are the composers, the demo and the leaves', () => {
  const top = files.filter((file) => file.startsWith('src/') && roomOf(file) === undefined)
  const known = new Set([...composers.map((name) => `src/${name}`), ...leaves, 'src/demo.ts'])
  for (const file of top) assert.ok(known.has(file), `${file} belongs in a room`)
})

test('imports go the way of the arrows', () => {
  const wrong = imports.filter(({ from, to }) => {
    const room = roomOf(from)
    if (room === undefined || room === roomOf(to) || leaves.has(to)) return leaves.has(from)
    const target = roomOf(to)
    if (composerRooms.has(room))
      return to === 'src/wire.ts' || (target !== undefined && composerRooms.has(target))
    if (target === undefined || !mayImport[room]?.includes(target)) return true
    return room === 'web' && target === 'store' && !webSeesOfStore.has(to)
  })
  assert.deepEqual(wrong, [])
})

/** Rooms that have rooms of their own: which of those may import which. A room's own files may be named by all of it. */
const within: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  federation: {
    outbound: [],
    workload: ['outbound'],
    oauth2: ['outbound'],
    openid: ['oauth2', 'workload', 'outbound'],
    saml: ['outbound'],
    ldap: ['outbound'],
    command: ['saml', 'workload'],
  },
  store: { backup: [], sqlite: ['backup'], mongo: ['backup'] },
  iam: {
    record: [],
    account: ['record'],
    authorization: ['record'],
    audit: ['authorization'],
    brand: [],
    'policy-document': ['authorization'],
    'managed-policy': ['authorization', 'policy-document', 'record'],
    role: ['audit', 'authorization', 'managed-policy', 'policy-document', 'record'],
    password: ['authorization', 'record'],
    mfa: ['account', 'audit', 'authorization', 'password', 'record'],
    'sign-in': ['account', 'audit', 'password', 'mfa', 'record'],
    provider: ['authorization', 'sign-in', 'record'],
    'service-access': ['authorization', 'managed-policy'],
    places: [],
    simulation: ['authorization'],
    access: ['authorization', 'managed-policy', 'record'],
    'access-requests': ['account', 'audit', 'authorization', 'sign-in', 'record'],
    configuration: ['provider'],
    'user-credential': ['audit', 'authorization', 'record'],
    people: ['audit', 'authorization', 'password', 'mfa', 'sign-in', 'record'],
    report: ['managed-policy', 'password', 'role', 'record'],
  },
  sts: {
    session: [],
    authentication: ['session'],
    trust: ['session'],
    outside: ['session', 'trust'],
    'trust-trial': ['outside', 'trust'],
    gate: ['outside', 'session', 'trust'],
    operation: ['authentication', 'gate', 'outside', 'session', 'trust'],
  },
  oidc: {
    artifacts: [],
    claims: [],
    library: ['artifacts'],
    clients: ['artifacts', 'claims'],
    session: ['artifacts', 'library', 'clients'],
    exchange: ['artifacts', 'claims', 'library', 'clients', 'session'],
  },
  'sign-in': {
    federation: [],
    steps: ['federation'],
    'by-link': ['steps'],
  },
  console: {
    frame: [],
    activity: ['frame'],
    access: ['activity', 'frame'],
    people: ['access', 'activity', 'frame'],
    workloads: ['access', 'frame'],
    apps: ['frame'],
    providers: ['frame'],
    settings: ['frame'],
    home: ['access', 'activity', 'frame'],
    page: ['access'],
  },
  verify: { issuer: [], middleware: [] },
  web: {
    request: [],
    observability: ['request'],
    response: ['observability', 'request'],
    metrics: ['observability', 'request'],
  },
  secure: { sigv4: [], key: ['sigv4'], session: [], password: [], xml: [] },
  policy: {
    language: [],
    engine: ['language'],
    filter: ['engine', 'language'],
    'compare-policies': ['engine', 'language'],
    lint: ['compare-policies', 'language'],
    command: ['engine', 'language'],
  },
}
const subroomOf = (file: string): string | undefined => {
  const parts = file.split(sep)
  return parts[0] === 'src' && parts.length > 3 ? parts[2] : undefined
}

test('imports within a room go the way of its own arrows', () => {
  const wrong = imports.filter(({ from, to }) => {
    const room = roomOf(from)
    const [own, target] = [subroomOf(from), subroomOf(to)]
    if (room === undefined || room !== roomOf(to) || own === undefined || target === undefined) return false
    const table = within[room]
    return own !== target && table !== undefined && !table[own]?.includes(target)
  })
  assert.deepEqual(wrong, [])
})

test('every folder within such a room is in its table', () => {
  for (const file of files) {
    const [room = '', own] = [roomOf(file), subroomOf(file)]
    if (own !== undefined && room in within) assert.ok(own in (within[room] ?? {}), file)
  }
})

test('leaves import nothing of ours', () => {
  assert.deepEqual(
    imports.filter(({ from }) => leaves.has(from)),
    [],
  )
})

test('no file of src or views imports from test', () => {
  assert.deepEqual(
    imports.filter(({ to }) => to.startsWith('test')),
    [],
  )
})

test('only mongo.ts names mongoose, and only oidc/ names oidc-provider', () => {
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    if (/from 'mongoose'/.test(text)) assert.equal(file, 'src/store/mongo/mongo.ts')
    if (/from 'oidc-provider/.test(text)) assert.equal(roomOf(file), 'oidc', file)
  }
})

/** Only these files may depend on what oidc-provider does not document; test/oidc/library.test.ts holds what that is. */
const oidcLibrary = `src${sep}oidc${sep}library${sep}`

test('only oidc/library/ imports from inside of oidc-provider or changes its classes', () => {
  const inside =
    /oidc-provider\/|\.prototype\b|\bIN_PAYLOAD\b|\bObject\.definePropert|\bReflect\.(?:set|defineProperty)/
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    if (file.startsWith(oidcLibrary)) continue
    assert.doesNotMatch(text, /oidc-provider\/lib/, file)
    if (/from 'oidc-provider/.test(text)) assert.doesNotMatch(text, inside, file)
  }
})

test('only secure/ verifies signatures', () => {
  const verification =
    /\b(?:compactVerify|jwtVerify|flattenedVerify|generalVerify|createVerify)\b|\bverify\b[^}]*\} from 'node:crypto'/
  for (const file of files.filter((one) => roomOf(one) !== 'secure'))
    assert.doesNotMatch(readFileSync(join(root, file), 'utf8'), verification, file)
})

test('mongoose is loaded only where MongoDB is used', () => {
  for (const file of files)
    assert.doesNotMatch(readFileSync(join(root, file), 'utf8'), /from '[^']*\/mongo\.ts'/, file)
})

test('no import cycle between files', () => {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string): void => {
    const at = path.indexOf(file)
    assert.equal(at, -1, `cycle: ${[...path.slice(at), file].join(' → ')}`)
    if (done.has(file)) return
    path.push(file)
    for (const target of next.get(file) ?? []) visit(target)
    path.pop()
    done.add(file)
  }
  for (const file of files) visit(file)
})
