import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressForLimits } from '../../../src/iam/password/address.ts'

const cases = [
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['not an address', 'not an address'],
] as const
for (const [ip, counted] of cases)
  test(`${ip} counts as ${counted}`, () => {
    assert.equal(addressForLimits(ip), counted)
  })
