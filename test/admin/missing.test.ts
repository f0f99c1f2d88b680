// What an operation says when there is nothing of a name: the kind of thing, its name, the account, and what lists those that there are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { missingTarget } from '../../src/admin/missing.ts'
import { operations } from '../../src/admin/operations.ts'

const account = '123456789012'
const commands = new Set(operations.map(({ command }) => `chancery ${command.words}`))

for (const { name, path } of operations.filter(({ path }) => path.includes(':')))
  test(`${name} says what there is not, and a command that lists what there is`, () => {
    const parameter = /:(\w+)/.exec(path)?.[1] ?? ''
    const { code, message, missing } = missingTarget(path, { [parameter]: 'some-name' }, account, 'arn')
    assert.equal(code, 'not_found')
    const said =
      /^there is no ([a-zA-Z ]+) `some-name`(?: in account (\d+))?(?:; .*)?; `(.+)` lists what there is$/
    const [, kind, where, command = ''] = said.exec(message) ?? assert.fail(message)
    assert.ok(kind)
    assert.equal(where, parameter === 'account' ? undefined : account)
    assert.ok(commands.has(command) || command.startsWith('aws iam list-'), command)
    assert.ok(missing && message.startsWith(missing.sentence) && !missing.sentence.includes('chancery'))
  })

test('a name is repeated in part, and an operation without one names what it is about', () => {
  const { message } = missingTarget('/people/:person', { person: 'x'.repeat(1000) }, account, 'arn')
  assert.ok(message.length < 300 && message.includes('x'.repeat(128)))
  assert.match(missingTarget('/accounts', {}, account, 'arn:a').message, /^`arn:a` belongs to the account/)
  const user = `arn:aws:iam::${account}:user/staff/ada`
  assert.match(missingTarget('/scim-tokens', {}, account, user).message, /^there is no person `ada`/)
})
