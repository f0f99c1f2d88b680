// States agree with what they are of, in languages whose adjectives have genders.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminBody } from '../admin/call.ts'
import { textOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 90_000 }
let server: Running
let me: Enrolled
let client: string

before(async () => {
  server = await startServer()
  me = await enrol(server)
  const admin = (path: string, body: object) => adminBody(server.url, { method: 'POST', path, body })
  await admin('/people', { name: 'ada', state: 'disabled' })
  const made = await admin('/clients', {
    client_name: 'Wiki',
    redirect_uris: ['https://wiki.example/callback'],
  })
  client = made['clientId']
  await admin(`/clients/${client}/disable`, {})
  await admin('/identity-providers', {
    kind: 'openid',
    name: 'ci',
    url: 'https://ci.example',
    client_ids: ['ci'],
  })
}, limit)
after(() => server?.stop())

/** Words for enabled and disabled. */
const words = {
  en: { person: ['Enabled', 'Disabled'], app: ['Enabled', 'Disabled'], provider: ['Enabled', 'Disabled'] },
  fr: {
    person: ['Activée', 'Désactivée'],
    app: ['Activée', 'Désactivée'],
    provider: ['Activé', 'Désactivé'],
  },
  es: {
    person: ['Activada', 'Desactivada'],
    app: ['Activada', 'Desactivada'],
    provider: ['Activado', 'Desactivado'],
  },
} as const

for (const [language, { person, app, provider }] of Object.entries(words))
  test(`states in ${language}`, limit, async () => {
    await me.browser.get(`/language/${language}`)
    const shows = async (path: string, expected: readonly string[], others: readonly string[]) => {
      const text = textOf(await me.browser.open(path))
      for (const word of expected) assert.match(text, new RegExp(` ${word} `), path)
      for (const word of others)
        if (!expected.includes(word)) assert.doesNotMatch(text, new RegExp(` ${word} `), path)
      assert.doesNotMatch(text, /\|(?:person|app|provider)/)
    }
    await shows('/console/people', person, provider)
    await shows('/console/people/ada', [person[1]], provider)
    await shows('/console/apps', app, provider)
    await shows(`/console/apps/${client}`, [app[1]], provider)
    await shows('/console/providers', [provider[0]], person)
  })
