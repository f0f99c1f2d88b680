// Access in every language: policies, who gains and who loses, the questions, the picture with its drawing, and requests; and what is
// wrong with what was typed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { makeAccessAccount } from '../support/data/access-account.ts'
import { formBrowser, type Seen } from '../support/form-browser.ts'
import { assertPage } from '../support/languages/console-page.ts'
import { assertTranslated } from '../support/languages/translated.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { policy } from '../support/role-server.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'

const limit = { timeout: 120_000 }
const password = 'plum-orbit-9-lantern'
const arnOf = (what: string): string => `arn:aws:iam::${accountId}:${what}`
const documents = 'arn:aws:docs:::documents'

let server: Running
let me: Enrolled
/** The path of an open request. */
let request: string

async function iam(action: string, params: Readonly<Record<string, string>>): Promise<void> {
  const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const { status, text } = await call(server.url, root, 'iam', action, params)
  assert.equal(status, 200, text)
}

before(async () => {
  server = await startServer()
  me = await enrol(server)
  await makeAccessAccount(server)
  await callAdmin(server.url, { method: 'PATCH', path: '/settings', body: { secondFactor: 'optional' } })
  const trust = policy({ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' })
  await iam('CreateRole', { RoleName: 'incident', AssumeRolePolicyDocument: trust })
  await iam('TagRole', {
    RoleName: 'incident',
    'Tags.member.1.Key': 'chancery:requestable',
    'Tags.member.1.Value': 'true',
  })
  await callAdmin(server.url, {
    method: 'POST',
    path: '/people',
    body: { name: 'dan', password, mustChangePassword: false },
  })
  const dan = formBrowser(server.url)
  await dan.submit(await dan.open('/sign-in'), { username: 'dan', password })
  const form = await dan.open(`/account/roles/ask?role=${encodeURIComponent(arnOf('role/incident'))}`)
  await dan.submit(form, { reason: 'The disk is full.', seconds: '3600' }, '/account/roles/ask')
  const { body } = await callAdmin(server.url, { path: '/access-requests?state=open' })
  request = `/console/access/requests/${body.items[0].id}`
}, limit)
after(() => server?.stop())

const without = ['code', 'datalist']
/** Without the titles in the drawing. */
const untitled = (page: Seen): Seen => ({ ...page, text: page.text.replace(/<title>[^<]*<\/title>/g, '') })

const docsWrite = new URLSearchParams({ arn: arnOf('policy/docs-write') })
const asked = (query: Readonly<Record<string, string>>): string => `${new URLSearchParams(query)}`
const publish = asked({ action: 'docs:PublishDocument', resource: `${documents}/1` })
const archived = asked({ action: 'docs:GetDocument', resource: `${documents}/archive/1` })
const detaching = asked({ kind: 'group', name: 'writers', do: 'detach' })
const wrongAttaching = asked({ kind: 'user', name: 'nobody', do: 'attach' })
const asking = asked({ principal: arnOf('user/grace'), action: 'docs:ListDocuments', resource: '*' })
const withoutFactor = asked({
  action: 'release:Start',
  resource: '*',
  context: 'aws:MultiFactorAuthPresent=false',
})

/** Pages, the status of each, and the place of what it says in the lists below. */
const pages = (): readonly (readonly [path: string, status: number])[] => [
  ['/console/access', 200],
  ['/console/access?scope=AWS', 200],
  [`/console/access/policy?${docsWrite}`, 200],
  [`/console/access/policy?${docsWrite}&${archived}`, 200],
  [`/console/access/delete?${docsWrite}`, 200],
  [`/console/access/attach?${docsWrite}&${detaching}`, 200],
  [`/console/access/attach?${docsWrite}&${wrongAttaching}`, 422],
  [`/console/access/ask?${asking}`, 200],
  ['/console/access/ask?principal=grace&action=docs', 422],
  [`/console/access/who?${publish}`, 200],
  ['/console/access/requests', 200],
  ['/console/access/requests?state=ended', 200],
  [request, 200],
  ['/console/access/explain?reference=none', 422],
  [`/console/people/grace/access?${withoutFactor}`, 200],
]

const expected = {
  en: [
    /New policy .*Comes from Attached to Changed docs-write This account/,
    /AdministratorAccess Provides full access to all services and resources\. Built in/,
    /Who has it .*What it says .*An arrow allows/,
    /No : whoever has docs-write and nothing else cannot do … on …/,
    /Delete the policy docs-write\? .*each detaching shows what they lose/,
    /Detach docs-write from the group writers\? .*Everybody in the group: grace \./,
    /The user with name nobody cannot be found\./,
    /What a person or role may do, and why/,
    /An action has the form …, without wildcards\./,
    /grace As the role publisher :/,
    /dan The disk is full\. incident 1 hour Open/,
    /No requests match\./,
    /dan asks for incident .*15 minutes 1 hour, as asked 4 hours/,
    /There is no reference in this text\./,
    /Person Groups Roles Policies What they say if aws:Multi.* own-drafts Inline policy Allows docs:Delete/,
  ],
  de: [
    /Neue Richtlinie .*Herkunft Angehängt an Geändert docs-write Dieses Konto/,
    /AdministratorAccess Voller Zugriff auf alle Dienste und Ressourcen\. Mitgeliefert/,
    /Wer sie hat .*Was sie besagt .*Ein Pfeil erlaubt/,
    /Nein : wer nur docs-write hat, darf … für … nicht/,
    /Richtlinie docs-write löschen\? .*sehen Sie, was verloren geht/,
    /docs-write von der Gruppe writers lösen\? .*Alle in der Gruppe: grace \./,
    /Die Person nobody gibt es nicht\./,
    /Was eine Person oder Rolle darf, und warum/,
    /Eine Aktion hat die Form …, ohne Platzhalter\./,
    /grace In der Rolle publisher :/,
    /dan The disk is full\. incident 1 Stunde Offen/,
    /Keine passenden Anfragen\./,
    /dan fragt incident an .*15 Minuten 1 Stunde, wie angefragt 4 Stunden/,
    /In diesem Text ist keine Referenz\./,
    /Person Gruppen Rollen Richtlinien Was sie besagen wenn .* own-drafts Inline-Richtlinie Erlaubt docs:Delete/,
  ],
  fr: [
    /Nouvelle stratégie .*Provenance Attachée à Modifiée docs-write Ce compte/,
    /AdministratorAccess Accès complet à tous les services et à toutes les ressources\. Intégrée/,
    /Qui l’a .*Ce qu’elle dit .*Une flèche autorise/,
    /Non : quiconque n’a que docs-write ne peut pas effectuer … sur …/,
    /Supprimer la stratégie docs-write \? .*chaque détachement montre ce qui est perdu/,
    /Détacher docs-write du groupe writers \? .*Tous les membres du groupe : grace \./,
    /La personne nobody est introuvable\./,
    /Ce qu’une personne ou un rôle peut faire, et pourquoi/,
    /Une action a la forme …, sans caractère générique\./,
    /grace Dans le rôle publisher :/,
    /dan The disk is full\. incident 1 heure Ouverte/,
    /Aucune demande ne correspond\./,
    /dan demande incident .*15 minutes 1 heure, comme demandé 4 heures/,
    /Il n’y a pas de référence dans ce texte\./,
    /Personne Groupes Rôles Stratégies Ce qu’elles disent si .* own-drafts Stratégie en ligne Autorise docs:Delete/,
  ],
  es: [
    /Nueva política .*Procedencia Adjunta a Modificada docs-write Esta cuenta/,
    /AdministratorAccess Acceso completo a todos los servicios y recursos\. Integrada/,
    /Quién la tiene .*Lo que dice .*Una flecha permite/,
    /No : quien solo tiene docs-write no puede hacer … en …/,
    /¿Eliminar la política docs-write\? .*ves en cada caso lo que se pierde/,
    /¿Separar docs-write del grupo writers\? .*Todas las personas del grupo: grace \./,
    /No existe la persona nobody\./,
    /Qué puede hacer una persona o un rol, y por qué/,
    /Una acción tiene la forma …, sin comodines\./,
    /grace Con el rol publisher :/,
    /dan The disk is full\. incident 1 hora Abierta/,
    /Ninguna solicitud coincide\./,
    /dan solicita incident .*15 minutos 1 hora, como se pidió 4 horas/,
    /En este texto no hay ninguna referencia\./,
    /Persona Grupos Roles Políticas Lo que dicen si .* own-drafts Política insertada Permite docs:Delete/,
  ],
  ja: [
    /新しいポリシー .*アタッチ先 変更日時 docs-write このアカウント/,
    /AdministratorAccess すべてのサービスとリソースへのフルアクセスを許可します。 組み込み/,
    /持っている人 .*内容 .*矢印は許可/,
    /いいえ ：docs-write だけを持つ人 は … に対して … を実行できません/,
    /ポリシー docs-write を削除しますか？ .*失われる権限が表示されます/,
    /docs-write をグループ writers からデタッチしますか？ .*グループの全員： grace 。/,
    /ユーザー nobody は見つかりません。/,
    /ユーザーやロールに何が許可されているか/,
    /アクションは … の形で、ワイルドカードなしで入力してください。/,
    /grace ロール publisher として ：/,
    /dan The disk is full\. incident 1 時間 保留中/,
    /該当するリクエストはありません。/,
    /dan が incident をリクエスト .*15 分 1 時間（リクエストどおり） 4 時間/,
    /このテキストには参照番号がありません。/,
    /ユーザー グループ ロール ポリシー 内容の詳細 条件：.* own-drafts インラインポリシー 許可：docs:Delete/,
  ],
} as const

for (const [language, forms] of Object.entries(expected))
  test(`Access in ${language}`, limit, async () => {
    await me.browser.get(`/language/${language}`)
    for (const [at, [path, status]] of pages().entries()) {
      const page = await me.browser.open(path)
      assertPage(untitled(page), { language, status, without }, forms[at] ?? /^$/)
    }
  })

const empty = {
  en: /What you say to them is required\./,
  de: /Ihre Antwort: ist erforderlich\./,
  fr: /Votre réponse : est obligatoire\./,
  es: /Tu respuesta: es obligatorio\./,
  ja: /相手へのコメント：入力してください。/,
} as const

for (const [language, form] of Object.entries(empty))
  test(`a refusal without a sentence is not accepted, which is said in ${language}`, limit, async () => {
    await me.browser.get(`/language/${language}`)
    const sent = await me.browser.send(await me.browser.open(request), { answer: ' ' }, `${request}/refuse`)
    assertPage(sent, { language, status: 422, without }, form)
  })

const drawing = {
  en: 'Drawing of the access; the list says the same in words',
  de: 'Zeichnung des Zugriffs; die Liste sagt dasselbe in Worten',
  fr: 'Dessin de l’accès ; la liste dit la même chose en mots',
  es: 'Dibujo del acceso; la lista dice lo mismo con palabras',
  ja: 'アクセスの図。一覧にも同じ内容があります',
} as const

for (const [language, label] of Object.entries(drawing))
  test(`the drawing is called what it is in ${language}, wherever the page puts it`, limit, async () => {
    await me.browser.get(`/language/${language}`)
    const { text } = await me.browser.open('/console/people/grace/access')
    assert.ok(text.replaceAll('\u00a0', ' ').includes(`role="region" aria-label="${label}"`), text)
  })

test('any of several conditions that let somebody become a role', () => {
  assertTranslated(
    '`aws:username` is `ada` and `aws:MultiFactorAuthPresent` is `true`, or `aws:SourceIp` is in `192.0.2.0/24`, or `a, or b` is absent',
  )
})
