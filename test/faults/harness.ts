// One run: servers, load, a seeded order of faults, and the judgement of what the recorder knows.
import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { call, element } from '../support/aws-call.ts'
import { chanceryBin, sourceBin } from '../support/chancery-bin.ts'
import { databaseUrl, dropDatabase, ferretdb } from '../support/databases/mongo-server.ts'
import { type Processes, startProcesses } from '../support/processes.ts'
import { accountId, rootKey } from '../support/server.ts'
import { until } from '../support/waiting.ts'
import { type Fault, faults, supervised, type World } from './faults.ts'
import { openLine } from './line.ts'
import { appSecret, back, lanes, type Prepared, prepare, root } from './load.ts'
import { Recorder } from './recorder.ts'
import { type Random, seeded } from './seed.ts'

export interface RunOptions {
  readonly seed: number
  readonly engine: 'sqlite' | 'mongodb'
  /** Milliseconds of load; at least as long as each fault once takes in the short form. */
  readonly lasts: number
  /** Faults of the long form last longer. */
  readonly long: boolean
  readonly say?: (line: string) => void
  /** Names of the faults; all when absent. */
  readonly only?: readonly string[]
  /** Names in `Report.counts`: the run goes on, for ten faults at most, until each has happened. */
  readonly counted?: readonly string[]
  /** What is broken in the servers on purpose (mutant.ts). */
  readonly mutant?: string
}

export interface Report {
  readonly violations: readonly string[]
  readonly faults: readonly { readonly name: string; readonly backAfter: number }[]
  readonly counts: Readonly<Record<string, number>>
  /** What could not be done here. */
  readonly left: readonly string[]
}

/** Milliseconds after the end of a fault in which everything works again; the short form, beside other tests, sees that it does. */
const backWithin = { short: 60_000, long: 5000 }
const processCount = supervised + 1

/** Undefined: no server of this engine can be had. */
export async function run(options: RunOptions): Promise<Report | undefined> {
  const { say = () => undefined } = options
  const random = seeded(options.seed)
  const recorder = new Recorder()
  const place = await openDatabase(options.engine)
  if (!place) return undefined
  const signer = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(signer.publicKey)), kid: 'k', use: 'sig', alg: 'ES256' }
  const processes = await startProcesses(processCount, {
    dir: place.dir,
    config: configOf(jwk),
    env: { ...place.env, ...(options.mutant !== undefined && { MUTANT: options.mutant }) },
    envOf: (which) => (which === supervised ? { CHANCERY_WORKERS: '2' } : {}),
    // It changes the sources as they are loaded.
    ...(options.mutant !== undefined && {
      bin: sourceBin,
      nodeFlags: ['--import', resolve(import.meta.dirname, 'mutant.ts')],
    }),
  })
  const world: World = { ...place, processes, recorder }
  try {
    const prepared = await prepare(processes, signer.privateKey)
    const load = startLoad(prepared, recorder, random.fork())
    const happened = await injectFaults(world, options, random.fork(), say)
    await load.end()
    prepared.verifier.close()
    await judge(world, prepared, place.env)
    for (const [which, server] of processes.servers.entries())
      if (!server) recorder.violated(`process ${which} is not there`)
    const left = faults
      .filter(({ can, of }) => (of ?? options.engine) === options.engine && !can(world))
      .map(({ name }) => name)
    return { violations: recorder.violations, faults: happened, counts: recorder.counts, left }
  } finally {
    await processes.stop()
    await place.close()
  }
}

const configOf = (jwk: object): string => `clients:
  - client_id: app
    client_secret: ${appSecret}
    first_party: true
    redirect_uris: ['${back}']
  - client_id: signer
    jwks: ${JSON.stringify({ keys: [jwk] })}
    grant_types: [client_credentials]
`

type Place = Pick<World, 'file' | 'ownDisk' | 'line' | 'freeze'> & {
  readonly dir: string
  readonly env: Readonly<Record<string, string>>
  close(): Promise<void>
}

async function openDatabase(engine: RunOptions['engine']): Promise<Place | undefined> {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-faults-'))
  const remove = () => rmSync(dir, { recursive: true, force: true })
  if (engine === 'sqlite') {
    const ownDisk = mountSmallDisk(dir)
    const close = async () => {
      if (ownDisk) execFileSync('umount', ['-l', dir])
      remove()
    }
    return {
      dir,
      env: {},
      file: join(dir, 'data', 'chancery.db'),
      ownDisk,
      line: undefined,
      freeze: undefined,
      close,
    }
  }
  const server = await ferretdb()
  if (!server) {
    remove()
    return undefined
  }
  const line = await openLine(server.port)
  const url = databaseUrl(`mongodb://127.0.0.1:${line.port}/`, 'chancery')
  return {
    dir,
    env: { CHANCERY_STORE: url },
    file: undefined,
    ownDisk: false,
    line,
    freeze: {
      stop: () => void server.process.kill('SIGSTOP'),
      go: () => void server.process.kill('SIGCONT'),
    },
    async close() {
      await dropDatabase(url).catch(() => undefined)
      await line.close()
      // It was let go of, so that it keeps nobody alive; its end is waited for.
      server.process.ref()
      await server.stop()
      remove()
    },
  }
}

/** False where we may not: then the disk is never full. */
function mountSmallDisk(dir: string): boolean {
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256m,mode=700', 'tmpfs', dir], {
    stdio: 'ignore',
  })
  return status === 0
}

function startLoad(prepared: Prepared, recorder: Recorder, random: Random): { end(): Promise<void> } {
  let over = false
  const running = lanes(prepared, recorder).map(async (lane) => {
    const chance = random.fork()
    while (!over) await lane(chance)
  })
  const failed = Promise.all(running)
  failed.catch((error: unknown) => recorder.violated(`the load broke: ${(error as Error).stack}`))
  return {
    async end() {
      over = true
      // Nobody waits for lanes that only wait themselves.
      await Promise.race([Promise.allSettled(running), pause(1000)])
      await until('no operation is under way', () => recorder.underWay === 0, { probes: 6000 })
    },
  }
}

/** Faults that a run has, however long each takes, and that one has which waits for something to happen. */
const [fewest, most] = [2, 10]
/** Milliseconds in which a process answers `/healthz`. */
const healthWithin = 30_000

const pause = (ms: number) => new Promise((next) => setTimeout(next, ms))

async function injectFaults(
  world: World,
  { lasts, long, only, counted = [] }: RunOptions,
  random: Random,
  say: (line: string) => void,
): Promise<Report['faults']> {
  const possible = faults.filter(({ can, name }) => can(world) && (only?.includes(name) ?? true))
  if (possible.length === 0) await pause(lasts)
  const happened: { name: string; backAfter: number }[] = []
  const end = performance.now() + lasts
  const isMissing = (what: string) => !world.recorder.counts[what]
  const goOn = () =>
    performance.now() < end || happened.length < fewest || (happened.length < most && counted.some(isMissing))
  for (let round: Fault[] = []; goOn() || round.length > 0; ) {
    if (round.length === 0) round = shuffled(possible, random)
    const fault = round.shift()
    if (!fault) break
    await pause(300 + random.below(long ? 3000 : 300))
    say(fault.name)
    const mend = await fault.begin(world, random)
    const lasting = fault.lasts[long ? 1 : 0]
    await Promise.all([pause(lasting), fault.storeAway && probe(world, fault.name, lasting - 100)])
    await mend()
    const { after, met } = await untilBack(world.processes)
    say(`  back after ${after} ms${after > 1000 ? `; ${met}` : ''}`)
    if (after > backWithin[long ? 'long' : 'short'])
      world.recorder.violated(`${fault.name}: back only after ${after} ms; ${met}`)
    happened.push({ name: fault.name, backAfter: after })
    if (!long && !goOn()) break
  }
  return happened
}

/** What probes hear from every process while the store is away, of their readiness within `ms`. */
async function probe({ processes, recorder }: World, fault: string, ms: number): Promise<void> {
  const ask = (url: string, within: number) =>
    fetch(url, { signal: AbortSignal.timeout(within) }).then(
      ({ status }) => status,
      () => 'nothing',
    )
  const asked = processes.each.map(async (url) => {
    const [health, ready] = await Promise.all([ask(`${url}/healthz`, healthWithin), ask(`${url}/readyz`, ms)])
    recorder.count(`readyz ${ready} while the store was away`)
    if (health !== 200) recorder.violated(`${fault}: /healthz said ${health}`)
    if (ready === 200) recorder.violated(`${fault}: /readyz said 200`)
  })
  await Promise.all(asked)
}

function shuffled<T>(all: readonly T[], random: Random): T[] {
  const left = [...all]
  return all.map(() => left.splice(random.below(left.length), 1)[0] as T)
}

interface Back {
  /** Milliseconds until every process changed something, durably, again. */
  readonly after: number
  /** What the last of them said meanwhile, and for how long each time. */
  readonly met: string
}

async function untilBack({ each }: Processes): Promise<Back> {
  const began = performance.now()
  const since = () => Math.round(performance.now() - began)
  const all = await Promise.all(
    each.map(async (url, which): Promise<Back> => {
      const met: string[] = []
      while (since() < 60_000) {
        const name = `probe-${which}-${Math.round(performance.now() * 1000)}`
        const asked = since()
        const said = await call(url, root, 'iam', 'CreateUser', { UserName: name }).catch(
          (error: Error) => (error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message,
        )
        met.push(`${typeof said === 'string' ? said : said.status} ${asked}–${since()}`)
        if (typeof said === 'object' && said.status === 200) break
        await pause(50)
      }
      return { after: since(), met: `process ${which}: ${met.join(', ')}` }
    }),
  )
  return all.reduce((last, one) => (one.after > last.after ? one : last))
}

/** What was acknowledged is there; what may happen once did so at most once; the trail is whole. */
async function judge(
  { processes, recorder }: World,
  prepared: Prepared,
  env: Record<string, string>,
): Promise<void> {
  const there = await everyUser(processes.url)
  for (const [name, known] of recorder.users) {
    if (known === true && !there.has(name)) recorder.violated(`user ${name} was acknowledged and is gone`)
    if (known === false && there.has(name)) recorder.violated(`user ${name} was deleted and is there`)
  }
  recorder.counts['users there'] = there.size
  recorder.judgeOnces()
  for (const { credentials } of prepared.live) {
    const said = await call(processes.url, credentials, 'sts', 'GetCallerIdentity')
    if (said.status !== 200) recorder.violated(`a live credential was refused: ${said.text}`)
  }
  const said = await ended(
    spawn(process.execPath, [chanceryBin, 'audit', 'verify'], {
      cwd: processes.dir,
      env: {
        PATH: process.env['PATH'],
        CHANCERY_CONFIG: 'config.yaml',
        CHANCERY_ACCOUNT_ID: accountId,
        CHANCERY_ROOT_ACCESS_KEY_ID: rootKey.id,
        CHANCERY_ROOT_SECRET_ACCESS_KEY: rootKey.secret,
        ...env,
      },
    }),
  )
  if (said.code !== 0) recorder.violated(`the audit trail does not verify: ${said.text}`)
}

/** Not spawnSync: the line to the store is in this process. */
async function ended(child: ChildProcessWithoutNullStreams): Promise<{ code: unknown; text: string }> {
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  const [code] = await once(child, 'close')
  return { code, text }
}

async function everyUser(url: string): Promise<Set<string>> {
  const names = new Set<string>()
  let marker: string | undefined
  do {
    const asked = { MaxItems: '1000', ...(marker !== undefined && { Marker: marker }) }
    const { text, status } = await call(url, root, 'iam', 'ListUsers', asked)
    if (status !== 200) throw new Error(text)
    for (const [, name] of text.matchAll(/<UserName>([^<]+)/g)) if (name) names.add(name)
    marker = element(text, 'Marker')
  } while (marker !== undefined)
  return names
}
