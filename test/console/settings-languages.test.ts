// Settings in the console in every language: its pages, what is wrong with a form, and what to do when the mail server fails.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mailProblems } from '../../src/admin/mail-server/schemas.ts'
import { sentence } from '../../src/console/frame/sentence.ts'
import { endsWithKeys } from '../../src/iam/server-keys.ts'
import { adviceFor } from '../../src/mail/smtp-failure.ts'
import { callAdmin } from '../admin/call.ts'
import { problemOf } from '../support/form-browser.ts'
import { assertPage } from '../support/languages/console-page.ts'
import { consoleCatalogues } from '../support/languages/console-translators.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 120_000 }
let server: Running
let me: Enrolled

const without = ['code', 'pre']

before(async () => {
  server = await startServer({
    env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' },
    config: JSON.stringify({
      audit: {
        retention_days: 400,
        forward: [{ name: 'log-host', syslog: { host: 'log.invalid', port: 6514 } }],
      },
    }),
  })
  me = await enrol(server)
  const email = { email: 'admin@acme.example', emailVerified: true }
  assert.equal(
    (await callAdmin(server.url, { method: 'PATCH', path: '/people/admin', body: email })).status,
    200,
  )
}, limit)
after(() => server?.stop())

const pages = [
  '/console/settings',
  '/console/settings/brand',
  '/console/settings/mail',
  '/console/settings/scim',
  '/console/settings/scim/new',
  '/console/settings/audit',
  '/console/settings/keys',
  '/console/settings/keys/rotate?use=token',
  '/console/settings/certificates',
  '/console/settings/certificates/new',
  '/console/settings/backup',
] as const

/** Words of each page, in the same order. */
const words = {
  en: [
    'Second factors and sessions',
    'Accent colour',
    'Mail is not configured',
    'No SCIM token',
    'Days until it ends',
    '400 days',
    'Browser sessions',
    'When a key has leaked',
    'No server certificate',
    'Private key',
    'Back up now',
  ],
  de: [
    'Zweite Faktoren und Sitzungen',
    'Akzentfarbe',
    'E-Mail ist nicht eingerichtet',
    'Kein SCIM-Token',
    'Tage bis zum Ablauf',
    '400 Tage',
    'Browsersitzungen',
    'Wenn ein Schlüssel bekannt geworden ist',
    'Kein Serverzertifikat',
    'Privater Schlüssel',
    'Jetzt sichern',
  ],
  fr: [
    'Seconds facteurs et sessions',
    'Couleur d’accent',
    'La messagerie n’est pas configurée',
    'Aucun jeton SCIM',
    'Jours avant l’expiration',
    '400 jours',
    'Sessions de navigateur',
    'Si une clé a fuité',
    'Aucun certificat de serveur',
    'Clé privée',
    'Sauvegarder maintenant',
  ],
  es: [
    'Segundos factores y sesiones',
    'Color de énfasis',
    'El correo no está configurado',
    'Ningún token de SCIM',
    'Días hasta que caduca',
    '400 días',
    'Sesiones de navegador',
    'Si se ha filtrado una clave',
    'Ningún certificado de servidor',
    'Clave privada',
    'Hacer una copia ahora',
  ],
  ja: [
    '2 つ目の認証要素とセッション',
    'アクセントカラー',
    'メールは設定されていません',
    'SCIM トークンはありません',
    '有効日数',
    '400 日',
    'ブラウザーセッション',
    'キーが漏えいした場合',
    'サーバー証明書はありません',
    '秘密鍵',
    '今すぐバックアップ',
  ],
} as const

for (const [language, expected] of Object.entries(words))
  test(`${language}: each page of Settings`, limit, async () => {
    await me.browser.get(`/language/${language}`)
    for (const [at, path] of pages.entries()) {
      const page = await me.browser.open(path)
      assertPage(page, { language, without }, expected[at] ?? '?')
    }
  })

const refused = {
  en: ['One field needs attention.', 'Shortest length must be at least 6.'],
  de: ['Ein Feld muss berichtigt werden.', 'Mindestlänge: muss mindestens 6 sein.'],
  fr: ['Un champ est à corriger.', 'Longueur minimale : doit valoir au moins 6.'],
  es: ['Hay un campo que corregir.', 'Longitud mínima: debe ser como mínimo 6.'],
  ja: ['1 か所の入力を確認してください。', '最小文字数：6 以上にしてください。'],
} as const

for (const [language, [top, field]] of Object.entries(refused))
  test(`${language}: a form that is refused says what is wrong`, limit, async () => {
    await me.browser.get(`/language/${language}`)
    const form = await me.browser.open('/console/settings')
    const page = await me.browser.send(form, { passwordMinimumLength: '2' }, '/console/settings')
    assertPage(page, { language, status: 422, without }, field)
    assert.equal(problemOf(page), top)
    assert.match(page.text, /name="passwordMinimumLength"[^>]* value="2"/)
  })

const failed = {
  en: ['The mail server could not be reached', 'Check host and port'],
  de: ['Der Mailserver ist nicht erreichbar', 'Prüfen Sie Host und Port'],
  fr: ['Le serveur de messagerie est injoignable', 'Vérifiez l’hôte et le port'],
  es: ['No se pudo contactar con el servidor de correo', 'Revisa el host y el puerto'],
  ja: ['メールサーバーに接続できませんでした', 'ホストとポート'],
} as const

for (const [language, [title, advice]] of Object.entries(failed))
  test(`${language}: a mail server that is not reached, with what to do`, limit, async () => {
    await me.browser.get(`/language/${language}`)
    const path = '/console/settings/mail'
    const settings = { host: '127.0.0.1', port: '1', security: 'tls', from: 'id@acme.example' }
    const saved = await me.browser.submit(await me.browser.open(path), settings, path)
    assert.equal(saved.status, 200)
    const page = await me.browser.send(saved, {}, `${path}/test`)
    assertPage(page, { language, status: page.status, without }, title, advice)
  })

test('every advice about a mail server, and what ends with keys, is in every language', () => {
  for (const [language, { known }] of Object.entries(consoleCatalogues)) {
    for (const problem of mailProblems)
      assert.ok(known.has(sentence(adviceFor(problem))), `${language}: ${problem}`)
    for (const ends of Object.values(endsWithKeys)) assert.ok(known.has(ends), `${language}: ${ends}`)
  }
})
