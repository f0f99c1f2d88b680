// attacks.md 28: slow bodies, and bodies that nobody reads. What arrives after the answer belongs to the body of the request that was
// answered, and is never answered as another request; the connection ends with the answer, or soon after it.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { type Running, startServer } from '../support/server.ts'

let server: Running
before(async () => {
  server = await startServer()
})
after(() => server.stop())

const timeout = 120_000
const form = 'application/x-www-form-urlencoded'
const json = 'application/json'
const another = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'

/** Sends bytes, and `later` when the first answer has come; reads until the server closes. */
async function answersTo(bytes: string, later?: string): Promise<readonly string[]> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  let text = ''
  let isLater = false
  socket.write(bytes, 'latin1')
  try {
    for await (const part of socket) {
      text += part
      if (later === undefined || isLater || !text.includes('\r\n\r\n')) continue
      isLater = true
      socket.write(later, 'latin1')
    }
  } catch {
    // The server had closed before the rest was written, by which an answer that was not read yet may be lost.
  }
  return text.split(/(?=HTTP\/1\.1 \d{3} )/)
}

const head = (line: string, type: string, length: string) =>
  `${line} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\n${length}\r\n\r\n`

/** The only answer of a connection that the server closed. */
function only(answers: readonly string[], status: number): string {
  assert.equal(answers.length, 1, answers.join('\n'))
  const [answer = ''] = answers
  assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `))
  return answer
}

const readers: readonly (readonly [string, string])[] = [
  ['POST /', form],
  ['POST /sign-out', form],
  ['POST /v1/admin/clients', json],
  ['POST /scim/v2/Users', json],
  ['POST /v1/signing-key', json],
  ['POST /access/v1/evaluation', json],
]

describe('28: a body that comes too slowly is answered once, and the connection is closed', {
  concurrency: true,
}, () => {
  for (const [line, type] of readers)
    test(line, { timeout }, async () => {
      const begun = `${head(line, type, 'Content-Length: 100')}{`
      const answer = only(await answersTo(begun, `${'a'.repeat(99)}${another}`), 400)
      assert.match(answer, /too slowly/)
      assert.match(answer, /^connection: close\r$/im)
    })
})

describe('28: a body that is too large is answered once, and the connection is closed', {
  concurrency: true,
}, () => {
  const large = 200 * 1024 * 1024
  for (const [line, type] of readers)
    test(line, { timeout }, async () => {
      const rest = another.repeat(100)
      const stated = head(line, type, `Content-Length: ${large}`) + rest
      assert.match(only(await answersTo(stated, rest), 413), /^connection: close\r$/im)
      const chunk = `400000\r\n${another}${'a'.repeat(0x400000 - another.length)}\r\n`
      const chunked = head(line, type, 'Transfer-Encoding: chunked') + chunk
      const answers = await answersTo(chunked, chunk)
      if (answers[0] !== '') assert.match(only(answers, 413), /^connection: close\r$/im)
    })
})

/** Requests that are answered without their body, with the status of the answer. */
const unread: readonly (readonly [string, string, number])[] = [
  ['GET /healthz', form, 200],
  ['POST /healthz', form, 405],
  ['POST /nothing-here', form, 404],
  ['POST /sign-out', json, 400],
  ['GET /authorize', json, 400],
  ['GET /jwks', form, 200],
  ['PUT /token', form, 405],
]

describe('28: a body that nobody reads is waited for without a second answer', { concurrency: true }, () => {
  for (const [line, type, status] of unread)
    test(line, { timeout }, async () => {
      only(await answersTo(`${head(line, type, 'Content-Length: 100')}{`), status)
    })
})

describe('28: a request within a body that nobody reads is not answered', { concurrency: true }, () => {
  const last = another.replace('Host: a', 'Host: a\r\nConnection: close')
  for (const [line, type, status] of unread)
    test(line, { timeout }, async () => {
      const stated = head(line, type, `Content-Length: ${another.length}`) + another
      const chunk = `${another.length.toString(16)}\r\n${another}\r\n0\r\n\r\n`
      const chunked = head(line, type, 'Transfer-Encoding: chunked') + chunk
      for (const bytes of [stated, chunked]) {
        const statuses = (await answersTo(bytes + last)).map((answer) => Number(answer.slice(9, 12)))
        assert.deepEqual(statuses, [status, 200])
      }
    })
})
