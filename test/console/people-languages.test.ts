// People and groups in every language: the lists, the pages of a person and of a group, what is asked before something ends, and
// forms that are refused.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateAccessKeyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { adminBody, iamOf } from '../admin/call.ts'
import { type FormBrowser, formBrowser, headingOf, problemOf, type Seen } from '../support/form-browser.ts'
import { assertPage } from '../support/languages/console-page.ts'
import { enrol, recentSignIn } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 180_000 }
const password = 'staple battery wonder'
let server: Running
let recent: () => Promise<FormBrowser>
let keyId = ''
/** May see people, and nothing else of them. */
let fred: FormBrowser

const admin = (method: string, path: string, body: object) => adminBody(server.url, { method, path, body })

const firefox = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

async function signIn(username: string): Promise<FormBrowser> {
  const browser = formBrowser(server.url)
  const page = await browser.open('/sign-in')
  const { location = '/' } = await browser.send(page, { username, password }, undefined, firefox)
  await browser.open(location)
  return browser
}

before(async () => {
  server = await startServer()
  recent = recentSignIn(server, await enrol(server))
  await admin('PATCH', '/settings', { secondFactor: 'optional' })
  await admin('POST', '/groups', { name: 'staff' })
  await admin('POST', '/people', { name: 'bob', groups: ['staff'], password, mustChangePassword: false })
  await admin('POST', '/people', { name: 'fred', password, mustChangePassword: false })
  const Statement = { Effect: 'Allow', Action: ['chancery:ListPeople', 'chancery:GetPerson'], Resource: '*' }
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  await iamOf(server).send(new PutUserPolicyCommand({ UserName: 'fred', PolicyName: 'own', PolicyDocument }))
  const { AccessKey } = await iamOf(server).send(new CreateAccessKeyCommand({ UserName: 'bob' }))
  keyId = AccessKey?.AccessKeyId ?? ''
  await signIn('bob')
  fred = await signIn('fred')
}, limit)
after(() => server?.stop())

interface Expected {
  readonly pages: Readonly<Record<string, readonly RegExp[]>>
  /** What is wrong with an invitation, at the top of the form and at its fields. */
  readonly wrong: readonly RegExp[]
  /** What became of people who were invited at once. */
  readonly invited: readonly RegExp[]
  readonly noSuchPerson: RegExp
  /** What is wrong with parameters of an address. */
  readonly address: readonly [tooLong: RegExp, state: RegExp, nul: RegExp, marker: RegExp]
  /** Why sessions are not shown, and why nobody can be signed out. */
  readonly denied: readonly RegExp[]
}

const expected: Readonly<Record<string, Expected>> = {
  en: {
    pages: {
      '/people': [/Invite a person/, /Signs in with/, /Last sign-in/],
      '/people/bob': [/User name/, /Unique id/],
      '/people/bob/sign-in': [/Where they are signed in/, /Firefox on Linux/, /0 days/],
      '/people/bob/access': [/Can they do this\?/, /Policies of their own/],
      '/people/bob/activity': [/Activity/],
      '/people/invite': [/Hours until the link ends/],
      '/people/invite/many': [/at most 200/],
      '/people/bob/disable': [/They can no longer sign in/, /tokens and access keys of this person/],
      '/people/bob/link': [/Make a one-time link for bob\?/],
      '/people/bob/groups/staff/leave': [/Remove bob from the group staff\?/],
      '/people/bob/access-keys/KEY/deactivate': [/this access key of bob/],
      '/groups': [/New group/],
      '/groups/new': [/Name as people read it/],
      '/groups/staff': [/Members/, /Who is in it/, /Can its members do this\?/],
      '/groups/staff/delete': [/Delete the group staff\?/],
    },
    wrong: [
      /2 fields need attention/,
      /User name must be 1 to 64/,
      /E-mail address must be an e-mail address/,
    ],
    invited: [/1 created, 1 there already, 1 not created/, /must be 1 to 64/],
    noSuchPerson: /There is no person …? in account/,
    address: [
      /… must have at most 128 characters\./,
      /… must be one of enabled, disabled\./,
      /A parameter holds a NUL character\./,
      /Invalid Marker\./,
    ],
    denied: [/because no identity-based policy allows the/, /You may not do chancery:SignOutPerson/],
  },
  de: {
    pages: {
      '/people': [/Person einladen/, /Anmeldung mit/, /Letzte Anmeldung/],
      '/people/bob': [/Benutzername/, /Eindeutige ID/],
      '/people/bob/sign-in': [/Wo die Person angemeldet ist/, /Firefox unter Linux/, /0 Tage/],
      '/people/bob/access': [/Darf die Person das\?/, /Eigene Richtlinien/],
      '/people/bob/activity': [/Aktivität/],
      '/people/invite': [/Gültigkeit des Links in Stunden/],
      '/people/invite/many': [/höchstens 200/],
      '/people/bob/disable': [/kann sich nicht mehr anmelden/, /Zugriffsschlüsseln dieser Person/],
      '/people/bob/link': [/Einmaligen Link für bob erstellen\?/],
      '/people/bob/groups/staff/leave': [/bob aus der Gruppe staff entfernen\?/],
      '/people/bob/access-keys/KEY/deactivate': [/diesen Zugriffsschlüssel von bob/],
      '/groups': [/Neue Gruppe/],
      '/groups/new': [/Anzeigename/],
      '/groups/staff': [/Mitglieder/, /Wer dazugehört/, /Dürfen die Mitglieder das\?/],
      '/groups/staff/delete': [/Gruppe staff löschen\?/],
    },
    wrong: [/2 Felder/, /Benutzername: muss aus 1 bis 64/, /muss eine E-Mail-Adresse sein/],
    invited: [/1 erstellt, 1 bereits vorhanden, 1 nicht erstellt/, /muss aus 1 bis 64/],
    noSuchPerson: /gibt es keine Person/,
    address: [
      /…: darf höchstens 128 Zeichen haben/,
      /: muss einer dieser Werte sein: enabled, disabled/,
      /Ein Parameter enthält ein NUL-Zeichen/,
      /Diese Seite der Liste gibt es nicht mehr/,
    ],
    denied: [/denn keine identitätsbasierte Richtlinie erlaubt/, /Sie dürfen chancery:SignOutPerson nicht/],
  },
  fr: {
    pages: {
      '/people': [/Inviter une personne/, /Se connecte avec/, /Dernière connexion/],
      '/people/bob': [/Nom d’utilisateur/, /Identifiant unique/],
      '/people/bob/sign-in': [/Où la personne est connectée/, /Firefox sur Linux/, /0 jour /],
      '/people/bob/access': [/La personne peut-elle faire cela \?/, /Ses propres stratégies/],
      '/people/bob/activity': [/Activité/],
      '/people/invite': [/Validité du lien en heures/],
      '/people/invite/many': [/200 au plus/],
      '/people/bob/disable': [/ne peut plus se connecter/, /clés d’accès de cette personne/],
      '/people/bob/link': [/Créer un lien à usage unique pour bob \?/],
      '/people/bob/groups/staff/leave': [/Retirer bob du groupe staff \?/],
      '/people/bob/access-keys/KEY/deactivate': [/cette clé d’accès de bob/],
      '/groups': [/Nouveau groupe/],
      '/groups/new': [/Nom affiché/],
      '/groups/staff': [/Membres/, /Qui en fait partie/, /Ses membres peuvent-ils faire cela \?/],
      '/groups/staff/delete': [/Supprimer le groupe staff \?/],
    },
    wrong: [/2 champs/, /Nom d’utilisateur : doit comporter de 1 à 64/, /doit être une adresse e-mail/],
    invited: [/Créées : 1, déjà présentes : 1, non créées : 1/, /doit comporter de 1 à 64/],
    noSuchPerson: /Il n’y a pas de personne/,
    address: [
      /… : doit comporter au plus 128 caractères/,
      /: .*enabled, disabled/,
      /Un paramètre contient un caractère NUL/,
      /Cette page de la liste n’existe plus/,
    ],
    denied: [/aucune stratégie basée sur l’identité/, /pas autorisé à effectuer chancery:SignOutPerson/],
  },
  es: {
    pages: {
      '/people': [/Invitar a una persona/, /Inicia sesión con/, /Último inicio de sesión/],
      '/people/bob': [/Nombre de usuario/, /ID único/],
      '/people/bob/sign-in': [/Dónde tiene la sesión iniciada/, /Firefox en Linux/, /0 días/],
      '/people/bob/access': [/¿Puede hacer esto\?/, /Políticas propias/],
      '/people/bob/activity': [/Actividad/],
      '/people/invite': [/Validez del enlace en horas/],
      '/people/invite/many': [/200 como máximo/],
      '/people/bob/disable': [/ya no podrá iniciar sesión/, /claves de acceso de esta persona/],
      '/people/bob/link': [/¿Crear un enlace de un solo uso para bob\?/],
      '/people/bob/groups/staff/leave': [/¿Quitar a bob del grupo staff\?/],
      '/people/bob/access-keys/KEY/deactivate': [/esta clave de acceso de bob/],
      '/groups': [/Nuevo grupo/],
      '/groups/new': [/Nombre para mostrar/],
      '/groups/staff': [/Miembros/, /Quién forma parte/, /¿Pueden hacer esto sus miembros\?/],
      '/groups/staff/delete': [/¿Eliminar el grupo staff\?/],
    },
    wrong: [/Hay 2 campos/, /Nombre de usuario: debe tener de 1 a 64/, /debe ser una dirección de correo/],
    invited: [/Creadas: 1; ya existían: 1; no creadas: 1/, /debe tener de 1 a 64/],
    noSuchPerson: /No hay ninguna persona/,
    address: [
      /…: debe tener como máximo 128 caracteres/,
      /: .*enabled, disabled/,
      /Un parámetro contiene un carácter NUL/,
      /Esta página de la lista ya no existe/,
    ],
    denied: [/no hay política basada en identidad/, /No tienes permiso para chancery:SignOutPerson/],
  },
  ja: {
    pages: {
      '/people': [/ユーザーを招待/, /サインイン方法/, /最終サインイン/],
      '/people/bob': [/ユーザー名/, /固有 ID/],
      '/people/bob/sign-in': [/サインイン中の場所/, /Linux の Firefox/, /0 日/],
      '/people/bob/access': [/これはこのユーザーにできますか？/, /このユーザー自身のポリシー/],
      '/people/bob/activity': [/アクティビティ/],
      '/people/invite': [/リンクの有効期間（時間）/],
      '/people/invite/many': [/最大 200 人/],
      '/people/bob/disable': [/サインインできなくなります/, /アクセスキーから作成されたすべて/],
      '/people/bob/link': [/bob の 1 回限りのリンクを作成しますか？/],
      '/people/bob/groups/staff/leave': [/bob をグループ staff から外しますか？/],
      '/people/bob/access-keys/KEY/deactivate': [/bob のこのアクセスキー/],
      '/groups': [/新しいグループ/],
      '/groups/new': [/表示名/],
      '/groups/staff': [/メンバー/, /所属しているユーザー/, /これはメンバーにできますか？/],
      '/groups/staff/delete': [/グループ staff を削除しますか？/],
    },
    wrong: [/2 か所/, /ユーザー名：1～64 文字/, /メールアドレスを入力してください/],
    invited: [/作成 1 件、既存 1 件、未作成 1 件/, /1～64 文字/],
    noSuchPerson: /は存在しません/,
    address: [
      /…：128 文字以下/,
      /：.*enabled, disabled/,
      /パラメーターに NUL 文字が含まれています/,
      /一覧のこのページはもうありません/,
    ],
    denied: [/を許可するアイデンティティベースのポリシー/, /chancery:SignOutPerson を行う権限がありません/],
  },
}

for (const [language, { pages, wrong, invited, noSuchPerson, address, denied }] of Object.entries(expected)) {
  const isAll = (page: Seen, status: number, texts: readonly RegExp[]) =>
    assertPage(page, { language, status }, ...texts)

  test(`people and groups in ${language}`, limit, async () => {
    for (const [path, texts] of Object.entries(pages)) {
      const browser = await recent()
      await browser.get(`/language/${language}`)
      isAll(await browser.open(`/console${path.replace('KEY', keyId)}`), 200, texts)
    }
    await fred.get(`/language/${language}`)
    isAll(await fred.open('/console/people/bob/sign-in'), 200, denied)
  })

  test(`forms of people and groups that are refused, in ${language}`, limit, async () => {
    const browser = await recent()
    await browser.get(`/language/${language}`)
    const invite = '/console/people/invite'
    const typed = { name: 'not a name', email: 'nobody' }
    isAll(await browser.send(await browser.open(invite), typed, invite), 422, wrong)
    const many = `${invite}/many`
    const people = `bob\nx y\nnew-${language}`
    isAll(await browser.send(await browser.open(many), { people }, many), 200, invited)
    const group = '/console/groups/staff'
    const noMember = await browser.send(await browser.open(group), { person: 'nobody' }, '/members')
    isAll(noMember, 422, [noSuchPerson])
    assert.equal(headingOf(noMember), 'staff')
    for (const [at, path] of [
      `groups?search=${'a'.repeat(129)}`,
      'people?state=x',
      'people?search=%00',
      'workloads?cursor=x',
    ].entries())
      isAll(await browser.open(`/console/${path}`), 400, [address[at] ?? /^$/])
    const self = await browser.open('/console/people/admin/disable')
    const refused = await browser.send(self, {}, '/disable')
    assert.equal(refused.status, 422)
    if (language !== 'en') assert.doesNotMatch(problemOf(refused) ?? 'yourself', /yourself/)
  })
}
