// A server with every entry of docs/apps.md in its configuration, a person who signs in, and the apps of the page run as
// written: only the addresses are those of this machine.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type FormBrowser, formBrowser, headingOf, type Seen } from '../../support/form-browser.ts'
import { freePort } from '../../support/free-port.ts'
import { type Enrolled, enrol } from '../../support/person.ts'
import { accountId, type Running, startServer } from '../../support/server.ts'
import { storeBeside } from '../../support/store.ts'
import { rows, sections } from './page.ts'

const root = resolve(import.meta.dirname, '../../..')

export interface Stage {
  readonly server: Running
  readonly person: Enrolled
  /** Where the app of a section serves, for those that the page has at https://wiki.example.com. */
  originOf(title: string): string
  /** A text of a section, with the addresses of this stage. */
  placed(title: string, text: string): string
  /**
   * Writes files into a directory of their own, runs a command there and waits until the app of the section listens.
   * The command ends with the stage.
   */
  run(title: string, files: Readonly<Record<string, string>>, command: Command): Promise<FormBrowser>
  close(): Promise<void>
}

export interface Command {
  readonly name: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Where it listens, if elsewhere than at the section's origin. */
  readonly port?: number
}

/** @param extra more entries of `clients:`, for the address of the server */
export async function openStage(extra: readonly object[] = []): Promise<Stage> {
  const origins = new Map<string, string>()
  for (const { title, clients } of sections)
    if (
      clients.some(({ redirect_uris = [] }) =>
        redirect_uris.some((uri) => uri.includes('//wiki.example.com')),
      )
    )
      origins.set(title, `http://localhost:${await freePort()}`)
  const originOf = (title: string): string => {
    const origin = origins.get(title)
    if (origin === undefined) throw new Error(`the page has ${title} at an address of its own`)
    return origin
  }
  const atApp = (title: string, text: string) =>
    text.replaceAll('https://wiki.example.com', origins.get(title) ?? 'https://wiki.example.com')
  const clients = sections.flatMap(({ title, clients: entries }) =>
    entries.map((entry): unknown => JSON.parse(atApp(title, JSON.stringify(entry)))),
  )
  const server = await startServer({ config: JSON.stringify({ clients: [...clients, ...extra] }) })
  const dir = mkdtempSync(join(tmpdir(), 'chancery-apps-'))
  const children: ChildProcess[] = []
  const close = async () => {
    for (const child of children) child.kill('SIGKILL')
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  try {
    await giveAddress(server)
    const person = await enrol(server)
    // Modules are looked up from the file that imports them.
    symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'))
    const placed: Stage['placed'] = (title, text) =>
      atApp(title, text)
        .replaceAll('https://id.example.com', server.url)
        .replaceAll('4000', origins.has(title) ? new URL(originOf(title)).port : '4000')
    return {
      server,
      person,
      originOf,
      placed,
      close,
      async run(title, files, { name, args, env, port }) {
        const home = mkdtempSync(join(dir, 'app-'))
        for (const [path, text] of Object.entries(files)) {
          mkdirSync(dirname(join(home, path)), { recursive: true })
          writeFileSync(join(home, path), text)
        }
        const child = spawn(name, args, {
          cwd: home,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { PATH: process.env['PATH'], HOME: home, ...env },
        })
        children.push(child)
        await listening(child, port ?? Number(new URL(originOf(title)).port))
        return formBrowser(originOf(title))
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Gives the administrator a verified e-mail address, as an identity provider that speaks for the domain would. */
async function giveAddress(server: Running): Promise<void> {
  const store = await storeBeside(server)
  const { records } = await store.find('user', { by: 'account', value: accountId }, { limit: 10 })
  const admin = records.find(({ name }) => name === server.admin.name)
  if (!admin) throw new Error('the first start made no administrator')
  await store.update('user', admin.id, (user) => ({
    ...user,
    email: 'admin@example.com',
    emailVerified: true,
  }))
}

/** Resolves when something accepts connections on the port. @throws with the output of an app that ends or takes too long */
async function listening(child: ChildProcess, port: number): Promise<void> {
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-10_000)
    })
  for (let tries = 0; tries < 1800; tries++) {
    if (child.exitCode !== null || child.signalCode !== null) break
    if (await accepts(port)) return
    await new Promise((next) => setTimeout(next, 50))
  }
  throw new Error(`the app does not listen on ${port}:\n${output}`)
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = createConnection({ port, host: 'localhost' })
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })

/** From an authorization request to where the pages lead the person: allows what they ask for. */
export async function throughPages({ browser }: Enrolled, request: string): Promise<Seen> {
  let page = await browser.open(request)
  for (let asked = 0; asked < 3 && page.text.includes('/allow"'); asked++)
    page = await browser.submit(page, {}, '/allow')
  return page
}

/** Asserts that the authorization request of an app is as its row of the table says. */
export function assertRequest(title: string, request: string): void {
  const row = rows.find((one) => one.title === title)
  const query = new URL(request).searchParams
  assert.deepEqual(
    [
      query.get('client_id'),
      query.get('code_challenge_method') ?? 'no',
      (query.get('scope') ?? '').split(' ').toSorted(),
    ],
    [row?.clientId, row?.pkce, row?.scopes.split(' ').toSorted()],
    request,
  )
}

/**
 * Signs the person in at an app: through our pages and back; the app's page afterwards.
 * @param title the section of the app
 * @param start the path of the app that starts a sign-in, or its answer
 */
export async function signInAt(
  person: Enrolled,
  title: string,
  app: FormBrowser,
  start: string | Seen,
): Promise<Seen> {
  const started = typeof start === 'string' ? await app.open(start) : start
  if (started.location === undefined)
    throw new Error(`the app does not redirect: ${started.status} ${started.text}`)
  assertRequest(title, started.location)
  const end = await throughPages(person, started.location)
  if (end.location === undefined) throw new Error(`no way back: ${end.status} ${headingOf(end)}`)
  return app.open(end.location)
}
