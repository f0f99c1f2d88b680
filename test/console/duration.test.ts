// Times in forms of the console, as people type and read them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { durationText, secondsOf } from '../../src/console/frame/duration.ts'

test('a time is a number with a unit, or seconds', () => {
  for (const [text, seconds] of [
    ['3600', 3600],
    ['90 min', 5400],
    ['90min', 5400],
    [' 5 M ', 300],
    ['8 h', 28_800],
    ['2 d', 172_800],
    ['0', 0],
    ['30 s', 30],
  ] as const)
    assert.equal(secondsOf(text), seconds, text)
  for (const text of ['', 'h', '8 hours', '-1 h', '1.5 h', '1e3', '8 h 30 min', '99999999999', 'constructor'])
    assert.equal(secondsOf(text), undefined, text)
})

test('what is shown is read as the same time', () => {
  fc.assert(fc.property(fc.nat(), (seconds) => assert.equal(secondsOf(durationText(seconds)), seconds)))
  assert.deepEqual([0, 59, 60, 3600, 5400, 86_400].map(durationText), [
    '0 s',
    '59 s',
    '1 min',
    '1 h',
    '90 min',
    '1 d',
  ])
})
