// Server certificates in the console over HTTP, without JavaScript: uploaded, listed with their end, deleted, and for whom.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { selfSigned } from '../support/certificate.ts'
import {
  csrfOf,
  type FormBrowser,
  formBrowser,
  headingOf,
  problemOf,
  type Seen,
  textOf,
} from '../support/form-browser.ts'
import { changeAttachment } from '../support/pages/attach-policy.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { storeBeside } from '../support/store.ts'

const limit = { timeout: 90_000 }
const password = 'staple battery wonder'
const day = 86_400
const path = '/console/settings/certificates'
const front = selfSigned('front.acme.example')
let server: Running
let me: Enrolled
/** May list certificates, and nothing else. */
let reader: FormBrowser

const upload = async (fields: Readonly<Record<string, string>>): Promise<Seen> =>
  me.browser.send(await me.browser.open(`${path}/new`), fields, `${path}/new`)

async function uploaded(name: string): Promise<void> {
  const made = await upload({ name, certificate: front.certificate, privateKey: front.privateKey })
  assert.equal(made.status, 303, textOf(made))
}

before(async () => {
  server = await startServer()
  me = await enrol(server)
  for (const [method, at, body] of [
    ['PATCH', '/settings', { secondFactor: 'optional' }],
    ['POST', '/people', { name: 'reader', password, mustChangePassword: false }],
  ] as const) {
    const { status } = await callAdmin(server.url, { method, path: at, body })
    assert.ok(status < 300, at)
  }
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iam:ListServerCertificates', Resource: '*' }],
  })
  await me.browser.submit(
    await me.browser.open('/console/access/new'),
    { name: 'readers', description: '', document, do: 'save' },
    '/console/access/new',
  )
  const policy = encodeURIComponent(`arn:aws:iam::${server.accountId}:policy/readers`)
  await changeAttachment(me.browser, `/console/access/policy?arn=${policy}`, {
    kind: 'user',
    name: 'reader',
    do: 'attach',
  })
  reader = formBrowser(server.url)
  await reader.submit(await reader.open('/sign-in'), { username: 'reader', password })
}, limit)
after(() => server?.stop())

test('a certificate is uploaded, listed with its hosts and its end, and deleted by name', limit, async () => {
  await uploaded('front')
  const store = await storeBeside(server)
  const kept = await store.getBy('serverCertificate', 'name', `${server.accountId}/front`)
  assert.ok(kept)
  const page = await me.browser.open(path)
  assert.match(textOf(page), /front front\.acme\.example Ends soon/)
  assert.ok(page.text.includes(`datetime="${new Date(kept.notAfter * 1000).toISOString()}"`))
  const ask = await me.browser.open(`${path}/front/delete`)
  assert.equal(headingOf(ask), 'Delete the certificate front?')
  const done = await me.browser.submit(ask, {}, `${path}/front/delete`)
  assert.match(textOf(done), /The certificate was deleted/)
  assert.match(textOf(done), /No server certificate/)
  // Sent twice.
  assert.equal((await me.browser.submit(ask, {}, `${path}/front/delete`)).status, 200)
})

test('the private key is on no page and in no file, and not in the form that is wrong', limit, async () => {
  await uploaded('sealed')
  const line = front.privateKey.split('\n')[2] ?? ''
  assert.ok(line.length > 30)
  for (const one of [path, `${path}.csv`, `${path}.json`, `${path}/sealed/delete`]) {
    const { status, text } = await me.browser.get(one)
    assert.equal(status, 200, one)
    assert.ok(!text.includes(line) && !text.includes('PRIVATE KEY'), one)
  }
  const wrong = await upload({
    name: 'not a name',
    certificate: front.certificate,
    privateKey: front.privateKey,
  })
  assert.equal(wrong.status, 422)
  assert.ok(!wrong.text.includes(line))
  assert.ok(wrong.text.includes(front.certificate.split('\n')[2] ?? ''), 'what is no secret is kept')
})

test('what is wrong is marked at its field', limit, async () => {
  const empty = await upload({ name: '', certificate: '', privateKey: '' })
  assert.equal(empty.status, 422)
  assert.match(problemOf(empty) ?? '', /3 fields need attention/)
  for (const [fields, id] of [
    [{ certificate: 'no certificate', privateKey: front.privateKey }, 'certificate'],
    [{ certificate: front.certificate, privateKey: selfSigned('other.example').privateKey }, 'privateKey'],
    [{ certificate: front.certificate, privateKey: 'no key' }, 'privateKey'],
  ] as const) {
    const wrong = await upload({ name: 'marked', ...fields })
    assert.equal(wrong.status, 422)
    assert.match(wrong.text, new RegExp(`id="field-${id}"[^>]*aria-invalid="true"`), id)
  }
  await uploaded('taken')
  const twice = await upload({ name: 'taken', ...front })
  assert.equal(twice.status, 422)
  assert.match(twice.text, /id="field-name"[^>]*aria-invalid="true"/)
  assert.match(twice.text, /Name is taken\./)
})

test('Home names a certificate that ends, and leads to the page', limit, async () => {
  await uploaded('ending')
  const store = await storeBeside(server)
  const kept = await store.getBy('serverCertificate', 'name', `${server.accountId}/ending`)
  assert.ok(kept)
  const ending = new RegExp(
    `<a class="strong" href="${path}">The server certificate ending (?:ends|has ended)`,
  )
  assert.match((await me.browser.open('/console')).text, ending)
  await store.update('serverCertificate', kept.id, (old) => ({ ...old, notAfter: old.notAfter + 400 * day }))
  assert.doesNotMatch((await me.browser.open('/console')).text, ending)
  assert.match(textOf(await me.browser.open(path)), /ending front\.acme\.example Valid/)
})

test('who may only list sees why the rest is denied, and cannot do it', limit, async () => {
  await uploaded('denied')
  const page = await reader.open(path)
  assert.equal(page.status, 200)
  assert.match(textOf(page), /You may not do iam:UploadServerCertificate/)
  assert.doesNotMatch(page.text, /\/denied\/delete"/)
  const csrf = csrfOf(page)
  const tried = await reader.post(`${path}/denied/delete`, { csrf })
  assert.equal(tried.status, 403)
  const store = await storeBeside(server)
  assert.ok(await store.getBy('serverCertificate', 'name', `${server.accountId}/denied`))
})
