// Policies in words (policy/language/describe.ts, views/sign-in/permission.ts): what each action and resource is called, and what is refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { describePolicy, type Permission } from '../../../src/policy/language/describe.ts'
import { isProblem } from '../../../src/problem.ts'
import { htmlText } from '../../../views/html.ts'
import { translator } from '../../../views/language.ts'
import { type Language, languages } from '../../../views/languages/languages.ts'
import { permissionText } from '../../../views/sign-in/permission.ts'

const wordsOf = (permission: Permission, effect: 'allow' | 'deny', language: Language = 'en'): string =>
  htmlText(permissionText(translator(language), permission, effect))
    .replace(/<code>/g, '‹')
    .replace(/<\/code>/g, '›')
const text = (permission: Permission): string => wordsOf(permission, 'allow')
const denied = (permission: Permission): string => wordsOf(permission, 'deny')
const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
const allow = (action: unknown, resource: unknown = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
})
const said = (...statements: readonly object[]): readonly string[] =>
  describePolicy(document(...statements), 'session').allows.map(text)

const actions: readonly (readonly [action: string, words: string])[] = [
  ['docs:GetDocument', 'Read documents (‹docs:GetDocument›)'],
  ['docs:ListDocuments', 'List documents (‹docs:ListDocuments›)'],
  ['docs:DeleteObject', 'Delete objects (‹docs:DeleteObject›)'],
  ['iam:GetPolicy', 'Read policies (‹iam:GetPolicy›)'],
  ['mail:SendMessage', 'Send messages (‹mail:SendMessage›)'],
  ['docs:UpdateHTTPHeader', 'Change http headers (‹docs:UpdateHTTPHeader›)'],
  ['docs:Get*', 'Read anything in ‹docs› (‹docs:Get*›)'],
  ['docs:GetDoc*', 'Read everything that is called ‹docs:GetDoc*›'],
  ['docs:*', 'Do everything in ‹docs›'],
  ['*', 'Do everything, in every service'],
  ['*:*', 'Do everything, in every service'],
  ['docs:Get?', 'Do everything that is called ‹docs:Get?›'],
  ['docs:*Document', 'Do everything that is called ‹docs:*Document›'],
  ['kms:Decrypt', 'Decrypt (‹kms:Decrypt›)'],
  ['docs:Getaway', 'Getaway (‹docs:Getaway›)'],
]
for (const [action, words] of actions)
  test(`the action ${action} is "${words}"`, () => {
    assert.deepEqual(said(allow(action)), [`${words} anywhere`])
  })

const resources: readonly (readonly [resource: string, words: string])[] = [
  ['*', 'anywhere'],
  ['arn:aws:docs:::*', 'anywhere in ‹docs›'],
  ['arn:aws:docs:::handbook/*', 'under ‹handbook/›'],
  ['arn:aws:docs:::handbook/intro', 'at ‹handbook/intro›'],
  ['arn:aws:docs:::hand*', 'at names that begin with ‹hand›'],
  ['arn:aws:docs:::*/intro', 'at names of the form ‹*/intro›'],
  ['arn:aws:docs:::a?c', 'at names of the form ‹a?c›'],
  ['arn:aws:docs:eu-1:111122223333:a/*', 'under ‹arn:aws:docs:eu-1:111122223333:a/›'],
  ['arn:aws:docs:::a:b/*', 'under ‹a:b/›'],
]
for (const [resource, words] of resources)
  test(`the resource ${resource} is "${words}"`, () => {
    assert.deepEqual(said(allow('docs:GetDocument', resource)), [
      `Read documents (‹docs:GetDocument›) ${words}`,
    ])
  })

test('several resources and actions are said one by one', () => {
  assert.deepEqual(
    said(allow(['docs:GetDocument', 'docs:PutDocument'], ['arn:aws:docs:::a/*', 'arn:aws:docs:::b'])),
    [
      'Read documents (‹docs:GetDocument›) under ‹a/› or at ‹b›',
      'Write documents (‹docs:PutDocument›) under ‹a/› or at ‹b›',
    ],
  )
})

test('a Deny is said beside what is allowed', () => {
  const { allows, denies } = describePolicy(
    document(allow('docs:*'), { Effect: 'Deny', Action: 'docs:DeleteDocument', Resource: '*' }),
    'session',
  )
  assert.deepEqual(allows.map(text), ['Do everything in ‹docs› anywhere'])
  assert.deepEqual(denies.map(denied), ['Delete documents (‹docs:DeleteDocument›) anywhere'])
})

test('a Deny says "anything": what is left of "everything" would still be possible', () => {
  const deny = (action: string) => ({ Effect: 'Deny', Action: action, Resource: '*' })
  const { denies } = describePolicy(document(deny('docs:*'), deny('docs:GetDoc*'), deny('*')), 'session')
  assert.deepEqual(denies.map(denied), [
    'Do anything in ‹docs› anywhere',
    'Read anything that is called ‹docs:GetDoc*› anywhere',
    'Do anything, in every service anywhere',
  ])
})

test('the resource of another service than the action is said in full', () => {
  assert.deepEqual(said(allow(['docs:GetDocument', '*', 'Mail:Send'], 'arn:aws:mail:::june/*')), [
    'Read documents (‹docs:GetDocument›) under ‹arn:aws:mail:::june/›',
    'Do everything, in every service under ‹arn:aws:mail:::june/›',
    'Send (‹Mail:Send›) under ‹june/›',
  ])
})

const refused: readonly (readonly [why: string, text: string, message: RegExp])[] = [
  ['NotAction', document({ Effect: 'Allow', NotAction: 'docs:Get', Resource: '*' }), /NotAction/],
  [
    'NotResource',
    document({ Effect: 'Allow', Action: 'docs:Get', NotResource: 'arn:aws:docs:::a' }),
    /NotResource/,
  ],
  [
    'a condition',
    document(allow('docs:Get', '*', { Condition: { StringEquals: { 'aws:username': 'ada' } } })),
    /Condition/,
  ],
  ['a variable', document(allow('docs:Get', 'arn:aws:docs:::${aws:username}/*')), /variable/],
  ['too many actions', document(allow(Array.from({ length: 21 }, (_, i) => `docs:Get${i}`))), /20 actions/],
  [
    'too many resources',
    document(
      allow(
        'docs:Get',
        Array.from({ length: 11 }, (_, i) => `arn:aws:docs:::${i}`),
      ),
    ),
    /10 resources/,
  ],
  [
    'too many permissions',
    document(...Array.from({ length: 21 }, () => allow('docs:Get'))),
    /20 permissions/,
  ],
  ['no JSON', '{', /policy document/],
  ['a principal', document(allow('docs:Get', '*', { Principal: '*' })), /Principal/],
]
for (const [why, policy, message] of refused)
  test(`a policy with ${why} is not described`, () => {
    assert.throws(
      () => describePolicy(policy, 'session'),
      (error: unknown) => isProblem(error, 'malformed_policy') && message.test(error.message),
    )
  })

const inLanguages: Readonly<Record<Language, string>> = {
  en: 'Read documents (‹docs:GetDocument›) under ‹handbook/› or at ‹notes›',
  de: 'Lesen: documents (‹docs:GetDocument›) unter ‹handbook/› oder bei ‹notes›',
  fr: 'Lire\u00a0: documents (‹docs:GetDocument›) sous ‹handbook/› ou à ‹notes›',
  es: 'Leer: documents (‹docs:GetDocument›) bajo ‹handbook/› o en ‹notes›',
  ja: '読み取り: documents (‹docs:GetDocument›)（‹handbook/› 以下 または ‹notes›）',
}
for (const language of languages)
  test(`a permission in ${language}`, () => {
    const places = ['arn:aws:docs:::handbook/*', 'arn:aws:docs:::notes']
    const { allows } = describePolicy(document(allow('docs:GetDocument', places)), 'session')
    assert.deepEqual(
      allows.map((one) => wordsOf(one, 'allow', language)),
      [inLanguages[language]],
    )
  })

test('every action and resource of a policy appears in its words', () => {
  const name = fc.stringMatching(/^[A-Z][a-z]{1,8}[A-Z]?[a-z]{0,5}\*?$/)
  const path = fc.stringMatching(/^[a-z]{1,5}(\/[a-z]{1,4}){0,2}(\/\*|\*)?$/)
  fc.assert(
    fc.property(
      fc.array(name, { minLength: 1, maxLength: 4 }),
      fc.array(path, { minLength: 1, maxLength: 4 }),
      (names, paths) => {
        const sentences = said(
          allow(
            names.map((one) => `docs:${one}`),
            paths.map((one) => `arn:aws:docs:::${one}`),
          ),
        )
        assert.equal(sentences.length, names.length)
        for (const [at, sentence] of sentences.entries()) {
          assert.ok(sentence.includes(`docs:${names[at]}`) || sentence.includes('‹docs›'), sentence)
          for (const one of paths)
            assert.ok(sentence.includes(one.replace(/\*$/, '')), `${sentence} lacks ${one}`)
        }
      },
    ),
  )
})
