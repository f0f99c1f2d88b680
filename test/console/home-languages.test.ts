// Home in every language: the first steps, the last day, what needs somebody, and the page of somebody without rights.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminBody } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { type FormBrowser, formBrowser } from '../support/form-browser.ts'
import { assertPage } from '../support/languages/console-page.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'

const limit = { timeout: 90_000 }
const password = 'staple battery wonder'
let server: Running
let me: Enrolled
let ada: FormBrowser

const admin = (method: string, path: string, body: object) => adminBody(server.url, { method, path, body })

/** A trust policy that lets in every token of its issuer. */
const openTrust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/ci.acme.example' },
      Action: 'sts:AssumeRoleWithWebIdentity',
    },
  ],
})

before(async () => {
  server = await startServer()
  me = await enrol(server)
  await admin('PATCH', '/settings', { secondFactor: 'optional' })
  await admin('POST', '/people', { name: 'ada', password, mustChangePassword: false })
  await admin('POST', '/scim-tokens', { user: 'ada', description: 'directory', days: 7 })
  const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const role = { RoleName: 'deploy', AssumeRolePolicyDocument: openTrust }
  const made = await call(server.url, root, 'iam', 'CreateRole', role)
  assert.equal(made.status, 200, made.text)
  ada = formBrowser(server.url)
  const wrong = await ada.send(await ada.open('/sign-in'), { username: 'ada', password: 'wrong' })
  assert.ok(wrong.status < 500)
  await ada.submit(await ada.open('/sign-in'), { username: 'ada', password })
}, limit)
after(() => server?.stop())

const expected = {
  en: [/Hello, admin/, /First steps/, /Wrong password Refused 1/, /ada has no second factor/, /No rights/],
  de: [
    /Hallo, admin/,
    /Erste Schritte/,
    /Falsches Passwort Abgelehnt 1/,
    /ada hat keinen zweiten/,
    /Keine Rechte/,
  ],
  fr: [
    /Bonjour, admin/,
    /Premiers pas/,
    /Mot de passe incorrect Refusé 1/,
    /ada n’a pas de second/,
    /Aucun droit/,
  ],
  es: [
    /Hola, admin/,
    /Primeros pasos/,
    /Contraseña incorrecta Rechazado 1/,
    /ada no tiene segundo/,
    /Sin permisos/,
  ],
  ja: [
    /こんにちは、admin さん/,
    /最初の手順/,
    /パスワードの誤り 拒否 1/,
    /ada には 2 つ目の認証/,
    /コンソールの権限がありません/,
  ],
} as const

for (const [language, [hello, steps, wrong, factor, noRights]] of Object.entries(expected))
  test(`Home in ${language}`, limit, async () => {
    await me.browser.get(`/language/${language}`)
    const home = await me.browser.open('/console')
    assertPage(home, { language }, hello, steps, wrong, factor)
    await ada.get(`/language/${language}`)
    assertPage(await ada.open('/console'), { language, status: 403 }, noRights)
  })
