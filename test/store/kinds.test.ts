import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds, ruleOf } from '../../src/store/kinds.ts'
import type { Kind } from '../../src/store/records.ts'

test('no kind whose records expire is counted: what expired and was not swept yet would count', () => {
  for (const kind of Object.keys(kinds) as Kind[]) {
    const { expires, lookups } = ruleOf(kind)
    const counted = Object.values(lookups).some((lookup) => lookup.counted)
    assert.ok(!(expires && counted), kind)
  }
})
