import assert from 'node:assert/strict'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openMasterKey, rotateMasterKey } from '../../src/secure/key/master-key.ts'

function emptyDir(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'keys-'))
  t.after(() => rmSync(dir, { recursive: true }))
  return join(dir, 'keys')
}
const first = { storeExists: false }

test('the first start makes a key that only its owner reads; the second finds it', (t) => {
  const dir = emptyDir(t)
  const sealed = openMasterKey(dir, first).seal('plain', 'user/1/seed')
  assert.equal(statSync(dir).mode & 0o777, 0o700)
  assert.deepEqual(readdirSync(dir), ['master-key.json'])
  assert.equal(statSync(join(dir, 'master-key.json')).mode & 0o777, 0o600)
  assert.equal(openMasterKey(dir, { storeExists: true }).open(sealed, 'user/1/seed'), 'plain')
})

test('a missing key beside an existing store is refused with what to do, and none is made', (t) => {
  const dir = emptyDir(t)
  assert.throws(() => openMasterKey(dir, { storeExists: true }), {
    code: 'unavailable',
    message: /restore .*CHANCERY_KEYS/,
  })
  assert.ok(!existsSync(dir))
})

for (const mode of [0o644, 0o604, 0o602, 0o666])
  test(`a key file of mode ${mode.toString(8)} is refused`, (t) => {
    const dir = emptyDir(t)
    openMasterKey(dir, first)
    chmodSync(join(dir, 'master-key.json'), mode)
    assert.throws(() => openMasterKey(dir, first), { code: 'unavailable', message: /chmod 600/ })
  })

for (const mode of [0o440, 0o640, 0o660])
  test(`a key file of mode ${mode.toString(8)} is read when the group is this process's own, and refused when not`, (t) => {
    const dir = emptyDir(t)
    openMasterKey(dir, first)
    const file = join(dir, 'master-key.json')
    chmodSync(file, mode)
    assert.equal(openMasterKey(dir, first).version, 1)
    // Only root may give a file to a group that is not its own.
    if (process.geteuid?.() !== 0) return
    chownSync(file, 0, 54_321)
    assert.throws(() => openMasterKey(dir, first), { code: 'unavailable', message: /chmod 600/ })
  })

test('links to the key are followed within its directory, as a mounted Kubernetes Secret has them', (t) => {
  const dir = emptyDir(t)
  openMasterKey(dir, first)
  const file = join(dir, 'master-key.json')
  mkdirSync(join(dir, '..2026_01_01'))
  renameSync(file, join(dir, '..2026_01_01', 'master-key.json'))
  symlinkSync('..2026_01_01', join(dir, '..data'))
  symlinkSync('..data/master-key.json', file)
  assert.equal(openMasterKey(dir, { storeExists: true }).version, 1)
})

for (const target of ['a file', 'nothing'])
  test(`a link to the key that leads out of its directory to ${target} is refused, and the target is as it was`, (t) => {
    const dir = emptyDir(t)
    openMasterKey(dir, first)
    const file = join(dir, 'master-key.json')
    const outside = join(dir, '../outside.json')
    if (target === 'a file') renameSync(file, outside)
    else rmSync(file)
    symlinkSync(outside, file)
    const before = existsSync(outside) && readFileSync(outside, 'utf8')
    for (const storeExists of [true, false])
      assert.throws(() => openMasterKey(dir, { storeExists }), { code: 'unavailable' })
    assert.equal(existsSync(outside) && readFileSync(outside, 'utf8'), before)
  })

const notKeys = [
  '',
  '{',
  'null',
  '[]',
  '{}',
  '{"format":"chancery-master-key/2","keys":[]}',
  '{"format":"chancery-master-key/1","keys":[]}',
  '{"format":"chancery-master-key/1","keys":[{"version":1,"key":"c2hvcnQ"}]}',
  `{"format":"chancery-master-key/1","keys":[{"version":0,"key":"${'A'.repeat(43)}"}]}`,
  `{"format":"chancery-master-key/1","keys":[{"version":1.5,"key":"${'A'.repeat(43)}"}]}`,
]
for (const text of notKeys)
  test(`a key file holding ${JSON.stringify(text)} is refused`, (t) => {
    const dir = emptyDir(t)
    openMasterKey(dir, first)
    writeFileSync(join(dir, 'master-key.json'), text)
    assert.throws(() => openMasterKey(dir, first), { code: 'unavailable', message: /not a master key file/ })
    assert.equal(readFileSync(join(dir, 'master-key.json'), 'utf8'), text)
  })

test('a sealed value opens for its own aad alone, and not when a byte was changed or cut', (t) => {
  const key = openMasterKey(emptyDir(t), first)
  const sealed = key.seal('plain', 'accessKey/AKIA1/secret')
  assert.doesNotMatch(sealed, /plain/)
  assert.notEqual(sealed, key.seal('plain', 'accessKey/AKIA1/secret'))
  assert.throws(() => key.open(sealed, 'accessKey/AKIA2/secret'), { code: 'unavailable' })
  for (let at = 2; at < sealed.length - 1; at++) {
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    assert.throws(() => key.open(changed, 'accessKey/AKIA1/secret'), { code: 'unavailable' })
  }
  for (const text of ['', '1.', '1.AAAA', '9.AAAA', 'x', sealed.slice(0, -4), sealed.replace('1.', '01.x')])
    assert.throws(() => key.open(text, 'accessKey/AKIA1/secret'), { code: 'unavailable' })
})

test('values of any size and content survive', (t) => {
  const key = openMasterKey(emptyDir(t), first)
  for (const plain of ['', '\u0000', 'ü€😀', 'x'.repeat(1 << 20)])
    assert.equal(key.open(key.seal(plain, 'a'), 'a'), plain)
})

test('after a rotation new values take the new version, and a running process opens both', (t) => {
  const dir = emptyDir(t)
  const running = openMasterKey(dir, first)
  const old = running.seal('old', 'a')
  assert.equal(rotateMasterKey(dir), 2)
  const fresh = openMasterKey(dir, { storeExists: true })
  const sealed = fresh.seal('new', 'a')
  assert.match(sealed, /^2\./)
  assert.equal(fresh.open(old, 'a'), 'old')
  assert.equal(running.open(sealed, 'a'), 'new')
  assert.equal(running.version, 2)
})

test('of two processes that rotate at once one does, so that no version is lost', (t) => {
  const dir = emptyDir(t)
  openMasterKey(dir, first)
  const aside = join(dir, 'master-key.json.next')
  writeFileSync(aside, '')
  assert.throws(() => rotateMasterKey(dir), { code: 'conflict', message: /remove/ })
  rmSync(aside)
  assert.deepEqual([rotateMasterKey(dir), rotateMasterKey(dir)], [2, 3])
  assert.deepEqual(readdirSync(dir), ['master-key.json'])
  assert.equal(statSync(join(dir, 'master-key.json')).mode & 0o777, 0o600)
})

test('subkeys differ by label and are the same on every process', (t) => {
  const dir = emptyDir(t)
  const key = openMasterKey(dir, first)
  assert.equal(key.derive('a').length, 32)
  assert.notDeepEqual(key.derive('a'), key.derive('b'))
  const before = key.derive('a')
  rotateMasterKey(dir)
  const again = openMasterKey(dir, first)
  assert.deepEqual(again.derive('a', 1), before)
  assert.notDeepEqual(again.derive('a'), before)
})

test('a key file that cannot be read is refused with the reason', (t) => {
  const dir = emptyDir(t)
  openMasterKey(dir, first)
  chmodSync(join(dir, 'master-key.json'), 0)
  chmodSync(dir, 0o755)
  // Root reads everything, so for a moment we are somebody else.
  const root = process.geteuid?.() === 0
  if (root) process.seteuid?.(65_534)
  try {
    assert.throws(() => openMasterKey(dir, first), { code: 'unavailable', message: /cannot be read/ })
  } finally {
    if (root) process.seteuid?.(0)
  }
})
