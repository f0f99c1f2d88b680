// Identity providers in every language: the list, the kinds with their forms, a form that is refused, the page of one with a check and
// a trial of it, and the questions before it ends. What a check finds has a translation, whatever it is.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { providerKinds } from '../../src/console/providers/kinds.ts'
import { openTranslate } from '../../views/translate.ts'
import { callAdmin } from '../admin/call.ts'
import { type Federated, providerEntry, startFederated } from '../support/federated.ts'
import type { FormBrowser, Seen } from '../support/form-browser.ts'
import { assertPage } from '../support/languages/console-page.ts'
import { consoleCatalogues } from '../support/languages/console-translators.ts'
import { literalsOf } from '../support/languages/source-literals.ts'
import { enrol, recentSignIn } from '../support/person.ts'

const limit = { timeout: 120_000 }
const newPath = '/console/providers/new'
let up: Federated
let me: () => Promise<FormBrowser>

before(
  async () => {
    up = await startFederated({ corp: { mapping: { email_verified: { default: 'true' } } } })
    me = recentSignIn(up.server, await enrol(up.server))
    const { social, server } = up
    const body = providerEntry(social, 'club', { title: 'Club', client_secret: 'wrong' })
    const ldap = {
      kind: 'ldap',
      name: 'staff',
      urls: ['ldaps://ldap.corp.example'],
      base_dn: 'dc=corp,dc=example',
      sign_in: { title: 'Staff' },
    }
    for (const entry of [{ ...body, url: 'https://club.example' }, ldap]) {
      const made = await callAdmin(server.url, { method: 'POST', path: '/identity-providers', body: entry })
      assert.equal(made.status, 201, JSON.stringify(made.body))
    }
  },
  { timeout: 180_000 },
)
after(() => up?.stop())

const arnOf = async (name: string): Promise<string> =>
  (await callAdmin(up.server.url, { path: `/identity-providers/${name}` })).body.arn
const openArn = (path: string, arn: string): string =>
  `/console/providers/${path}?arn=${encodeURIComponent(arn)}`

const expected = {
  en: {
    list: /Where people sign in, .* Comes from State .* Configuration file Enabled/,
    form: /As the provider shows it for the application .* Only check/,
    notUrl: /must be an https URL/,
    notDomain: /must have a trust domain after/,
    refused:
      /3 fields need attention\. .* Title is required\. .* must be an https URL without query, fragment or user\./,
    checked: /discovery document and its issuer Passes .* credentials accepted/,
    risks: /High addresses that the provider did not verify count as verified/,
    tried: /Would create …: no user has this identity\./,
    disable: /Access of applications: all that applications got from sign-ins with it/,
  },
  de: {
    list: /Wo man sich anmeldet .* Konfigurationsdatei Aktiviert/,
    form: /Wie der Anbieter sie für die dort registrierte Anwendung anzeigt\. .* Nur prüfen/,
    notUrl: /muss eine https-URL ohne/,
    notDomain: /braucht nach/,
    refused:
      /3 Felder müssen berichtigt werden\. .* Titel: ist erforderlich\. .* Aussteller: muss eine https-URL/,
    checked: /Discovery-Dokument und sein Aussteller Bestanden .* Zugangsdaten angenommen/,
    risks: /Hoch Adressen, die der Anbieter nicht bestätigt hat, gelten als bestätigt/,
    tried: /Würde … anlegen: niemand hat diese Identität\./,
    disable: /Zugriff von Anwendungen: alles, was Anwendungen durch Anmeldungen mit ihm/,
  },
  fr: {
    list: /Où les personnes se connectent, .* Fichier de configuration Activé/,
    form: /Tel que le fournisseur l’affiche .* Vérifier seulement/,
    notUrl: /doit être une URL https sans requête/,
    notDomain: /doit avoir après/,
    refused: /3 champs .* Titre : est obligatoire\./,
    checked: /document de découverte et son émetteur Réussi .* identifiants acceptés/,
    risks: /Élevé des adresses que le fournisseur n’a pas vérifiées/,
    tried: /Créerait … : personne n’a cette identité\./,
    disable: /tout ce que les applications ont obtenu par des connexions avec lui/,
  },
  es: {
    list: /Donde las personas inician sesión, .* Archivo de configuración/,
    form: /Tal como lo muestra el proveedor .* Solo comprobar/,
    notUrl: /debe ser una URL https sin consulta/,
    notDomain: /debe tener tras/,
    refused: /3 campos .* Título: es obligatorio\./,
    checked: /documento de descubrimiento y su emisor Correcto .* credenciales aceptadas/,
    risks: /Alto direcciones que el proveedor no verificó/,
    tried: /Crearía …: nadie tiene esta identidad\./,
    disable: /todo lo que las aplicaciones obtuvieron de inicios de sesión con él/,
  },
  ja: {
    list: /ユーザーがサインインする先.* 設定ファイル 有効/,
    form: /プロバイダーに登録したアプリケーションに表示されている値です。 .* 確認のみ/,
    notUrl: /ない https の URL でなければなりません/,
    notDomain: /トラストドメインが必要です/,
    refused: /3 か所.* 名前：… の 1～64 文字でなければなりません。/,
    checked: /ディスカバリードキュメントとその発行者 成功 .* 認証情報は受け付けられました/,
    risks: /高 プロバイダーが確認していないアドレスが確認済みとして扱われ/,
    tried: /… を作成します（この ID のユーザーがありません）。/,
    disable: /このプロバイダーでのサインインによってアプリケーションが得たすべて/,
  },
} as const

for (const [language, texts] of Object.entries(expected))
  test(`providers in ${language}`, limit, async () => {
    const browser = await me()
    await browser.get(`/language/${language}`)
    const shows = (page: Seen, status: number, form: RegExp) =>
      assertPage(page, { language, status, without: ['head', 'textarea', 'code'] }, form)
    const open = async (path: string, form = /./) => {
      const page = await browser.open(path)
      shows(page, 200, form)
      return page
    }
    await open('/console/providers', texts.list)
    await open(newPath, /Keycloak/)
    for (const { id } of providerKinds) await open(`${newPath}?kind=${id}`)
    const form = await open(`${newPath}?kind=okta`, texts.form)
    const wrong = { name: 'a b', url: 'nonsense', 'sign_in.title': '', 'sign_in.client_id': 'c' }
    const refused = await browser.send(form, { ...wrong, do: 'save' }, newPath)
    shows(refused, 422, texts.refused)
    shows(refused, 422, texts.notUrl)
    const domain = await browser.send(form, { ...wrong, url: 'spiffe://ACME', do: 'save' }, newPath)
    shows(domain, 422, texts.notDomain)

    const corp = await open(openArn('one', up.arnOf(up.corp)), /corp/)
    const checked = await browser.send(corp, {}, '/console/providers/check')
    shows(checked, 200, texts.checked)
    shows(checked, 200, texts.risks)
    const claims = '{"sub": "s", "preferred_username": "nora"}'
    shows(await browser.send(corp, { claims }, '/console/providers/try#try'), 200, texts.tried)

    const club = await arnOf('club')
    await open(openArn('edit', club), /club/i)
    for (const act of ['disable', 'delete'])
      await open(`/console/providers/${encodeURIComponent(club)}/${act}`, texts.disable)
  })

/** Texts in a source, with a word in the place of their values. */
const textsIn = (source: string): readonly string[] =>
  literalsOf(source)
    .map(({ text }) => text.replaceAll('{}', 'x'))
    .filter((text) => /[a-z] [a-z]/i.test(text))

/** Only the command line says these; names of domains. */
const elsewhere = /there is no store to search|\.com .*\.com|^sign in$/
/** The same in every language, or a part that stands in another text. */
const asItIs = /^HTTP x$|^x usablex$|^, from the configuration$/

test('every risk, and every outcome of a trial, has a translation', () => {
  const root = join(import.meta.dirname, '../../src/federation')
  const files = [
    ...globSync('{.,*}/risks.ts', { cwd: root }),
    'command/sign-in-preview.ts',
    'openid/check.ts',
  ]
  assert.ok(files.length >= 6, files.join())
  const { knownText } = openTranslate('de', consoleCatalogues.de)
  const all = files.flatMap((file) => textsIn(readFileSync(join(root, file), 'utf8')))
  assert.ok(all.length > 60, String(all.length))
  assert.deepEqual(
    all.filter((text) => !elsewhere.test(text) && !asItIs.test(text) && knownText(text) === text),
    [],
  )
})
