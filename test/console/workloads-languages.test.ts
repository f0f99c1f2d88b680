// Workloads in every language: the list, a role, the presets, a form that is refused, a token that does not match, and the trust editor.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { workloadPresets } from '../../src/sts/outside/workload-presets.ts'
import { known, type Words } from '../../views/console/message.ts'
import { htmlText, inLanguage } from '../../views/html.ts'
import type { Seen } from '../support/form-browser.ts'
import { assertPage } from '../support/languages/console-page.ts'
import { consoleTranslators } from '../support/languages/console-translators.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 90_000 }
const newRole = '/console/workloads/new'
let server: Running
let me: Enrolled

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = [
  part({ alg: 'RS256', kid: 'x' }),
  part({
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:acme/site:ref:refs/heads/other',
    aud: 'chancery',
    iat: 1,
    exp: 2,
  }),
  'c2ln',
].join('.')

before(async () => {
  server = await startServer()
  me = await enrol(server)
  const form = await me.browser.open(`${newRole}?preset=github-actions`)
  await me.browser.submit(
    form,
    { role: 'deploy', 'option-owner': 'acme', 'option-repository': 'site', 'option-branch': 'main' },
    newRole,
  )
}, limit)
after(() => server?.stop())

const expected = {
  en: {
    list: /Who may become it/,
    role: /Workflow, with which AWS SDKs.*Would this token match\?/,
    presets: /Kubernetes service accounts/,
    field: /Owner must not hold a colon\./,
    trial:
      /It would not match.*Audience Passes.*Trust policy Fails.*statement 1: StringEquals of … with …; it is …/,
    editor: /Trust policy of deploy/,
  },
  de: {
    list: /Wer sie annehmen darf/,
    role: /Workflow: Damit nehmen AWS-SDKs.*Würde dieses Token passen\?/,
    presets: /Kubernetes-Dienstkonten/,
    field: /Eigentümer: darf keinen Doppelpunkt enthalten\./,
    trial:
      /Es würde nicht passen.*Audience Bestanden.*Vertrauensrichtlinie Fehlgeschlagen.*Anweisung 1: StringEquals von … mit …; der Wert ist …/,
    editor: /Vertrauensrichtlinie von deploy/,
  },
  fr: {
    list: /Qui peut l’endosser/,
    role: /Workflow : les SDK et outils AWS.*Ce jeton correspondrait-il \?/,
    presets: /Comptes de service Kubernetes/,
    field: /Propriétaire : ne doit pas contenir de deux-points\./,
    trial:
      /Il ne correspondrait pas.*Audience Réussi.*Stratégie de confiance Échec.*déclaration 1 : StringEquals de … avec … ; la valeur est …/,
    editor: /Stratégie de confiance de deploy/,
  },
  es: {
    list: /Quién puede asumirlo/,
    role: /Workflow: con ello, los SDK.*¿Coincidiría este token\?/,
    presets: /Cuentas de servicio de Kubernetes/,
    field: /Propietario: no puede contener dos puntos\./,
    trial:
      /No coincidiría.*Audiencia Correcto.*Política de confianza Falla.*declaración 1: StringEquals de … con …; el valor es …/,
    editor: /Política de confianza de deploy/,
  },
  ja: {
    list: /引き受けられる対象/,
    role: /ワークフロー：AWS SDK.*このトークンは一致しますか？/,
    presets: /Kubernetes サービスアカウント/,
    field: /所有者：コロンは使えません。/,
    trial:
      /一致しません.*オーディエンス 成功.*信頼ポリシー 失敗.*ステートメント 1：… ?の StringEquals（ ?… ?）。値は ?… ?です/,
    editor: /deploy の信頼ポリシー/,
  },
} as const

for (const [language, words] of Object.entries(expected))
  test(`workloads in ${language}`, limit, async () => {
    await me.browser.get(`/language/${language}`)
    const check = (page: Seen, form: RegExp, status = 200) =>
      assertPage(page, { language, status, without: ['pre', 'textarea', 'code'] }, form)
    check(await me.browser.open('/console/workloads'), words.list)
    const role = await me.browser.open('/console/workloads/deploy')
    check(role, words.role)
    check(await me.browser.send(role, { token }, '/try'), words.trial)
    check(await me.browser.open(newRole), words.presets)
    const form = await me.browser.open(`${newRole}?preset=github-actions`)
    check(form, /deploy/)
    const wrong = { role: 'a', 'option-owner': 'a:b', 'option-repository': 'c', 'option-tag': 'd' }
    check(await me.browser.send(form, wrong, newRole), words.field, 422)
    check(await me.browser.open(`${newRole}/account`), /deploy/)
    check(await me.browser.open('/console/workloads/deploy/trust'), words.editor)
    check(await me.browser.open('/console/workloads/deploy/delete'), /deploy/)
  })

test('the fields and issuers of every preset are translated', () => {
  const germanOf = (text: Words): string => htmlText(inLanguage(text, consoleTranslators.de))
  const texts = workloadPresets.flatMap(({ issuer, options }) => [
    issuer.replaceAll('`', ''),
    ...options.map(({ is }) => `${is.charAt(0).toUpperCase()}${is.slice(1)}.`),
  ])
  // Without words of English there is nothing to translate.
  const english = texts.filter((text) =>
    /\b(?:the|of|its|this|or|and|without)\b/i.test(text.replace(/`[^`]*`/g, '')),
  )
  assert.ok(english.length > 20)
  for (const text of english)
    assert.notEqual(germanOf(known(text)), htmlText(inLanguage(known(text), consoleTranslators.en)))
})
