// How commands on the same machine reach a running server: HTTP over a Unix socket in the data directory, which only the user
// of the server may open. Each process of a server that was started has a socket of its own name, because several may use
// one data directory.
import { randomBytes } from 'node:crypto'
import { chmodSync, readdirSync, rmSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import { join } from 'node:path'

const pattern = /^control-[0-9a-f]{12}\.sock$/

/** The result of a command: what to print, and whether it did what was asked. */
export interface ControlAnswer {
  readonly done: boolean
  readonly message: string
}

/** Commands by name. */
export type ControlCommands = Readonly<Record<string, () => Promise<ControlAnswer>>>

/**
 * Listens for commands until `close`.
 * @throws Error of the system, for instance on a file system without sockets, or when the path is over some 100 bytes
 */
export async function openControlSocket(dataDir: string, commands: ControlCommands): Promise<Server> {
  await removeStale(dataDir)
  const path = join(dataDir, `control-${randomBytes(6).toString('hex')}.sock`)
  const server = createServer((req, res) => {
    const command = req.method === 'POST' ? new Map(Object.entries(commands)).get(req.url ?? '') : undefined
    const answer = command?.() ?? Promise.resolve({ done: false, message: 'there is no such command' })
    answer.then(
      (value) => res.end(JSON.stringify(value)),
      (error: unknown) => res.end(JSON.stringify({ done: false, message: String(error) })),
    )
  })
  await new Promise<void>((done, fail) => server.once('error', fail).listen(path, done))
  chmodSync(path, 0o600)
  // A server that ends removes its socket; one that was killed leaves it to the next.
  process.once('exit', () => rmSync(path, { force: true }))
  return server.unref()
}

/** The answer of each server that runs on the data directory; none when no server does. */
export async function sendControlCommand(
  dataDir: string,
  command: string,
): Promise<readonly ControlAnswer[]> {
  const answers = await Promise.all(socketsIn(dataDir).map((path) => send(path, command)))
  return answers.filter((answer) => answer !== undefined)
}

function socketsIn(dataDir: string): readonly string[] {
  try {
    return readdirSync(dataDir)
      .filter((name) => pattern.test(name))
      .map((name) => join(dataDir, name))
  } catch {
    return []
  }
}

async function removeStale(dataDir: string): Promise<void> {
  for (const path of socketsIn(dataDir)) {
    if (!(await isListening(path))) rmSync(path, { force: true })
  }
}

const isListening = (path: string): Promise<boolean> =>
  new Promise((done) => {
    request({ socketPath: path, path: '/', method: 'GET', timeout: 2_000 }, (res) => {
      res.resume()
      done(true)
    })
      .on('error', () => done(false))
      .on('timeout', () => done(true))
      .end()
  })

/** Undefined when nobody listens. */
const send = (path: string, command: string): Promise<ControlAnswer | undefined> =>
  new Promise((done) => {
    request({ socketPath: path, path: command, method: 'POST', timeout: 60_000 }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => done(answerOf(Buffer.concat(chunks).toString('utf8'))))
    })
      .on('error', () => done(undefined))
      .on('timeout', () => done({ done: false, message: 'the server did not answer within 60 s' }))
      .end()
  })

function answerOf(text: string): ControlAnswer {
  const value: unknown = JSON.parse(text)
  const isAnswer = typeof value === 'object' && value !== null && 'done' in value && 'message' in value
  return { done: isAnswer && value.done === true, message: isAnswer ? String(value.message) : text }
}
