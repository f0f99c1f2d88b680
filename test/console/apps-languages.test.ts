// The pages of apps in every language: from the kinds of a new app to its lines, its first sign-in, its settings, the preview of
// its tokens, and what is asked before something ends. What people paste stays as it is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { configWithClient } from '../support/file-client.ts'
import { formBrowser, headingOf, type Seen } from '../support/form-browser.ts'
import { type Enrolled, enrol, recentSignIn } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 90_000 }
let server: Running
let me: Enrolled
let recent: ReturnType<typeof recentSignIn>

before(async () => {
  server = await startServer({ config: configWithClient('https://file.example/cb') })
  me = await enrol(server)
  recent = recentSignIn(server, me)
  const claims = { login: { from: 'preferred_username' }, team: { value: 'north' } }
  const board = {
    client_id: 'board',
    client_name: 'Board',
    redirect_uris: ['https://board.example/login/generic_oauth'],
    claims,
  }
  const made = await callAdmin(server.url, { method: 'POST', path: '/clients', body: board })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  for (const [client_id, redirect_uri] of [
    ['board', 'https://board.example/other'],
    ['board', 'https://else.example/cb'],
    ['board', 'javascript:alert(1)'],
    ['of-file', 'https://file.example/other'],
  ] as const) {
    const request = { client_id, redirect_uri, response_type: 'code', scope: 'openid' }
    const sent = await formBrowser(server.url).get(`/authorize?${new URLSearchParams(request)}`)
    assert.equal(sent.status, 400, redirect_uri)
  }
}, limit)
after(() => server?.stop())

/** What a reader sees, without what is code. */
const textOf = ({ text }: Pick<Seen, 'text'>): string =>
  text
    .replace(/<script[\s\S]*?<\/script>|<head>[\s\S]*?<\/head>|<textarea[\s\S]*?<\/textarea>/g, ' ')
    .replace(/<code[^>]*>[\s\S]*?<\/code>/g, '…')
    .replace(/<\/?(?:a|strong|time)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

/** Titles, labels and other attributes that are read or heard. */
const spokenOf = ({ text }: Pick<Seen, 'text'>): string =>
  [...text.matchAll(/ (?:aria-label|placeholder|title|data-label)="([^"]*)"/g)]
    .map(([, value]) => value)
    .join('; ')

/** Words that none of the other languages has. */
const english = /\b(?:the|this|which|from|with|your|that|are|not|what)\b/i

function assertTranslated(page: Seen, language: string, forms: readonly string[]): void {
  const [shown, spoken] = [textOf(page), spokenOf(page)]
  for (const form of forms) assert.ok(shown.includes(form), `${page.url}: ${form}\n${shown}`)
  assert.match(page.text, new RegExp(`<html lang="${language}"`))
  for (const text of [shown, spoken]) {
    assert.doesNotMatch(text, /\{\w+\}/, page.url)
    if (language !== 'en') assert.doesNotMatch(text, english, page.url)
  }
}

interface Expected {
  readonly list: readonly string[]
  readonly kinds: readonly string[]
  readonly form: readonly string[]
  readonly other: string
  readonly refused: readonly string[]
  readonly ready: readonly string[]
  readonly board: readonly string[]
  readonly lines: readonly string[]
  readonly settings: readonly string[]
  readonly preview: readonly string[]
  readonly unknown: string
  readonly question: readonly string[]
  readonly secret: string
  readonly disable: string
  readonly ofFile: string
}

const expected: Readonly<Record<string, Expected>> = {
  en: {
    list: ['Begins with', 'Everyone · Configuration file'],
    kinds: ['Another single-page application', 'Next.js and others, with Auth.js'],
    form: ['Where sign-ins return to. Kubernetes: http://localhost:8000 and http://localhost:18000.'],
    other: 'New app: single-page application',
    refused: [
      '2 fields need attention.',
      'Redirect URIs must be https unless it is loopback',
      'Groups are needed with “Members of groups”.',
    ],
    ready: [
      'The app is ready',
      'It has no secret: it proves itself with PKCE.',
      'Kubernetes sends http://localhost:8000 or http://localhost:18000 as a rule',
    ],
    board: [
      'This came instead: … came, … is registered.',
      'It cannot be registered: it must not use …',
      'The only one',
    ],
    lines: ['Connect the app', 'What it is', 'Add a second secret when the first is lost.'],
    settings: ['People are not asked for consent'],
    preview: ['The app’s claims from preferred_username', 'OpenID Connect an example'],
    unknown: 'There is no person … in account',
    question: [
      'Sign-ins to Board could then also return to ….',
      'No registered redirect URI is at else.example.',
    ],
    secret: 'The first one stays valid until it is deleted.',
    disable: 'Disable Board?',
    ofFile: 'This app comes from the configuration file, and is changed there.',
  },
  de: {
    list: ['Beginnt mit', 'Alle · Konfigurationsdatei'],
    kinds: ['Andere Single-Page-Anwendung', 'Next.js und andere, mit Auth.js'],
    form: [
      'Rücksprungadressen nach der Anmeldung. Kubernetes: http://localhost:8000 und http://localhost:18000.',
    ],
    other: 'Neue App: Single-Page-Anwendung',
    refused: [
      '2 Felder müssen berichtigt werden.',
      'Redirect-URIs: muss https sein, außer auf demselben Gerät',
      'Gruppen: sind mit „Mitglieder von Gruppen“ nötig.',
    ],
    ready: [
      'Die App ist bereit',
      'Sie hat kein Geheimnis: Sie weist sich mit PKCE aus.',
      'Kubernetes sendet in der Regel http://localhost:8000 oder http://localhost:18000',
    ],
    board: [
      'Stattdessen kam: … kam an, registriert ist ….',
      'Sie kann nicht registriert werden: Sie darf … nicht verwenden',
      'Das einzige',
    ],
    lines: ['App anbinden', 'Art der App', 'Zweites Geheimnis hinzufügen, wenn das erste verloren ging.'],
    settings: ['Personen werden nicht um Zustimmung gebeten'],
    preview: ['Die Claims der App aus preferred_username', 'OpenID Connect ein Beispiel'],
    unknown: 'gibt es keine Person ….',
    question: [
      'Nach einer Anmeldung bei Board könnte dann auch zu … zurückgeleitet werden.',
      'Keine registrierte Redirect-URI liegt auf else.example.',
    ],
    secret: 'Das erste bleibt gültig, bis es gelöscht wird.',
    disable: 'Board deaktivieren?',
    ofFile: 'Diese App stammt aus der Konfigurationsdatei und wird dort geändert.',
  },
  fr: {
    list: ['Commence par', 'Tout le monde · Fichier de configuration'],
    kinds: ['Autre application monopage', 'Next.js et autres, avec Auth.js'],
    form: [
      'Adresses de retour après la connexion. Kubernetes : http://localhost:8000 et http://localhost:18000.',
    ],
    other: 'Nouvelle application\u00a0: application monopage',
    refused: [
      '2 champs sont à corriger.',
      'URI de redirection : doit être en https, sauf sur la boucle locale',
      'Groupes : sont nécessaires avec « Membres de groupes ».',
    ],
    ready: [
      'L’application est prête',
      'Elle n’a pas de secret : elle s’authentifie avec PKCE.',
      'Kubernetes envoie en général http://localhost:8000 ou http://localhost:18000',
    ],
    board: [
      'Voici ce qui est arrivé à la place : … est arrivée, … est enregistrée.',
      'Elle ne peut pas être enregistrée : elle ne doit pas utiliser …',
      'Le seul',
    ],
    lines: [
      'Connecter l’application',
      'Type d’application',
      'Ajouter un second secret si le premier est perdu.',
    ],
    settings: ['Le consentement des personnes n’est pas demandé'],
    preview: ['Les claims de l’application tiré de preferred_username', 'OpenID Connect un exemple'],
    unknown: 'Il n’y a pas de personne … dans le compte',
    question: [
      'Après une connexion à Board, le retour pourrait alors aussi se faire vers ….',
      'Aucune URI de redirection enregistrée n’est sur else.example.',
    ],
    secret: 'Le premier reste valide jusqu’à sa suppression.',
    disable: 'Désactiver Board ?',
    ofFile: 'Cette application provient du fichier de configuration et s’y modifie.',
  },
  es: {
    list: ['Empieza por', 'Todo el mundo · Archivo de configuración'],
    kinds: ['Otra aplicación de página única', 'Next.js y otros, con Auth.js'],
    form: [
      'Direcciones de retorno tras iniciar sesión. Kubernetes: http://localhost:8000 y http://localhost:18000.',
    ],
    other: 'Nueva aplicación: aplicación de página única',
    refused: [
      'Hay 2 campos que corregir.',
      'URI de redirección: debe ser https, salvo en el propio equipo',
      'Grupos: son necesarios con «Miembros de grupos».',
    ],
    ready: [
      'La aplicación está lista',
      'No tiene secreto: se acredita con PKCE.',
      'Kubernetes envía por lo general http://localhost:8000 o http://localhost:18000',
    ],
    board: [
      'En su lugar llegó esto: Llegó …; está registrada ….',
      'No se puede registrar: no puede usar …',
      'El único',
    ],
    lines: [
      'Conectar la aplicación',
      'Tipo de aplicación',
      'Añadir un segundo secreto si se ha perdido el primero.',
    ],
    settings: ['No se pide el consentimiento de las personas'],
    preview: ['Los claims de la aplicación tomado de preferred_username', 'OpenID Connect un ejemplo'],
    unknown: 'No hay ninguna persona … en la cuenta',
    question: [
      'Tras iniciar sesión en Board, se podría volver entonces también a ….',
      'Ninguna URI de redirección registrada está en else.example.',
    ],
    secret: 'El primero sigue siendo válido hasta que se elimine.',
    disable: '¿Desactivar Board?',
    ofFile: 'Esta aplicación procede del archivo de configuración y se cambia allí.',
  },
  ja: {
    list: ['先頭の文字', '全員 · 設定ファイル'],
    kinds: ['その他のシングルページアプリケーション', 'Next.js など（Auth.js）'],
    form: ['サインイン後の戻り先です。Kubernetes：http://localhost:8000 と http://localhost:18000'],
    other: '新しいアプリ：シングルページアプリケーション',
    refused: [
      '2 か所の入力を確認してください。',
      'リダイレクト URI：ループバック以外では https が必要です',
      'グループ：「グループのメンバー」を選んだ場合は必須です。',
    ],
    ready: [
      'アプリの準備ができました',
      'シークレットはありません。PKCE で認証します。',
      'Kubernetes は通常 http://localhost:8000 または http://localhost:18000 を送信します。',
    ],
    board: [
      '代わりに届いたもの： … が届きましたが、登録されているのは … です。',
      '登録できません：… は使用できません。',
      'これのみ',
    ],
    lines: ['アプリの接続', '種類', '1 つ目を紛失した場合：2 つ目のシークレットを追加'],
    settings: ['ユーザーに同意を求めない'],
    preview: ['アプリのクレーム設定 preferred_username から', 'OpenID Connect 例'],
    unknown: 'にユーザー … は存在しません。',
    question: [
      '追加すると、Board へのサインイン後に … にも戻れるようになります。',
      'else.example に登録済みのリダイレクト URI はありません。',
    ],
    secret: '1 つ目は、削除するまで有効です。',
    disable: 'Board を無効にしますか？',
    ofFile: 'このアプリは設定ファイルで定義されています。変更も設定ファイルで行います。',
  },
}

for (const [language, words] of Object.entries(expected))
  test(`apps in ${language}`, limit, async () => {
    const browser = await recent()
    await browser.get(`/language/${language}`)
    const shows = async (path: string, forms: readonly string[]): Promise<Seen> => {
      const page = await browser.open(`/console/apps${path}`)
      assert.equal(page.status, 200, path)
      assertTranslated(page, language, forms)
      return page
    }
    await shows('', words.list)
    await shows('/new', words.kinds)
    assert.equal(headingOf(await shows('/new?kind=page', [])), words.other)

    const form = await shows('/new?kind=kubernetes', words.form)
    const sent = { client_name: 'Cluster', client_id: 'board', access: 'groups' }
    const faulty = await browser.send(form, { ...sent, redirect_uris: 'http://app.example' }, '/apps/new')
    assert.equal(faulty.status, 422)
    assertTranslated(faulty, language, words.refused)
    const made = await browser.send(
      form,
      {
        ...sent,
        client_id: `cluster-${language}`,
        access: 'everyone',
        redirect_uris: 'http://localhost:9000',
      },
      '/apps/new',
    )
    assert.equal(made.status, 200)
    assertTranslated(made, language, words.ready)

    await shows('/board', words.board)
    const lines = await shows('/board/connect', words.lines)
    assert.match(lines.text, /# grafana\.ini\n/)
    await shows('/board/edit', words.settings)
    await shows('/board/preview?person=admin', words.preview)
    await shows('/board/preview?person=nobody', [words.unknown])
    await shows('/board/secrets', [words.secret])
    await shows('/board/disable', [words.disable])
    await shows('/board/delete', [])
    await shows('/of-file', [words.ofFile])

    const status = await browser.get('/console/apps/board/sign-in-status')
    assert.equal(status.status, 200)
    const link = /href="\/console\/apps(\/board\/redirects\/[^"]+)"/.exec(status.text)?.[1] ?? ''
    await shows(link, words.question)
  })
