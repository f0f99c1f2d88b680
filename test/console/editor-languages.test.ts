// The editor of a policy in five languages: its form, what it refuses, and what the page itself shows while somebody types.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { answerOf, sentencesOf, testViews } from '../../src/console/access/document-review.ts'
import { editorTexts } from '../../src/console/access/editor-texts.ts'
import type { PolicyTest } from '../../src/policy/engine/policy-tests.ts'
import { lint } from '../../src/policy/lint.ts'
import { reviewPart, testsPart } from '../../views/console/access/document-review.ts'
import type { EditorTexts } from '../../views/console/access/policy-editor.ts'
import { html, htmlText, inLanguage, type Translate } from '../../views/html.ts'
import { engineKinds } from '../../views/languages/console/engine/kinds.ts'
import { languages } from '../../views/languages/languages.ts'
import { openTranslate } from '../../views/translate.ts'
import { lintCases } from '../policy/lint-cases.ts'
import { assertPage } from '../support/languages/console-page.ts'
import { consoleTranslators } from '../support/languages/console-translators.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let me: Enrolled
before(
  async () => {
    server = await startServer()
    me = await enrol(server)
  },
  { timeout: 120_000 },
)
after(() => server?.stop())

const documentOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)
const readsDocuments = { Effect: 'Allow', Action: 'docs:Get', Resource: 'arn:aws:docs:::a' }
const question = { 'ask-action': 'docs:Get', 'ask-resource': 'arn:aws:docs:::b', 'ask-context': '' }

for (const [language, { title, empty, answer, fails, refused, taken }] of [
  [
    'en',
    {
      title: /New policy.*Description.*Ask this document.*One key=value/,
      empty: /Check shows what the document says in words/,
      answer: /Answer.*Denied.*Warnings.*No warnings.*In words/,
      fails: /1 of 1 test fails\..*Fails.*Why/,
      refused: /Action must have the form service:Action ?, without wildcards\./,
      taken: /Name is taken\./,
    },
  ],
  [
    'de',
    {
      title: /Dieses Dokument fragen.*Bedingungsschlüssel/,
      empty: /„Prüfen“ zeigt in Worten/,
      answer: /Antwort.*Verweigert.*Warnungen.*Keine Warnungen.*In Worten/,
      fails: /1 von 1 Test schlägt fehl\..*Fehlgeschlagen.*Warum/,
      refused: /Aktion: /,
      taken: /Name: ist vergeben\./,
    },
  ],
  [
    'fr',
    {
      title: /Interroger ce document/,
      empty: /« Vérifier » montre en clair/,
      answer: /Réponse.*Interdit.*Avertissements.*Aucun avertissement.*En clair/,
      fails: /1 test sur 1 échoue\..*(?:Échec|Échoué).*Pourquoi/,
      refused: /Action : /,
      taken: /Nom : est déjà pris\./,
    },
  ],
  [
    'es',
    {
      title: /Preguntar a este documento/,
      empty: /«Comprobar» muestra en palabras/,
      answer: /Respuesta.*Denegado.*Advertencias.*(?:Sin|Ninguna) advertencia.*En palabras/,
      fails: /Falla 1 de 1 prueba\..*Falla.*Por qué/,
      refused: /Acción: /,
      taken: /Nombre: ya está en uso\./,
    },
  ],
  [
    'ja',
    {
      title: /このドキュメントに質問/,
      empty: /「確認」を押すと/,
      answer: /回答.*不許可.*警告.*警告はありません.*文章で/,
      fails: /1 件中 1 件のテストが不合格です。.*失敗.*理由/,
      refused: /アクション：/,
      taken: /名前：すでに使われています。/,
    },
  ],
] as const)
  test(`${language}: the editor, a question, a test that fails, and what is refused`, async () => {
    const { browser } = me
    await browser.get(`/language/${language}`)
    const form = await browser.open('/console/access/new')
    const without = ['pre', 'textarea']
    assertPage(form, { language, without }, title, empty)
    const path = '/console/access/new'
    const document = documentOf(readsDocuments)
    const asked = await browser.send(form, { ...question, document, do: 'check' }, path)
    assertPage(asked, { language, without }, answer)
    const kept = await browser.send(form, { ...question, document, do: 'keep-allow' }, path)
    assertPage(kept, { language, without }, fails)
    const wrong = { ...question, 'ask-action': 'Get', document, do: 'keep-allow' }
    const faulty = await browser.send(form, wrong, path)
    assert.match(assertPage(faulty, { language, status: 422, without }).replaceAll('&#96;', ''), refused)
    const name = `editor-${language}`
    const saved = await browser.send(form, { name, document, do: 'save' }, path)
    assert.match(saved.location ?? '', /done=/)
    const again = await browser.send(form, { name, document, do: 'save' }, path)
    assertPage(again, { language, status: 422, without }, taken)
  })

const accountId = '123456789012'
const tests: readonly PolicyTest[] = [
  { action: 'docs:Get', resource: 'arn:aws:docs:::a', expect: 'allow' },
  { action: 'docs:Get', resource: 'arn:aws:docs:::a', expect: 'deny' },
  { action: 'docs:Put', resource: 'arn:aws:docs:::a', context: { 'docs:key': ['a', 'b'] }, expect: 'allow' },
]
const faults: readonly { readonly document: string; readonly kind: string }[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../policy/cases/faults.json'), 'utf8'),
)
const documents = [
  ...lintCases.flatMap(([, kind, bad]) => (kind === 'identity' ? [bad] : [])),
  ...faults.flatMap(({ document, kind }) => (kind === 'identity' ? [document] : [])),
  '{ "Version": 1 }',
  documentOf(readsDocuments),
  documentOf(
    { ...readsDocuments, Action: '*', Resource: '*' },
    { ...readsDocuments, Effect: 'Deny', Sid: 'No' },
  ),
  documentOf(
    { ...readsDocuments, Resource: 'arn:aws:docs:::${aws:username}/*' },
    { ...readsDocuments, Condition: { StringEquals: { 'aws:username': ['ada', 'bob'] } } },
  ),
]

/** What the page shows of a document while it is typed, as the server shows it. */
const reviewIn = (t: Translate, document: string): string =>
  htmlText(
    inLanguage(
      html`${reviewPart({
        findings: lint(document, 'identity'),
        sentences: sentencesOf(document, 'identity'),
        answer: answerOf(
          document,
          { principal: '', action: 'docs:Get', resource: 'arn:aws:docs:::a', context: '' },
          accountId,
        ).answer,
      })}${testsPart(testViews(document, tests, accountId))}${testsPart(testViews(document, tests.slice(0, 1), accountId))}${testsPart([])}`,
      t,
    ),
  )

for (const language of languages)
  test(`${language}: the page has the texts of what it shows while somebody types, and few others`, async () => {
    const t = consoleTranslators[language]
    const json = await editorTexts(t)
    if (language === 'en') return assert.equal(json, '')
    const { messages, known }: EditorTexts = JSON.parse(json)
    const inPage = openTranslate(language, {
      messages: new Map(Object.entries(messages)),
      known: new Map(Object.entries(known)),
      kinds: engineKinds,
    })
    for (const document of documents)
      assert.equal(reviewIn(inPage, document), reviewIn(t, document), document)
    assert.ok(Buffer.byteLength(json) < 30_000, `${Buffer.byteLength(json)} bytes`)
  })
