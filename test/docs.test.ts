// Only what a test reads stays true: the lists of operations against the tables they describe.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { iamActions } from '../src/aws/iam.ts'
import { stsActions } from '../src/aws/sts.ts'

const page = readFileSync(resolve(import.meta.dirname, '../docs/aws-compatibility.md'), 'utf8')
const listed = (heading: string): string[] =>
  [...(new RegExp(`\\*\\*${heading}\\*\\* ([^\\n]+)`).exec(page)?.[1] ?? '').matchAll(/\w+/g)].map(
    ([word]) => word,
  )

/** The tables are built from use cases; only their names are looked at here. */
const anything = new Proxy({}, { get: () => () => undefined }) as never

test('the documentation lists the STS actions that are built', () => {
  assert.deepEqual(listed('STS'), [...stsActions(anything).keys()].sort())
})

test('the documentation lists the IAM actions that are built', () => {
  assert.deepEqual(listed('IAM'), [...iamActions(anything).keys()].sort())
})
