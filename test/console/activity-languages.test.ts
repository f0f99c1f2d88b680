// Activity in every language: the list, a saved view and the question before it is deleted, one entry, and a filter that is wrong.
// An app has its name in entries that have its client id.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminBody, callAdmin } from '../admin/call.ts'
import { formBrowser, problemOf, type Seen, textWithout } from '../support/form-browser.ts'
import { assertPage } from '../support/languages/console-page.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 90_000 }
let server: Running
let me: Enrolled
let client: string

const admin = (method: string, path: string, body: object) => adminBody(server.url, { method, path, body })

before(async () => {
  server = await startServer()
  me = await enrol(server)
  await admin('POST', '/groups', { name: 'staff' })
  await admin('PUT', '/audit-views/denials', { outcome: 'denied' })
  client = (
    await admin('POST', '/clients', {
      client_name: 'Wiki',
      redirect_uris: ['https://wiki.example/callback'],
    })
  )['clientId']
  await admin('POST', `/clients/${client}/disable`, {})
  for (let at = 0; at < 3; at++)
    await callAdmin(server.url, { method: 'POST', path: '/groups', body: { name: 'staff' } })
  const wrong = formBrowser(server.url)
  await wrong.send(await wrong.open('/sign-in'), { username: 'nobody', password: 'wrong' })
}, limit)
after(() => server?.stop())

const textOf = (page: Seen): string => textWithout(page, ['pre'])

interface Expected {
  readonly list: RegExp
  readonly done: RegExp
  readonly refused: RegExp
  readonly again: RegExp
  readonly app: RegExp
  readonly entry: RegExp
  readonly question: RegExp
  readonly wrong: RegExp
  readonly since: RegExp
}

const expected: Readonly<Record<string, Expected>> = {
  en: {
    list: /Saved views .* When Outcome What happened Address/,
    done: /Done The account root created the group staff/,
    refused: /Refused The account root tried to create the group staff/,
    again: /tried to create the group staff .{1,90}Third time within an hour\./,
    app: /The account root disabled the app Wiki/,
    entry: /Browser or client .* The whole entry/,
    question: /Delete the view denials\?/,
    wrong: /There is no person nobody in this account/,
    since: /Since must be an instant as in RFC 3339\./,
  },
  de: {
    list: /Gespeicherte Ansichten .* Wann Ergebnis Was geschah Adresse/,
    done: /Ausgeführt Die Kontowurzel hat die Gruppe staff angelegt/,
    refused: /Abgelehnt Die Kontowurzel wollte die Gruppe staff anlegen/,
    again: /wollte die Gruppe staff anlegen .{1,90}Zum dritten Mal innerhalb einer Stunde\./,
    app: /Die Kontowurzel hat die App Wiki deaktiviert/,
    entry: /Browser oder Client .* Der ganze Eintrag/,
    question: /Ansicht denials löschen\?/,
    wrong: /Die Person nobody gibt es in diesem Konto nicht/,
    since: /Seit: muss ein Zeitpunkt wie in RFC 3339 sein\./,
  },
  fr: {
    list: /Vues enregistrées .* Quand Résultat Ce qui s’est passé Adresse/,
    done: /Effectué La racine du compte a créé le groupe staff/,
    refused: /Refusé La racine du compte a tenté de créer le groupe staff/,
    again: /tenté de créer le groupe staff .{1,90}Troisième fois en une heure\./,
    app: /La racine du compte a désactivé l’application Wiki/,
    entry: /Navigateur ou client .* L’entrée complète/,
    question: /Supprimer la vue denials \?/,
    wrong: /La personne nobody n’existe pas dans ce compte/,
    since: /Depuis\s: doit être un instant au format RFC 3339\./,
  },
  es: {
    list: /Vistas guardadas .* Cuándo Resultado Qué ha pasado Dirección/,
    done: /Hecho La raíz de la cuenta creó el grupo staff/,
    refused: /Rechazado La raíz de la cuenta intentó crear el grupo staff/,
    again: /intentó crear el grupo staff .{1,90}Tercera vez en una hora\./,
    app: /La raíz de la cuenta desactivó la aplicación Wiki/,
    entry: /Navegador o cliente .* La entrada completa/,
    question: /¿Eliminar la vista denials\?/,
    wrong: /La persona nobody no existe en esta cuenta/,
    since: /Desde: debe ser un instante en el formato de RFC 3339\./,
  },
  ja: {
    list: /保存済みのビュー .* 日時 結果 発生した内容 アドレス/,
    done: /完了 アカウントルート ?：グループ staff を作成/,
    refused: /拒否 アカウントルート ?：グループ staff を作成/,
    again: /グループ staff を作成 .{1,90}1 時間以内に 3 回目です。/,
    app: /アカウントルート ?：アプリ Wiki を無効化/,
    entry: /ブラウザーまたはクライアント .* エントリの全体/,
    question: /ビュー denials を削除しますか/,
    wrong: /このアカウントにユーザー nobody は存在しません/,
    since: /開始日時：RFC 3339 形式の日時を入力してください。/,
  },
}

for (const [language, form] of Object.entries(expected))
  test(`Activity in ${language}`, limit, async () => {
    await me.browser.get(`/language/${language}`)
    const open = async (path: string): Promise<Seen> => {
      const page = await me.browser.open(path)
      assertPage(page, { language, without: ['pre'] })
      return page
    }
    const list = await open('/console/activity')
    for (const one of [form.list, form.done, form.refused, form.again, form.app])
      assert.match(textOf(list), one)
    assert.doesNotMatch(textOf(list), new RegExp(client))
    const disabled = await open('/console/activity?action=chancery:DisableClient')
    const entry = await open(/href="(\/console\/activity\/[0-9A-Z][^"?]+)"/.exec(disabled.text)?.[1] ?? '')
    assert.match(textOf(entry), form.entry)
    assert.match(entry.text, new RegExp(`<a href="/console/apps/${client}">Wiki</a> <code[^>]*>${client}<`))
    assert.match(/<title>([^<]*)<\/title>/.exec(entry.text)?.[1] ?? '', form.app)
    assert.match(textOf(await open('/console/activity/views/denials/delete')), form.question)
    const wrong = await me.browser.open('/console/activity?who=nobody')
    assert.equal(wrong.status, 422)
    assert.match((problemOf(wrong) ?? '').replace(/<[^>]*>/g, ''), form.wrong)
    assert.match(problemOf(await me.browser.open('/console/activity?from=yesterday')) ?? '', form.since)
  })
