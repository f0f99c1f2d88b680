// Answers of operations in every language: each text of the sources that a page of the console can show has a translation, or is
// listed here as one for programs alone.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sentence } from '../../src/console/frame/sentence.ts'
import { consoleTranslators } from '../support/languages/console-translators.ts'
import { literalsOf } from '../support/languages/source-literals.ts'
import { assertTranslated } from '../support/languages/translated.ts'

const root = join(import.meta.dirname, '../../src')

/** What stays English by decision, because no page of the console shows it. */
const forPrograms: readonly (readonly [files: RegExp, why: string])[] = [
  [/^admin\/scim\//, 'SCIM clients read it'],
  [/^admin\/(?:openapi|reference|operations|routes|authenticate)\.ts/, 'the admin API itself'],
  [/^admin\/(?:audit|clients|identity-providers)\/schemas\.ts/, 'descriptions of members of the API'],
  [/^admin\/sessions\/revocations\.ts/, 'sessions are revoked by the API and the command line'],
  [/^iam\/(?:bootstrap|account\/issuer-record)\.ts/, 'the start of the server'],
  [/^iam\/(?:configuration|places)\//, 'the log'],
  [/^iam\/people\/reset-administrator\.ts/, 'the command line'],
  [
    /^iam\/(?:simulation|report|service-access)\//,
    'operations of the AWS API that the console does not call',
  ],
  [/^iam\/role\/(?:instance-profiles|service-linked-roles)\.ts/, 'of the AWS API as well'],
  [/^iam\/provider\/saml-decryption-keys\.ts/, 'of the AWS API as well'],
  [/^iam\/user-credential\/(?:service-specific-credentials|ssh-public-keys)\.ts/, 'of the AWS API as well'],
]

/** Texts that are no answers, or parts of those in `assembled`. */
const others = new Set([
  ' (separate columns by commas)',
  'A deleted provider',
  'Error occurred while validating input. Name at least one {}.',
  'The provided tag {} must not be null/empty.',
  'PNG, JPEG or WebP of at most 100 kB and 2048 × 2048 pixels, in base64',
  'The {} with name {} does not have a permissions boundary.',
  'User: {} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key {}',
  'access keys of {}',
  'account password policy',
  'arn:aws:iam::<account>:<kind>-provider/<name or issuer>',
  'because {} allows the {} action',
  'column {} `{}` is not known{}; columns are {}',
  'disable: no sign-in and no tokens; sessions of roles that it made end',
  'enable again; its refresh tokens go on, sessions of roles that ended stay ended',
  'entries older than the retention are gone',
  'groups that a provider may name',
  // The console says it without the ETag (frame/request.ts).
  'it was changed since it was read: read it again and repeat the change with its new ETag',
  'no identity-based policy',
  'no permissions boundary',
  'no resource-based policy',
  'no service control policy',
  'no session policy',
  'of this identity',
  'there is no key for challenges',
  'there is no {} `{}`{}',
  'with an explicit deny in {}',
  'you cannot {} yourself: another administrator can',
  '{} of {} {}: change the document, or change or remove the test',
  '{}; `{}` lists what there is',
])
const isListOfPasswords = (text: string): boolean => /^(?:password1?|0{8}|princess|changeme1) /.test(text)

const policies = [
  'an identity-based policy',
  'a permissions boundary',
  'a session policy',
  'a resource-based policy',
]
const refused = 'User: x is not authorized to perform: iam:GetUser on resource: y'

/** Answers that are put together from several texts. */
const assembled = [
  ...[
    'person',
    'group',
    'client',
    'access request',
    'identity provider',
    'managed policy',
    'SCIM token',
  ].flatMap((kind) => [
    `there is no ${kind} \`x\` in account 123456789012`,
    `there is no ${kind} \`x\` in account 123456789012; \`chancery list\` lists what there is`,
  ]),
  ...['audit entry', 'audit entry of the request'].flatMap((kind) => [
    `there is no ${kind} \`x\` in account 123456789012; entries older than the retention are gone`,
    `there is no ${kind} \`x\` in account 123456789012; entries older than the retention are gone; \`chancery\` lists what there is`,
  ]),
  'there is no account `x`; `chancery account list` lists what there is',
  ...[...policies, 'a service control policy'].flatMap((policy) => [
    `${refused} with an explicit deny in ${policy}`,
    `${refused} because ${policy.replace(/^an? /, 'no ')} allows the iam:GetUser action`,
  ]),
  ...['disable', 'delete'].map((verb) => `you cannot ${verb} yourself: another administrator can`),
  '1 of 1 test fails: change the document, or change or remove the test',
  '2 of 3 tests fail: change the document, or change or remove the test',
  'column 2 `x` is not known; columns are y',
  'column 2 `x` is not known (separate columns by commas); columns are y',
  ...['user', 'role'].map((kind) => `The ${kind} with name x does not have a permissions boundary.`),
]

/** A document is refused with AWS's message, and then what is wrong in which line. */
const withFault = /^iam\/policy-document\/policy-sentences\.ts/

/** What is no answer: descriptions of the API, log entries. */
const isNoAnswer = (before: string): boolean =>
  /(?:\bdescribe\(|\b(?:summary|description|words):)\s*$/.test(before) ||
  /\blog\??\.(?:info|warn|error|debug)\([^;]*$/.test(before)

const isText = (text: string): boolean =>
  (text.match(/\p{L}[\p{L}’'-]*/gu) ?? []).length >= 3 &&
  /[a-z] [a-z`{]/.test(text) &&
  !/^(?:chancery|aws|npx) /.test(text)

const { knownText } = consoleTranslators.de

/** As operations say it, and as pages do. */
const isTranslated = (text: string): boolean => [text, sentence(text)].some((one) => knownText(one) !== one)

/** Of a text with expressions: with words in their place, and with numbers. */
function samplesOf(text: string): readonly string[] {
  let at = 0
  return [text.replace(/\{\}/g, () => `x${++at}`), text.replace(/\{\}/g, () => String(++at))]
}

const answersOf = (room: string): readonly (readonly [file: string, text: string])[] =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${room}/${name}`)
    .flatMap((file) =>
      literalsOf(readFileSync(join(root, file), 'utf8'))
        .filter(({ text, before }) => isText(text) && !isNoAnswer(before))
        .map(({ text }) => [file, text] as const),
    )

test('answers of operations have translations, but for those that only programs read', () => {
  const answers = ['admin', 'iam'].flatMap(answersOf)
  assert.ok(answers.length > 300, String(answers.length))
  const untranslated = answers.filter(
    ([file, text]) =>
      !samplesOf(text).some((one) => isTranslated(withFault.test(file) ? `${one} line 1: x` : one)),
  )
  const isListed = (file: string, text: string): boolean =>
    others.has(text) || isListOfPasswords(text) || forPrograms.some(([files]) => files.test(file))
  assert.deepEqual(
    untranslated.filter(([file, text]) => !isListed(file, text)),
    [],
    'give each a template in views/languages/console/answers, or list it here when no page can show it',
  )
  for (const [files, why] of forPrograms)
    assert.ok(
      untranslated.some(([file]) => files.test(file)),
      `nothing is left for ${why}: ${files}`,
    )
  const texts = new Set(untranslated.map(([, text]) => text))
  assert.deepEqual(
    [...others].filter((text) => !texts.has(text)),
    [],
    'these are translated or gone',
  )
})

test('answers that are put together have translations', () => {
  for (const text of assembled) assertTranslated(text)
})

test('the texts of a source are found, those within templates and behind comments and expressions too', () => {
  const source = [
    "const a = 'one of \\'these\\'' // it's no text",
    'const b = `two ${c ? `three ${d}` : "four"} {x}`.replace(/[`"/]\'/g, e / 2 / f)',
    "/* 'nor this' */ g('five')",
  ].join('\n')
  assert.deepEqual(
    literalsOf(source).map(({ text }) => text),
    ["one of 'these'", 'three {}', 'four', 'two {} {x}', 'five'],
  )
})
