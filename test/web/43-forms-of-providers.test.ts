// Attack 43: a form that an identity provider posts is kept only for a sign-in that waits for it, and once.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { before, test } from 'node:test'
import { type Away, sentAway } from '../support/federated.ts'
import { type Running, startServer } from '../support/server.ts'
import { onMongo } from '../support/store.ts'
import { encode, makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'

const settings = JSON.stringify([
  { kind: 'saml', name: 'acme', metadata: metadataOf([makeKeyPair()]), sign_in: { title: 'Acme' } },
])

let server: Running
let away: Away
before(async () => {
  server = await startServer({ config: `identity_providers: ${settings}\n` })
  away = await sentAway(server, 'acme')
})
test.after(() => server.stop())

const stateOf = ({ to }: Away): string => to.searchParams.get('RelayState') ?? ''

const posted = (state: string) =>
  fetch(`${server.url}/federation/acme/callback`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      RelayState: state,
      SAMLResponse: encode('x'.repeat(90_000)),
      unknown: 'x'.repeat(50_000),
    }),
  })

/** Forms that are kept, and the bytes of the largest. */
function kept(): { readonly forms: number; readonly bytes: number } {
  const database = new DatabaseSync(join(server.dir, 'data', 'chancery.db'), { readOnly: true })
  try {
    const row = database
      .prepare('SELECT count(*) AS forms, coalesce(max(length(body)), 0) AS bytes FROM arrival')
      .get()
    return { forms: Number(row?.['forms']), bytes: Number(row?.['bytes']) }
  } finally {
    database.close()
  }
}

test('43: one form is kept for a sign-in that waits, without what is not read of it', {
  skip: onMongo,
  timeout: 60_000,
}, async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => posted(stateOf(away))))
  for (const answer of answers) {
    assert.equal(answer.status, 303)
    assert.match(answer.headers.get('location') ?? '', /\/callback\?form=/)
  }
  const { forms, bytes } = kept()
  assert.equal(forms, 1)
  assert.ok(bytes < 180_000, `${bytes} bytes`)
})

test('43: nothing is kept once the sign-in has its answer', { skip: onMongo, timeout: 60_000 }, async () => {
  const { headers } = await posted(stateOf(away))
  const page = await away.browser.get(headers.get('location') ?? '')
  assert.match(page.text, /Acme/)
  assert.equal(kept().forms, 0)
  const again = await posted(stateOf(away))
  assert.match(again.headers.get('location') ?? '', /\/sign-in\/[^/]+\/callback$/)
  assert.equal(kept().forms, 0)
  assert.equal((await posted('not a state of ours')).status, 400)
  assert.equal(kept().forms, 0)
})
