import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkTags, tagRules, withoutTags, withTags } from '../../src/iam/tags.ts'

const tag = (key: string, value = 'v') => ({ key, value })

test('tag keys of users and roles are compared without regard to case', () => {
  assert.deepEqual(withTags(tagRules.user, [tag('Team', 'a')], [tag('team', 'b')]), [tag('team', 'b')])
  assert.deepEqual(withoutTags(tagRules.role, [tag('Team')], ['TEAM']), [])
  assert.throws(() => checkTags(tagRules.user, [tag('a'), tag('A')]), { code: 'invalid_input' })
})

test('tag keys of policies and providers are compared exactly', () => {
  const both = [tag('a'), tag('A')]
  assert.deepEqual(checkTags(tagRules.policy, both), both)
  assert.deepEqual(withoutTags(tagRules.openIdProvider, both, ['A']), [tag('a')])
})

test('a fifty-first tag is refused', () => {
  const fifty = Array.from({ length: 50 }, (_, n) => tag(`k${n}`))
  assert.equal(checkTags(tagRules.user, fifty).length, 50)
  const message = 'The number of tags has reached the maximum limit. Cannot exceed quota for TagsPerUser: 50'
  assert.throws(() => withTags(tagRules.user, fifty, [tag('more')]), { code: 'limit_exceeded', message })
  assert.equal(withTags(tagRules.user, fifty, [tag('K1', 'other')]).length, 50)
})

test('tag keys that begin with aws: are refused', () => {
  assert.throws(() => checkTags(tagRules.user, [tag('AWS:x')]), { code: 'invalid_input' })
})
