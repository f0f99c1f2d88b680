// Every action that the audit trail can have is a sentence with its object; none is shown by its raw name.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { z } from 'zod'
import type { auditEntry } from '../../src/admin/audit/schemas.ts'
import { operations } from '../../src/admin/operations.ts'
import { past } from '../../src/console/activity/grammar.ts'
import { reasonOf } from '../../src/console/activity/reason.ts'
import { activityRow, infinitiveOf, whoOf, wordsOf } from '../../src/console/activity/row.ts'
import { phraseOf } from '../../src/console/activity/sentences.ts'
import { rowTitle } from '../../views/console/activity/activity.ts'
import { type Fragment, htmlText, inLanguage } from '../../views/html.ts'
import { type Language, languages } from '../../views/languages/languages.ts'
import { openIamFixture } from '../iam/fixture.ts'
import { consoleTranslators } from '../support/languages/console-translators.ts'

const root = join(import.meta.dirname, '../../src')

/** What the sources write besides the operations of tables: literals, and names that a room completes with its service. */
function writtenInSources(): readonly string[] {
  const found = new Set<string>()
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (
      !entry.isFile() ||
      !file.endsWith('.ts') ||
      /\/src\/(?:console|policy|demo|cli|agent|verify)\//.test(file)
    )
      continue
    const text = readFileSync(file, 'utf8')
    for (const [, action = ''] of text.matchAll(
      /'((?:signin|account|oidc|mail|audit|decision):[A-Z]\w+|iam:DoubtTrustPolicy|iam:RemoveIdentityProvider|chancery:[A-Z]\w+|sts:(?:Assume|Get|Exchange|Decode|Revoke|Lift)\w+)'/g,
    ))
      found.add(action)
    const [, service] = /action: `(signin|account):\$\{action\}`/.exec(text) ?? []
    const names = text.matchAll(/(?:[#.]record\(|#attempt\(\s*'\w+',)\s*'([A-Z]\w+)'/g)
    for (const [, name = ''] of names)
      found.add(`${service ?? (name === 'CheckPasskey' ? 'signin' : 'account')}:${name}`)
  }
  return [...found]
}

/** Names of what carries no name of its own: the sentence is whole without one. */
const withoutObject =
  /^(?:signin:(?!FederatedSignIn|JoinIdentity|DisconnectIdentity|CreateUser|TakeAddress|UpstreamSignOut|OpenHost)|account:(?!RequestAddressChange|ChangeAddress|VerifyAddress)|audit:|oidc:SignOut$|decision:(?:Search|Get(?:Policies|Revocations))|chancery:(?:List|Import|GetSettings|UpdateSettings|GetBrand|UpdateBrand|GetQuotas|UpdateQuotas|\w+MailServer|RotateMasterKey|GetFindings|GetAudit(?:Summary|Trail))|iam:(?:List|Simulate|Get\w*(?:Report|Summary|PasswordPolicy|AuthorizationDetails|FederationInfo|ForCustomPolicy)|\w+PasswordPolicy$|ChangePassword|\w+OutboundWebIdentityFederation|SetSecurityToken|GenerateCredentialReport)|sts:(?:Get(?:CallerIdentity|SessionToken|ScopedCredentials)|Decode))/

async function vocabularyOf(t: Parameters<typeof openIamFixture>[0]): Promise<readonly string[]> {
  const { iam } = await openIamFixture(t)
  const all = [
    ...Object.keys(iam).map((name) => `iam:${name.charAt(0).toUpperCase()}${name.slice(1)}`),
    ...operations.map(({ name }) => `chancery:${name}`),
    ...writtenInSources(),
  ]
  assert.ok(all.length > 230, String(all.length))
  return [...new Set(all)]
}

const translateTo = (language: Language) => consoleTranslators[language]
const english = translateTo('en')
const shown = (part: Fragment, language: Language = 'en'): string =>
  htmlText(inLanguage(part, translateTo(language)))

/** An entry that has each member that a sentence names. */
const named = (action: string, given: Partial<Entry> = {}): Entry => {
  const phrase = phraseOf(action)
  const { message = '', thing = '' } = phrase ?? {}
  const names = [...`${message} ${thing}`.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const path = (name: string): string =>
    phrase?.membersOf(name).find((one) => one !== 'resource') ?? 'resource'
  const details = Object.fromEntries(
    names
      .filter((name) => name !== 'thing' && path(name) !== 'resource')
      .map((name) => [path(name), `n-${name}`]),
  )
  return entry({ action, resource: 'object', details, ...given })
}

/** Each name of a message, as it is in the sentence of `named`. */
const namesOf = (action: string): number => {
  const { message = '', thing = '' } = phraseOf(action) ?? {}
  return [...`${message} ${thing}`.matchAll(/\{(?!thing)\w+\}/g)].length
}

test('every action of the vocabulary has a sentence, with its object', async (t) => {
  const wrong = (await vocabularyOf(t)).filter((action) => {
    const phrase = phraseOf(action)
    if (phrase === undefined) return true
    const words = infinitiveOf(phrase, english)
    if (/[a-z][A-Z]\w*(?![^{]*\})/.test(words.replace(/OpenID|e-mail/g, ''))) return true
    return !words.includes('{') && !withoutObject.test(action)
  })
  assert.deepEqual(wrong, [])
})

/** Words of an English sentence; some are of another language, too. */
const englishWords =
  /(?<![`\p{L}])(?:the|of|to|from|with|for|and|what|who|why|tried|list(?:ed)?|read|created?|changed?|deleted?|saved?|policy|role|person|people|password|browser(?! de)|sign)(?![`\p{L}])/iu
const alsoElsewhere: Readonly<Record<Language, RegExp>> = {
  en: /^$/,
  de: /\b(?:Browser|Person)\b/g,
  fr: /^$/,
  es: /^$/,
  ja: /^$/,
}
/** What is done and what is tried, in each language; Japanese says neither. */
const tenses: Readonly<Record<Language, readonly [done: RegExp, tried: RegExp]>> = {
  en: [/^/, /^tried to /],
  de: [/^hat .*(?:t|en)$/, /^wollte .*[nr]$/],
  fr: [/^a \p{L}+(?:é|i|is|u|t)(?: |$)/u, /^a tenté (?:de |d’)\p{L}+/u],
  es: [/^\p{L}+(?:ó|o) ?/u, /^intentó \p{L}+r /u],
  ja: [/^/, /^/],
}

for (const language of languages)
  test(`${language}: every action of the vocabulary is a sentence of that language with its names`, async (t) => {
    const wrong = (await vocabularyOf(t)).flatMap((action) => {
      const sentences = (['done', 'refused'] as const).map((outcome, at) => {
        const text = wordsOf(named(action, { outcome }))(translateTo(language))
        const plain = text.replace(/`[^`]*`/g, '').replace(alsoElsewhere[language], '')
        const names = (text.match(/`/g) ?? []).length / 2
        const isWhole = names === namesOf(action) && !/[{}]| {2}/.test(text)
        const isOwn = language === 'en' || !englishWords.test(plain)
        return isWhole && isOwn && tenses[language][at]?.test(text) ? [] : [`${action}: ${text}`]
      })
      return sentences.flat()
    })
    assert.deepEqual(wrong, [])
  })

type Entry = z.output<typeof auditEntry>

const entry = (given: Partial<Entry>): Entry => ({
  id: 'one',
  time: '2026-11-30T12:00:00Z',
  account: '111122223333',
  action: 'iam:CreateUser',
  outcome: 'done',
  who: 'arn:aws:iam::111122223333:user/teams/ada',
  request: 'reference',
  sourceIp: '192.0.2.7',
  ...given,
})

test('who, what and how it ended are a sentence', () => {
  const policyArn = 'arn:aws:iam::111122223333:policy/docs-read'
  for (const [given, sentence] of [
    [
      { action: 'iam:AttachRolePolicy', details: { name: 'deploy', policyArn } },
      'ada attached the policy `docs-read` to the role `deploy`',
    ],
    [
      { action: 'iam:AttachRolePolicy', outcome: 'denied', details: { name: 'deploy', policyArn } },
      'ada tried to attach the policy `docs-read` to the role `deploy`',
    ],
    [
      {
        action: 'chancery:DisablePerson',
        resource: 'arn:aws:iam::111122223333:user/bob',
        details: { dryRun: true },
      },
      'ada asked what would end: disable `bob`',
    ],
    [{ action: 'chancery:CreateClient', details: { client_name: 'Wi`ki' } }, "ada created the app `Wi'ki`"],
    [{ action: 'iam:CreateAccessKey', details: {} }, 'ada created an access key of themselves'],
    [
      {
        action: 'sts:AssumeRole',
        who: 'arn:aws:sts::111122223333:assumed-role/deploy/job',
        resource: 'arn:aws:iam::111122223333:role/other',
      },
      'job as the role deploy became the role `other`',
    ],
    [
      { action: 'oidc:IssueToken', who: 'client/abc', resource: 'client/abc' },
      'The app abc got a token for the app `abc`',
    ],
    [{ action: 'iam:NoSuchThing', outcome: 'refused' }, 'ada tried to call iam:NoSuchThing'],
    [
      { action: 'iam:TagRole', who: 'arn:aws:iam::111122223333:root', details: { name: 'deploy' } },
      'The account root tagged the role `deploy`',
    ],
  ] as const) {
    const { who, words } = activityRow(entry(given))
    assert.equal(`${who(english)} ${words(english)}`, sentence)
  }
})

test('a reason is said once, without its code', () => {
  assert.equal(
    shown(reasonOf(entry({ reason: 'not_found: there is no such person' }))),
    'there is no such person',
  )
  assert.equal(shown(reasonOf(entry({ reason: 'wrong password' }))), 'wrong password')
  const decision = {
    action: 'iam:CreateUser',
    resource: '*',
    layers: [],
    conditions: [],
    missing: [],
    layer: 'identity',
    reason: 'implicit_deny',
  } as const
  const denied = reasonOf(
    entry({
      reason: 'denied: User: x is not authorized to perform',
      decision: { ...decision, layers: [], conditions: [], missing: [] },
    }),
  )
  assert.equal(shown(denied), 'The caller&#39;s identity policies do not allow it.')
  assert.equal(shown(denied, 'de'), 'Die Richtlinien des Aufrufers erlauben es nicht.')
})

test('a reason is in the language of the page, with its detail and with each field that was wrong', () => {
  for (const [reason, english, german] of [
    ['wrong password', 'wrong password', 'Falsches Passwort'],
    [
      'unauthenticated: the identity provider did not sign you in (the ID token is for another client)',
      'the identity provider did not sign you in (the ID token is for another client)',
      'der Identitätsanbieter hat Sie nicht angemeldet (das ID-Token ist für einen anderen Client)',
    ],
    [
      'validation: `name` is required; `email` must be an e-mail address',
      '<code class="break">name</code> is required; <code class="break">email</code> must be an e-mail address',
      '<code class="break">name</code> ist erforderlich; <code class="break">email</code> muss eine E-Mail-Adresse sein',
    ],
    ['something; nobody knows (what)', 'something; nobody knows (what)', 'something; nobody knows (what)'],
  ] as const) {
    const words = reasonOf(entry({ outcome: 'refused', reason }))
    assert.equal(shown(words), english)
    assert.equal(shown(words, 'de'), german)
  }
})

test('names of other people do not reach into an object that has none of theirs', () => {
  assert.equal(
    wordsOf(entry({ details: JSON.parse('{"__proto__":{"userName":"x"}}') }))(english),
    'created the person',
  )
  assert.equal(whoOf('unknown')(english), 'Somebody unknown')
})

test('verbs have their past', () => {
  for (const [verb, expected] of [
    ['change it', 'changed it'],
    ['tag', 'tagged'],
    ['deliver', 'delivered'],
    ['put it', 'put it'],
    ['verify it', 'verified it'],
    ['deploy it', 'deployed it'],
    ['reset it', 'reset it'],
  ] as const)
    assert.equal(past(verb), expected)
})

test('sentences of each language have its articles, its order and its tense', () => {
  const role = entry({ action: 'iam:AttachRolePolicy', details: { name: 'deploy', policyArn: 'p' } })
  const untagged = entry({ action: 'iam:UntagSAMLProvider', details: { name: 'hr' }, outcome: 'denied' })
  const own = entry({ action: 'iam:CreateAccessKey', details: {} })
  const group = entry({ action: 'iam:DetachGroupPolicy', details: { policyArn: 'p', groupName: 'staff' } })
  const asked = entry({ action: 'chancery:DisablePerson', resource: 'bob', details: { dryRun: true } })
  const missing = entry({ action: 'iam:GetRole', outcome: 'failed' })
  const texts: Readonly<Record<Language, readonly string[]>> = {
    en: [
      'attached the policy `p` to the role `deploy`',
      'tried to remove tags from the SAML provider `hr`',
      'created an access key of themselves',
      'detached the policy `p` from the group `staff`',
      'asked what would end: disable `bob`',
      'tried to read the role',
    ],
    de: [
      'hat die Richtlinie `p` an die Rolle `deploy` angehängt',
      'wollte Tags von dem SAML-Anbieter `hr` entfernen',
      'hat einen Zugriffsschlüssel für sich selbst angelegt',
      'hat die Richtlinie `p` von der Gruppe `staff` gelöst',
      'hat gefragt, was enden würde: `bob` deaktivieren',
      'wollte die Rolle abrufen',
    ],
    fr: [
      'a attaché la stratégie `p` au rôle `deploy`',
      'a tenté de retirer des étiquettes du fournisseur SAML `hr`',
      'a créé une clé d’accès pour son compte',
      'a détaché la stratégie `p` du groupe `staff`',
      'a demandé ce qui prendrait fin\u00a0: désactiver `bob`',
      'a tenté de consulter le rôle',
    ],
    es: [
      'adjuntó la política `p` al rol `deploy`',
      'intentó quitar etiquetas del proveedor de SAML `hr`',
      'creó una clave de acceso para su usuario',
      'separó la política `p` del grupo `staff`',
      'preguntó qué terminaría: desactivar a `bob`',
      'intentó consultar el rol',
    ],
    ja: [
      'ロール `deploy` にポリシー `p` をアタッチ',
      'SAML プロバイダー `hr` からタグを削除',
      '本人のアクセスキーを作成',
      'グループ `staff` からポリシー `p` をデタッチ',
      '終了するものを確認：`bob` を無効化',
      'ロールを参照',
    ],
  }
  for (const language of languages)
    assert.deepEqual(
      [role, untagged, own, group, asked, missing].map((one) => wordsOf(one)(translateTo(language))),
      texts[language],
    )
  assert.equal(shown(rowTitle(activityRow(own)), 'ja'), 'ada：本人のアクセスキーを作成')
  assert.equal(shown(rowTitle(activityRow(missing)), 'de'), 'ada wollte die Rolle abrufen')
})

test('an app that is known has its name in the sentence, as the object and as the one who acts', () => {
  const apps = new Map([['abc', 'Wi`ki']])
  for (const [given, expected] of [
    [
      { action: 'oidc:IssueToken', who: 'client/abc', resource: 'client/abc' },
      "The app Wi`ki got a token for the app `Wi'ki`",
    ],
    [{ action: 'chancery:DeleteClient', details: { client: 'abc' } }, "ada deleted the app `Wi'ki`"],
    [
      { action: 'chancery:EnableClient', resource: 'arn:aws:oidc::111122223333:client/abc' },
      "ada enabled the app `Wi'ki`",
    ],
    [{ action: 'oidc:IssueToken', resource: 'client/other' }, 'ada got a token for the app `other`'],
    [{ action: 'iam:CreateUser', details: { userName: 'abc' } }, 'ada created the person `abc`'],
  ] as const) {
    const { who, words } = activityRow(entry(given), apps)
    assert.equal(`${who(english)} ${words(english)}`, expected)
  }
})

test('what the protocols of AWS and JOSE say is put into the words of the reader, and so are callers without a name', () => {
  const texts = [
    "ValidationError: 1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2",
    'invalid_identity_token: The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token) (signature is not strict base64url)',
    'invalid_identity_token: The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token) (not three parts)',
  ]
  for (const language of languages) {
    if (language === 'en') continue
    const translate = consoleTranslators[language]
    for (const reason of texts) {
      const words = reasonOf(entry({ outcome: 'refused', reason }))
      assert.ok(words !== undefined)
      const text = htmlText(inLanguage(words, translate)).replaceAll('&#39;', "'")
      assert.doesNotMatch(
        text,
        /Member|Value at|The ID Token|strict base64url$|three parts|ValidationError/,
        text,
      )
      assert.ok(!text.includes('{'), text)
      assert.ok(language !== 'ja' || !/ \(.*\)$/.test(text), text)
    }
    for (const who of ['an unverified token', 'server', 'command line', 'unknown'])
      assert.notEqual(whoOf(who)(translate), who)
  }
})
