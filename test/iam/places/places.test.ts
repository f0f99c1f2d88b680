// Places of addresses from a file in the MaxMind DB format: what is found, in which language, and that no file can do harm.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { checkPlaces } from '../../../src/cli/doctor/places.ts'
import { readConfig } from '../../../src/config.ts'
import { MmdbReader } from '../../../src/iam/places/mmdb.ts'
import { openPlaces, type Place } from '../../../src/iam/places/places.ts'
import { readAddress } from '../../../src/policy/language/ip.ts'
import { isProblem } from '../../../src/problem.ts'
import { addressIn, placeIn } from '../../../views/place.ts'
import { type MmdbOptions, writeMmdb } from '../../support/data/mmdb-writer.ts'

const germany = { iso_code: 'DE', names: { en: 'Germany', de: 'Deutschland', ja: 'ドイツ連邦共和国' } }
const berlin = {
  city: { names: { en: 'Berlin', ja: 'ベルリン' } },
  country: germany,
  location: { latitude: 52.52, longitude: 13.4 },
}
const networks = {
  '192.0.2.0/24': berlin,
  '198.51.100.128/25': { country: germany },
  '2001:db8:1::/48': berlin,
  '203.0.113.7/32': { country: { iso_code: 'FR' } },
  '203.0.113.8/32': { traits: { is_satellite_provider: true } },
  '203.0.113.9/32': { city: { names: { en: 'x'.repeat(5000) } } },
}

async function placesOf(t: TestContext, file: Buffer | string) {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-places-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const database = join(dir, 'city.mmdb')
  writeFileSync(database, file)
  const time = { ms: 0 }
  const logged: string[] = []
  const places = await openPlaces(
    { database },
    { log: { warn: (_, message) => void logged.push(message) }, monotonic: () => time.ms },
  )
  return { places, database, time, logged }
}

for (const recordSize of [24, 28, 32] as const)
  test(`addresses are found in records of ${recordSize} bits`, async (t) => {
    const { places, logged } = await placesOf(t, writeMmdb({ networks, recordSize }))
    const inEnglish = (address: string) => placeIn(places.of(address), 'en')
    assert.equal(inEnglish('192.0.2.0'), 'Berlin, Germany')
    assert.equal(inEnglish('192.0.2.255'), 'Berlin, Germany')
    assert.equal(inEnglish('::ffff:192.0.2.9'), 'Berlin, Germany')
    assert.equal(inEnglish('2001:db8:1:ffff::1'), 'Berlin, Germany')
    assert.equal(inEnglish('198.51.100.200'), 'Germany')
    assert.equal(inEnglish('203.0.113.7'), 'France')
    for (const other of [
      '192.0.3.0',
      '198.51.100.1',
      '127.0.0.1',
      '::1',
      '2001:db8:2::1',
      '203.0.113.8',
      'unknown',
      '',
    ])
      assert.equal(places.of(other), undefined, other)
    assert.equal(places.of(undefined), undefined)
    assert.equal(inEnglish('203.0.113.9')?.length, 100)
    assert.deepEqual(logged, [])
  })

test('a file for IPv4 alone knows no IPv6 address', async (t) => {
  const { places } = await placesOf(t, writeMmdb({ networks: { '192.0.2.0/24': berlin }, ipVersion: 4 }))
  assert.equal(placeIn(places.of('192.0.2.1'), 'en'), 'Berlin, Germany')
  assert.equal(places.of('2001:db8:1::1'), undefined)
})

test('city and country are in the language of the reader where the file has it', () => {
  const place: Place = {
    city: berlin.city.names,
    country: germany.names,
    countryCode: 'DE',
  }
  assert.equal(placeIn(place, 'de'), 'Berlin, Deutschland')
  assert.equal(placeIn(place, 'fr'), 'Berlin, Allemagne')
  assert.equal(placeIn(place, 'ja'), 'ドイツ連邦共和国 ベルリン')
  assert.equal(addressIn('192.0.2.1', place, 'es'), '192.0.2.1 (Berlin, Alemania)')
  assert.equal(addressIn('192.0.2.1', undefined, 'es'), '192.0.2.1')
  const singapore = { city: { en: 'Singapore' }, country: { en: 'Singapore' }, countryCode: 'SG' }
  assert.equal(placeIn(singapore, 'en'), 'Singapore')
  assert.equal(placeIn({ city: undefined, country: undefined, countryCode: 'QX' }, 'en'), undefined)
})

test('a file that was replaced is read again, and one that is damaged leaves what was read', async (t) => {
  const { places, database, time, logged } = await placesOf(t, writeMmdb({ networks }))
  const replaced = async (content: Buffer | string, seconds: number, holds: () => boolean) => {
    writeFileSync(database, content)
    utimesSync(database, seconds, seconds)
    time.ms += 60_000
    while (!holds()) {
      time.ms += 60_000
      await new Promise((next) => setTimeout(next, 5))
    }
  }
  const other = { '192.0.2.0/24': { country: { iso_code: 'FR' } } }
  await replaced(
    writeMmdb({ networks: other }),
    1_900_000_000,
    () => placeIn(places.of('192.0.2.1'), 'en') === 'France',
  )
  await replaced(
    'no database',
    1_900_000_001,
    () => places.of('192.0.2.1') !== undefined && logged.length > 0,
  )
  assert.equal(placeIn(places.of('192.0.2.1'), 'en'), 'France')
  assert.ok(logged.every((message) => message === 'the file of places cannot be read'))
})

test('a file that is missing is logged, and addresses have no place', async () => {
  const logged: string[] = []
  const log = { warn: (_: object, message: string) => void logged.push(message) }
  const places = await openPlaces({ database: '/nowhere/city.mmdb' }, { log, monotonic: () => 0 })
  assert.equal(places.of('192.0.2.1'), undefined)
  assert.deepEqual(logged, ['the file of places cannot be read'])
})

test('a damaged file is refused or answers nothing, and reading it ends', { timeout: 60_000 }, () => {
  const whole = writeMmdb({ networks })
  const address = readAddress('192.0.2.1')
  assert.ok(address)
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(damage, fc.nat(whole.length), (changes, cut) => {
      const file = Buffer.from(whole.subarray(0, cut < whole.length / 2 ? whole.length - cut : whole.length))
      for (const [at, value] of changes) if (at < file.length) file[at] = value
      try {
        new MmdbReader(file).find(address)
      } catch (error) {
        assert.ok(isProblem(error, 'invalid_input'), String(error))
      }
    }),
    { numRuns: 3000 },
  )
})

test('a record that points to itself is refused', () => {
  const file = writeMmdb({ networks: { '0.0.0.0/1': 'self' }, ipVersion: 4, recordSize: 24 })
  // A tree of one node, the separator, then the only value: made a pointer to itself.
  file.writeUInt16BE(0x2000, 6 + 16)
  assert.throws(() => new MmdbReader(file).find(new Uint8Array(4)), { code: 'invalid_input' })
})

const doctor = async (t: TestContext, file: Buffer | undefined, options: Partial<MmdbOptions> = {}) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-places-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const database = join(dir, 'city.mmdb')
  writeFileSync(database, file ?? writeMmdb({ networks, ...options }))
  writeFileSync(join(dir, 'config.yaml'), JSON.stringify({ places: { database } }))
  const config = readConfig({ CHANCERY_CONFIG: join(dir, 'config.yaml') }, dir)
  const [finding] = await checkPlaces(config, 1_800_000_000 + 86_400)
  return finding
}

test('doctor names the file with its age and languages, and one that cannot be read', async (t) => {
  const good = await doctor(t, undefined, { languages: ['en', 'ja'] })
  assert.equal(good?.status, 'ok')
  assert.match(good?.message ?? '', /is Test-City of 2027-01-15, with names in en, ja$/)
  assert.equal((await doctor(t, undefined, { builtAt: 1_700_000_000 }))?.status, 'warn')
  const bad = await doctor(t, Buffer.from('nothing'))
  assert.equal(bad?.status, 'fail')
  assert.match(bad?.message ?? '', /is no readable MaxMind DB file/)
  assert.deepEqual(
    (await checkPlaces(readConfig({}, '/'), 0)).map(({ status }) => status),
    ['ok'],
  )
})
