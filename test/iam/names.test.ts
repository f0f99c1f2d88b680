import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkName, checkPath } from '../../src/iam/names.ts'

const badNames = ['', 'a b', 'a/b', 'a:b', '*', 'ä', 'a\n', 'x'.repeat(65), '${aws:username}']
for (const name of badNames)
  test(`\`${name.slice(0, 20)}\` is refused as a user name`, () => {
    assert.throws(() => checkName('user', name), { code: 'validation' })
  })

test('a name may contain every character that AWS accepts', () => {
  assert.equal(checkName('user', 'Bob_1+=,.@-'), 'Bob_1+=,.@-')
  assert.equal(checkName('group', 'g'.repeat(128)).length, 128)
})

const badPaths = ['', 'a', '/a', 'a/', '/a b/', `/${'x'.repeat(512)}/`, '/ä/']
for (const path of badPaths)
  test(`\`${path.slice(0, 20)}\` is refused as a path`, () => {
    assert.throws(() => checkPath(path), { code: 'validation' })
  })

test('no path means the root path', () => {
  assert.equal(checkPath(undefined), '/')
  assert.equal(checkPath('/a/b/'), '/a/b/')
})
