import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkTags, tagRules, withoutTags, withTags } from '../../src/iam/tags.ts'

const tag = (key: string, value = 'v') => ({ key, value })

test('keys of users and roles are the same whatever their case', () => {
  assert.deepEqual(withTags(tagRules.user, [tag('Team', 'a')], [tag('team', 'b')]), [tag('team', 'b')])
  assert.deepEqual(withoutTags(tagRules.role, [tag('Team')], ['TEAM']), [])
  assert.throws(() => checkTags(tagRules.user, [tag('a'), tag('A')]), { code: 'invalid_input' })
})

test('keys of policies and providers differ by case', () => {
  const both = [tag('a'), tag('A')]
  assert.deepEqual(checkTags(tagRules.policy, both), both)
  assert.deepEqual(withoutTags(tagRules.openIdProvider, both, ['A']), [tag('a')])
})

test('a fifty-first tag is one too many', () => {
  const fifty = Array.from({ length: 50 }, (_, n) => tag(`k${n}`))
  assert.equal(checkTags(tagRules.user, fifty).length, 50)
  const message = 'The number of tags has reached the maximum limit. Cannot exceed quota for TagsPerUser: 50'
  assert.throws(() => withTags(tagRules.user, fifty, [tag('more')]), { code: 'limit_exceeded', message })
  assert.equal(withTags(tagRules.user, fifty, [tag('K1', 'other')]).length, 50)
})

test('keys that begin with aws: are not for callers', () => {
  assert.throws(() => checkTags(tagRules.user, [tag('AWS:x')]), { code: 'invalid_input' })
})
