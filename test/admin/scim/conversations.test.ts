// The conversations of Entra and Okta, step by step, against a server.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Running, startServer } from '../../support/server.ts'
import { type Scim, scimToken, scimWith } from './client.ts'
import { conversations } from './conversations.ts'

let server: Running
const clients = new Map<string, Scim>()
before(
  async () => {
    server = await startServer()
    for (const name of Object.keys(conversations))
      clients.set(name, scimWith(server.url, await scimToken(server, `${name}-client`)))
  },
  { timeout: 60_000 },
)
after(() => server.stop())

for (const [name, steps] of Object.entries(conversations))
  describe(name, () => {
    const saved = new Map<string, string>()
    const filled = (text: string): string =>
      text.replace(/(?:\{|%7B)(\w+)(?:\}|%7D)/g, (all, id: string) => saved.get(id) ?? all)
    for (const step of steps)
      test(step.title, async () => {
        const body = step.body === undefined ? undefined : filled(JSON.stringify(step.body))
        const answer = await clients.get(name)?.(step.method, filled(step.path), body)
        assert.equal(answer?.status, step.status, JSON.stringify(answer?.body))
        if (step.has !== undefined)
          assert.partialDeepStrictEqual(answer.body, JSON.parse(filled(JSON.stringify(step.has))))
        for (const lacking of step.lacks ?? []) assert.equal(answer.body[lacking], undefined, lacking)
        if (step.save !== undefined) saved.set(step.save, answer.body.id)
      })
  })
